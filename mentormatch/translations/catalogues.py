"""The languages that pages and mails can be read in, and everything that is put into words by one of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_time
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal
from babel.support import NullTranslations, Translations

from mentormatch.domain.languages import language_code, language_name
from mentormatch.domain.sentences import Sentence

FOLDER: Final = Path(__file__).parent
SOURCE: Final = "en"
LONGEST_CODE: Final = 16
_THIN_SPACE: Final = "\u202f"
_SHORT_DAY: Final = "d MMM y"
_LONG_DAY: Final = "d MMMM y"


@dataclass(frozen=True, slots=True)
class Language:
    """One language with its catalogue; writes sentences, days, times and numbers as its readers do."""

    code: str
    locale: Locale
    catalogue: NullTranslations

    @property
    def tag(self) -> str:
        """The language as HTML names it: "pt-BR"."""
        return self.code.replace("_", "-")

    @property
    def name(self) -> str:
        """What the language is called by those who speak it."""
        own = str(self.locale.get_display_name(self.locale) or self.code)
        return own[:1].upper() + own[1:]

    @property
    def is_source(self) -> bool:
        """Whether this is the language the product is written in."""
        return self.code == SOURCE

    def gettext(self, source: str) -> str:
        """Return the translation of a source, its placeholders still in it."""
        # The empty source is the head of the file.
        return str(self.catalogue.gettext(source)) if source else ""

    def ngettext(self, source: str, plural: str, num: int) -> str:
        """Return the form of the translation that fits the number."""
        return str(self.catalogue.ngettext(source, plural, num))

    def pgettext(self, context: str, source: str) -> str:
        """Return the translation of a source that means several things, in the sense that the context names."""
        return str(self.catalogue.pgettext(context, source))

    def put(self, value: Any) -> Any:  # noqa: ANN401 -- whatever a page prints passes here
        """Return a sentence in this language; what is none comes back as it is."""
        if not isinstance(value, Sentence) or self.is_source:
            return value
        if value.plural is None:
            translated = self.gettext(value.source)
        else:
            translated = self.ngettext(value.source, value.plural, value.values["num"])
        return translated % {name: self.put(part) for name, part in value.values.items()}

    def day(self, value: date) -> str:
        """Write a day: "6 March 2026"."""
        return format_date(value, _LONG_DAY if self.is_source else "long", self.locale)

    def short_day(self, value: date) -> str:
        """Write a day where many stand below one another: "6 Mar 2026"."""
        return format_date(value, _SHORT_DAY if self.is_source else "medium", self.locale)

    def moment(self, value: datetime, time_zone: str) -> str:
        """Write an instant in a zone, and name the zone: "6 March 2026, 17:00 (Europe/Berlin)"."""
        local = value.astimezone(ZoneInfo(time_zone))
        clock = format_time(local, "HH:mm" if self.is_source else "short", locale=self.locale)
        return f"{self.day(local.date())}, {clock} ({time_zone})"

    def number(self, value: float) -> str:
        """Write a number, its thousands parted."""
        if self.is_source and isinstance(value, int):
            return f"{value:,}".replace(",", _THIN_SPACE)
        return format_decimal(value, locale=self.locale)

    def tenths(self, value: float) -> str:
        """Write a number with one digit behind the point."""
        return f"{value:.1f}" if self.is_source else format_decimal(value, "#,##0.0", self.locale)

    def language_name(self, code: str) -> str:
        """Return what a language is called in this one; an unknown code stands for itself."""
        return language_name(code) if self.is_source else str(self.locale.languages.get(code) or language_name(code))

    def language_code(self, text: str) -> str:
        """Return the code of a language given by its name, in this language or in English, or by its code."""
        own = None if self.is_source else _codes_by_name(self.locale).get(text.strip().casefold())
        return own or language_code(text)


@cache
def _codes_by_name(locale: Locale) -> Mapping[str, str]:
    return {str(name).casefold(): code for code, name in locale.languages.items() if "_" not in code}


@cache
def language(code: str) -> Language:
    """Return a language by its code; its catalogue is read at the first need and kept."""
    locale = Locale.parse(code)
    if code == SOURCE:
        return Language(code, locale, NullTranslations())
    compiled = BytesIO()
    with (FOLDER / f"{code}.po").open("rb") as written:
        write_mo(compiled, read_po(written, locale=code))
    compiled.seek(0)
    return Language(code, locale, Translations(compiled))


@cache
def codes() -> tuple[str, ...]:
    """Name every language there is: the source first, then one for each file."""
    return (SOURCE, *sorted(path.stem for path in FOLDER.glob("*.po")))


def known(code: str | None) -> Language:
    """Return a language by a code that may be none or unknown; then it is English."""
    return language(code if code in codes() else SOURCE) if code else language(SOURCE)


def read_by(chosen: str | None, spoken: str) -> str:
    """Return the language to write to somebody in: the one they chose, else English if they speak it.

    `spoken` holds codes separated by semicolons. Who has chosen none and speaks no English gets the first language
    of theirs that there is.
    """
    if chosen in codes():
        return str(chosen)
    theirs = spoken.split(";")
    return SOURCE if SOURCE in theirs else next((code for code in theirs if code in codes()), SOURCE)


def languages() -> Iterable[Language]:
    """Return every language there is, in the order of a choice."""
    return [language(code) for code in codes()]
