import pytest
from flask import Flask

from mentormatch.domain.adjustments import ChangeKind
from mentormatch.domain.errors import Conflict
from mentormatch.services.adjusting_proposals import PLAIN
from mentormatch.services.bundle import Services
from mentormatch.services.foreseeing_effects import Effect
from tests.builders import people
from tests.builders.running import Running, running_programme

LOCK, BAR, MOVE, SWAP, UNPAIR, EXTRA, LIFT = ChangeKind


@pytest.fixture
def running(proposed: Running) -> Running:
    return proposed


def effect(running: Running, kind: ChangeKind, **named: str) -> Effect:
    foreseen = running.foresee(kind, **named).effect
    assert foreseen
    return foreseen


def total(running: Running) -> int:
    proposal = running.view().proposal
    assert proposal
    return proposal.totals.total_score


def who(effect: Effect) -> set[tuple[str, str | None, str | None]]:
    def name(one: object) -> str | None:
        return str(getattr(one, "name", "")).split()[0] if one else None

    return {(move.mentee.name.split()[0], name(move.before), name(move.after)) for move in effect.moves}


@pytest.mark.parametrize(
    ("kind", "named"),
    [
        (BAR, {"mentor": "Omar", "mentee": "Mei"}),
        (BAR, {"mentor": "Silva", "mentee": "Mei"}),
        (MOVE, {"mentor": "Omar", "mentee": "Ana"}),
        (MOVE, {"mentor": "Silva", "mentee": "Ana"}),
        (SWAP, {"mentee": "Mei", "other": "Ana"}),
        (UNPAIR, {"mentee": "Mei"}),
        (EXTRA, {"mentor": "Silva"}),
        (MOVE, {"mentor": "Omar", "mentee": "Li"}),
    ],
)
def test_what_is_foreseen_is_what_the_next_solve_brings(
    running: Running, kind: ChangeKind, named: dict[str, str]
) -> None:
    before, points = running.pairs(), total(running)
    foreseen = effect(running, kind, **named)
    running.adjust(kind, PLAIN, None, **named)
    running.solve_again()
    running.solve()
    after = {mentee: mentor for mentor, mentee in running.pairs()}
    was = {mentee: mentor for mentor, mentee in before}

    assert foreseen.points == total(running) - points
    assert who(foreseen) == {
        (m, was.get(m), after.get(m)) for m in was.keys() | after.keys() if was.get(m) != after.get(m)
    }


def test_locking_a_pair_that_is_there_changes_nothing_else(running: Running) -> None:
    mentor, mentee = sorted(running.pairs())[0]

    foreseen = effect(running, LOCK, mentor=mentor, mentee=mentee)

    assert (foreseen.points, foreseen.moves) == (0, ())


def test_an_effect_comes_on_top_of_what_is_decided_already(app: Flask, services: Services) -> None:
    cast = [people.mentor(capacity=1), people.mentee(), people.mentee(email="ana@firm.example", name="Ana Ruiz")]
    running = running_programme(app, services, cast)
    running.propose()
    ((_, paired),) = running.pairs()
    (other,) = {"Mei", "Ana"} - {paired}
    running.adjust(UNPAIR, mentee=paired)

    foreseen = running.foresee(UNPAIR, mentee=other)

    assert foreseen.collected == 1
    assert foreseen.effect
    assert foreseen.effect.mentees_paired == -1


def test_taking_an_adjustment_back_shows_its_effect_too(running: Running) -> None:
    running.adjust(UNPAIR, mentee="Mei")

    foreseen = effect(running, LIFT, lifted="left_out", mentee="Mei")

    assert foreseen.mentees_paired == 1


def test_what_cannot_be_says_why_and_has_no_effect(running: Running) -> None:
    foreseen = running.foresee(LOCK, mentor="Omar", mentee="Omar")

    assert foreseen.effect is None
    assert "Omar Haddad cannot mentor themselves." in foreseen.reasons


def test_a_swap_of_somebody_without_a_mentor_says_why(running: Running) -> None:
    assert running.foresee(SWAP, mentee="Mei", other="Li").reasons


def test_what_is_decided_already_is_said_to_be_done(running: Running) -> None:
    running.adjust(UNPAIR, mentee="Mei")

    assert running.foresee(UNPAIR, mentee="Mei").is_done


def test_looking_at_an_effect_changes_nothing(running: Running) -> None:
    seen = running.seen()

    effect(running, UNPAIR, mentee="Mei")

    running.publish(seen)
    assert running.holding() == set()


def test_a_round_without_a_proposal_has_no_effects(running: Running) -> None:
    running.discard()

    with pytest.raises(Conflict):
        running.foresee(UNPAIR, mentee="Mei")
