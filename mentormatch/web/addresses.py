"""Parts of addresses, bounded: a number too large for the database is a page that does not exist, not a fault."""

from typing import Final
from urllib.parse import unquote, urlsplit

from flask import Flask, current_app
from werkzeug.exceptions import HTTPException
from werkzeug.routing import BaseConverter, RequestRedirect, ValidationError

LARGEST_ID: Final = 2**31 - 1


class IdConverter(BaseConverter):
    """A row's id or number: 1 to 2147483647."""

    regex = r"[1-9][0-9]{0,9}"

    def to_python(self, value: str) -> int:
        """Return the number; one that no row can have raises what a missing page raises."""
        number = int(value)
        if number > LARGEST_ID:
            raise ValidationError
        return number


class SlugConverter(BaseConverter):
    """A programme's name in addresses: lower-case letters, digits and hyphens, at most sixty."""

    regex = r"[a-z0-9](?:[a-z0-9-]{0,59})"


def register_converters(app: Flask) -> None:
    """Make `<id:...>` and `<slug:...>` known to the routes."""
    app.url_map.converters["id"] = IdConverter
    app.url_map.converters["slug"] = SlugConverter


def safe_path(wanted: str | None, default: str) -> str:
    """Return `wanted` if it is a page of this site that can be looked at, else `default`.

    Looking like a local path is not enough: browsers read `https:evil.example`, `//x` and `/\\x` as
    other sites. Only what the site's own map of addresses knows is accepted.
    """
    if not wanted or len(wanted) > 200 or not wanted.startswith("/") or not wanted.isprintable():
        return default
    if "\\" in wanted or wanted.startswith("//"):
        return default
    try:
        current_app.url_map.bind("localhost").match(unquote(urlsplit(wanted).path), method="GET")
    except (HTTPException, RequestRedirect, ValueError):
        return default
    return wanted
