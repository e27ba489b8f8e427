"""A side thread that does one small thing to the database at regular times while its owner is busy."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import structlog
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from mentormatch.persistence.database import db

_log = structlog.get_logger()


@contextmanager
def beating(beat: Callable[[Session], None], *, every: float) -> Iterator[None]:
    """Call `beat` every so many seconds, each time in a transaction of its own, until the block ends."""
    engine = db.engine  # the side thread has no application context to find it by
    ended = threading.Event()

    def run() -> None:
        while not ended.wait(every):
            try:
                with Session(engine) as session, session.begin():
                    beat(session)
            except SQLAlchemyError:
                # One missed beat is no loss: the lease outlasts several of them.
                _log.warning("a heartbeat was missed", exc_info=True)

    thread = threading.Thread(target=run, name="heartbeat", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
