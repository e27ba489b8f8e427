"""Sentences people read: English as it stands in the code, which remembers its source so that it can be translated.

Every sentence or label that Python hands to a person is written with `said`, or with `counted` where a number decides
the form:

    raise Conflict(said("Round %(number)s has changed.", number=round.number))
    LEVEL_NAMES = (said("None"), said("Aware"), ...)
    counted("%(num)s place is left.", "%(num)s places are left.", places)

The result is an ordinary `str` in English: logs, the command line and tests read it as such. Its source and its values
go with it, and it is put into the reader's language in one place only, at the door: a page or a mail that prints it
(`{{ error }}`) has it translated by itself, and so are values that are sentences themselves
(`said("%(title)s is missing.", title=competency_title)`). Two rules follow. Whole sentences, never glued halves: what
is built from a sentence with `+`, `f"..."`, `.lower()` or `join` is plain English for good. And the first argument is
a literal, because the catalogue is gathered by reading the code; a per cent sign in it is written `%%`.

In templates: `{{ _("Text with %(name)s", name=x) }}`, `{{ ngettext("%(num)s hour", "%(num)s hours", n) }}`, or
`{% trans %}`; where one English word means several things, `{{ pgettext("of a day", "From") }}`. In views, which are
at the door already: `gettext` and `ngettext` of `mentormatch.web.languages` (a flashed message travels in a cookie, so
it is translated before). The words of `mentormatch/translations/*.po` are brought up to date with
`python -m mentormatch.translations.gathering`.
"""

from collections.abc import Mapping
from typing import Any


class Sentence(str):
    """An English sentence with its source, its plural if it has one, and the values that stand in it."""

    source: str
    plural: str | None
    values: Mapping[str, Any]

    def __new__(cls, text: str, source: str | None = None, plural: str | None = None, **values: object) -> "Sentence":
        """Keep the text with what it was made of."""
        sentence = super().__new__(cls, text)
        sentence.source, sentence.plural, sentence.values = source or text, plural, values
        return sentence

    def __str__(self) -> str:
        """Stay a sentence: the text of an error made from it can still be translated."""
        return self

    def format(self, *_: object, **__: object) -> "Sentence":
        """Stay as it is: its values stand in it already, and marshmallow formats whatever it says once more."""
        return self


def said(source: str, /, **values: object) -> Sentence:
    """Return a sentence whose `%(name)s` are filled with the values; marks it for the catalogue."""
    return Sentence(source % values, source, None, **values)


def counted(source: str, plural: str, num: int, /, **values: object) -> Sentence:
    """Return the sentence of the two that fits the number, which is `%(num)s` in it; marks both for the catalogue."""
    values["num"] = num
    return Sentence((source if num == 1 else plural) % values, source, plural, **values)


def uncapped(sentence: str) -> str:
    """Return a sentence with a small first letter, as it reads after a colon in English.

    Other languages write it as it stands in their file.
    """
    text = sentence[:1].lower() + sentence[1:]
    if not isinstance(sentence, Sentence):
        return text
    return Sentence(text, sentence.source, sentence.plural, **sentence.values)
