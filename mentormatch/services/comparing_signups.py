"""Comparing the sign-ups of a spreadsheet with those that are kept: who is new, who changes, who must not come back."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from mentormatch.domain.errors import Fault
from mentormatch.domain.sentences import said
from mentormatch.domain.signups import Signup, SignupState
from mentormatch.persistence.repositories.participants import KeptSignup
from mentormatch.schemas.signup import answers_of


@dataclass(frozen=True, slots=True)
class ChangedPerson:
    """Somebody whose answers an import would change, and the columns it would change."""

    id: int
    name: str
    email: str
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """The answers that are kept and those that take their place."""

    kept: KeptSignup
    signup: Signup
    columns: tuple[str, ...]

    @property
    def is_unconfirmed(self) -> bool:
        """Whether nobody has shown yet that the mailbox is theirs."""
        return self.kept.state is SignupState.UNCONFIRMED

    @property
    def person(self) -> ChangedPerson:
        """The change as a coordinator reads it."""
        return ChangedPerson(self.kept.id, self.kept.signup.name, self.kept.signup.email, self.columns)


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a spreadsheet brings: new people, changes, how many rows say what is known already, and who has left."""

    new: tuple[Signup, ...]
    changed: tuple[Change, ...]
    unchanged: int
    gone: tuple[Fault, ...] = ()


_GONE = frozenset({SignupState.WITHDRAWN, SignupState.ERASED})


def compare(numbered: Sequence[tuple[int, Signup]], kept: Iterable[KeptSignup]) -> Comparison:
    """Sort the rows of a spreadsheet; every row of somebody who has left is a fault in `gone`."""
    known = {one.signup.mailbox: one for one in kept}
    pairs = [(number, signup, known.get(signup.mailbox)) for number, signup in numbered]
    gone = tuple(Fault(number, "email", _left(one)) for number, _, one in pairs if one and one.state in _GONE)
    changes = [_change(one, signup) for _, signup, one in pairs if one and one.state not in _GONE]
    changed = tuple(change for change in changes if change.columns)
    new = tuple(signup for _, signup, one in pairs if one is None)
    return Comparison(new, changed, len(changes) - len(changed), gone)


def _change(kept: KeptSignup, signup: Signup) -> Change:
    # A spreadsheet has no column for what a person hopes for; the person's own words stay.
    wanted = replace(signup, hopes=kept.signup.hopes)
    before, after = answers_of(kept.signup), answers_of(wanted)
    columns = tuple(name for name in after if before[name] != after[name])
    confirmed = ("state",) if kept.state is SignupState.UNCONFIRMED else ()
    return Change(kept, wanted, (*columns, *confirmed))


def _left(kept: KeptSignup) -> str:
    if kept.state is SignupState.WITHDRAWN:
        return said("This person has withdrawn; take the row out.")
    return said("This person has left; take the row out.")
