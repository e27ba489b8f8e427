"""Policies side by side: every figure is what a round solved anew under that policy comes to."""

from dataclasses import replace
from statistics import median_low

import pytest

from mentormatch.domain.policies import Objective
from mentormatch.domain.programmes import PolicySettings
from mentormatch.matching.solve import solve
from mentormatch.persistence.database import Transactions
from mentormatch.services.bundle import Services
from mentormatch.services.comparing_policies import ComparingPolicies, Trial
from mentormatch.services.posing_policies import Ground, PosingPolicies
from mentormatch.services.working_out import WorkingOut
from tests.builders.people import mentee, mentor, ratings
from tests.builders.programmes import add_participant, add_programme
from tests.installations import StandingClock


@pytest.fixture
def comparing(services: Services, clock: StandingClock) -> ComparingPolicies:
    return ComparingPolicies(PosingPolicies(Transactions(), clock), WorkingOut(patience=60))


@pytest.fixture
def ground(comparing: ComparingPolicies) -> Ground:
    with Transactions().writing() as session:
        north = add_programme(session).id
        for n in range(3):
            strong = ratings(3, flow_pull=4 - n % 2)
            omar = mentor(email=f"o{n}@firm.example", name=f"Omar {n}", capacity=n + 1, levels=strong)
            add_participant(session, north, omar)
        for n in range(8):
            levels = ratings(n % 3, flow_pull=n % 4)
            aims = dict(ratings(4))
            mei = mentee(email=f"m{n}@firm.example", name=f"Mei {n}", levels=levels, targets=aims)
            add_participant(session, north, mei)
    return comparing.ground(north)


def policies(ground: Ground) -> list[PolicySettings]:
    now = ground.now.policy
    return [now, replace(now, objective=Objective.PARTICIPATION), replace(now, floor_percent=100), now]


def trials(comparing: ComparingPolicies, ground: Ground) -> tuple[Trial, ...]:
    answer = comparing.compare(ground, policies(ground), "cora").answer
    assert answer is not None
    return answer


def test_every_figure_is_that_of_a_round_solved_anew(comparing: ComparingPolicies, ground: Ground) -> None:
    assert ground.frozen is not None
    for chosen, trial in zip(policies(ground), trials(comparing, ground), strict=True):
        fresh = solve(ground.frozen.problem, chosen.policy())
        shares = sorted(each.coverage / each.gap_points for each in fresh.pairings)
        found = [share.ratio if share else None for share in (trial.lowest, trial.median)]
        assert (trial.totals, trial.is_proven) == (fresh.totals, fresh.is_proven)
        assert found == ([shares[0], median_low(shares)] if shares else [None, None])
        assert sum(n * count for n, count in enumerate(trial.load)) == len(fresh.pairings)
        assert sum(trial.load) == fresh.totals.mentors


def test_who_changes_is_who_has_another_mentor(comparing: ComparingPolicies, ground: Ground) -> None:
    assert ground.frozen is not None
    chosen = policies(ground)
    mentors = [
        {p.mentee_id: p.mentor_id for p in solve(ground.frozen.problem, each.policy()).pairings} for each in chosen
    ]

    for after, trial in zip(mentors, trials(comparing, ground), strict=True):
        moved = {key for key in {*mentors[0], *after} if mentors[0].get(key) != after.get(key)}
        assert {key for key, _, _ in trial.changed} == moved
        assert all(mentors[0].get(a) == b and after.get(a) == c for a, b, c in trial.changed)


def test_who_changes_is_listed_by_name_page_by_page(comparing: ComparingPolicies, ground: Ground) -> None:
    some = trials(comparing, ground)[2]

    listed = comparing.changes(ground, some, 99)

    assert (listed.page, listed.found) == (1, len(some.changed))
    assert listed.found > 0
    assert [line.mentee for line in listed.lines] == sorted(line.mentee for line in listed.lines)
    assert {line.after for line in listed.lines} <= {None, "Omar 0", "Omar 1", "Omar 2"}
