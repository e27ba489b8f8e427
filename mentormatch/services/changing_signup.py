"""A participant's own sign-up: what was answered, what follows from it, and changing it while sign-up is open."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from mentormatch.domain.clocks import Clock
from mentormatch.domain.errors import Conflict
from mentormatch.domain.sentences import said
from mentormatch.domain.signups import Signup, SignupState
from mentormatch.persistence.database import Transactions
from mentormatch.persistence.models import Account, Coordinatorship
from mentormatch.persistence.repositories.participants import own_signup, replace_answers
from mentormatch.persistence.repositories.programmes import inputs_moved, programme_of
from mentormatch.services.showing_programmes import ProgrammePage, open_page, page_of
from mentormatch.services.weighing_answers import Outlook, outlook_of


@dataclass(frozen=True, slots=True)
class MySignup:
    """A sign-up as its owner sees it; `contacts` are the addresses of the programme's coordinators."""

    page: ProgrammePage
    signup: Signup
    state: SignupState
    version: int
    outlook: Outlook
    contacts: tuple[str, ...]

    @property
    def can_change(self) -> bool:
        """Whether the answers can be changed now."""
        return self.page.is_open and self.state is not SignupState.WITHDRAWN

    @property
    def is_withdrawn(self) -> bool:
        """Whether this person has left the programme."""
        return self.state is SignupState.WITHDRAWN

    @property
    def is_confirmed(self) -> bool:
        """Whether the mailbox has been shown to be this person's."""
        return self.state is not SignupState.UNCONFIRMED


class ChangingSignup:
    """Shows people their own sign-up and lets them change it; the mailbox is the one thing that stays."""

    def __init__(self, transactions: Transactions, clock: Clock) -> None:
        self._transactions = transactions
        self._clock = clock

    def mine(self, programme_id: int, account_id: int | None) -> MySignup:
        """Return the sign-up of this account's owner; raises NotFound."""
        with self._transactions.reading() as session:
            kept = own_signup(session, programme_id, account_id)
            page = page_of(programme_of(session, programme_id), self._clock())
            outlook = outlook_of(kept.signup, page.settings.policy())
            return MySignup(page, kept.signup, kept.state, kept.version, outlook, _contacts(session, programme_id))

    def change(self, programme_id: int, account_id: int | None, signup: Signup, *, version: int) -> None:
        """Put new answers in the place of those that were seen in `version`.

        Raises NotFound, SignupClosed outside the window, and Conflict when they have changed since.
        """
        with self._transactions.writing() as session:
            inputs_moved(session, programme_id)  # the programme's lock first, as everybody takes it
            open_page(session, programme_id, self._clock())
            kept = own_signup(session, programme_id, account_id)
            if kept.state is SignupState.WITHDRAWN or kept.version != version:
                raise Conflict(said("Your sign-up has changed since you opened this page. Nothing of this was saved."))
            replace_answers(session, kept, signup, self._clock())


def _contacts(session: Session, programme_id: int) -> tuple[str, ...]:
    coordinators = sa.select(Account.email).join(Coordinatorship).where(Coordinatorship.programme_id == programme_id)
    return tuple(session.scalars(coordinators.where(Account.disabled_at.is_(None)).order_by(Account.id)))
