import pytest
from flask import Flask

from mentormatch.domain.errors import Conflict, NotFound
from mentormatch.domain.notices import NoticeKind, NoticeState
from mentormatch.domain.reviews import Look, PairOrder
from mentormatch.domain.rounds import RoundState
from mentormatch.services.bundle import Services
from mentormatch.services.round_views import ProposalView
from tests.builders import people
from tests.builders.running import Running, running_programme
from tests.installations import StandingClock

WIDE = [
    people.mentor(capacity=5, site="Gdańsk"),
    people.mentor(email="ken@firm.example", name="Ken Sato", capacity=1, levels=people.ratings(3)),
    *(
        people.mentee(email=f"m{i}@firm.example", name=f"{name} M")
        for i, name in enumerate(["Zoë", "ana", "Bea", "Émil"])
    ),
]


@pytest.fixture
def running(app: Flask, services: Services) -> Running:
    return running_programme(app, services)


@pytest.fixture
def wide(app: Flask, services: Services) -> Running:
    running = running_programme(app, services, WIDE)
    running.propose()
    return running


def proposal(running: Running, look: Look | None = None) -> ProposalView:
    found = running.view(look=look).proposal
    assert found is not None
    return found


def test_before_the_first_round_the_list_says_who_is_ready(running: Running) -> None:
    page = running.services.reviewing_rounds.all_of(running.programme_id)

    assert page.rounds == ()
    assert (page.ready.people, page.ready.mentors, page.ready.places, page.ready.mentees) == (5, 2, 3, 3)


def test_the_list_shows_the_newest_round_first_and_what_it_came_to(running: Running) -> None:
    running.propose()
    running.publish()
    running.start()

    lines = running.services.reviewing_rounds.all_of(running.programme_id).rounds

    assert [(line.number, line.state) for line in lines] == [(2, RoundState.QUEUED), (1, RoundState.PUBLISHED)]
    assert [line.totals.mentees_paired if line.totals else None for line in lines] == [None, 2]


def test_a_waiting_round_says_for_how_long(running: Running, clock: StandingClock) -> None:
    running.start()
    clock.forward(seconds=75)

    assert running.view().head.seconds == 75


def test_the_unpaired_carry_their_reason_and_the_counts_behind_it(running: Running) -> None:
    running.propose()

    (line,) = [line for line in proposal(running).left_over.rows if line.name == "Li Wei"]

    assert (line.reason, line.obstacles["no_shared_language"]) == ("no_shared_language", 2)


def test_a_candidate_without_a_mentee_is_listed_apart(app: Flask, services: Services) -> None:
    running = running_programme(app, services, [people.mentee(), people.mentor(), people.candidate(languages=("pl",))])
    running.propose()

    assert [line.name for line in proposal(running).not_served] == ["Silva Candida"]


def test_pairs_are_found_without_regard_to_case_and_accents(wide: Running) -> None:
    assert [pair.line.mentee for pair in proposal(wide, Look(text="EMIL")).pairs.rows] == ["Émil M"]
    assert {pair.line.mentor for pair in proposal(wide, Look(text="gdansk")).pairs.rows} == {"Omar Haddad"}


def test_names_are_sorted_alike_on_both_databases(wide: Running) -> None:
    shown = proposal(wide, Look(order=PairOrder.MENTEE)).pairs.rows

    assert [pair.line.mentee for pair in shown] == ["ana M", "Bea M", "Émil M", "Zoë M"]


@pytest.mark.parametrize("order", [PairOrder.COVERAGE, PairOrder.SHARE])
def test_the_greatest_comes_first_when_asked_for(app: Flask, services: Services, order: PairOrder) -> None:
    near = people.mentee(email="near@firm.example", name="Near Goal", levels=people.ratings(2))
    running = running_programme(app, services, [people.mentor(levels=people.ratings(3)), people.mentee(), near])
    running.propose()

    shown = proposal(running, Look(order=order, descending=True)).pairs.rows

    assert shown[0].line.points / shown[0].line.gap_points > shown[1].line.points / shown[1].line.gap_points
    assert shown[0].line.points > shown[1].line.points


def test_what_a_pair_closes_adds_up_and_comes_by_points(wide: Running) -> None:
    pair = proposal(wide).pairs.rows[0]
    points = [closure.points for closure in pair.closures]

    assert sum(points) == pair.line.points
    assert points == sorted(points, reverse=True)


def test_the_publication_counts_the_mails_by_kind(running: Running) -> None:
    running.propose()

    mails = running.services.reviewing_rounds.publication(running.programme_id, 1).mails

    assert {kind: n for kind, n in mails.items() if n} == {
        NoticeKind.MENTOR: 2,
        NoticeKind.MENTEE: 2,
        NoticeKind.UNPAIRED: 1,
    }


def test_the_mails_of_a_published_round_are_counted_by_state(running: Running) -> None:
    running.propose()
    running.publish()

    assert running.view().mails == {NoticeState.PENDING: 5}


def test_a_round_with_nothing_to_publish_says_so(running: Running) -> None:
    running.start()

    with pytest.raises(Conflict):
        running.services.reviewing_rounds.publication(running.programme_id, 1)


def test_a_round_that_is_not_in_the_programme_does_not_exist(running: Running) -> None:
    with pytest.raises(NotFound):
        running.view(7)
