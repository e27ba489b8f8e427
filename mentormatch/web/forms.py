"""From a browser's form to a schema and back: what was typed stays, and every error stands at its field."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from flask import request
from marshmallow import EXCLUDE, Schema, ValidationError
from marshmallow.fields import List
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import BadRequest

from mentormatch.domain.errors import InputRefused
from mentormatch.domain.sentences import said

_BUILT_IN: Final[Mapping[str, str]] = {
    str(sentence): sentence
    for sentence in (
        said("Missing data for required field."),
        said("Field may not be null."),
        said("Not a valid string."),
        said("Not a valid list."),
        said("Not a valid integer."),
        said("Not a valid email address."),
        said("Unknown field."),
        said("Invalid input type."),
        said("Invalid value."),
    )
}
"""What marshmallow says of itself where a field has no words of its own."""


@dataclass(frozen=True, slots=True)
class Form:
    """One reading of a form: what was typed, what is wrong by field name, and the loaded result if nothing is."""

    values: Mapping[str, Any]
    errors: Mapping[str, str] = field(default_factory=dict)
    data: Any = None

    @property
    def is_valid(self) -> bool:
        """Whether the form can be acted on."""
        return not self.errors

    def refused(self, refusal: InputRefused) -> "Form":
        """Return the form with what a use case found wrong with it, each fault at the field it names."""
        return replace(self, errors={fault.column or "form": fault.message for fault in refusal.faults})


def read_form(schema: Schema) -> Form:
    """Load the request's form by `schema`; fields that no schema knows are passed over."""
    values = _values(schema, request.form)
    try:
        return Form(values, data=schema.load(values, unknown=EXCLUDE))
    except ValidationError as refused:
        return Form(values, errors=first_errors(refused.messages_dict))


def read_seen(schema: Schema) -> dict[str, Any]:
    """Load what a button carries about the page it was pressed on; raises BadRequest when that is no such form."""
    form = read_form(schema)
    if not form.is_valid:
        raise BadRequest(said("The form did not say which state of the round it was made for."))
    return dict(form.data)


def _values(schema: Schema, typed: MultiDict[str, str]) -> dict[str, Any]:
    several = {name for name, kind in schema.fields.items() if isinstance(kind, List)}
    return {name: typed.getlist(name) if name in several else value for name, value in typed.items()}


def first_errors(messages: Mapping[str, Any]) -> dict[str, str]:
    """Give the first thing that is wrong with each field."""
    return {name: _first(message) for name, message in messages.items()}


def _first(message: Any) -> str:  # noqa: ANN401 -- marshmallow nests lists and dicts freely
    while isinstance(message, list | dict):
        message = next(iter(message.values() if isinstance(message, dict) else message), said("This is not valid."))
    return _BUILT_IN.get(str(message), str(message))
