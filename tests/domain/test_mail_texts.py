import random
import re
from typing import Final

import pytest

from mentormatch.domain.mail_texts import (
    LONGEST_BODY_TEXT,
    LONGEST_SUBJECT_TEXT,
    MOST_TOKENS,
    TOKENS,
    MailText,
    PieceKind,
    faults_in,
    filled,
    pieces_of,
)
from mentormatch.domain.notices import WORDED_KINDS, NoticeKind

MENTEE: Final = NoticeKind.MENTEE
GOOD: Final = MailText("{programme}: your mentor", "Hello {name},\n\n{your_mentor}\n\n{no_mentee}")


def told(text: MailText) -> list[str]:
    return [str(fault) for fault in faults_in(MENTEE, text)]


def test_every_worded_kind_has_tokens_and_each_is_named_once() -> None:
    assert set(TOKENS) == set(WORDED_KINDS)
    assert all(len({token.name for token in tokens}) == len(tokens) for tokens in TOKENS.values())


def test_a_text_that_uses_its_own_tokens_has_no_faults() -> None:
    assert told(GOOD) == []


@pytest.mark.parametrize(
    ("body", "named"),
    [
        ("{mentor.name}", "{mentor.name}"),
        ("{your_mentees}", "{your_mentees}"),
        ("{name!r}", "{name!r}"),
        ("{name:>9999}", "{name:>9999}"),
        ("{NAME}", "{NAME}"),
        ("{ name }", "{ name }"),
        ("{}", "{}"),
    ],
)
def test_a_token_that_this_mail_does_not_have_is_named(body: str, named: str) -> None:
    assert told(MailText(GOOD.subject, f"{GOOD.body}\n\n{body}")) == [
        f"body: {named} is not one of the tokens of this mail."
    ]


@pytest.mark.parametrize("line", ["{{name}}", "{name", "name}", "{% if name %}x{% endif %}", "}{"])
def test_a_bracket_that_stands_alone_is_refused(line: str) -> None:
    assert any("curly bracket stands alone" in fault or "is not one" in fault for fault in told(_with(line)))


def _with(line: str) -> MailText:
    return MailText(GOOD.subject, f"{GOOD.body}\n\n{line}")


def test_a_token_that_must_stay_is_missed() -> None:
    faults = told(MailText(GOOD.subject, "Hello {name}."))

    assert [fault.split(" is missing")[0] for fault in faults] == ["body: {your_mentor}", "body: {no_mentee}"]


def test_a_block_belongs_on_a_line_of_its_own_once_and_never_in_the_subject() -> None:
    faults = told(MailText("{your_mentor}", "Look: {your_mentor}\n{your_mentor}\n{your_mentor}\n{no_mentee}"))

    assert [fault.split(":")[0] for fault in faults] == ["subject", "body", "body"]
    assert "stands here 2 times" in faults[-1]


@pytest.mark.parametrize(
    "text",
    [
        MailText("", GOOD.body),
        MailText("   ", GOOD.body),
        MailText("x" * (LONGEST_SUBJECT_TEXT + 1), GOOD.body),
        MailText("One\nBcc: victim@x.example", GOOD.body),
        MailText("One\u2028Two", GOOD.body),
        MailText(GOOD.subject, GOOD.body + "\nx" * LONGEST_BODY_TEXT),
        MailText(GOOD.subject, GOOD.body + "\n{name}" * (MOST_TOKENS + 1)),
    ],
)
def test_a_text_out_of_bounds_is_refused_once(text: MailText) -> None:
    assert len(told(text)) == 1


def test_a_body_is_divided_at_blank_lines_and_marks() -> None:
    body = "Dear {name},\nwelcome.\n\n# Now\n- one\n- two\n\n1. first\n2. second\n{your_mentor}\nBye"

    assert [(piece.kind, piece.lines) for piece in pieces_of(MENTEE, body)] == [
        (PieceKind.PARAGRAPH, ("Dear {name},", "welcome.")),
        (PieceKind.HEADING, ("Now",)),
        (PieceKind.BULLETS, ("one", "two")),
        (PieceKind.STEPS, ("first", "second")),
        (PieceKind.BLOCK, ("your_mentor",)),
        (PieceKind.PARAGRAPH, ("Bye",)),
    ]


def test_what_a_value_holds_is_never_read_as_a_token() -> None:
    assert filled("{a} and {b}", {"a": "{b}", "b": "{a}{{a}}"}) == "{b} and {a}{{a}}"


@pytest.mark.parametrize("seed", range(200))
def test_of_any_text_only_the_known_tokens_are_replaced(seed: int) -> None:
    scraps = ["{name}", "{", "}", "{{", "%}", "{x.y}", "{0}", "{__class__}", "{name!r}", "text ", "{%", "$", "\\1"]
    line = "".join(random.Random(seed).choices(scraps, k=12))  # noqa: S311 -- any seeded choice will do

    result = filled(line, {"name": "Ana"})

    assert result == re.sub(r"\{name\}", "Ana", line)
