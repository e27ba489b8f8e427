"""Column types that refuse, alike on both databases, what one of them would let slip."""

import unicodedata
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Dialect
from sqlalchemy.ext.compiler import compiles


class UtcDateTime(sa.types.TypeDecorator[datetime]):
    """An instant: aware datetimes in, UTC out; a naive one raises ValueError."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Convert to UTC before it is stored."""
        if value is None:
            return None
        if value.tzinfo is None:
            msg = f"{value!r} has no time zone"
            raise ValueError(msg)
        utc = value.astimezone(UTC)
        return utc if dialect.name == "postgresql" else utc.replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 -- signature of SQLAlchemy
        """Return an aware UTC datetime."""
        return value if value is None else value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Line(sa.types.TypeDecorator[str]):
    """Text of bounded length in NFC without NUL or lone surrogates; anything else raises ValueError."""

    impl = sa.String
    cache_ok = True

    def __init__(self, length: int) -> None:
        super().__init__(length)
        self.length = length

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002 -- signature of SQLAlchemy
        """Refuse what PostgreSQL would refuse and SQLite would swallow."""
        if value is None:
            return None
        if "\x00" in value or any(0xD800 <= ord(c) <= 0xDFFF for c in value):
            msg = "text holds a character that cannot be stored"
            raise ValueError(msg)
        normal = unicodedata.normalize("NFC", value)
        if len(normal) > self.length:
            msg = f"text is longer than {self.length} characters"
            raise ValueError(msg)
        return normal


def _compiled_as(name: str) -> Callable[..., str]:
    def render(type_: Any, compiler: Any, **kwargs: Any) -> str:  # noqa: ANN401, ARG001 -- SQLAlchemy's hook is untyped
        return name

    return render


# Strict tables of SQLite know only these names; without STRICT it would store 3.7 in a whole-number column.
for _text in (sa.String, sa.VARCHAR, sa.Enum, sa.DateTime, sa.Date, sa.JSON, sa.Text):
    compiles(_text, "sqlite")(_compiled_as("TEXT"))
for _whole in (sa.Boolean, sa.BigInteger, sa.SmallInteger):
    compiles(_whole, "sqlite")(_compiled_as("INTEGER"))
