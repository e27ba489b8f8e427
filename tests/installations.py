"""An installation that is only a test: its settings, and a clock that stands still until a test moves it."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from mentormatch.settings import Settings

INSTALLATION = "only-a-test"
"""What every installation of the tests is called."""


def settings_for(database_url: str, folder: Path, *, smtp_url: str | None = None) -> Settings:
    """Return the settings of an installation that is only a test."""
    return Settings(
        folder=folder,
        database_url=database_url,
        public_url="http://localhost",
        secret_key="only for tests",
        smtp_url=smtp_url,
        mail_from="mentormatch <mentormatch@localhost>",
        installation=INSTALLATION,
        testing=True,
    )


class StandingClock:
    """A clock that shows one instant until it is moved."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **by: float) -> None:
        """Move the clock: `clock.forward(minutes=11)`."""
        self.now += timedelta(**by)
