"""Finding English words in a template that have not gone through the catalogue."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Final

from jinja2 import nodes

_LETTERS: Final = re.compile(r"[^\W\d_]{2,}")
_READ_ALOUD: Final = frozenset({"aria-label", "title", "alt", "placeholder", "data-label"})
_PROSE: Final = re.compile(r"[A-Z]([^\W\d_]| [a-z])|.*[^\W\d_]{2,}[,;:.!?…]?\s+[^\W\d_]{2,}.*[.!?:…]$")
_ATTRIBUTE: Final = re.compile(r'\b[a-z-]+="[^"]*"')
"""A macro may draw attributes alone, into an element that its caller draws."""
TRANSLATING: Final = frozenset({"_", "gettext", "ngettext", "pgettext", "said"})
_CLASSES: Final = frozenset({"page_class"})
"""Blocks that fill a class attribute."""
NAMES: Final = frozenset(
    {"mentormatch", "mentor", "match", "XLSX", "CSV", "JSON", "GET", "POST", "Content", "ID", "CLI", "PDF"}
    | {"Enter", "PAGE", "PUBLIC", "URL"}
)
"""Names and formats, the same in every language; the mark of the site is made of two of them."""


class _Shown(HTMLParser):
    def __init__(self, markup: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self._silent = False
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent = tag in {"script", "style", "code"}
        self.found += [value for name, value in attrs if name in _READ_ALOUD and value]

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002 -- the parser's signature
        self._silent = False

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.found.append(data)


def untranslated(tree: nodes.Template) -> list[str]:
    """Return the words of a template that a reader would see in English whatever their language."""
    markup = "".join(_pieces(tree))
    shown = [words for words in _Shown(markup).found if _is_words(_ATTRIBUTE.sub("", words))]
    return [*(" ".join(words.split()) for words in shown), *_constants(tree, in_text=False)]


def _is_words(text: str) -> bool:
    return any(word not in NAMES for word in _LETTERS.findall(text))


def _pieces(node: nodes.Node) -> Iterator[str]:
    for child in node.iter_child_nodes():
        if isinstance(child, nodes.TemplateData):
            yield child.data
        elif isinstance(child, nodes.Expr):
            # An expression stands as a digit: it keeps an attribute whole and is no letter.
            yield "0"
        elif not (isinstance(child, nodes.Block) and child.name in _CLASSES):
            yield from _pieces(child)


def _constants(node: nodes.Node, *, in_text: bool) -> Iterator[str]:
    if isinstance(node, nodes.Call) and getattr(node.node, "name", "") in TRANSLATING:
        for value in node.kwargs:
            yield from _constants(value.value, in_text=False)
        return
    text = node.value if isinstance(node, nodes.Const) and isinstance(node.value, str) else ""
    if _is_words(text) and (_PROSE.match(text) or (in_text and " " in text)):
        yield text
    for child in node.iter_child_nodes():
        yield from _constants(child, in_text=isinstance(node, nodes.Concat))
