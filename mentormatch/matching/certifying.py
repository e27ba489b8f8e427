"""From where the core stands to a certificate that names people."""

from dataclasses import dataclass

import numpy as np

from mentormatch.matching.branching import Branch, Fork, Searched, Tree
from mentormatch.matching.certificate import TIERS, Certificate, Leaf, Price, Proof, Split
from mentormatch.matching.core.market import Ints
from mentormatch.matching.laying_out import Floor
from mentormatch.matching.people import Pair

_SCORE = TIERS.index("score")


@dataclass(frozen=True, slots=True, eq=False)
class _Prices:
    """The prices of a branch, a row per person and a column per tier, and its charges."""

    mentees: Ints
    mentors: Ints
    charges: dict[Pair, Price]

    @property
    def tiers(self) -> int:
        return int(self.mentees.shape[1])


def certificate_of(floor: Floor, searched: Searched) -> Certificate:
    """Name the prices and charges of every branch that was looked at."""
    own = _prices(floor, searched.leading)
    rest = (0,) * (len(TIERS) - own.tiers)
    return Certificate(
        seed=floor.seed,
        mentees={mentee: (*price, *rest) for mentee, price in zip(floor.mentees, own.mentees.tolist(), strict=True)},
        mentors={mentor: (*price, *rest) for mentor, price in zip(floor.mentors, own.mentors.tolist(), strict=True)},
        charges={pair: (*price, *rest) for pair, price in own.charges.items()},
        proof=_proof(floor, own, searched.tree),
    )


def _proof(floor: Floor, own: _Prices, tree: Tree) -> Proof:
    if isinstance(tree, Fork):
        without, reverse = (_proof(floor, own, branch) for branch in tree.without)
        return Split(floor.pair(tree.loop[0]), without, reverse)
    branch = _prices(floor, tree)
    tiers, nothing = branch.tiers, (0,) * branch.tiers
    charges = {pair: price[:tiers] for pair, price in own.charges.items()}
    changed = {pair: branch.charges.get(pair, nothing) for pair in charges.keys() | branch.charges.keys()}
    return Leaf(
        tiers=tiers,
        mentees=_changed(floor.mentees, own.mentees, branch.mentees),
        mentors=_changed(floor.mentors, own.mentors, branch.mentors),
        charges={pair: price for pair, price in changed.items() if charges.get(pair, nothing) != price},
    )


def _changed(people: tuple[str, ...], own: Ints, others: Ints) -> dict[str, Price]:
    tiers = others.shape[1]
    known = np.zeros_like(others)
    known[:, : own.shape[1]] = own[:, :tiers]
    rows = np.flatnonzero((known != others).any(axis=1)).tolist()
    return {people[row]: tuple(price) for row, price in zip(rows, others[rows].tolist(), strict=True)}


def _prices(floor: Floor, branch: Branch) -> _Prices:
    choice = branch.choice
    loops = {loop for stage in choice.charges for loop in stage}
    return _Prices(
        mentees=np.array([prices.mentee for prices in choice.prices]).T,
        mentors=np.array([prices.mentor for prices in choice.prices]).T,
        # The counts before the score are never charged for.
        charges={
            min(floor.pair(loop[0]), floor.pair(loop[1])): (
                *[0] * _SCORE,
                *(stage.get(loop, 0) for stage in choice.charges),
            )
            for loop in loops
        },
    )
