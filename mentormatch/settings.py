"""The settings of an installation: read from the environment once, frozen, handed down."""

import re
import secrets
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from environs import Env, ValidationError, validate

from mentormatch.notices.smtp import MailServer


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything that differs between installations; `public_url` is the base of every link that is mailed."""

    folder: Path
    database_url: str
    public_url: str
    secret_key: str
    smtp_url: str | None
    mail_from: str
    smtp_idempotency_header: str | None = None
    """The header by which the mail server recognises a second copy, where it has one."""
    proxies: int = 0
    """How many proxies of ours a request passes; the client's address is the one that the outermost of them saw."""
    demo: bool = False
    testing: bool = False

    @property
    def is_https(self) -> bool:
        """Whether people reach the site by https, which decides how its cookies are marked."""
        return urlsplit(self.public_url).scheme == "https"

    @property
    def host(self) -> str:
        """The only host name the site answers to."""
        return urlsplit(self.public_url).hostname or "localhost"

    @property
    def mail_folder(self) -> Path:
        """Where mail is written as files when there is no mail server."""
        return self.folder / "mail"

    @property
    def mail_goes(self) -> str:
        """Where mail goes, in words for the console; a server is named without its password."""
        return f"out by {urlsplit(self.smtp_url).hostname}" if self.smtp_url else f"to files in {self.mail_folder}"


def read_settings(*, public_url: str | None = None, demo: bool = False) -> Settings:
    """Read the MENTORMATCH_ variables; `public_url` is for an installation that does not set its own.

    Raises environs.EnvError, which names the variable, when one of them is not usable.
    """
    env = Env(prefix="MENTORMATCH_")
    folder = Path(env.str("FOLDER", "instance")).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    url = env.str("PUBLIC_URL", public_url or "http://127.0.0.1:8000", validate=validate.URL(require_tld=False))
    return Settings(
        folder=folder,
        database_url=_database_url(env.str("DATABASE_URL", f"sqlite:///{folder}/mentormatch.sqlite3")),
        public_url=url.rstrip("/"),
        secret_key=env.str("SECRET_KEY", "") or _kept_secret(folder),
        smtp_url=env.str("SMTP_URL", None, validate=_check_mail_server),
        smtp_idempotency_header=env.str("SMTP_IDEMPOTENCY_HEADER", None, validate=_check_header_name),
        mail_from=env.str("MAIL_FROM", f"mentormatch <mentormatch@{urlsplit(url).hostname or 'localhost'}>"),
        proxies=env.int("PROXIES", 0, validate=validate.Range(0, 9)),
        demo=demo,
    )


def _check_mail_server(url: str | None) -> None:
    if url is not None:
        try:
            MailServer.at(url)
        except ValueError as refused:
            raise ValidationError(str(refused)) from refused


def _check_header_name(name: str | None) -> None:
    if name is not None and not re.fullmatch(r"[A-Za-z][A-Za-z0-9-]{0,60}", name):
        raise ValidationError("must be the name of a mail header, such as X-Idempotency-Key")


def _database_url(url: str) -> str:
    # Without a driver's name the two supported generations of SQLAlchemy choose different ones.
    for plain in ("postgresql://", "postgres://"):
        if url.startswith(plain):
            return "postgresql+psycopg://" + url.removeprefix(plain)
    return url


def _kept_secret(folder: Path) -> str:
    path = folder / "secret_key"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48), encoding="utf-8")
    return path.read_text(encoding="utf-8")
