"""Policies side by side between an address and its schema: which there are, what was asked, and what each comes to."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from marshmallow import EXCLUDE, ValidationError
from marshmallow.fields import Field

from mentormatch.domain.errors import Fault, InputRefused
from mentormatch.domain.policies import Objective
from mentormatch.domain.programmes import PolicySettings
from mentormatch.domain.sentences import said
from mentormatch.matching.comparing import Share
from mentormatch.schemas.fields import WholeNumber
from mentormatch.schemas.participants import HIGHEST_VERSION
from mentormatch.schemas.programme import RulesSchema, rules_form_of
from mentormatch.services.comparing_policies import Trial
from mentormatch.web.filters import tenths
from mentormatch.web.forms import read_form
from mentormatch.web.languages import gettext, speaking, translated

LETTERS: Final = ("a", "b", "c", "d")
FEWEST: Final = 2
_NEVER_BEST: Final = "–"
_RULES: Final = {
    "objective": said("objective"),
    "teach_level": said("teach level"),
    "floor_percent": said("floor percent"),
    "shared_language": said("shared language"),
    "minimum_common_hours": said("minimum common hours"),
    "other_site_only": said("other site only"),
    "allow_earlier_pairings": said("allow earlier pairings"),
    "wish_points": said("wish points"),
    "common_hour_points": said("common hour points"),
    "waiting_points": said("waiting points"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One policy of several: what was typed for it, what is wrong with it, and the policy if nothing is."""

    letter: str
    values: Mapping[str, str]
    errors: Mapping[str, str]
    chosen: PolicySettings | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """What a policy comes to in one respect, and whether no other does better."""

    words: str
    is_best: bool


class AdoptSchema(RulesSchema):
    """The rules of one policy, and the version of the settings they were compared with."""

    version: Field[Any] = WholeNumber(highest=HIGHEST_VERSION, default=0)


def first_columns(now: PolicySettings) -> list[Column]:
    """Begin with the policy of now beside the same one with the other objective."""
    is_coverage = now.objective is Objective.COVERAGE
    other = replace(now, objective=Objective.PARTICIPATION if is_coverage else Objective.COVERAGE)
    return [
        Column(letter=letter, values=rules_form_of(policy), errors={}, chosen=policy)
        for letter, policy in zip(LETTERS, (now, other), strict=False)
    ]


def read_columns(asked: Mapping[str, str], number: int, now: PolicySettings) -> list[Column]:
    """Read so many policies from an address; what it does not name is as it is now."""
    return [_read(letter, asked, now) for letter in LETTERS[:number]]


def resized(columns: Sequence[Column], *, by: int) -> list[Column]:
    """Add a policy like the last one, or take the last one away, as far as there may be more or fewer."""
    number = min(max(FEWEST, len(columns) + by), len(LETTERS))
    added = (replace(columns[-1], letter=letter, errors={}) for letter in LETTERS[len(columns) : number])
    return [*columns[:number], *added]


def address_of(columns: Sequence[Column]) -> dict[str, str]:
    """Give the part of an address that names these policies."""
    rules = {f"{name}_{column.letter}": value for column in columns for name, value in column.values.items()}
    return {"columns": str(len(columns)), **rules}


def told(columns: Sequence[Column]) -> dict[str, str]:
    """Say what is wrong, by the name of the field, and which rule of which policy it is."""
    return {
        f"{name}_{column.letter}": said(
            "Policy %(letter)s, %(rule)s: %(words)s",
            letter=column.letter.upper(),
            rule=_RULES.get(name, name),
            words=error,
        )
        for column in columns
        for name, error in column.errors.items()
    }


def read_adopted() -> dict[str, Any]:
    """Load the rules that are to be adopted; raises InputRefused for what no column of ours would send."""
    form = read_form(AdoptSchema())
    if not form.is_valid:
        raise InputRefused([Fault(None, name, error) for name, error in form.errors.items()])
    return dict(form.data)


def _read(letter: str, asked: Mapping[str, str], now: PolicySettings) -> Column:
    fields = RulesSchema().fields
    typed = {name: asked[f"{name}_{letter}"] for name in fields if f"{name}_{letter}" in asked}
    values = {**rules_form_of(now), **typed}
    try:
        data = RulesSchema().load(values, unknown=EXCLUDE)
    except ValidationError as refused:
        errors = {name: " ".join(map(translated, messages)) for name, messages in refused.messages_dict.items()}
        return Column(letter=letter, values=values, errors=errors, chosen=None)
    return Column(letter=letter, values=values, errors={}, chosen=replace(now, **data))


def figures(trials: Sequence[Trial]) -> Iterator[tuple[str, list[Figure]]]:
    """Draw what the policies come to up as rows, the best of each marked unless all are alike."""
    totals = [trial.totals for trial in trials]
    yield said("Mentees paired"), _ranked([t.mentees_paired for t in totals], lambda n: _of(n, totals[0].mentees))
    yield (
        said("Candidates served"),
        _ranked([t.candidates_served for t in totals], lambda n: _of(n, totals[0].candidates)),
    )
    yield said("Coverage in all, points"), _ranked([t.total_coverage for t in totals], _grouped)
    yield said("Lowest coverage of a mentee"), _ranked([_ratio(trial.lowest) for trial in trials], _percent)
    yield said("Median coverage"), _ranked([_ratio(trial.median) for trial in trials], _percent)
    yield said("Mentors without a mentee"), _ranked([-trial.load[0] for trial in trials], lambda n: _grouped(-n))
    yield said("Mentors by number of mentees"), [Figure(words=_load(trial.load), is_best=False) for trial in trials]
    price = [-t.price_of_candidates for t in totals]
    yield said("Price of serving the candidates, points"), _ranked(price, lambda n: _grouped(-n))
    eligible = [Figure(words=_grouped(t.eligible_pairs), is_best=False) for t in totals]
    yield said("Eligible pairs"), eligible
    yield (
        said("Proven to be best"),
        [Figure(words=said("yes") if t.is_proven else said("no, cut short"), is_best=False) for t in trials],
    )


def _ranked(values: Sequence[float], words: Callable[[Any], str]) -> list[Figure]:
    best = max(values) if len(set(values)) > 1 else None
    return [Figure(words=words(value), is_best=value == best) for value in values]


def _ratio(share: Share | None) -> float:
    return -1.0 if share is None else share.ratio


def _percent(ratio: float) -> str:
    return _NEVER_BEST if ratio < 0 else f"{tenths(100 * ratio)} %"


def _of(part: int, whole: int) -> str:
    return said("%(part)s of %(whole)s", part=_grouped(part), whole=_grouped(whole))


def _grouped(n: int) -> str:
    return speaking().number(n)


def _load(load: Sequence[int]) -> str:
    loads = (
        gettext("%(mentors)s with %(mentees)s", mentors=_grouped(n), mentees=mentees)
        for mentees, n in enumerate(load)
        if mentees and n
    )
    return ", ".join(loads) or _NEVER_BEST
