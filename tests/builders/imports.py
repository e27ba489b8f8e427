"""Spreadsheets that were sent in and wait for their confirmation."""

import hashlib
import zlib
from collections.abc import Sequence

from sqlalchemy.orm import Session

from mentormatch.domain.signups import Signup
from mentormatch.persistence.models import ImportedFile
from mentormatch.spreadsheets.signups import write_signups
from tests.builders.accounts import NOW


def add_imported_file(session: Session, programme_id: int, signups: Sequence[Signup], *, sent_by: int) -> str:
    """Add a spreadsheet of these people, not imported yet; return the hash by which addresses name it."""
    data = write_signups(signups)
    sha256 = hashlib.sha256(data).hexdigest()
    row = ImportedFile(
        programme_id=programme_id, sha256=sha256, content=zlib.compress(data), sent_at=NOW, sent_by=sent_by
    )
    session.add(row)
    session.flush()
    return sha256
