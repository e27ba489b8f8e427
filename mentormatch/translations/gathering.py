"""Gathering the sentences of the product into its catalogues: `python -m mentormatch.translations.gathering`.

Run it after changing a sentence. Each .po file then holds exactly what the code and the templates say; what is new in
it has an empty translation. A new language is an empty file with the code as its name, and this command.
"""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po, write_po

from mentormatch.domain.mail_texts import is_token, paragraphs_of
from mentormatch.domain.notices import WORDED_KINDS
from mentormatch.translations.catalogues import FOLDER

PACKAGE: Final = FOLDER.parent
TEMPLATES: Final = PACKAGE.parent / "templates"
_MARKS: Final = {
    "_": None,
    "gettext": None,
    "said": None,
    "ngettext": (1, 2),
    "counted": (1, 2),
    "pgettext": ((1, "c"), 2),
}
_JINJA: Final = {
    "trimmed": "true",
    "newstyle_gettext": "true",
    "trim_blocks": "true",
    "lstrip_blocks": "true",
    "silent": "false",
}

_WRITTEN_BY: Final = b'"Generated-By:'


def gathered() -> Catalog:
    """Return every sentence that the product can say, in the order of the files."""
    catalog = Catalog()
    for path in sorted(PACKAGE.rglob("*.py")):
        _add(catalog, path, "python", {})
    for path in sorted(TEMPLATES.rglob("*.*")):
        if path.parent.name in WORDED_KINDS:
            _add_default_text(catalog, path)
        else:
            _add(catalog, path, "jinja2.ext:babel_extract", _JINJA)
    return catalog


def language_files() -> Iterator[Path]:
    """Yield the file of each language."""
    yield from sorted(FOLDER.glob("*.po"))


def brought_up_to_date(path: Path, source: Catalog) -> bytes:
    """Return what a language's file holds once it has every sentence of the source and no other."""
    with path.open("rb") as written:
        catalog = read_po(written, locale=path.stem)
    # A sentence that merely resembles an earlier one must be read by somebody: nothing is guessed.
    catalog.update(source, no_fuzzy_matching=True, update_creation_date=False)
    fresh = io.BytesIO()
    write_po(fresh, catalog, width=0, sort_by_file=True, ignore_obsolete=True, include_lineno=False)
    # Which release of the library wrote it is nobody's matter: the file would differ from machine to machine.
    return b"".join(line for line in fresh.getvalue().splitlines(keepends=True) if not line.startswith(_WRITTEN_BY))


def _add(catalog: Catalog, path: Path, method: str, options: dict[str, str]) -> None:
    place = path.relative_to(PACKAGE.parent).as_posix()
    for _, message, comments, context in extract_from_file(method, path, keywords=_MARKS, options=options):
        catalog.add(message, None, [(place, 1)], auto_comments=comments, context=context)


def _add_default_text(catalog: Catalog, path: Path) -> None:
    place = path.relative_to(PACKAGE.parent).as_posix()
    for paragraph in paragraphs_of(path.read_text(encoding="utf-8")):
        if not is_token(paragraph):
            catalog.add(paragraph, None, [(place, 1)])


def main() -> None:
    """Bring the file of every language up to date."""
    source = gathered()
    for path in language_files():
        path.write_bytes(brought_up_to_date(path, source))


if __name__ == "__main__":
    main()
