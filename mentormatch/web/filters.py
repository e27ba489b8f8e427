"""How values read on a page: dates with their zone, shares, levels and titles."""

import re
from datetime import date, datetime
from typing import Final

from flask import Flask

from mentormatch.domain.certification import CERTIFICATION_TITLES, Certification
from mentormatch.domain.competencies import Competency
from mentormatch.domain.competency_texts import COMPETENCY_TEXTS
from mentormatch.domain.levels import numbered_level
from mentormatch.domain.positions import POSITION_TITLES, Position
from mentormatch.domain.sentences import Sentence
from mentormatch.domain.state_words import STATE_WORDS
from mentormatch.web.languages import speaking, translated


def _pattern_of(source: str) -> re.Pattern[str]:
    parts = re.split(r"%\((\w+)\)s", source)
    turned = (f"(?P<{part}>.+)" if at % 2 else re.escape(part) for at, part in enumerate(parts))
    return re.compile("".join(turned), re.DOTALL)


_KEPT_WITH_A_VALUE: Final = {
    source: _pattern_of(source)
    for source in (
        "attempt %(number)s",
        "sent again after notice %(id)s",
        "address corrected with notice %(id)s",
        "a test of notice %(id)s",
        "notices written anew: %(count)s",
        "recalled: %(reason)s",
    )
}
"""Reasons that services keep in English with a value in them, as they say them there."""


def moment(value: datetime, time_zone: str) -> str:
    """Write an instant in a zone, and name the zone: "6 March 2026, 17:00 (Europe/Berlin)"."""
    return speaking().moment(value, time_zone)


def day(value: date) -> str:
    """Write a day: "6 March 2026"."""
    return speaking().day(value)


def short_day(value: date) -> str:
    """Write a day where many stand below one another: "6 Mar 2026"."""
    return speaking().short_day(value)


def share(part: int, whole: int) -> str:
    """Write a part as a share of a whole, in per cent; of nothing it is a dash."""
    return "–" if whole == 0 else f"{round(100 * part / whole)} %"


def competency_title(key: str) -> str:
    """Return the title of a competency by its key."""
    return translated(COMPETENCY_TEXTS[Competency(key)].title)


def level_name(level: int) -> str:
    """Write a level with its name: "3 Independent"."""
    return translated(numbered_level(level))


def position_title(key: str) -> str:
    """Return the title of a position by its key."""
    return translated(POSITION_TITLES[Position(key)])


def certification_title(key: str) -> str:
    """Return the title of a certification by its key."""
    return translated(CERTIFICATION_TITLES[Certification(key)])


def language(code: str) -> str:
    """Return what a language is called by its code."""
    return speaking().language_name(code)


def tenths(value: float) -> str:
    """Write a number with one digit behind the point."""
    return speaking().tenths(value)


def state_word(state: str) -> str:
    """Return the word for a state inside a sentence, from its value; one without a word stands for itself."""
    words = state.replace("_", " ")
    return translated(STATE_WORDS.get(state, words))


def kept_words(words: str) -> str:
    """Put a sentence that was kept in English into the reader's language, if it is one the product says."""
    for source, pattern in _KEPT_WITH_A_VALUE.items():
        if found := pattern.fullmatch(words):
            return speaking().gettext(source) % found.groupdict()
    return speaking().gettext(words)


def bare_fault(error: str) -> str:
    """Return what is wrong with a field without the field's name, for a place where the name stands already."""
    fault = error.values["words"] if isinstance(error, Sentence) and "words" in error.values else error
    words = translated(fault)
    return words[:1].upper() + words[1:]


def register_filters(app: Flask) -> None:
    """Make the filters known to the templates."""
    for fill in (
        moment,
        day,
        short_day,
        share,
        competency_title,
        level_name,
        position_title,
        certification_title,
        language,
        tenths,
        state_word,
        kept_words,
        bare_fault,
        translated,
    ):
        app.add_template_filter(fill)
