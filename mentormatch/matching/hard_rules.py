"""The hard rules of a programme: whom languages, working hours and sites keep apart."""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import TypeVar

import numpy as np

from mentormatch.domain.policies import Policy
from mentormatch.domain.working_hours import common_hours
from mentormatch.matching.core.rules import Numbers, Rule
from mentormatch.matching.people import Person

_Kind = TypeVar("_Kind", bound=Hashable)


def language_rule(mentees: Sequence[Person], mentors: Sequence[Person], policy: Policy) -> Rule:
    """Keep apart who shares no language, if the policy asks for one."""
    if not policy.shared_language:
        return _idle(mentees, mentors)
    return _rule([p.languages for p in mentees], [p.languages for p in mentors], lambda a, b: not a.isdisjoint(b))


def hours_rule(mentees: Sequence[Person], mentors: Sequence[Person], policy: Policy) -> Rule:
    """Keep apart who shares fewer working hours than the policy asks for."""
    least = policy.minimum_common_hours
    if not least:
        return _idle(mentees, mentors)
    days = [p.working_day for p in mentees], [p.working_day for p in mentors]
    return _rule(*days, lambda a, b: common_hours(a, b) >= least)


def site_rule(mentees: Sequence[Person], mentors: Sequence[Person], policy: Policy) -> Rule:
    """Keep apart who is at the same site, if the policy asks for another one."""
    if not policy.other_site_only:
        return _idle(mentees, mentors)
    # There may be as many sites as people: a table of them would be one of all pairs.
    number = _numbers(person.site for person in (*mentees, *mentors))
    return Rule(_of([p.site for p in mentees], number), _of([p.site for p in mentors], number), None)


def _rule(mentees: Sequence[_Kind], mentors: Sequence[_Kind], are_open: Callable[[_Kind, _Kind], bool]) -> Rule:
    rows, columns = _numbers(mentees), _numbers(mentors)
    table = [[are_open(mentor, mentee) for mentor in columns] for mentee in rows]
    open_to = np.array(table, dtype=bool).reshape(len(rows), len(columns))
    return Rule(_of(mentees, rows), _of(mentors, columns), open_to)


def _idle(mentees: Sequence[Person], mentors: Sequence[Person]) -> Rule:
    of_one_kind = [np.zeros(len(side), dtype=np.intp) for side in (mentees, mentors)]
    return Rule(of_one_kind[0], of_one_kind[1], np.ones((1, 1), dtype=bool))


def _numbers(kinds: Iterable[_Kind]) -> dict[_Kind, int]:
    return {kind: at for at, kind in enumerate(dict.fromkeys(kinds))}


def _of(kinds: Sequence[_Kind], number: Mapping[_Kind, int]) -> Numbers:
    return np.array([number[kind] for kind in kinds], dtype=np.intp)
