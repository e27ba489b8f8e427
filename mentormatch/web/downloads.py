"""Files handed out to be saved, never shown, with a generated name."""

from typing import Final

from flask import make_response
from werkzeug.wrappers import Response

_TYPES: Final = {
    "csv": "text/csv; charset=utf-8",
    "ics": "text/calendar; charset=utf-8",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def handed_out(content: bytes, name: str) -> Response:
    """Hand out a file under a name that only slugs and numbers have gone into; its ending says the kind."""
    answer = make_response(content)
    answer.headers["Content-Type"] = _TYPES[name.rpartition(".")[2]]
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
