"""Processes that can be killed at any moment: a mail server that tells the truth, and senders."""

import asyncio
import ctypes
import hashlib
import multiprocessing
import os
import re
import signal
import threading
from collections.abc import Callable
from datetime import timedelta
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from types import FrameType
from typing import Final

from aiosmtpd.smtp import SMTP, Envelope, Session

from mentormatch.app import create_app
from mentormatch.domain.clocks import utc_now
from mentormatch.notices.smtp import MailServer, SmtpTransport
from mentormatch.persistence.database import Transactions
from mentormatch.services.sending_notices import Patience, SendingNotices
from mentormatch.worker.loops import Workers
from tests.installations import settings_for

SHORT_LEASES: Final = Patience(until_mark=timedelta(seconds=1), until_answer=timedelta(seconds=1.5))
"""So short that a test can wait for the lease of a sender that was killed."""
_PR_SET_PDEATHSIG: Final = 1
_MESSAGE_ID: Final = re.compile(rb"(?mi)^Message-ID: (<[^>]+>)")
_nursery: Final = multiprocessing.get_context("forkserver")
_nursery.set_forkserver_preload([__name__])


class Truth:
    """A mail server's handler that writes down what it accepts, to the disk, before it says so."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("ab", buffering=0)

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 -- found by it
        assert isinstance(envelope.content, bytes)
        found = _MESSAGE_ID.search(envelope.content)
        assert found is not None
        digest = hashlib.sha256(envelope.content).hexdigest().encode()
        self._file.write(found[1] + b" " + envelope.rcpt_tos[0].encode() + b" " + digest + b"\n")
        os.fsync(self._file.fileno())
        return "250 Accepted"


def start(target: Callable[..., None], *args: object) -> ForkServerProcess:
    """Start a process that dies with this one, and wait until it says that it is ready."""
    here, there = _nursery.Pipe()
    process = _nursery.Process(target=target, args=(there, *args), daemon=True)
    process.start()
    there.close()
    assert here.poll(30)
    here.recv()
    return process


def end(process: ForkServerProcess, with_signal: int = signal.SIGKILL) -> None:
    """End a process and wait until it is gone."""
    if process.pid is not None and process.is_alive():
        os.kill(process.pid, with_signal)
    process.join(30)
    assert not process.is_alive()


def receive(ready: Connection, port: int, path: Path) -> None:
    """Run the mail server."""
    _die_with_parent()

    async def forever() -> None:
        loop = asyncio.get_running_loop()
        handler = Truth(path)
        server = await loop.create_server(lambda: SMTP(handler, loop=loop), "127.0.0.1", port)
        ready.send("ready")
        await server.serve_forever()

    asyncio.run(forever())


def send_with_short_leases(ready: Connection, database_url: str, folder: Path, smtp_url: str) -> None:
    """Send what is due, for ever."""
    _die_with_parent()
    app = create_app(settings_for(database_url, folder))
    transport = SmtpTransport(MailServer.at(smtp_url), "test.example")
    sending = SendingNotices(Transactions(), utc_now, transport, "from@test.example", SHORT_LEASES)
    with app.app_context():
        ready.send("ready")
        while True:
            if not sending.send_next():
                threading.Event().wait(0.02)


def work(ready: Connection, database_url: str, folder: Path, smtp_url: str) -> None:
    """Work as `mentormatch work` does, until told to stop."""
    _die_with_parent()
    workers = Workers(create_app(settings_for(database_url, folder, smtp_url=smtp_url)))
    stopping = threading.Event()

    def stop(_signal: int, _frame: FrameType | None) -> None:
        stopping.set()

    signal.signal(signal.SIGTERM, stop)
    workers.start()
    ready.send("ready")
    stopping.wait()
    workers.stop()


def _die_with_parent() -> None:
    # A frozen or forgotten sender would outlive its test and go on sending.
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
