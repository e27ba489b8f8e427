"""How fairly a proposal shares out what there is, counted by hand, on both databases."""

import pytest

from mentormatch.domain.certification import Certification
from mentormatch.domain.errors import NotFound
from mentormatch.domain.pairings import Reason, Side
from mentormatch.domain.positions import Position
from mentormatch.domain.rounds import RoundState
from mentormatch.persistence.database import Transactions
from mentormatch.services.bundle import Services
from mentormatch.services.seeing_fairness import Fairness, Mentee, spread_of
from tests.builders.people import mentee, mentor
from tests.builders.programmes import add_participant, add_programme
from tests.builders.rounds import add_pairing, add_proposal, add_round, add_unpaired


def someone(share: float | None) -> Mentee:
    return Mentee(1, "Mei", "Nagoya", Position.CORPORATE, Certification.SILVER, share)


@pytest.fixture
def seen(services: Services) -> Fairness:
    with Transactions().writing() as session:
        north = add_programme(session).id
        omar = add_participant(session, north, mentor(capacity=2))
        idle = add_participant(session, north, mentor(email="idle@firm.example"))
        sites = ("Lyon", "Lyon", "Nagoya")
        ana, bea, cid = (
            add_participant(session, north, mentee(email=f"m{n}@firm.example", name=f"Mei {n}", site=site))
            for n, site in enumerate(sites)
        )
        past = add_proposal(session, add_round(session, north, number=1, state=RoundState.PUBLISHED).id)
        add_unpaired(session, past, cid, side=Side.MENTEE, reason=Reason.MENTORS_FULL)
        proposal = add_proposal(session, add_round(session, north, number=2).id)
        add_pairing(session, proposal, omar, ana)
        for who, side in ((bea, Side.MENTEE), (cid, Side.MENTEE), (idle, Side.MENTOR)):
            add_unpaired(session, proposal, who, side=side, reason=Reason.MENTORS_FULL)
    return services.policies.fairness.look(north, 2)


def test_quartiles_are_those_of_the_people_with_a_mentor() -> None:
    spread = spread_of([someone(n / 10) for n in (5, 1, 4, 2, 3)] + [someone(None)])

    assert (spread.mentees, spread.paired) == (6, 5)
    assert (spread.lowest, spread.lower_quartile, spread.median, spread.upper_quartile, spread.highest) == (
        *(0.1, 0.2, 0.3, 0.4, 0.5),
    )


def test_nobody_with_a_mentor_has_no_shares() -> None:
    assert (spread_of([someone(None)]).lowest, spread_of([]).median) == (None, None)


def test_groups_tell_how_many_they_are_of(seen: Fairness) -> None:
    sites = dict(dict(seen.groups)["Site"])

    assert {name: (line.mentees, line.paired) for name, line in sites.items()} == {"Lyon": (2, 1), "Nagoya": (1, 0)}
    assert (seen.whole.mentees, seen.whole.paired, sum(seen.bands)) == (3, 1, 1)


def test_who_was_left_out_before_and_is_again_is_named(seen: Fairness) -> None:
    assert ([one.name for one in seen.again], seen.left_out_again) == (["Mei 2"], 1)


def test_the_load_counts_mentors_by_their_mentees(seen: Fairness) -> None:
    assert seen.load == (1, 1)


def test_a_round_without_a_proposal_has_no_fairness(services: Services) -> None:
    with Transactions().writing() as session:
        north = add_programme(session).id
        add_round(session, north, number=1, state=RoundState.DRAFT)

    with pytest.raises(NotFound):
        services.policies.fairness.look(north, 1)
