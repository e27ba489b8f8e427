"""Weighing what the mentors of a programme can give against what its people want, and what its candidates need."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from mentormatch.domain.certification import ASKS_FOR_MENTORING, Certification, places_needed
from mentormatch.domain.competencies import Competency, CompetencyKind
from mentormatch.domain.competency_texts import COMPETENCY_TEXTS
from mentormatch.domain.levels import HIGHEST, gap
from mentormatch.domain.programmes import ProgrammeSettings
from mentormatch.persistence.repositories.tallies import Pursuers, RatedAlike


@dataclass(frozen=True, slots=True)
class SupplyLine:
    """One competency: places with a mentor at level 3 and at level 4, and people who want a gap in it closed."""

    competency: Competency
    title: str
    kind: CompetencyKind
    places_at_3: int
    places_at_4: int
    wanted: int


@dataclass(frozen=True, slots=True)
class CandidateLine:
    """One certification: who pursues it, who of them needs a mentee, how many, and who cannot be given one."""

    certification: Certification
    required: int
    pursuing: int
    candidates: int
    places_needed: int
    without_place: int
    """People who still need to mentor somebody and offer no place: no round can help them."""


def supply_lines(groups: Iterable[RatedAlike], settings: ProgrammeSettings) -> tuple[SupplyLine, ...]:
    """Sum up the groups competency by competency; a level below the teach level supplies nothing."""
    places = {c: [0] * (HIGHEST + 1) for c in Competency}
    wanted = dict.fromkeys(Competency, 0)
    for group in groups:
        places[group.competency][group.level] += group.places
        usual = settings.targets[group.position_aimed_at][group.competency]
        if gap(group.level, usual if group.target is None else group.target):
            wanted[group.competency] += group.seekers
    return tuple(_line(c, places[c], wanted[c], settings.teach_level) for c in Competency)


def _line(competency: Competency, places: list[int], wanted: int, teach_level: int) -> SupplyLine:
    text = COMPETENCY_TEXTS[competency]
    # A teach level below 3 lets people at lower levels teach: they count with those at 3.
    below_4 = sum(places[teach_level:HIGHEST])
    return SupplyLine(competency, text.title, text.kind, below_4, places[HIGHEST], wanted)


def candidate_lines(groups: Iterable[Pursuers], required: Mapping[Certification, int]) -> tuple[CandidateLine, ...]:
    """Sum up the groups certification by certification, those that ask for mentoring only."""
    alike = tuple(groups)
    return tuple(_candidates(c, required[c], [g for g in alike if g.certification is c]) for c in ASKS_FOR_MENTORING)


def _candidates(certification: Certification, required: int, groups: list[Pursuers]) -> CandidateLine:
    needed = [(g, places_needed(certification, g.completed, g.capacity, {certification: required})) for g in groups]
    return CandidateLine(
        certification=certification,
        required=required,
        pursuing=sum(g.people for g in groups),
        candidates=sum(g.people for g, places in needed if places),
        places_needed=sum(g.people * places for g, places in needed),
        without_place=sum(g.people for g in groups if g.completed < required and g.capacity == 0),
    )
