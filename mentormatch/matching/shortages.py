"""Who was left without a partner: why, by whom those who could help are taken, and which changes would help."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from mentormatch.domain.pairings import Side
from mentormatch.matching.changes import Changes
from mentormatch.matching.explanation import Holder, Shortage
from mentormatch.matching.facing import facing_of
from mentormatch.matching.ground import Ground
from mentormatch.matching.solution import Unpaired
from mentormatch.matching.trials import Trials

MOST_NAMED: Final = 10


def shortages_of(ground: Ground, trials: Trials, people: frozenset[str]) -> Iterator[Shortage]:
    """Tell of each of these people who is a mentee without a mentor or a candidate without a mentee what is wrong."""
    changes = Changes(ground=ground, trials=trials)
    for unpaired in trials.solution.unpaired:
        if unpaired.person_id in people and (unpaired.side is Side.MENTEE or unpaired.is_candidate):
            helpful, was_searched = changes.that_help(unpaired)
            yield Shortage(
                person_id=unpaired.person_id,
                side=unpaired.side,
                reason=unpaired.reason,
                obstacles=unpaired.obstacles,
                taken=tuple(_taken(ground, trials, unpaired)),
                changes=helpful,
                was_searched=was_searched,
            )


def _taken(ground: Ground, trials: Trials, unpaired: Unpaired) -> Iterator[Holder]:
    if not unpaired.obstacles.taken:
        return
    held: dict[str, list[str]] = defaultdict(list)
    for mentor_id, mentee_id in sorted(trials.pairs):
        partner, other = (mentor_id, mentee_id) if unpaired.side is Side.MENTEE else (mentee_id, mentor_id)
        held[partner].append(other)
    facing = facing_of(ground.floor.sides, unpaired.person_id, unpaired.side)
    for partner_id, coverage in facing.eligible()[:MOST_NAMED]:
        yield Holder(partner_id=partner_id, coverage=coverage, partners=tuple(held[partner_id]))
