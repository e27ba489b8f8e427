"""`mentormatch solve` and `mentormatch policy`."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from mentormatch.cli.solving import policy, solve
from mentormatch.spreadsheets.signups import write_signups
from tests.builders.people import candidate, mentee, mentor


@pytest.fixture
def people(tmp_path: Path) -> Path:
    path = tmp_path / "people.csv"
    path.write_bytes(write_signups([mentee(), mentor(), candidate()]))
    return path


def solving(people: Path, *more: str) -> Result:
    return CliRunner().invoke(solve, [str(people), "--out", str(people.parent / "pairs.csv"), *more])


def test_it_writes_pairs_unpaired_and_summary(people: Path) -> None:
    unpaired, summary = people.parent / "unpaired.csv", people.parent / "summary.json"

    result = solving(people, "--unpaired", str(unpaired), "--summary", str(summary))

    assert (result.exit_code, result.stderr) == (0, "")
    assert (people.parent / "pairs.csv").read_text().startswith("mentor_email,mentee_email,coverage_points,gap_points")
    assert unpaired.read_text().startswith("email,side,reason")
    assert json.loads(summary.read_text())["candidates_served"] == 1


def test_it_says_beforehand_how_many_it_pairs_and_in_how_much_memory(people: Path) -> None:
    # 64 MiB, and 14 KiB for each of the three.
    assert solving(people).output.splitlines()[0] == "Mentees: 1, mentors: 2, memory: at most 68 MB."


def test_a_bad_file_exits_with_2_names_every_fault_and_writes_nothing(people: Path) -> None:
    people.write_bytes(people.read_bytes().replace(b",yes,", b",oui,"))

    result = solving(people, "--summary", str(people.parent / "summary.json"))

    assert result.exit_code == 2
    assert [line.split(": ")[1] for line in result.stderr.splitlines()] == [
        "row 2, wants_mentor",
        "row 3, offers_mentoring",
        "row 4, offers_mentoring",
    ]
    assert sorted(path.name for path in people.parent.iterdir()) == ["people.csv"]


def test_a_place_that_cannot_be_written_to_is_named(people: Path) -> None:
    result = solving(people, "--summary", str(people.parent / "nowhere" / "summary.json"))

    assert (result.exit_code, "nowhere/summary.json" in result.stderr) == (1, True)


def test_a_bad_policy_exits_with_2_and_names_the_setting(people: Path) -> None:
    settings = people.parent / "policy.json"
    settings.write_text('{"floor_percent": 400}')

    result = solving(people, "--policy", str(settings))

    assert (result.exit_code, "policy.json: floor_percent" in result.stderr) == (2, True)
    assert not (people.parent / "pairs.csv").exists()


@pytest.mark.parametrize(("day", "hours"), [("2026-03-02", 7), ("2026-03-16", 8)])
def test_the_working_hours_are_those_of_the_day_that_is_named(tmp_path: Path, day: str, hours: int) -> None:
    # New York puts its clocks forward on 8 March 2026, La Paz never does.
    there, here = mentor(time_zone="America/La_Paz"), mentee(time_zone="America/New_York")
    (tmp_path / "people.csv").write_bytes(write_signups([there, here]))
    (tmp_path / "policy.json").write_text('{"common_hour_points": 1}')
    files = ("--policy", str(tmp_path / "policy.json"), "--summary", str(tmp_path / "summary.json"))

    solving(tmp_path / "people.csv", *files, "--day", day)

    summary = json.loads((tmp_path / "summary.json").read_text())
    assert (summary["total_score"] - summary["total_coverage"], summary["day"]) == (hours, day)


def test_a_policy_changes_what_it_names(people: Path) -> None:
    settings, summary = people.parent / "policy.json", people.parent / "summary.json"
    settings.write_text('{"mentorships_required": {"silver": 0}}')

    solving(people, "--policy", str(settings), "--summary", str(summary))

    assert json.loads(summary.read_text())["candidates"] == 0


def test_a_file_that_is_not_there_exits_with_2(tmp_path: Path) -> None:
    assert solving(tmp_path / "nobody.csv").exit_code == 2


def test_the_default_policy_is_printed_as_json() -> None:
    shown = json.loads(CliRunner().invoke(policy).stdout)

    assert (shown["teach_level"], shown["floor_percent"], shown["objective"]) == (3, 10, "coverage")
