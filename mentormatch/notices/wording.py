"""Wording a mail: the source text of a programme with the reader's facts in the place of its tokens."""

from collections.abc import Mapping
from dataclasses import dataclass

from mentormatch.domain.mail_texts import MailText, Piece, PieceKind, filled, pieces_of
from mentormatch.domain.sentences import counted
from mentormatch.notices.facts import MenteeFacts, MentorAndMenteeFacts, MentorFacts, Partner, RecallFacts, WordedFacts
from mentormatch.translations.catalogues import Language


@dataclass(frozen=True, slots=True)
class Worded:
    """The subject, the title of the formatted form, and the parts of the body; blocks are still to be drawn."""

    subject: str
    title: str
    pieces: tuple[Piece, ...]


def worded_with(facts: WordedFacts, text: MailText, language: Language) -> Worded:
    """Put the facts into a text, in the reader's language."""
    values = {name: str(language.put(value)) for name, value in values_of(facts).items()}
    subject = filled(text.subject, values)
    pieces = tuple(
        piece
        if piece.kind is PieceKind.BLOCK
        else Piece(piece.kind, tuple(filled(line, values) for line in piece.lines))
        for piece in pieces_of(facts.kind, text.body)
    )
    return Worded(subject, _title(subject, facts.head.programme), pieces)


def values_of(facts: WordedFacts) -> Mapping[str, str]:
    """Return what each token within a line stands for, for this reader."""
    head = facts.head
    values = {
        "name": facts.name,
        "programme": head.programme,
        "round": str(head.round_number),
        "programme_page": head.programme_url,
        "my_answers": head.signup_url,
        "coordinators": ", ".join(head.coordinators),
    }
    if isinstance(facts, MentorFacts | MentorAndMenteeFacts):
        values["mentees"] = _in_short(facts.mentees)
    if isinstance(facts, MenteeFacts | MentorAndMenteeFacts):
        values["mentor_name"] = facts.mentor.name
    if isinstance(facts, RecallFacts):
        values["reason"] = facts.reason
    return values


def _in_short(mentees: tuple[Partner, ...]) -> str:
    return mentees[0].name if len(mentees) == 1 else counted("%(num)s person", "%(num)s people", len(mentees))


def _title(subject: str, programme: str) -> str:
    # The formatted mail has the programme's name above it already.
    title = subject.removeprefix(f"{programme}:").strip() or subject
    return title[:1].upper() + title[1:]
