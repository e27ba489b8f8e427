"""Keeping the language in which a person reads pages and mails."""

import sqlalchemy as sa

from mentormatch.persistence.database import Transactions
from mentormatch.persistence.models import Account


class ChoosingLanguages:
    """Writes a person's choice into their account."""

    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions

    def choose(self, account_id: int | None, code: str) -> None:
        """Keep the language of an account; of a visitor nothing is kept."""
        if account_id is None:
            return
        with self._transactions.writing() as session:
            session.execute(sa.update(Account).where(Account.id == account_id).values(language=code))
