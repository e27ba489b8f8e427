from collections.abc import Iterator

import pytest
import structlog

from mentormatch.app import log_without_values


@pytest.fixture(autouse=True)
def usual_logging() -> Iterator[None]:
    yield
    structlog.reset_defaults()


def fail(token: str) -> None:
    raise LookupError(len(token))


def test_a_logged_fault_shows_no_values(capsys: pytest.CaptureFixture[str]) -> None:
    log_without_values()
    try:
        fail("1234" * 3)
    except LookupError:
        structlog.get_logger().exception("background work failed")

    told = capsys.readouterr().out
    assert ("LookupError: 12" in told, "1234" * 3 in told) == (True, False)
