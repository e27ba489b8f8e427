"""The matching problem: who takes part in a round, frozen and in an order that no row order can change."""

import hmac
from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Final

from mentormatch.domain.errors import InputRefused
from mentormatch.matching.bounds import faults_of
from mentormatch.matching.locks import refuse_contradictions
from mentormatch.matching.people import Pair, Person

DEFAULT_SEED: Final = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchingProblem:
    """The frozen input of one round; build it with `of`, which puts it in canonical order.

    `under_review` is the proposal that a re-solve should change as little as equal scores allow; `wishes` are the
    pairs that their mentees wished for.
    """

    people: tuple[Person, ...]
    seed: int = DEFAULT_SEED
    bars: frozenset[Pair] = field(default_factory=frozenset)
    locks: frozenset[Pair] = field(default_factory=frozenset)
    earlier_pairings: frozenset[Pair] = field(default_factory=frozenset)
    under_review: frozenset[Pair] = field(default_factory=frozenset)
    wishes: frozenset[Pair] = field(default_factory=frozenset)

    @classmethod
    def of(
        cls,
        people: Iterable[Person],
        *,
        seed: int = DEFAULT_SEED,
        bars: Iterable[Pair] = (),
        locks: Iterable[Pair] = (),
        earlier_pairings: Iterable[Pair] = (),
        under_review: Iterable[Pair] = (),
        wishes: Iterable[Pair] = (),
    ) -> "MatchingProblem":
        """Check every bound, refuse contradictory locks, forget pairs of people who are not in the round.

        Raises InputRefused for values out of bounds and LocksContradict for locks that cannot all hold.
        """
        given = tuple(people)
        if faults := faults_of(given, seed):
            raise InputRefused(faults)
        present = {person.id for person in given}
        problem = cls(
            people=tuple(sorted(given, key=lambda person: _rank(seed, person.id))),
            seed=seed,
            bars=_among(present, bars),
            locks=frozenset(locks),
            earlier_pairings=_among(present, earlier_pairings),
            under_review=_among(present, under_review),
            wishes=_among(present, wishes),
        )
        refuse_contradictions(problem.people, problem.locks, problem.bars)
        return problem


def keyed_digest(seed: int, *parts: str) -> bytes:
    """Derive bytes from the round's seed and ids; nobody can steer them by signing up early."""
    return hmac.digest(b"mentormatch:%d" % seed, "\x1f".join(parts).encode(), sha256)


def _rank(seed: int, person_id: str) -> tuple[bytes, str]:
    return keyed_digest(seed, "person", person_id), person_id


def _among(present: set[str], pairs: Iterable[Pair]) -> frozenset[Pair]:
    return frozenset((a, b) for a, b in pairs if a in present and b in present)
