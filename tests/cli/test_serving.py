import signal
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.started_sites import StartedSite, ended, line_of

pytestmark = pytest.mark.slow


@pytest.fixture
def site(tmp_path: Path) -> Iterator[StartedSite]:
    site = StartedSite(tmp_path)
    yield site
    site.end()


def test_it_prints_the_address_the_mail_folder_and_a_link_that_opens(site: StartedSite) -> None:
    running = site.start()

    address = line_of(running, "mentormatch at ")
    folder = line_of(running, "Mail goes to files in ")
    link = line_of(running, "Sign in as coordinator: ")

    assert (address, folder) == (site.address, str(site.folder / "mail"))
    with urllib.request.urlopen(link) as answer:  # noqa: S310 -- the address is the test's own
        assert answer.status == 200


@pytest.mark.parametrize("by", [signal.SIGTERM, signal.SIGINT])
def test_it_ends_cleanly_and_starts_again(site: StartedSite, by: signal.Signals) -> None:
    first = site.start()
    line_of(first, "Sign in as coordinator: ")
    end = ended(first, by)

    again = line_of(site.start(), "Sign in as coordinator: ")

    assert end == (0, "")
    assert again.startswith(site.address)


def test_a_second_start_on_the_same_port_says_so_in_one_line(site: StartedSite) -> None:
    line_of(site.start(), "Sign in as coordinator: ")
    second = site.start()

    _, complaints = second.communicate(timeout=20)

    assert second.returncode == 1
    assert complaints.count("\n") == 1
    assert "Is it running already?" in complaints
