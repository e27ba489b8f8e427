"""A certificate proves the pairs of its round, and nothing else."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from mentormatch.domain.errors import LocksContradict
from mentormatch.domain.policies import Objective, Policy
from mentormatch.matching import pairing_up
from mentormatch.matching.certificate import Certificate, Leaf, Price, Proof, Split, leaves, read, written
from mentormatch.matching.people import Pair
from mentormatch.matching.problem import MatchingProblem
from mentormatch.matching.proof import doubts, examine
from mentormatch.matching.solution import MatchingSolution
from mentormatch.matching.solve import solve
from tests.builders.problems import crowd, problem
from tests.matching.strategies import policies, problems
from tests.matching.test_branching import NO_CANDIDATES, twins

pytestmark = pytest.mark.slow

SCORE = 3


def pairs_of(solution: MatchingSolution) -> frozenset[Pair]:
    return frozenset((p.mentor_id, p.mentee_id) for p in solution.pairings)


def certified(posed: MatchingProblem, policy: Policy) -> tuple[frozenset[Pair], Certificate]:
    solution = solve(posed, policy)
    return pairs_of(solution), solution.certificate


def forked(seed: int = 1) -> tuple[MatchingProblem, frozenset[Pair], Certificate]:
    """Give a round that is not settled without branching."""
    posed = problem(*twins(3, seed=1), seed=seed)
    pairs, certificate = certified(posed, NO_CANDIDATES)
    assert isinstance(certificate.proof, Split)
    return posed, pairs, certificate


def changed(proof: Proof, change: Callable[[Leaf], Leaf]) -> Proof:
    """Change every leaf of a proof."""
    if isinstance(proof, Leaf):
        return change(proof)
    return Split(proof.pair, changed(proof.without, change), changed(proof.without_reverse, change))


@settings(max_examples=200, deadline=None)
@given(problems(most=8), policies)
def test_every_certificate_leaves_no_doubt(posed: MatchingProblem, policy: Policy) -> None:
    try:
        pairs, certificate = certified(posed, policy)
    except LocksContradict:
        assume(False)  # noqa: FBT003 -- hypothesis' own signature

    assert doubts(posed, policy, pairs, read(written(certificate))) == ()


@settings(max_examples=15, deadline=None)
@given(st.integers(2, 4), st.sampled_from([1, 4]), st.integers(0, 10**6))
def test_people_made_for_each_other_are_proven_branch_by_branch(couples: int, block: int, seed: int) -> None:
    posed = problem(*twins(couples, seed, block), seed=seed)
    pairs, certificate = certified(posed, NO_CANDIDATES)

    assert doubts(posed, NO_CANDIDATES, pairs, read(written(certificate))) == ()


@pytest.mark.parametrize("objective", Objective)
@pytest.mark.parametrize("sides", [(60, 40, 0), (10, 10, 60), (0, 0, 90), (40, 90, 5)])
def test_a_crowd_is_proven_tier_by_tier(sides: tuple[int, int, int], objective: Objective) -> None:
    posed, policy = MatchingProblem.of(crowd(sides[0], sides[1], 7, sides[2]), seed=7), Policy(objective=objective)
    pairs, certificate = certified(posed, policy)

    assert doubts(posed, policy, pairs, certificate) == ()


def test_pairs_that_are_not_the_best_are_doubted() -> None:
    posed = MatchingProblem.of(crowd(20, 20, 3), seed=3)
    pairs, certificate = certified(posed, Policy())

    assert "and the prices to" in doubts(posed, Policy(), frozenset(sorted(pairs)[1:]), certificate)[0]


def lowered(price: Price) -> Price:
    return tuple(part - (tier == SCORE) for tier, part in enumerate(price))


def test_a_price_lowered_by_one_is_noticed() -> None:
    posed = MatchingProblem.of(crowd(20, 20, 3), seed=3)
    pairs, certificate = certified(posed, Policy())
    paid = next(person for person, price in certificate.mentees.items() if price[SCORE] > 0)
    mentees = {**certificate.mentees, paid: lowered(certificate.mentees[paid])}

    assert doubts(posed, Policy(), pairs, replace(certificate, mentees=mentees))


def test_a_price_lowered_on_one_branch_is_noticed() -> None:
    posed, pairs, certificate = forked()

    def forge(leaf: Leaf) -> Leaf:
        own = {person: price[: leaf.tiers] for person, price in certificate.mentees.items()} | {**leaf.mentees}
        paid = next(person for person, price in own.items() if price[SCORE] > 0)
        return replace(leaf, mentees={**leaf.mentees, paid: lowered(own[paid])})

    for _, chosen in leaves(certificate.proof):
        forged = changed(certificate.proof, partial(_forged, chosen=chosen, forge=forge))
        assert doubts(posed, NO_CANDIDATES, pairs, replace(certificate, proof=forged))


def _forged(leaf: Leaf, chosen: Leaf, forge: Callable[[Leaf], Leaf]) -> Leaf:
    return forge(leaf) if leaf is chosen else leaf


@pytest.mark.parametrize("which", ["without", "without_reverse"])
def test_a_branch_left_out_is_noticed(which: str) -> None:
    posed, pairs, certificate = forked()

    assert doubts(posed, NO_CANDIDATES, pairs, replace(certificate, proof=getattr(certificate.proof, which)))


def test_a_branch_put_in_the_place_of_the_other_is_noticed() -> None:
    posed, pairs, certificate = forked()
    assert isinstance(certificate.proof, Split)
    mirrored = replace(certificate.proof, pair=certificate.proof.pair[::-1])

    assert doubts(posed, NO_CANDIDATES, pairs, replace(certificate, proof=mirrored))


def test_a_branch_of_another_round_is_noticed() -> None:
    posed, pairs, certificate = forked()
    *_, other = forked(seed=2)
    assert isinstance(certificate.proof, Split)
    taken = Split(certificate.proof.pair, other.proof, other.proof)

    assert doubts(posed, NO_CANDIDATES, pairs, replace(certificate, proof=taken))
    assert doubts(posed, NO_CANDIDATES, pairs, replace(other, seed=certificate.seed))


def test_a_leaf_that_proves_fewer_tiers_does_not_prove_the_pairs_it_holds() -> None:
    posed, pairs, certificate = forked()
    short = changed(certificate.proof, lambda leaf: _cut(leaf, SCORE + 1))

    assert doubts(posed, NO_CANDIDATES, pairs, replace(certificate, proof=short))


def _cut(leaf: Leaf, tiers: int) -> Leaf:
    names = ("mentees", "mentors", "charges")
    return Leaf(tiers=tiers, **{name: {k: n[:tiers] for k, n in getattr(leaf, name).items()} for name in names})


@pytest.mark.parametrize("branches", [0, 1, 2])
def test_a_search_cut_short_says_so_and_proves_how_much_better_a_solution_could_be(
    monkeypatch: pytest.MonkeyPatch, branches: int
) -> None:
    posed = problem(*twins(5, seed=1, block=4), seed=1)
    best = solve(posed, NO_CANDIDATES)
    monkeypatch.setattr(pairing_up, "MOST_WORK", 0)
    monkeypatch.setattr(pairing_up, "FEWEST_BRANCHES", branches)

    short = solve(posed, NO_CANDIDATES)
    examined = examine(posed, NO_CANDIDATES, pairs_of(short), short.certificate)

    assert (short.is_proven, examined.wrong, examined.gap is None) == (False, (), False)
    assert short.totals.total_score <= best.totals.total_score <= short.bound.total_score


def test_a_proven_solution_reaches_its_bound() -> None:
    solution = solve(problem(*crowd(20, 12, seed=2, both=8)), Policy())

    assert solution.bound.total_score == solution.totals.total_score
    assert solution.bound.candidates_served == solution.totals.candidates_served


def test_branches_name_only_the_prices_that_differ() -> None:
    *_, certificate = forked()
    own = [leaf for _, leaf in leaves(certificate.proof) if leaf == Leaf()]

    assert len(own) == 1


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"tiers": 3}', "null"])
def test_what_is_not_a_certificate_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        read(text)


@pytest.mark.parametrize(
    "proof",
    [
        '{"pair":["a"],"without":{},"without_reverse":{}}',
        '{"tiers":0,"mentees":{},"mentors":{},"charges":[]}',
        '{"tiers":7,"mentees":{},"mentors":{},"charges":[]}',
        '{"tiers":1,"mentees":{"a":[0,0]},"mentors":{},"charges":[]}',
        '{"pair":["a","b"],"without":' * 400 + "{}" + ',"without_reverse":{}}' * 400,
    ],
)
def test_a_proof_that_is_none_is_refused(proof: str) -> None:
    *_, certificate = forked()
    whole = written(certificate)

    with pytest.raises(ValueError, match=r"."):
        read(whole[: whole.index('"proof":')] + f'"proof":{proof}}}')
