"""The part of a proposal that is looked at: searched, sorted and cut into pages, in a fixed number of queries."""

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy.orm import Session

from mentormatch.domain.adjustments import Adjustment, AdjustmentKind
from mentormatch.domain.competencies import Competency
from mentormatch.domain.competency_texts import COMPETENCY_TEXTS
from mentormatch.domain.notices import ROUND_KINDS, NoticeKind, NoticeState
from mentormatch.domain.pairings import Side
from mentormatch.domain.reviews import Look, PairOrder, page_of, plain
from mentormatch.domain.working_hours import common_hours
from mentormatch.persistence.models import Proposal
from mentormatch.persistence.repositories.proposals import (
    PairDetail,
    PairLine,
    details_of,
    left_over_lines,
    pair_lines,
)
from mentormatch.services.posing_problems import working_day_of
from mentormatch.services.round_views import ClosureView, PairView, ProposalView
from mentormatch.services.storing_proposals import totals_from

# Names are compared here and not by the database: the two databases order accents and capitals differently.
_ORDERS: Final[Mapping[PairOrder, Callable[[PairLine], Any]]] = {
    PairOrder.MENTOR: lambda line: (plain(line.mentor), line.mentor_id, plain(line.mentee)),
    PairOrder.MENTEE: lambda line: (plain(line.mentee), line.mentee_id),
    PairOrder.COVERAGE: lambda line: (line.points, line.id),
    PairOrder.SHARE: lambda line: (line.points / line.gap_points, line.id),
}


def proposal_view(
    session: Session, proposal: Proposal, look: Look, decided: Collection[Adjustment] = ()
) -> ProposalView:
    """Return a proposal with the pairs and the unpaired that are looked at, marked with what is decided of them."""
    words = plain(look.text).split()
    pairs = [line for line in pair_lines(session, proposal.id) if _fits(words, _texts_of_pair(line))]
    pairs.sort(key=_ORDERS[look.order], reverse=look.descending)
    shown = page_of(pairs, look.page)
    everyone = sorted(left_over_lines(session, proposal.id), key=lambda line: (plain(line.name), line.side))
    left_over = [line for line in everyone if _fits(words, (line.name, line.site))]
    return ProposalView(
        number=proposal.number,
        solved_at=proposal.created_at,
        snapshot_sha256=proposal.snapshot_sha256,
        result_sha256=proposal.result_sha256,
        solver=proposal.solver,
        is_proven=proposal.summary["is_proven"],
        policy=proposal.summary["policy"],
        totals=totals_from(proposal.summary),
        pairs=shown.of(pair_views(session, proposal, shown.rows, decided)),
        left_over=page_of(left_over, look.left_over_page),
        not_served=tuple(line for line in everyone if line.is_candidate and line.side == Side.MENTOR),
    )


@dataclass(frozen=True, slots=True)
class Marks:
    """What is decided of pairs: the mentor of each locked mentee, who is left out, and which pairs are barred."""

    locked: Mapping[int, int]
    left_out: frozenset[int]
    barred: frozenset[tuple[int, ...]]


def marks_of(decided: Collection[Adjustment]) -> Marks:
    """Sort adjustments by what they say of pairs."""
    kinds = {kind: [a.people for a in decided if a.kind is kind] for kind in AdjustmentKind}
    return Marks(
        locked={mentee: mentor for mentor, mentee in kinds[AdjustmentKind.LOCK]},
        left_out=frozenset(mentee for (mentee,) in kinds[AdjustmentKind.LEFT_OUT]),
        barred=frozenset(kinds[AdjustmentKind.BAR]),
    )


def pair_views(
    session: Session, proposal: Proposal, lines: Sequence[PairLine], decided: Collection[Adjustment]
) -> tuple[PairView, ...]:
    """Draw pairs out into all that is shown of them."""
    details = details_of(session, [line.id for line in lines])
    marks, day = marks_of(decided), proposal.created_at.date()
    return tuple(_pair(line, details[line.id], day, marks) for line in lines)


def _pair(line: PairLine, detail: PairDetail, day: date, marks: Marks) -> PairView:
    locked_to = marks.locked.get(line.mentee_id, line.mentor_id)
    gives_way = line.mentee_id in marks.left_out or (line.mentor_id, line.mentee_id) in marks.barred
    begins = [working_day_of(zone, day) for zone in detail.time_zones]
    return PairView(
        line=line,
        closures=closure_views(detail.closures),
        languages=tuple(code for code in detail.languages[0].split(";") if code in detail.languages[1].split(";")),
        hours=common_hours(*begins),
        is_locked=marks.locked.get(line.mentee_id) == line.mentor_id,
        is_given_up=gives_way or locked_to != line.mentor_id,
    )


def closure_views(closures: Sequence[Sequence[Any]]) -> tuple[ClosureView, ...]:
    """Return what a pairing closes, most points first."""
    views = [ClosureView(COMPETENCY_TEXTS[Competency(key)].title, *steps) for key, *steps in closures]
    return tuple(sorted(views, key=lambda view: -view.points))


def mails_by_kind(mails: Mapping[tuple[NoticeKind, NoticeState], int]) -> Mapping[NoticeKind, int]:
    """Count the held mails by kind, all kinds that a round sends."""
    return {kind: mails.get((kind, NoticeState.HELD), 0) for kind in ROUND_KINDS}


def mails_by_state(mails: Mapping[tuple[NoticeKind, NoticeState], int]) -> Mapping[NoticeState, int]:
    """Count the mails by state, only states that occur, in the order of their way."""
    counts: Counter[NoticeState] = Counter()
    for (_, state), count in mails.items():
        counts[state] += count
    return {state: counts[state] for state in NoticeState if counts[state]}


def _texts_of_pair(line: PairLine) -> tuple[str, ...]:
    return line.mentor, line.mentor_site, line.mentee, line.mentee_site


def _fits(words: Sequence[str], texts: Sequence[str]) -> bool:
    if not words:
        return True
    whole = plain(" ".join(texts))
    return all(word in whole for word in words)
