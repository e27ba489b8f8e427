"""Files handed out to be saved, never shown: spreadsheets with a generated name."""

from flask import make_response
from werkzeug.wrappers import Response


def csv_file(content: bytes, name: str) -> Response:
    """Hand out CSV under a name that only slugs and numbers have gone into."""
    answer = make_response(content)
    answer.headers["Content-Type"] = "text/csv; charset=utf-8"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
