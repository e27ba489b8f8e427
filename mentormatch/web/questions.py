"""What an address asks of a list, read by a schema, and the addresses of that list's other pages."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import request
from marshmallow import EXCLUDE, Schema, ValidationError

from mentormatch.domain.sentences import said
from mentormatch.web.forms import first_errors


@dataclass(frozen=True, slots=True)
class Question:
    """What the address asks for; a part that is not valid is left out of `loaded` and named in `errors`."""

    loaded: Any
    typed: Mapping[str, str]
    errors: Mapping[str, str] = field(default_factory=dict)

    @property
    def kept(self) -> dict[str, Any]:
        """What stays in the address while pages are turned."""
        return {name: value for name, value in self.typed.items() if name != "page"}

    def kept_with(self, **other: str) -> dict[str, Any]:
        """Give what stays in the address with some parts changed; an empty one goes away."""
        return {name: value for name, value in (self.kept | other).items() if value}


def question_of(schema: Schema, labels: Mapping[str, str] | None = None) -> Question:
    """Read the question off the request's address.

    An error begins with the label of its part; without labels nobody is told, and a part that is not valid
    is passed over as if it had not been typed.
    """
    typed = {name: request.args[name] for name in schema.fields if request.args.get(name)}
    try:
        return Question(schema.load(typed, unknown=EXCLUDE), typed)
    except ValidationError as refused:
        faults = first_errors(refused.messages_dict)
    valid = {name: value for name, value in typed.items() if name not in faults}
    loaded = schema.load(valid, unknown=EXCLUDE)
    if labels is None:
        return Question(loaded, valid)
    return Question(
        loaded,
        typed,
        {
            name: said("%(label)s: %(words)s", label=labels.get(name, name), words=fault)
            for name, fault in faults.items()
        },
    )


def paged(address: str, name: str = "page") -> str:
    """Give the address of a list's pages, with "{page}" where the number goes."""
    path, at, anchor = address.partition("#")
    return f"{path}{'&' if '?' in path else '?'}{name}={{page}}{at}{anchor}"
