"""A site started as a newcomer starts it: `mentormatch serve --demo` in a process of its own."""

import os
import signal
import socket
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path


def free_port() -> int:
    """Return a port that nothing listens on."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


@dataclass
class StartedSite:
    """One installation in a folder of its own, and the processes that were started on it."""

    folder: Path
    port: int = field(default_factory=free_port)
    processes: list[subprocess.Popen[str]] = field(default_factory=list)

    @property
    def address(self) -> str:
        """The address of the first page."""
        return f"http://127.0.0.1:{self.port}"

    def start(self, **settings: str) -> subprocess.Popen[str]:
        """Start the site; only these settings reach it, and none of the machine that runs the tests."""
        command = [sys.executable, "-c", "from mentormatch.app import main; main()", "serve", "--demo"]
        process = subprocess.Popen(
            [*command, "--port", str(self.port)],
            env={"MENTORMATCH_FOLDER": str(self.folder), "PATH": os.environ["PATH"], **settings},
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        self.processes.append(process)
        return process

    def end(self) -> None:
        """Kill what still runs."""
        for process in self.processes:
            process.kill()
            process.communicate()


def line_of(process: subprocess.Popen[str], opening: str) -> str:
    """Read what a process prints up to the line with this opening; return the rest of that line."""
    assert process.stdout is not None
    for line in process.stdout:
        if line.startswith(opening):
            return line.removeprefix(opening).strip()
    raise AssertionError(process.communicate()[1])


def ended(process: subprocess.Popen[str], by: signal.Signals = signal.SIGTERM) -> tuple[int, str]:
    """End a process; return its exit code and what it complained of while it ran."""
    process.send_signal(by)
    _, complaints = process.communicate(timeout=30)
    return process.returncode, complaints
