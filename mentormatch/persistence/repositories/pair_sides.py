"""The two people of a pair, for questions to the database that are about both; made once, as making them takes long."""

from typing import Final

from sqlalchemy.orm import aliased

from mentormatch.persistence.models import Participant

Mentor: Final = aliased(Participant)
Mentee: Final = aliased(Participant)
