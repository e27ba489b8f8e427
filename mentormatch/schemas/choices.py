"""One step with many people at once: who was seen in which version, what is to be done, and why."""

import re
from collections.abc import Mapping
from typing import Any, Final

from marshmallow import Schema, ValidationError, validates_schema

from mentormatch.domain.choices import MOST_CHOSEN, UNDONE_BY, Act
from mentormatch.domain.sentences import said
from mentormatch.schemas.fields import BlankableNumber, Member, Parsed, Text
from mentormatch.schemas.participants import HIGHEST_VERSION, LONGEST_REASON

_ONE: Final = re.compile(r"([1-9][0-9]{0,9})\.([1-9][0-9]{0,9})")


def seen_text(seen: Mapping[int, int]) -> str:
    """Write who was seen in which version (id -> version) as the text of one field."""
    return " ".join(f"{key}.{version}" for key, version in seen.items())


class Seen(Parsed[Mapping[int, int]]):
    """The versions in which people were seen, by id, as `seen_text` writes them."""

    def _parse(self, value: object) -> Mapping[int, int]:
        parts = str(value).split(" ", MOST_CHOSEN)
        found = [(int(at[1]), int(at[2])) for part in parts if (at := _ONE.fullmatch(part))]
        if len(found) != len(parts) or len(found) > MOST_CHOSEN or any(max(one) > HIGHEST_VERSION for one in found):
            raise ValidationError(said("The people could not be read."))
        return dict(found)


class TogetherSchema(Schema):
    """A step with many people; one that cannot be taken back asks for their number in digits."""

    act = Member(Act)
    seen = Seen()
    why = Text(longest=LONGEST_REASON)
    count = BlankableNumber(highest=MOST_CHOSEN)

    @validates_schema(skip_on_field_errors=False)
    def check_count(self, data: Mapping[str, Any], **_: object) -> None:
        """Refuse a step that cannot be taken back unless the number of people was typed."""
        act, people = data.get("act"), len(data.get("seen", ()))
        if act is not None and act not in UNDONE_BY and people and data.get("count") != people:
            raise ValidationError(said("Type %(people)s to confirm.", people=people), "count")


def read_together(values: Mapping[str, Any]) -> tuple[Act, Mapping[int, int]]:
    """Read what is to be done with whom, whatever else is wrong with the form."""
    read = TogetherSchema(only=("act", "seen"))
    data: dict[str, Any] = {name: read.fields[name].deserialize(values.get(name)) for name in ("act", "seen")}
    return data["act"], data["seen"]
