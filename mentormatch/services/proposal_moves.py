"""Who moves between two pairings of the same people, and what each move follows from."""

from collections.abc import Mapping
from dataclasses import dataclass

from mentormatch.domain.reviews import plain


@dataclass(frozen=True, slots=True, kw_only=True)
class Someone:
    """A participant by id and name."""

    id: int
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A mentee whose mentor becomes another one; nobody where there was or will be none."""

    mentee: Someone
    before: Someone | None
    after: Someone | None


def moves_between(before: Mapping[int, int], after: Mapping[int, int], names: Mapping[int, str]) -> tuple[Move, ...]:
    """List every mentee whose mentor differs, by name; first who loses one, then who gains one, then the others."""

    def someone(key: int | None) -> Someone | None:
        return None if key is None else Someone(id=key, name=names.get(key, f"Participant {key}"))

    moved = [key for key in before.keys() | after.keys() if before.get(key) != after.get(key)]
    found = [(someone(key), someone(before.get(key)), someone(after.get(key))) for key in moved]
    moves = [Move(mentee=mentee, before=was, after=now) for mentee, was, now in found if mentee]
    return tuple(
        sorted(moves, key=lambda m: (m.after is not None, m.before is not None, plain(m.mentee.name), m.mentee.id))
    )
