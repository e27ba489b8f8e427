"""Prices mean what they say: what a place more brings, what a place or a mentee less costs."""

from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import assume, given, reject
from hypothesis import strategies as st

from mentormatch.domain.policies import Policy
from mentormatch.matching.certificate import Certificate, Price, read, written
from mentormatch.matching.people import Pair, Person
from mentormatch.matching.problem import MatchingProblem
from mentormatch.matching.solve import solve
from tests.builders.problems import problem, seeker, silver, teacher
from tests.matching.properties.effort import many
from tests.matching.properties.judging import pairs_of, solved_worth
from tests.matching.properties.model import SCORE, TIERS, Model
from tests.matching.properties.pricing import NOTHING, difference, free_places, is_proven, price_of_place
from tests.matching.properties.rounds import BOTH, Round, rounds

numbers = st.integers(0, 2**16)
tiers = st.integers(0, TIERS - 1)


def certified(drawn: Round) -> tuple[Model, frozenset[Pair], Certificate]:
    solution = solve(*drawn)
    if solution.certificate is None:
        reject()
    return Model(*drawn), pairs_of(solution), solution.certificate


def with_capacity(posed: MatchingProblem, mentor: str, more: int) -> MatchingProblem:
    people = (replace(p, capacity=p.capacity + more * (p.id == mentor)) for p in posed.people)
    return replace(posed, people=tuple(people))


@many
@given(rounds(mentees=7, mentors=6), numbers)
def test_a_place_more_gains_at_most_its_price(drawn: Round, at: int) -> None:
    model, pairs, certificate = certified(drawn)
    mentors = sorted(mentor for mentor in certificate.mentors if model.places[mentor] < 5)
    assume(mentors)
    mentor = mentors[at % len(mentors)]
    wider = Model(with_capacity(model.problem, mentor, 1), model.policy)

    gain = difference(solved_worth(wider.problem, wider.policy), model.worth(pairs))

    assert NOTHING <= gain <= price_of_place(wider, certificate, mentor, wider.places[mentor])


@many
@given(rounds(mentees=7, mentors=6), numbers)
def test_a_place_less_costs_at_least_its_price(drawn: Round, at: int) -> None:
    model, pairs, certificate = certified(drawn)
    mentors = sorted(mentor for mentor in certificate.mentors if free_places(model.problem, mentor))
    assume(mentors)
    mentor = mentors[at % len(mentors)]
    narrower = with_capacity(model.problem, mentor, -1)

    cost = difference(model.worth(pairs), solved_worth(narrower, model.policy))

    assert cost >= price_of_place(model, certificate, mentor, model.places[mentor])


@many
@given(rounds(mentees=7, mentors=6), numbers)
def test_a_mentee_who_is_kept_from_everybody_costs_at_least_their_price(drawn: Round, at: int) -> None:
    model, pairs, certificate = certified(drawn)
    assume(certificate.mentees)
    mentee = sorted(certificate.mentees)[at % len(certificate.mentees)]
    alone = replace(model.problem, bars=model.problem.bars | {(p.id, mentee) for p in model.problem.people})

    cost = difference(model.worth(pairs), solved_worth(alone, model.policy))

    assert cost >= certificate.mentees[mentee]


@many
@given(st.one_of(rounds(mentees=10, mentors=8), rounds(mentees=8, mentors=8, roles=BOTH)))
def test_every_certificate_is_accepted_also_when_it_was_written_and_read(drawn: Round) -> None:
    model, pairs, certificate = certified(drawn)

    assert is_proven(model, pairs, read(written(certificate)))


@many
@given(rounds(mentees=7, mentors=6), numbers, numbers)
def test_no_prices_prove_pairs_that_are_not_the_best(drawn: Round, at: int, payer: int) -> None:
    model, pairs, certificate = certified(drawn)
    loose = sorted(pairs - model.problem.locks)
    assume(loose)
    worse = pairs - {loose[at % len(loose)]}
    payers = sorted(certificate.mentees)
    short, paying = difference(model.worth(pairs), model.worth(worse)), payers[payer % len(payers)]
    forged = {**certificate.mentees, paying: difference(certificate.mentees[paying], short)}

    assert not is_proven(model, worse, certificate)
    assert not is_proven(model, worse, replace(certificate, mentees=forged))


@many
@given(rounds(mentees=7, mentors=6), numbers, tiers, st.sampled_from([-1, 1]))
def test_a_price_that_is_one_off_is_refused(drawn: Round, at: int, tier: int, by: int) -> None:
    model, pairs, certificate = certified(drawn)
    counted = [mentor for mentor, price in certificate.mentors.items() if price > NOTHING]
    counted = [mentor for mentor in counted if free_places(model.problem, mentor)]
    forgeries = [
        *(replace(certificate, mentees=_moved(certificate.mentees, p, tier, by)) for p in sorted(certificate.mentees)),
        *(replace(certificate, mentors=_moved(certificate.mentors, p, tier, by)) for p in sorted(counted)),
    ]
    assume(forgeries)

    assert not is_proven(model, pairs, forgeries[at % len(forgeries)])


def _moved(prices: Mapping[str, Price], person: str, tier: int, by: int) -> Mapping[str, Price]:
    moved = tuple(part + by * (number == tier) for number, part in enumerate(prices[person]))
    return {**prices, person: moved}


TWO_LEVELS = 2000
"""What someone gains who is to rise by two levels in everything."""
WAITING: dict[str, tuple[tuple[Person, ...], int]] = {
    "two equal mentees for one place": ((seeker("a"), seeker("b"), teacher("m")), TWO_LEVELS),
    "three equal mentees for two places": (
        (seeker("a"), seeker("b"), seeker("c"), teacher("m", capacity=2)),
        TWO_LEVELS,
    ),
    "more places than mentees": ((seeker("a"), teacher("m", capacity=3)), 0),
}


@pytest.mark.parametrize(("people", "price"), WAITING.values(), ids=WAITING)
def test_where_a_place_more_gains_what_one_less_costs_the_price_is_just_that(
    people: tuple[Person, ...], price: int
) -> None:
    _, _, certificate = certified((problem(*people), Policy()))

    assert certificate.mentors["m"][SCORE] == price


def test_a_mentee_whom_two_candidates_need_is_priced_at_one_candidate() -> None:
    _, _, certificate = certified((problem(seeker("x"), silver("a"), silver("b")), Policy()))

    assert certificate.mentees["x"][0] == 1
