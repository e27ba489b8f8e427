"""The forms that the pages show, read as a browser reads them: where they go and what they carry when untouched."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

from flask.testing import FlaskClient


@dataclass
class SeenForm:
    """One form: its address, its fields with the values they stand at, and which of them take a file."""

    action: str
    fields: dict[str, str] = field(default_factory=dict)
    files: set[str] = field(default_factory=set)


class _Reader(HTMLParser):
    def __init__(self, address: str) -> None:
        super().__init__()
        self.address, self.forms = address, list[SeenForm]()
        self._open: SeenForm | None = None
        self._select = self._textarea = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._open = SeenForm(given.get("action") or self.address) if given.get("method", "") == "post" else None
            self.forms += [self._open] if self._open else []
        elif self._open and tag in {"input", "select", "textarea", "option", "button"}:
            self._field(self._open, tag, given)

    def _field(self, form: SeenForm, tag: str, given: dict[str, str]) -> None:
        name, kind = given.get("name", ""), given.get("type", "text")
        if tag == "button" and "formaction" in given:
            self.forms.append(SeenForm(given["formaction"], form.fields, form.files))
        if tag == "option" and ("selected" in given or self._select not in form.fields):
            form.fields[self._select] = given.get("value", "")
        elif tag == "select":
            self._select = name
        elif tag == "textarea":
            self._textarea, form.fields[name] = name, ""
        elif tag == "input" and kind == "file":
            form.files.add(name)
        elif tag == "input" and name and (kind not in {"radio", "checkbox"} or "checked" in given):
            form.fields[name] = given.get("value", "on")

    def handle_data(self, data: str) -> None:
        if self._open and self._textarea:
            self._open.fields[self._textarea] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._textarea = ""
        elif tag == "form":
            self._open = None


def forms_on(client: FlaskClient, address: str) -> list[SeenForm]:
    """Return the forms that a page shows to this browser, without their tokens."""
    answer = client.get(address)
    if answer.status_code != 200 or answer.mimetype != "text/html":
        return []
    reader = _Reader(address)
    reader.feed(answer.get_data(as_text=True))
    for form in reader.forms:
        form.fields = {k: v for k, v in form.fields.items() if k and k != "csrf_token"}
    return reader.forms
