"""Threads that look for due work and do it, one piece after the other, until they are told to stop."""

import threading
from collections.abc import Callable
from typing import Final

import structlog
from flask import Flask

from mentormatch.services.bundle import Services

PAUSE: Final = 0.3
"""Seconds between two looks when nothing was due."""
PAUSE_AFTER_FAULT: Final = 5.0

Task = Callable[[Services], bool]
"""Does one piece of due work; returns whether there was one."""

TASKS: Final[dict[str, Task]] = {
    "links": lambda services: services.mailing_links.mail_next(),
    "notices": lambda services: services.sending_notices.send_next(),
    "reminders": lambda services: services.pairings.reminding.remind_next(),
    "rounds": lambda services: services.solving_rounds.solve_next(),
}

_log = structlog.get_logger()


class Workers:
    """One thread for each kind of work, inside the serving process or in one of its own."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._stopping = threading.Event()
        self._threads = [
            threading.Thread(target=self._loop, args=(name, task), name=name, daemon=True)
            for name, task in TASKS.items()
        ]

    def start(self) -> None:
        """Start the threads."""
        for thread in self._threads:
            thread.start()

    def stop(self, patience: float = 30.0) -> None:
        """Let each thread finish the piece in hand; wait for them at most `patience` seconds."""
        self._stopping.set()
        for thread in self._threads:
            thread.join(patience)

    def _loop(self, name: str, task: Task) -> None:
        while not self._stopping.is_set():
            try:
                with self._app.app_context():
                    pause = 0.0 if task(self._app.extensions["mentormatch"]) else PAUSE
            except Exception:
                # A worker that dies of one bad row would leave all others undone.
                _log.exception("background work failed", task=name)
                pause = PAUSE_AFTER_FAULT
            self._stopping.wait(pause)
