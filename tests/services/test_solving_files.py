"""A round from files alone."""

import csv
import io
import json

import pytest

from mentormatch.domain.certification import Certification
from mentormatch.domain.errors import InputRefused
from mentormatch.domain.policies import Policy
from mentormatch.services.solving_files import default_policy, read_policy, solve_files
from mentormatch.spreadsheets.signups import write_signups
from tests.builders.people import candidate, mentee, mentor, ratings

PEOPLE = (
    mentee(),
    mentee(email="noa@firm.example", name="Noa", manager_email="omar@firm.example"),
    mentor(capacity=1),
    candidate(),
    mentor(email="idle@firm.example", name="Ida Idle", levels=ratings(0)),
)


def rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode())))


def test_pairs_unpaired_and_summary_tell_one_story() -> None:
    solved = solve_files(write_signups(PEOPLE), Policy())
    summary = json.loads(solved.summary)

    pairs = rows(solved.pairs)
    assert len(pairs) == summary["mentees_paired"] == 2
    assert sum(int(pair["coverage_points"]) for pair in pairs) == summary["total_score"]
    assert "idle@firm.example" in {unpaired["email"] for unpaired in rows(solved.unpaired)}


def test_a_line_manager_is_kept_apart_by_address_and_the_candidate_is_served() -> None:
    pairs = rows(solve_files(write_signups(PEOPLE), Policy()).pairs)

    assert ("omar@firm.example", "noa@firm.example") not in {(p["mentor_email"], p["mentee_email"]) for p in pairs}
    assert "first_place" in {pair["serves"] for pair in pairs}


def test_the_order_of_rows_changes_no_file() -> None:
    assert solve_files(write_signups(PEOPLE[::-1]), Policy()) == solve_files(write_signups(PEOPLE), Policy())


def test_further_places_counts_the_needed_places_that_are_served() -> None:
    golden = candidate(certification_pursued=Certification.GOLD, capacity=3)

    summary = json.loads(solve_files(write_signups([*PEOPLE[:2], golden]), Policy()).summary)

    assert (summary["candidates"], summary["candidates_served"], summary["further_places"]) == (1, 1, 1)


def test_the_default_policy_reads_back() -> None:
    assert read_policy(default_policy()) == Policy()


@pytest.mark.parametrize("data", [b"{", b"", b"\xff", b'{"floor_percent": NaN}', b"[" * 100_000, b"[]"])
def test_a_policy_that_is_no_json_object_is_refused(data: bytes) -> None:
    with pytest.raises(InputRefused):
        read_policy(data)
