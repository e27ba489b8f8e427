"""Prices mean what they say: what a place more brings, what a place or a mentee less costs."""

from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import assume, given, reject
from hypothesis import strategies as st

from mentormatch.domain.policies import Objective, Policy
from mentormatch.matching.certificate import Certificate, Leaf, Price, read, written
from mentormatch.matching.people import Pair, Person
from mentormatch.matching.problem import MatchingProblem
from mentormatch.matching.proof import doubts
from mentormatch.matching.solve import solve
from tests.builders.problems import crowd, levels, problem, scattered, seeker, silver, teacher
from tests.matching.properties.effort import many
from tests.matching.properties.judging import pairs_of, solved_worth
from tests.matching.properties.model import SCORE, TIERS, Model
from tests.matching.properties.pricing import NOTHING, difference, free_places, is_proven, price_of_place
from tests.matching.properties.rounds import BOTH, Round, rounds

pytestmark = pytest.mark.slow

numbers = st.integers(0, 2**16)
tiers = st.integers(0, TIERS - 1)


def certified(drawn: Round) -> tuple[Model, frozenset[Pair], Certificate]:
    solution = solve(*drawn)
    return Model(*drawn), pairs_of(solution), solution.certificate


def priced(drawn: Round) -> tuple[Model, frozenset[Pair], Certificate]:
    """Solve a round and give what its prices alone prove; where loops were looked at one by one they do not."""
    model, pairs, certificate = certified(drawn)
    if certificate.proof != Leaf():
        reject()
    return model, pairs, certificate


def with_capacity(posed: MatchingProblem, mentor: str, more: int) -> MatchingProblem:
    people = (replace(p, capacity=p.capacity + more * (p.id == mentor)) for p in posed.people)
    return replace(posed, people=tuple(people))


@many
@given(rounds(mentees=5, mentors=5), numbers)
def test_a_place_more_gains_at_most_its_price(drawn: Round, at: int) -> None:
    model, pairs, certificate = priced(drawn)
    mentors = sorted(mentor for mentor in certificate.mentors if model.places[mentor] < 5)
    assume(mentors)
    mentor = mentors[at % len(mentors)]
    wider = Model(with_capacity(model.problem, mentor, 1), model.policy)

    gain = difference(solved_worth(wider.problem, wider.policy), model.worth(pairs))

    assert NOTHING <= gain <= price_of_place(wider, certificate, mentor, wider.places[mentor])


@many
@given(rounds(mentees=5, mentors=5), numbers)
def test_a_place_less_costs_at_least_its_price(drawn: Round, at: int) -> None:
    model, pairs, certificate = priced(drawn)
    mentors = sorted(mentor for mentor in certificate.mentors if free_places(model.problem, mentor))
    assume(mentors)
    mentor = mentors[at % len(mentors)]
    narrower = with_capacity(model.problem, mentor, -1)

    cost = difference(model.worth(pairs), solved_worth(narrower, model.policy))

    assert cost >= price_of_place(model, certificate, mentor, model.places[mentor])


@many
@given(rounds(mentees=5, mentors=5), numbers)
def test_a_mentee_who_is_kept_from_everybody_costs_at_least_their_price(drawn: Round, at: int) -> None:
    model, pairs, certificate = priced(drawn)
    assume(certificate.mentees)
    mentee = sorted(certificate.mentees)[at % len(certificate.mentees)]
    alone = replace(model.problem, bars=model.problem.bars | {(p.id, mentee) for p in model.problem.people})

    cost = difference(model.worth(pairs), solved_worth(alone, model.policy))

    assert cost >= certificate.mentees[mentee]


@many
@given(st.one_of(rounds(mentees=8, mentors=7), rounds(mentees=8, mentors=8, roles=BOTH)))
def test_every_certificate_is_accepted_also_when_it_was_written_and_read(drawn: Round) -> None:
    model, pairs, certificate = certified(drawn)

    assert is_proven(model, pairs, read(written(certificate)))


@pytest.mark.parametrize("shape", [(1500, 600, 0), (400, 100, 500)])
def test_a_crowd_of_a_million_pairs_is_proven_to_the_last_lot(shape: tuple[int, int, int]) -> None:
    posed = MatchingProblem.of(scattered(crowd(*shape[:2], 3, shape[2]), 3), seed=3)
    policy = Policy(common_hour_points=7, minimum_common_hours=1)

    solution = solve(posed, policy)

    assert doubts(posed, policy, pairs_of(solution), solution.certificate) == ()


@many
@given(rounds(mentees=5, mentors=5), numbers, numbers)
def test_no_prices_prove_pairs_that_are_not_the_best(drawn: Round, at: int, payer: int) -> None:
    model, pairs, certificate = priced(drawn)
    loose = sorted(pairs - model.problem.locks)
    assume(loose)
    worse = pairs - {loose[at % len(loose)]}
    payers = sorted(certificate.mentees)
    short, paying = difference(model.worth(pairs), model.worth(worse)), payers[payer % len(payers)]
    forged = {**certificate.mentees, paying: difference(certificate.mentees[paying], short)}

    assert not is_proven(model, worse, certificate)
    assert not is_proven(model, worse, replace(certificate, mentees=forged))


@many
@given(rounds(mentees=5, mentors=5), numbers, tiers, st.sampled_from([-1, 1]))
def test_a_price_that_is_one_off_is_refused(drawn: Round, at: int, tier: int, by: int) -> None:
    model, pairs, certificate = priced(drawn)
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


def test_prices_too_great_to_be_added_up_prove_nothing() -> None:
    few = levels(0, flow_pull=4, kaizen_events=4, standard_work=4, daily_kaizen=4)
    mentees = seeker("eager", targets=levels(4)), seeker("modest", levels=levels(2))
    posed = problem(*mentees, teacher("strong"), teacher("weak", levels=few))
    policy, far = Policy(objective=Objective.PARTICIPATION, floor_percent=0), 2**62 - 1
    worse = frozenset({("strong", "modest"), ("weak", "eager")})
    *_, points, near, lots = Model(posed, policy).worth(worse)
    # A mentee's and a mentor's price together are lower than any 64 bits can tell; strangers' charges make up for it.
    forged = Certificate(
        seed=posed.seed,
        mentees=dict.fromkeys(("eager", "modest"), (0, 0, 1, -far, 0, 0)),
        mentors=dict.fromkeys(("strong", "weak"), (0, 0, 0, -far, 0, 0)),
        charges={
            ("a", "b"): (0, 0, 0, far, near, lots),
            ("a", "c"): (0, 0, 0, far, 0, 0),
            ("a", "d"): (0, 0, 0, points, 0, 0),
        },
    )

    assert worse != pairs_of(solve(posed, policy))
    assert doubts(posed, policy, worse, read(written(forged))) != ()


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
    _, _, certificate = priced((problem(*people), Policy()))

    assert certificate.mentors["m"][SCORE] == price


def test_a_mentee_whom_two_candidates_need_is_priced_at_one_candidate() -> None:
    _, _, certificate = priced((problem(seeker("x"), silver("a"), silver("b")), Policy()))

    assert certificate.mentees["x"][0] == 1
