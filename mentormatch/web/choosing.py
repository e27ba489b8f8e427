"""The people chosen in a list, as its address carries them: those ticked, or everybody that is found."""

import re
from typing import Final

from flask import request

from mentormatch.domain.choices import Act, Chosen
from mentormatch.domain.searches import PAGE_SIZES, Wanted
from mentormatch.web.addresses import LARGEST_ID

_NUMBER: Final = re.compile(r"[1-9][0-9]{0,9}")


def read_chosen(wanted: Wanted) -> Chosen | None:
    """Read who is chosen; None when the list was asked to act on those ticked, and nobody is."""
    if request.args.get("all") == "yes" or "ticked" not in request.args:
        return Chosen(wanted=wanted)
    numbers = [int(value) for value in request.args.getlist("id") if _NUMBER.fullmatch(value)]
    ids = tuple(dict.fromkeys(number for number in numbers if number <= LARGEST_ID))[: PAGE_SIZES[-1]]
    return Chosen(wanted=wanted, ids=ids) if ids else None


def read_act() -> Act | None:
    """Read what is to be done with them; None when it is nothing that can be done."""
    asked = request.args.get("act", "")
    return Act(asked) if asked in set(Act) else None
