import os
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

Start = Callable[..., subprocess.Popen[str]]


@pytest.fixture
def port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


@pytest.fixture
def start(tmp_path: Path, port: int) -> Iterator[Start]:
    """Start `mentormatch serve --demo` on an installation of this test's own."""
    started: list[subprocess.Popen[str]] = []
    settings = {"MENTORMATCH_FOLDER": str(tmp_path), "PATH": os.environ["PATH"]}

    def start() -> subprocess.Popen[str]:
        command = [sys.executable, "-c", "from mentormatch.app import main; main()", "serve", "--demo"]
        running = subprocess.Popen(
            [*command, "--port", str(port)], env=settings, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        started.append(running)
        return running

    yield start
    for running in started:
        running.kill()
        running.communicate()


def line_of(running: subprocess.Popen[str], opening: str) -> str:
    """Read what it prints up to the line with this opening; return the rest of that line."""
    assert running.stdout is not None
    for line in running.stdout:
        if line.startswith(opening):
            return line.removeprefix(opening).strip()
    raise AssertionError(running.communicate()[1])


@pytest.mark.slow
def test_it_prints_the_address_the_mail_folder_and_a_link_that_opens(start: Start, tmp_path: Path, port: int) -> None:
    running = start()

    address = line_of(running, "mentormatch at ")
    folder = line_of(running, "Mail goes to files in ")
    link = line_of(running, "Sign in as coordinator: ")

    assert (address, folder) == (f"http://127.0.0.1:{port}", str(tmp_path / "mail"))
    with urllib.request.urlopen(link) as answer:  # noqa: S310 -- the address is the test's own
        assert answer.status == 200


@pytest.mark.slow
@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGINT])
def test_it_ends_cleanly_and_starts_again(start: Start, ending: signal.Signals) -> None:
    first = start()
    line_of(first, "Sign in as coordinator: ")
    first.send_signal(ending)
    _, complaints = first.communicate(timeout=20)

    again = line_of(start(), "Sign in as coordinator: ")

    assert (first.returncode, complaints) == (0, "")
    assert again.startswith("http://127.0.0.1:")


@pytest.mark.slow
def test_a_second_start_on_the_same_port_says_so_in_one_line(start: Start) -> None:
    line_of(start(), "Sign in as coordinator: ")
    second = start()

    _, complaints = second.communicate(timeout=20)

    assert second.returncode == 1
    assert complaints.count("\n") == 1
    assert "Is it running already?" in complaints
