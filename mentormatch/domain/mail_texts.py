"""Mail texts: what a programme may word itself, the closed list of tokens of each kind, and what a text is made of."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from mentormatch.domain.errors import Fault
from mentormatch.domain.notices import NoticeKind
from mentormatch.domain.sentences import Sentence, said

LONGEST_SUBJECT_TEXT: Final = 150
LONGEST_BODY_TEXT: Final = 6000
MOST_TOKENS: Final = 40
"""In one text; a token stands for up to a few hundred characters, and a round sends thousands of mails."""


@dataclass(frozen=True, slots=True)
class MailText:
    """The source of a mail: both of its forms, plain and formatted, are made from it."""

    subject: str
    body: str


@dataclass(frozen=True, slots=True)
class Token:
    """A word in curly brackets that stands for something of the reader's; a block fills lines of its own."""

    name: str
    stands_for: Sentence
    is_block: bool = False
    is_required: bool = False

    def __str__(self) -> str:
        return f"{{{self.name}}}"


_NAME: Final = Token("name", said("The reader’s name"))
_COMMON: Final = (
    Token("programme", said("The programme’s name")),
    Token("round", said("The number of the round")),
    Token("programme_page", said("The address of the programme’s page")),
    Token("my_answers", said("The address of the reader’s own answers")),
    Token("coordinators", said("The coordinators’ mail addresses")),
)
_MENTEES: Final = Token("mentees", said("The mentee’s name; for several, how many: “2 people”"))
_MENTOR: Final = Token("mentor_name", said("The mentor’s name"))
_YOUR_MENTEES: Final = Token(
    "your_mentees", said("Each mentee: who, where, and what to help in"), is_block=True, is_required=True
)
_YOUR_MENTOR: Final = Token(
    "your_mentor", said("The mentor: who, where, and what they can help in"), is_block=True, is_required=True
)
_NO_MENTOR: Final = Token(
    "no_mentor", said("Why there is no mentor; only for those who asked for one"), is_block=True, is_required=True
)
_NO_MENTEE: Final = Token(
    "no_mentee", said("Why there is no mentee; only for those who offered to mentor"), is_block=True, is_required=True
)
_CERTIFICATION: Final = Token(
    "certification", said("The way to Silver or Gold; only for those who pursue it"), is_block=True
)
_FIRST_WEEKS: Final = Token("first_weeks", said("What to do in the first two weeks"), is_block=True)

TOKENS: Final[Mapping[NoticeKind, tuple[Token, ...]]] = MappingProxyType(
    {
        NoticeKind.MENTOR: (_NAME, _MENTEES, *_COMMON, _YOUR_MENTEES, _NO_MENTOR, _FIRST_WEEKS, _CERTIFICATION),
        NoticeKind.MENTEE: (_NAME, _MENTOR, *_COMMON, _YOUR_MENTOR, _NO_MENTEE, _FIRST_WEEKS, _CERTIFICATION),
        NoticeKind.MENTOR_AND_MENTEE: (
            *(_NAME, _MENTOR, _MENTEES, *_COMMON, _YOUR_MENTOR, _YOUR_MENTEES),
            Token("first_weeks_as_mentee", said("What to do in the first two weeks with the mentor"), is_block=True),
            Token("first_weeks_as_mentor", said("What to do in the first two weeks with the mentees"), is_block=True),
            _CERTIFICATION,
        ),
        NoticeKind.UNPAIRED: (
            *(_NAME, *_COMMON),
            Token("why", said("Why there is no mentor, no mentee or neither"), is_block=True, is_required=True),
            Token("until_the_next_round", said("What to do meanwhile"), is_block=True),
            _CERTIFICATION,
        ),
        NoticeKind.RECALL: (
            *(_NAME, *_COMMON),
            Token("reason", said("The reason that is given when the round is recalled"), is_required=True),
            Token(
                "what_was_said", said("What the earlier mail said and no longer holds"), is_block=True, is_required=True
            ),
        ),
    }
)
"""Nothing else is ever replaced in a text, so nothing else can be read out of the product by one."""


class PieceKind(StrEnum):
    """What a part of a body is."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    BULLETS = "bullets"
    STEPS = "steps"
    BLOCK = "block"


@dataclass(frozen=True, slots=True)
class Piece:
    """One part of a body: its lines without the marks that made it what it is; for a block the token's name."""

    kind: PieceKind
    lines: tuple[str, ...]


_TOKEN: Final = re.compile(r"\{([^{}]*)\}")
_BLOCK_LINE: Final = re.compile(r"\{([^{}]*)\}\s*")
_MARKS: Final = (
    (PieceKind.HEADING, re.compile(r"#\s+(.+)")),
    (PieceKind.BULLETS, re.compile(r"-\s+(.+)")),
    (PieceKind.STEPS, re.compile(r"[0-9]{1,2}\.\s+(.+)")),
)


def token_named(kind: NoticeKind, name: str) -> Token | None:
    """Return the token of this kind of mail by its name, if there is one."""
    return next((token for token in TOKENS[kind] if token.name == name), None)


def filled(line: str, values: Mapping[str, str]) -> str:
    """Replace the tokens in a line, each once: what a value holds is never read as a token."""
    return _TOKEN.sub(lambda found: values.get(found[1], found[0]), line)


@lru_cache(maxsize=64)
def pieces_of(kind: NoticeKind, body: str) -> tuple[Piece, ...]:
    """Divide a body into its parts; this happens before any token is replaced, so a name cannot change the parts."""
    pieces: list[Piece] = []
    may_go_on = False
    for line in body.splitlines():
        sort, text = _sort_of(kind, line.strip())
        if text:
            last = pieces[-1] if pieces and may_go_on else None
            if last is not None and last.kind is sort and sort not in {PieceKind.BLOCK, PieceKind.HEADING}:
                pieces[-1] = Piece(sort, (*last.lines, text))
            else:
                pieces.append(Piece(sort, (text,)))
        may_go_on = bool(text)
    return tuple(pieces)


def paragraphs_of(source: str) -> list[str]:
    """Divide a text at its empty lines; a default text is translated paragraph by paragraph."""
    return [paragraph.strip() for paragraph in source.split("\n\n") if paragraph.strip()]


def is_token(paragraph: str) -> bool:
    """Tell whether a paragraph is a token alone, which is the same in every language."""
    return bool(_BLOCK_LINE.fullmatch(paragraph))


def _sort_of(kind: NoticeKind, line: str) -> tuple[PieceKind, str]:
    if (alone := _BLOCK_LINE.fullmatch(line)) and (token := token_named(kind, alone[1])) and token.is_block:
        return PieceKind.BLOCK, token.name
    for sort, mark in _MARKS:
        if marked := mark.fullmatch(line):
            return sort, marked[1]
    return PieceKind.PARAGRAPH, line


def faults_in(kind: NoticeKind, text: MailText) -> tuple[Fault, ...]:
    """Say everything that keeps a text from being used, at the field where it stands; nothing means that it is good."""
    return (
        *(Fault(None, "subject", words) for words in _wrong_in_subject(kind, text.subject)),
        *(Fault(None, "body", words) for words in _wrong_in_body(kind, text.body)),
    )


def _wrong_in_subject(kind: NoticeKind, subject: str) -> Iterator[str]:
    if not subject.strip():
        yield said("Fill this in.")
    if len(subject) > LONGEST_SUBJECT_TEXT:
        yield said("Use at most %(num)s characters.", num=LONGEST_SUBJECT_TEXT)
    if subject.splitlines() not in ([], [subject]):
        yield said("A subject is one line.")
    yield from _wrong_in_line(kind, subject, in_subject=True)


def _wrong_in_body(kind: NoticeKind, body: str) -> Iterator[str]:
    if len(body) > LONGEST_BODY_TEXT:
        yield said("Use at most %(num)s characters.", num=LONGEST_BODY_TEXT)
    if len(_TOKEN.findall(body)) > MOST_TOKENS:
        yield said("Use at most %(num)s tokens.", num=MOST_TOKENS)
    pieces = pieces_of(kind, body)
    for piece in pieces:
        if piece.kind is not PieceKind.BLOCK:
            for line in piece.lines:
                yield from _wrong_in_line(kind, line, in_subject=False)
    blocks = Counter(piece.lines[0] for piece in pieces if piece.kind is PieceKind.BLOCK)
    for name, times in blocks.items():
        if times > 1:
            yield said("%(token)s stands here %(num)s times; once is enough.", token=f"{{{name}}}", num=times)
    used = set(_TOKEN.findall(body))
    for token in TOKENS[kind]:
        if token.is_required and token.name not in used:
            yield said(
                "%(token)s is missing: %(stands_for)s.", token=str(token), stands_for=_uncapped(token.stands_for)
            )


def _uncapped(words: Sentence) -> Sentence:
    # Only in English: a translation stands as it is written in its file.
    return Sentence(words[0].lower() + words[1:], words.source)


def _wrong_in_line(kind: NoticeKind, line: str, *, in_subject: bool) -> Iterator[str]:
    for name in dict.fromkeys(_TOKEN.findall(line)):
        token = token_named(kind, name)
        if token is None:
            yield said("%(token)s is not one of the tokens of this mail.", token=f"{{{name}}}")
        elif token.is_block and in_subject:
            yield said(
                "The subject has no room for %(token)s; it fills lines of its own in the text.", token=str(token)
            )
        elif token.is_block:
            yield said("%(token)s fills lines of its own: put it alone on a line.", token=str(token))
    if re.search(r"[{}]", _TOKEN.sub("", line)):
        yield said("A curly bracket stands alone. Write a token like {name}, or leave the bracket out.")
