"""The settings of an installation: read from the environment once, frozen, handed down."""

import re
import secrets
from contextlib import suppress
from dataclasses import dataclass
from email.utils import parseaddr
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from environs import Env, EnvError, ValidationError, validate

from mentormatch.notices.smtp import MailServer
from mentormatch.schemas.fields import is_address

SHORTEST_SECRET: Final = 16
_IS_ADDRESS: Final = validate.URL(require_tld=False, schemes={"http", "https"})
_DATABASES: Final = ("sqlite:///", "postgresql://", "postgres://", "postgresql+psycopg://")


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
    installation: str | None = None
    """The name of the installation, where several machines or a folder that does not last share one database."""
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


def read_settings(*, public_url: str | None = None) -> Settings:
    """Read the MENTORMATCH_ variables; `public_url` is for an installation that does not set its own.

    Raises environs.EnvError, which names the variable, when one of them is not usable.
    """
    env = Env(prefix="MENTORMATCH_")
    folder = _made(Path(env.str("FOLDER", "instance")).resolve())
    url = env.str("PUBLIC_URL", public_url or "http://127.0.0.1:8000", validate=[_IS_ADDRESS, _check_public_url])
    database_url = env.str("DATABASE_URL", f"sqlite:///{folder}/mentormatch.sqlite3", validate=_check_database_url)
    return Settings(
        folder=folder,
        database_url=_database_url(database_url),
        public_url=_as_browsers_write(url),
        secret_key=env.str("SECRET_KEY", None, validate=_check_secret) or _kept_secret(folder),
        smtp_url=env.str("SMTP_URL", None, validate=_check_mail_server),
        smtp_idempotency_header=env.str("SMTP_IDEMPOTENCY_HEADER", None, validate=_check_header_name),
        mail_from=env.str("MAIL_FROM", f"mentormatch <mentormatch@{_mail_domain(url)}>", validate=_check_sender),
        installation=env.str("INSTALLATION", None, validate=_check_installation),
        proxies=env.int("PROXIES", 0, validate=validate.Range(0, 9)),
    )


def _made(folder: Path) -> Path:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)  # what people answered lies in it
    except OSError as refused:
        msg = f'Environment variable "MENTORMATCH_FOLDER" invalid: {folder} cannot be made ({refused.strerror})'
        raise EnvError(msg) from refused
    return folder


def _check_public_url(url: str) -> None:
    parts = urlsplit(url)
    if parts.path.strip("/") or parts.query or parts.fragment:
        raise ValidationError("must end with the host or the port; the site cannot live below a path")
    if parts.username is not None:
        raise ValidationError("must not hold a name or a password")
    try:
        _ = parts.port
    except ValueError as refused:
        raise ValidationError(str(refused)) from refused


def _as_browsers_write(url: str) -> str:
    # Browsers name a form's origin in small letters and without the usual port, and it is compared with this.
    parts = urlsplit(url)
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
    port = "" if parts.port in {None, {"http": 80, "https": 443}[parts.scheme]} else f":{parts.port}"
    return f"{parts.scheme}://{host}{port}"


def _check_database_url(url: str) -> None:
    if not url.startswith(_DATABASES):
        raise ValidationError("must look like sqlite:///file or postgresql://name:password@host/database")


def _check_secret(secret: str | None) -> None:
    if secret is not None and len(secret) < SHORTEST_SECRET:
        raise ValidationError(f"must have at least {SHORTEST_SECRET} characters")


def _check_sender(sender: str) -> None:
    address = parseaddr(sender)[1]
    # This very machine may be the mail server, and has a name without a dot.
    if not is_address(f"{address}.example" if address.endswith("@localhost") else address):
        raise ValidationError("must be an address, such as Mentoring <mentoring@example.org>")


def _check_mail_server(url: str | None) -> None:
    if url is not None:
        try:
            MailServer.at(url)
        except ValueError as refused:
            raise ValidationError(str(refused)) from refused


def _check_installation(name: str | None) -> None:
    if name is not None and not re.fullmatch(r"[A-Za-z0-9._-]{1,64}", name):
        raise ValidationError("must be a name of at most 64 letters, digits, dots, hyphens and underscores")


def _check_header_name(name: str | None) -> None:
    if name is not None and not re.fullmatch(r"[A-Za-z][A-Za-z0-9-]{0,60}", name):
        raise ValidationError("must be the name of a mail header, such as X-Idempotency-Key")


def _mail_domain(url: str) -> str:
    # A number is no mail domain; some servers refuse a sender that has one.
    host = urlsplit(url).hostname or "localhost"
    return host if is_address(f"mentormatch@{host}") else "localhost"


def _database_url(url: str) -> str:
    # Without a driver's name the two supported generations of SQLAlchemy choose different ones.
    for plain in ("postgresql://", "postgres://"):
        if url.startswith(plain):
            return "postgresql+psycopg://" + url.removeprefix(plain)
    return url


def _kept_secret(folder: Path) -> str:
    path = folder / "secret_key"
    if not path.exists():
        draft = folder / f"secret_key.{secrets.token_hex(8)}"
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(48), encoding="utf-8")
        # The name appears with its content or not at all, and of two first starts one gives way.
        with suppress(FileExistsError):
            path.hardlink_to(draft)
        draft.unlink()
    return path.read_text(encoding="utf-8")
