"""Pairings as CSV."""

from mentormatch.domain.pairings import Reason, Serves, Side
from mentormatch.spreadsheets.pairings import PairingRow, UnpairedRow, write_pairings, write_unpaired


def row(mentor: str, mentee: str) -> PairingRow:
    return PairingRow(
        mentor_email=mentor,
        mentee_email=mentee,
        coverage_points=120,
        gap_points=480,
        share_percent=25,
        serves=Serves.FIRST_PLACE,
        mentor_name="=Omar",
        mentee_name="Mei, of Nagoya",
        closes="flow_pull 1 to 3 (120)",
    )


def test_pairings_are_ordered_by_address_and_guarded_against_formulas() -> None:
    lines = write_pairings([row("b@x.example", "m@x.example"), row("a@x.example", "n@x.example")]).decode().splitlines()

    assert lines[0].startswith("mentor_email,mentee_email,coverage_points,gap_points")
    assert lines[1] == 'a@x.example,n@x.example,120,480,25,first_place,\'=Omar,"Mei, of Nagoya",flow_pull 1 to 3 (120)'
    assert lines[2].startswith("b@x.example")


def test_the_unpaired_are_written_with_side_and_reason() -> None:
    unpaired = UnpairedRow(
        email="m@x.example", side=Side.MENTEE, reason=Reason.NO_GAP, candidate="no", eligible_partners=0, name="Mei"
    )

    assert write_unpaired([unpaired]).decode().splitlines()[1] == "m@x.example,mentee,no_gap,no,0,Mei"
