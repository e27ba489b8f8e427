from pathlib import Path

import pytest
from environs import EnvError

from mentormatch.settings import read_settings


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Let nothing through from the machine that runs the tests."""
    for name in ("DATABASE_URL", "PUBLIC_URL", "SECRET_KEY", "SMTP_URL", "MAIL_FROM", "PROXIES"):
        monkeypatch.delenv(f"MENTORMATCH_{name}", raising=False)
    monkeypatch.setenv("MENTORMATCH_FOLDER", str(tmp_path / "installation"))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("FOLDER", "/proc/nowhere"),
        ("DATABASE_URL", "mysql://localhost/mentormatch"),
        ("PUBLIC_URL", "mentoring"),
        ("PUBLIC_URL", "ftp://firm.example"),
        ("PUBLIC_URL", "https://firm.example/mentoring"),
        ("PUBLIC_URL", "https://name:password@firm.example"),
        ("PUBLIC_URL", "https://firm.example:99999"),
        ("SECRET_KEY", "short"),
        ("SMTP_URL", "mail.firm.example"),
        ("MAIL_FROM", "Mentoring"),
        ("PROXIES", "-1"),
        ("PROXIES", "many"),
    ],
)
def test_a_variable_that_cannot_be_used_is_named(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(f"MENTORMATCH_{name}", value)

    with pytest.raises(EnvError, match=f"MENTORMATCH_{name}"):
        read_settings()


def test_the_folder_is_made_where_the_command_is_given(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("MENTORMATCH_FOLDER")
    monkeypatch.chdir(tmp_path)

    assert read_settings().folder == tmp_path / "instance"


def test_the_folder_is_made_for_its_owner_alone() -> None:
    assert read_settings().folder.stat().st_mode & 0o077 == 0


def test_everything_has_a_default_inside_the_folder(tmp_path: Path) -> None:
    settings = read_settings()

    assert settings.database_url == f"sqlite:///{tmp_path}/installation/mentormatch.sqlite3"
    assert settings.mail_goes == f"to files in {tmp_path}/installation/mail"


def test_the_key_of_the_cookies_is_made_once_and_for_the_owner_alone(tmp_path: Path) -> None:
    first, again = read_settings().secret_key, read_settings().secret_key

    assert first == again
    assert (tmp_path / "installation" / "secret_key").stat().st_mode & 0o077 == 0


def test_what_the_operator_says_of_the_address_wins_over_where_the_site_listens(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("MENTORMATCH_PUBLIC_URL", "https://mentoring.firm.example/")

    assert read_settings(public_url="http://127.0.0.1:8000").public_url == "https://mentoring.firm.example"


@pytest.mark.parametrize(
    ("typed", "known_as"),
    [
        ("https://Mentoring.Firm.example", "https://mentoring.firm.example"),
        ("HTTPS://mentoring.firm.example:443/", "https://mentoring.firm.example"),
        ("http://mentoring.firm.example:80", "http://mentoring.firm.example"),
        ("https://mentoring.firm.example:8443", "https://mentoring.firm.example:8443"),
        ("http://[::1]:8000", "http://[::1]:8000"),
    ],
)
def test_the_address_is_known_as_browsers_write_it(monkeypatch: pytest.MonkeyPatch, typed: str, known_as: str) -> None:
    monkeypatch.setenv("MENTORMATCH_PUBLIC_URL", typed)

    assert read_settings().public_url == known_as


def test_postgresql_is_spoken_to_by_the_driver_that_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MENTORMATCH_DATABASE_URL", "postgres://name@host/database")

    assert read_settings().database_url == "postgresql+psycopg://name@host/database"


def test_the_mail_server_is_named_without_its_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MENTORMATCH_SMTP_URL", "smtp://name:secret@mail.firm.example:587")

    assert read_settings().mail_goes == "out by mail.firm.example"


@pytest.mark.parametrize(
    ("address", "sender"),
    [("http://127.0.0.1:8000", "mentormatch@localhost"), ("https://firm.example", "mentormatch@firm.example")],
)
def test_the_sender_is_at_the_public_host_if_mail_can_be_there(
    monkeypatch: pytest.MonkeyPatch, address: str, sender: str
) -> None:
    monkeypatch.setenv("MENTORMATCH_PUBLIC_URL", address)

    assert read_settings().mail_from == f"mentormatch <{sender}>"


def test_a_mailbox_on_this_very_machine_can_be_the_sender(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MENTORMATCH_MAIL_FROM", "Mentoring <mentoring@localhost>")

    assert read_settings().mail_from == "Mentoring <mentoring@localhost>"
