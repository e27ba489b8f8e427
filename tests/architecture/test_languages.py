"""Every sentence goes through the catalogue, and every language has all of them."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po
from flask import Flask
from jinja2 import nodes

from mentormatch.app import create_app
from mentormatch.domain.notices import WORDED_KINDS
from mentormatch.translations.gathering import brought_up_to_date, gathered, language_files
from tests.architecture.prose import untranslated
from tests.architecture.sources import ROOT, TEMPLATES
from tests.installations import settings_for

NOT_YET = frozenset((Path(__file__).parent / "not_yet_translated.txt").read_text(encoding="utf-8").split())
"""Files on their way into the catalogue: each leaves the list once it is through, with all its languages."""
PAGES = sorted(
    path.relative_to(ROOT).as_posix()
    for path in TEMPLATES.rglob("*.*")
    # The default texts of mails are sources as they stand, and gathered paragraph by paragraph.
    if path.is_file() and path.parent.name not in WORDED_KINDS
)
LANGUAGES = [path.stem for path in language_files()]
_PLACEHOLDER = re.compile(r"%\([a-z_]+\)[sd]|\{[a-z_]+\}|%%")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    return create_app(settings_for("sqlite://", tmp_path_factory.mktemp("languages")))


@pytest.fixture(scope="module")
def source() -> Catalog:
    return gathered()


def catalogue(code: str) -> Catalog:
    with next(path for path in language_files() if path.stem == code).open("rb") as written:
        return read_po(written, locale=code)


def forms(text: str | tuple[str, ...] | list[str] | None) -> list[str]:
    return [text] if isinstance(text, str) else list(text or ())


def placeholders(text: str) -> Counter[str]:
    return Counter(_PLACEHOLDER.findall(text))


def is_awaited(message: Message) -> bool:
    return bool(message.id) and not all(place in NOT_YET for place, _ in message.locations)


def translated_at_once(node: nodes.Node) -> Iterator[bool]:
    for child in node.iter_child_nodes(exclude=()):
        if isinstance(child, nodes.Macro | nodes.Block | nodes.CallBlock):
            continue
        if isinstance(child, nodes.Call) and getattr(child.node, "name", "") in {
            "_",
            "gettext",
            "ngettext",
            "pgettext",
        }:
            yield True
        yield from translated_at_once(child)


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_sentence_is_translated(source: Catalog, code: str) -> None:
    held = catalogue(code)
    awaited = [message for message in source if is_awaited(message)]
    found = {message.id: held.get(forms(message.id)[0], message.context) for message in awaited}

    assert [text for text, kept in found.items() if kept is None or kept.fuzzy or not all(forms(kept.string))] == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_translation_has_the_placeholders_of_its_sentence(code: str) -> None:
    wrong = [
        message.string
        for message in catalogue(code)
        if message.id and all(forms(message.string))
        for form in forms(message.string)
        if placeholders(form) not in [placeholders(source) for source in forms(message.id)]
    ]

    assert wrong == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_catalogue_is_written_as_the_command_writes_it(source: Catalog, code: str) -> None:
    path = next(path for path in language_files() if path.stem == code)

    assert path.read_bytes() == brought_up_to_date(path, source)


@pytest.mark.parametrize("name", [name for name in PAGES if name not in NOT_YET])
def test_a_template_has_no_words_outside_the_catalogue(site: Flask, name: str) -> None:
    assert untranslated(site.jinja_env.parse((ROOT / name).read_text(encoding="utf-8"))) == []


def test_no_page_keeps_words_from_its_first_reader(site: Flask) -> None:
    # What an imported template sets outside its macros is worked out once, in whatever language was asked for first.
    trees = {name: site.jinja_env.parse((ROOT / name).read_text("utf-8")) for name in PAGES if "/web/" in name}
    places = [
        getattr(each, "template", None)
        for tree in trees.values()
        for kind in (nodes.Import, nodes.FromImport)
        for each in tree.find_all(kind)
    ]
    imported = {f"templates/{place.value}" for place in places if isinstance(place, nodes.Const)}

    assert [name for name in sorted(imported) if any(translated_at_once(trees[name]))] == []


def test_the_gate_sees_words_that_would_be_kept(site: Flask) -> None:
    kept, lazy = '{% set words = _("Some words") %}', '{% set words = said("Some words") %}'

    assert [any(translated_at_once(site.jinja_env.parse(text))) for text in (kept, lazy)] == [True, False]


@pytest.mark.parametrize(
    "template",
    [
        "<p>Some words</p>",
        '<p aria-label="Some words">{{ x }}</p>',
        '{{ button("Some words") }}',
        '{{ _("Of %(x)s", x="Some words") }}',
        '{{ n ~ " proposals found" }}',
        '{{ "These are all of them." }}',
    ],
)
def test_the_gate_sees_english_words(site: Flask, template: str) -> None:
    assert untranslated(site.jinja_env.parse(template)) != []


@pytest.mark.parametrize(
    "template", ['<p class="a b">{{ _("Some words") }}</p>', "{% trans %}Some words{% endtrans %}"]
)
def test_the_gate_lets_the_catalogue_pass(site: Flask, template: str) -> None:
    assert untranslated(site.jinja_env.parse(template)) == []
