"""An outsider checks a round from its files alone."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from mentormatch.cli.solving import check, policy, solve
from mentormatch.spreadsheets.signups import write_signups
from tests.builders.people import candidate, mentee, mentor

FILES = ("people.csv", "policy.json", "pairs.csv", "cert.json")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    signups = [mentee(), mentor(), candidate(email="ana@firm.example", name="Ana")]
    (tmp_path / "people.csv").write_bytes(write_signups(signups))
    (tmp_path / "policy.json").write_text(CliRunner().invoke(policy).output)
    people, pairs, certificate = (str(tmp_path / name) for name in ("people.csv", "pairs.csv", "cert.json"))
    CliRunner().invoke(solve, [people, "--out", pairs, "--certificate", certificate, "--seed", "5"])
    return tmp_path


def checking(folder: Path) -> Result:
    return CliRunner().invoke(check, [str(folder / name) for name in FILES])


def test_a_solved_round_is_proven(folder: Path) -> None:
    result = checking(folder)

    assert (result.exit_code, "proven the best" in result.output) == (0, True)


def test_other_pairs_exit_with_1_and_say_what_is_wrong(folder: Path) -> None:
    pairs = folder / "pairs.csv"
    pairs.write_text(pairs.read_text().replace("ana@firm.example", "omar@firm.example"))

    result = checking(folder)

    assert result.exit_code == 1
    assert "allowed; proven to within 1 in candidates served of the best" in result.output


def test_fewer_pairs_exit_with_1_and_say_how_much_better_others_may_be(folder: Path) -> None:
    (folder / "people.csv").write_bytes(write_signups([mentee(), mentor()]))
    people, pairs, certificate = (str(folder / name) for name in ("people.csv", "pairs.csv", "cert.json"))
    CliRunner().invoke(solve, [people, "--out", pairs, "--certificate", certificate])
    points = int((folder / "pairs.csv").read_text().splitlines()[1].split(",")[2])
    (folder / "pairs.csv").write_text((folder / "pairs.csv").read_text().splitlines()[0] + "\n")

    result = checking(folder)

    assert (result.exit_code, f"proven to within {points} points of the best" in result.output) == (1, True)


def test_a_stranger_among_the_pairs_is_named(folder: Path) -> None:
    pairs = folder / "pairs.csv"
    pairs.write_text(pairs.read_text().replace("ana@firm.example", "eve@firm.example"))

    assert "does not take part" in checking(folder).output


@pytest.mark.parametrize("content", ["", "[]", json.dumps({"tiers": []})])
def test_what_is_no_certificate_exits_with_2(folder: Path, content: str) -> None:
    (folder / "cert.json").write_text(content)

    assert checking(folder).exit_code == 2
