"""From the outcome of a round to what each person in it is told: one set of facts for everybody, and no more."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from mentormatch.domain.certification import ASKS_FOR_MENTORING, CERTIFICATION_TITLES
from mentormatch.domain.competencies import Competency
from mentormatch.domain.competency_texts import COMPETENCY_TEXTS
from mentormatch.domain.levels import numbered_level
from mentormatch.domain.pairings import Side
from mentormatch.notices.facts import (
    Closing,
    Ladder,
    MenteeFacts,
    MentorAndMenteeFacts,
    MentorFacts,
    Partner,
    RoundFacts,
    RoundHead,
    UnpairedFacts,
)
from mentormatch.persistence.repositories.outcomes import Member, Outcome, OutcomeHead, Pair

SHORT_HASH: Final = 12


AnswerUrl = Callable[[int, int], str]
"""Gives the address at which one of the two, by participant id, answers a pairing."""


def told_by(outcome: Outcome, public_url: str, answer_url: AnswerUrl) -> Iterator[tuple[Member, RoundFacts]]:
    """Yield everybody in the outcome once, in the order of their ids, with the facts of their one notice."""
    head = round_head(outcome.head, public_url)
    mentor_of = {pair.mentee_id: pair for pair in outcome.pairs}
    mentees_of: dict[int, list[Pair]] = defaultdict(list)
    for pair in outcome.pairs:
        mentees_of[pair.mentor_id].append(pair)
    for member in outcome.members.values():
        paired = mentor_of.get(member.id), mentees_of.get(member.id, ())
        yield member, _facts(outcome, head, member, *paired, answer_url)


def _facts(
    outcome: Outcome,
    head: RoundHead,
    member: Member,
    mentored_by: Pair | None,
    mentoring: Sequence[Pair],
    answer_url: AnswerUrl,
) -> RoundFacts:
    name, ladder = member.name, _ladder(outcome.head, member, len(mentoring))
    no_mentor = outcome.reasons.get((member.id, Side.MENTEE))
    no_mentee = outcome.reasons.get((member.id, Side.MENTOR))
    mentees = tuple(_partner(outcome, member, pair.mentee_id, pair, answer_url) for pair in mentoring)
    if mentored_by is None and not mentees:
        return UnpairedFacts(name=name, head=head, no_mentor=no_mentor, no_mentee=no_mentee, ladder=ladder)
    if mentored_by is None:
        return MentorFacts(name=name, head=head, mentees=mentees, ladder=ladder, no_mentor=no_mentor)
    mentor = _partner(outcome, member, mentored_by.mentor_id, mentored_by, answer_url)
    if not mentees:
        return MenteeFacts(name=name, head=head, mentor=mentor, ladder=ladder, no_mentee=no_mentee)
    return MentorAndMenteeFacts(name=name, head=head, mentor=mentor, mentees=mentees, ladder=ladder)


def round_head(head: OutcomeHead, public_url: str) -> RoundHead:
    """Return what every mail about a round carries in its footer."""
    programme_url = f"{public_url}/p/{head.slug}"
    return RoundHead(
        programme=head.programme,
        round_number=head.number,
        snapshot=head.snapshot_sha256[:SHORT_HASH],
        programme_url=programme_url,
        signup_url=f"{programme_url}/my-sign-up",
        coordinators=head.coordinators,
    )


def _partner(outcome: Outcome, member: Member, partner_id: int, pair: Pair, answer_url: AnswerUrl) -> Partner:
    other = outcome.members[partner_id]
    theirs = other.languages.split(";")
    return Partner(
        name=other.name,
        organisation=other.organisation,
        site=other.site,
        email=other.email,
        time_zone=other.time_zone,
        shared_languages=tuple(code for code in member.languages.split(";") if code in theirs),
        closings=_closings(pair),
        answer_url=answer_url(pair.id, member.id),
    )


def _closings(pair: Pair) -> tuple[Closing, ...]:
    most_first = sorted(pair.closures, key=lambda closure: -closure[3])
    return tuple(
        Closing(COMPETENCY_TEXTS[Competency(key)].title, numbered_level(start), numbered_level(end))
        for key, start, end, _ in most_first
    )


def _ladder(head: OutcomeHead, member: Member, mentees: int) -> Ladder | None:
    pursued = member.certification_pursued
    if pursued not in ASKS_FOR_MENTORING or not member.offers_mentoring:
        return None
    required = head.mentorships_required[pursued]
    return Ladder(CERTIFICATION_TITLES[pursued], required, member.mentorships_completed, mentees)
