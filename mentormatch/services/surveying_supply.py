"""Supply and demand at length: for each competency the places that can teach it, and the gaps that wait for them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from mentormatch.domain.competencies import Competency, CompetencyKind
from mentormatch.domain.competency_texts import COMPETENCY_TEXTS
from mentormatch.domain.levels import HIGHEST, gap
from mentormatch.domain.positions import weights_of
from mentormatch.domain.programmes import ProgrammeSettings
from mentormatch.persistence.database import Transactions
from mentormatch.persistence.repositories import tallies
from mentormatch.persistence.repositories.programmes import programme_of, settings_of
from mentormatch.persistence.repositories.tallies import Headcount, RatedAlike
from mentormatch.spreadsheets.supply import SupplyRow, write_supply
from mentormatch.spreadsheets.tables import FileKind


@dataclass(frozen=True, slots=True, kw_only=True)
class ScarcityLine:
    """One competency: places by the level of their mentor, people by the size of their gap, and what it weighs."""

    competency: Competency
    title: str
    kind: CompetencyKind
    places_at_3: int
    places_at_4: int
    by_one: int
    by_two: int
    by_more: int
    up_to_4: int
    """People whose gap only a mentor at level 4 closes to its end."""
    points: int
    """The gap points of all of them: levels missing, weighted as the positions they aim at need them."""

    @property
    def places(self) -> int:
        """The places with a mentor who can teach it."""
        return self.places_at_3 + self.places_at_4

    @property
    def wanted(self) -> int:
        """The people who want a gap in it closed."""
        return self.by_one + self.by_two + self.by_more

    @property
    def short(self) -> int:
        """How many places are missing if everybody were to learn this."""
        return max(0, self.wanted - self.places)

    @property
    def short_at_4(self) -> int:
        """How many places with a mentor at level 4 are missing for those who aim at level 4."""
        return max(0, self.up_to_4 - self.places_at_4)

    @property
    def people_per_place(self) -> float | None:
        """How many people want each place; None where there is no place."""
        return self.wanted / self.places if self.places else None

    @property
    def scarcity(self) -> tuple[float, int]:
        """What lines are ordered by: the people for each place, then the points."""
        without_place = float("inf") if self.wanted else 0.0
        return self.wanted / self.places if self.places else without_place, self.points


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplyPage:
    """Supply and demand of a programme, the scarcest competency first."""

    teach_level: int
    people: Headcount
    lines: tuple[ScarcityLine, ...]

    @property
    def points(self) -> int:
        """The gap points of everybody."""
        return sum(line.points for line in self.lines)


class SurveyingSupply:
    """Answers where a programme has too few mentors, before a round is started."""

    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions

    def page(self, programme_id: int) -> SupplyPage:
        """Return the supply and demand among the active people of a programme."""
        with self._transactions.reading() as session:
            settings = settings_of(programme_of(session, programme_id))
            return SupplyPage(
                teach_level=settings.teach_level,
                people=tallies.headcount(session, programme_id),
                lines=scarcity_lines(tallies.rated_alike(session, programme_id), settings),
            )

    def spreadsheet(self, programme_id: int, kind: FileKind) -> bytes:
        """Return the same table as a file."""
        return write_supply(map(_row, self.page(programme_id).lines), kind)


def scarcity_lines(groups: Iterable[RatedAlike], settings: ProgrammeSettings) -> tuple[ScarcityLine, ...]:
    """Sum up the groups by competency, the scarcest first; a level below the teach level supplies nothing."""
    by_competency = defaultdict[Competency, list[RatedAlike]](list)
    for group in groups:
        by_competency[group.competency].append(group)
    lines = [_line(c, by_competency[c], settings) for c in Competency]
    return tuple(sorted(lines, key=lambda line: line.scarcity, reverse=True))


def _line(competency: Competency, groups: Iterable[RatedAlike], settings: ProgrammeSettings) -> ScarcityLine:
    places, people = [0] * (HIGHEST + 1), [0] * (HIGHEST + 1)
    up_to_4 = points = 0
    weights = {position: weights_of(emphasis)[competency] for position, emphasis in settings.emphasis.items()}
    for group in groups:
        usual = settings.targets[group.position_aimed_at][competency]
        target = usual if group.target is None else group.target
        missing = gap(group.level, target)
        places[group.level] += group.places
        people[missing] += group.seekers
        up_to_4 += group.seekers if missing and target == HIGHEST else 0
        points += group.seekers * missing * weights[group.position_aimed_at]
    text = COMPETENCY_TEXTS[competency]
    return ScarcityLine(
        competency=competency,
        title=text.title,
        kind=text.kind,
        places_at_3=sum(places[settings.teach_level : HIGHEST]),
        places_at_4=places[HIGHEST],
        by_one=people[1],
        by_two=people[2],
        by_more=sum(people[3:]),
        up_to_4=up_to_4,
        points=points,
    )


def _row(line: ScarcityLine) -> SupplyRow:
    return SupplyRow(
        competency=line.competency,
        places_at_3=line.places_at_3,
        places_at_4=line.places_at_4,
        gap_of_1=line.by_one,
        gap_of_2=line.by_two,
        gap_of_3_or_4=line.by_more,
        people_with_a_gap=line.wanted,
        aiming_at_4=line.up_to_4,
        gap_points=line.points,
        places_short=line.short,
        places_at_4_short=line.short_at_4,
    )
