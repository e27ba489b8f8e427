"""What was found on a face, and what the search on a similar one may begin with."""

from dataclasses import dataclass

from mentormatch.matching.core.columns import Reference
from mentormatch.matching.core.market import Ints, Prices
from mentormatch.matching.core.tight import Values


@dataclass(frozen=True, slots=True, eq=False)
class Placed:
    """The best solution of a face, the prices that prove it, and what pairs were worth.

    Pairs that are not listed were `seen` to stay below such prices, if that was looked at. Of very many listed ones
    those of a `core`, by their sorted keys, were enough.
    """

    mentor_of: Ints
    prices: Prices
    worth: Values
    seen: Reference | None = None
    core: Ints | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Start:
    """Prices that proved the best of a similar face, what it was, and the core that was enough, if these are known."""

    prices: Prices
    mentor_of: Ints | None = None
    core: Ints | None = None
