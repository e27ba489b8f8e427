"""The forms that the pages show, read as a browser reads them, and filled in as somebody would."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final

from flask.testing import FlaskClient

ANSWERS: Final = {
    "email": "new@firm.example",
    "name": "New Person",
    "organisation": "Firm",
    "site": "Lyon",
    "time_zone": "Europe/Paris",
    "languages": "en",
    "mentorships_completed": "0",
    "why": "asked for by mail",
}
"""What somebody types where a form asks and offers no choice."""

Value = str | list[str]


@dataclass
class SeenForm:
    """One form: its address, its fields as they stand, what can be chosen in them, and which of them take a file."""

    action: str
    fields: dict[str, Value] = field(default_factory=dict)
    choices: dict[str, list[str]] = field(default_factory=dict)
    files: set[str] = field(default_factory=set)

    def stand(self, name: str, value: str) -> None:
        """Note that a field stands at a value; a field that comes twice carries both."""
        before = self.fields.get(name)
        self.fields[name] = value if not before else [*([before] if isinstance(before, str) else before), value]

    def filled_in(self) -> dict[str, Value]:
        """Answer what is still open: the first choice, or something believable."""
        chosen = {name: next(filter(None, values), "") for name, values in self.choices.items()}
        return {name: self.fields.get(name) or ANSWERS.get(name) or chosen.get(name, "") for name in self._names()}

    def _names(self) -> dict[str, None]:
        return dict.fromkeys([*self.fields, *self.choices])


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
        elif self._open and given.get("name") != "csrf_token":
            self._field(self._open, tag, given)

    def _field(self, form: SeenForm, tag: str, given: dict[str, str]) -> None:
        name, value = given.get("name", ""), given.get("value", "")
        if tag == "button" and "formaction" in given:
            self.forms.append(SeenForm(given["formaction"], form.fields, form.choices, form.files))
        elif tag == "option":
            form.choices[self._select].append(value)
            if "selected" in given:
                form.stand(self._select, value)
        elif tag == "select":
            self._select = name
            form.choices[name] = []
        elif tag == "textarea":
            self._textarea = name
            form.stand(name, "")
        elif tag == "input" and name:
            self._input(form, given.get("type", "text"), name, given)

    def _input(self, form: SeenForm, kind: str, name: str, given: dict[str, str]) -> None:
        if kind == "file":
            form.files.add(name)
        elif kind in {"radio", "checkbox"}:
            form.choices.setdefault(name, []).append(given.get("value", "on"))
            if "checked" in given:
                form.stand(name, given.get("value", "on"))
        else:
            form.stand(name, given.get("value", ""))

    def handle_data(self, data: str) -> None:
        if self._open and self._textarea:
            # A line break right after the tag is the page's, not the text's.
            self._open.fields[self._textarea] = data.removeprefix("\n")

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
    return reader.forms
