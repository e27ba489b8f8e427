"""What a coordinator may ask of the list of notices, and where a failed one goes instead."""

from typing import Any

from marshmallow import Schema, post_load

from mentormatch.domain.notices import NoticeKind, NoticeSearch, NoticeState
from mentormatch.schemas.fields import BlankableNumber, EmailAddress, Text, WholeNumber, YesNo
from mentormatch.schemas.participants import HIGHEST_VERSION, LONGEST_SEARCH, OneOf


class NoticeSearchSchema(Schema):
    """The search and the filters of the list, all optional."""

    q = Text(longest=LONGEST_SEARCH, blank=True)
    state = OneOf(NoticeState)
    kind = OneOf(NoticeKind)
    round = BlankableNumber(highest=HIGHEST_VERSION)
    twice = YesNo(default=False)
    page = WholeNumber(lowest=1, highest=100_000, default=1)

    @post_load
    def make_search(self, data: dict[str, Any], **_: object) -> tuple[NoticeSearch, int]:
        """Give what is looked for, and the number of the page."""
        page = data.pop("page")
        return NoticeSearch(text=data.pop("q"), round_number=data.pop("round"), **data), page


class ResendSchema(Schema):
    """The corrected address of a failed notice, the version that was seen, and whether to keep the address."""

    email = EmailAddress()
    version = WholeNumber(lowest=1, highest=HIGHEST_VERSION)
    keep_address = YesNo(default=False)
