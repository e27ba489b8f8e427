import pytest
from flask import Flask

from mentormatch.domain.adjustments import Change, ChangeKind
from mentormatch.domain.errors import NotFound
from mentormatch.domain.pairings import Reason, Side
from mentormatch.domain.signups import Signup
from mentormatch.matching.explanation import ChangeKind as Help
from mentormatch.services.bundle import Services
from mentormatch.services.explanation_views import AlternativeView
from mentormatch.services.foreseeing_effects import Effect
from mentormatch.services.showing_round_people import RoundPerson, UnpairedPage
from tests.builders import people
from tests.builders.running import Running, running_programme

MANY = [
    people.mentor(capacity=1),
    people.mentor(email="ken@firm.example", name="Ken Sato", capacity=1, levels=people.ratings(3)),
    people.candidate(capacity=1, levels=people.ratings(2, flow_pull=4, jidoka=3)),
    people.both(),
    people.mentee(),
    people.mentee(email="ana@firm.example", name="Ana Ruiz", levels=people.ratings(2)),
    people.mentee(email="jo@firm.example", name="Jo Lind", levels=people.ratings(1, flow_pull=3)),
    people.mentee(email="li@firm.example", name="Li Wei", languages=("zh",)),
    people.mentee(email="eva@firm.example", name="Eva Berg", levels=people.ratings(0)),
]


@pytest.fixture
def running(app: Flask, services: Services) -> Running:
    running = running_programme(app, services, MANY)
    running.propose()
    return running


def person(running: Running, name: str, number: int = 1) -> RoundPerson:
    return running.services.workbench.people.person(running.programme_id, number, running.ids[name])


def unpaired(running: Running) -> UnpairedPage:
    return running.services.workbench.people.unpaired(running.programme_id, 1, (1, 1))


def moved(running: Running, other: AlternativeView) -> Effect:
    change = Change(kind=ChangeKind.MOVE, mentor_id=other.mentor.id, mentee_id=other.mentee.id)
    foreseen = running.services.workbench.effects.foresee(running.programme_id, 1, change)
    assert foreseen.effect, foreseen.reasons
    return foreseen.effect


def test_the_price_of_every_alternative_is_what_solving_with_it_costs(running: Running) -> None:
    shown = [person(running, name).explained for name in running.ids]
    others = [other for one in shown for other in (*one.as_mentee, *one.as_mentor)]

    assert len(others) > 10
    for other in others:
        effect = moved(running, other)
        assert (other.loss.points, other.loss.candidates) == (-effect.points, -effect.candidates_served)
        assert other.is_exact


def test_one_more_place_brings_what_solving_with_it_brings(running: Running) -> None:
    for name in ("Omar", "Ken", "Silva"):
        gain = person(running, name).explained.place_gain
        effect = running.foresee(ChangeKind.EXTRA_PLACE, mentor=name).effect
        assert gain
        assert effect
        assert (gain.points, gain.candidates) == (effect.points, effect.candidates_served)


def test_prices_count_what_is_decided_already(running: Running) -> None:
    running.adjust(ChangeKind.UNPAIR, mentee="Mei")

    page = person(running, "Eva")

    assert page.waiting == 1
    for other in page.explained.as_mentee:
        assert other.loss.points == -moved(running, other).points


def test_whoever_holds_the_place_can_be_swapped(running: Running) -> None:
    mentees = dict(running.pairs())

    for other in person(running, "Mei").explained.as_mentee:
        mentor = other.mentor.name.split()[0]
        assert [one.name.split()[0] for one in other.others] == ([mentees[mentor]] if mentor in mentees else [])


def test_an_extra_place_that_is_said_to_help_does(running: Running) -> None:
    helped = {
        key: help_.partner.name
        for key, one in unpaired(running).helps.items()
        for help_ in one.helps
        if help_.kind is Help.ONE_MORE_PLACE and help_.partner
    }
    assert helped
    (participant_id, _), mentor = next(iter(helped.items()))
    running.adjust(ChangeKind.EXTRA_PLACE, mentor=mentor.split()[0])
    running.solve_again()
    running.solve()

    names = {key: name for name, key in running.ids.items()}
    assert names[participant_id] in {mentee for _, mentee in running.pairs()}


def test_a_bar_that_is_in_the_way_can_be_lifted(app: Flask, services: Services) -> None:
    cast = [people.mentor(), people.mentee(), people.mentee(email="ana@firm.example", name="Ana Ruiz")]
    running = running_programme(app, services, cast)
    running.propose()
    running.adjust(ChangeKind.BAR, mentor="Omar", mentee="Mei")
    running.solve_again()
    running.solve()

    (shortage,) = unpaired(running).helps.values()

    assert [help_.kind for help_ in shortage.helps] == [Help.LIFT_BAR]


def test_the_reason_is_true_and_the_candidates_stand_apart(app: Flask, services: Services) -> None:
    far_off: Signup = people.candidate(languages=("pl",))
    running = running_programme(app, services, [people.mentee(), people.mentor(), far_off, MANY[7]])
    running.propose()

    page = unpaired(running)

    assert [(line.name, line.reason) for line in page.candidates.rows] == [("Silva Candida", Reason.NO_SHARED_LANGUAGE)]
    assert [(line.name, line.reason) for line in page.mentees.rows] == [("Li Wei", Reason.NO_SHARED_LANGUAGE)]
    assert {side for _, side in page.helps} == {Side.MENTOR, Side.MENTEE}


def test_a_published_round_shows_who_has_whom_and_nothing_to_change(running: Running) -> None:
    running.publish()
    mentor, mentee = sorted(running.pairs())[0]

    page = person(running, mentee)

    assert page.mentor
    assert page.mentor.line.mentor.startswith(mentor)
    assert (page.can_adjust, page.explained.as_mentee) == (False, ())


def test_somebody_who_is_not_in_the_proposal_is_not_found(running: Running) -> None:
    running.join(people.mentee(email="new@firm.example", name="New Comer"))

    with pytest.raises(NotFound):
        running.services.workbench.people.person(running.programme_id, 1, max(running.ids.values()) + 1)
