import pytest
from flask import Flask

from mentormatch.domain.answers import Answer, Fit
from mentormatch.domain.choices import Act
from mentormatch.domain.errors import Conflict, LinkRefused, NotFound, TooMany
from mentormatch.domain.notices import NoticeKind
from mentormatch.domain.pairings import PairingState
from mentormatch.persistence.database import Transactions
from mentormatch.persistence.models import AuditEntry, Avoidance
from mentormatch.services.bundle import Services
from mentormatch.services.seats import LinkedSeat, OwnSeat
from tests.builders import people
from tests.builders.accounts import NOW
from tests.builders.pairs import Pairs, published
from tests.builders.running import running_programme
from tests.installations import StandingClock

CAST = (
    people.mentor(capacity=1),
    people.mentor(email="ines@firm.example", name="Ines Costa", capacity=2),
    people.mentee(),
)


@pytest.fixture
def pairs(app: Flask, services: Services) -> Pairs:
    return published(running_programme(app, services, CAST))


def test_a_pairing_is_accepted_once_both_have_accepted(pairs: Pairs) -> None:
    pairs.answering.accept(pairs.seat("Mei"))
    alone = pairs.state("Mei")
    pairs.answering.accept(pairs.seat(pairs.mentor_of("Mei"), "Mei"))

    assert (alone, pairs.state("Mei")) == (PairingState.ANNOUNCED, PairingState.ACCEPTED)


def test_both_are_told_once_both_have_accepted_and_only_once(pairs: Pairs) -> None:
    pairs.both_accept("Mei")
    pairs.both_accept("Mei")

    assert len(pairs.mails(NoticeKind.ACCEPTED)) == 2


def test_one_declines_for_both(pairs: Pairs) -> None:
    mentor = pairs.mentor_of("Mei")
    pairs.answering.accept(pairs.seat(mentor, "Mei"))
    pairs.answering.decline(pairs.seat("Mei"), "We work in one room.")

    assert pairs.state("Mei") is PairingState.DECLINED
    assert pairs.view(mentor, "Mei").my_answer is Answer.ACCEPTED


def test_the_other_hears_that_a_pairing_was_declined_but_not_why(pairs: Pairs) -> None:
    pairs.answering.decline(pairs.seat("Mei"), "We work in one room.")
    to_coordinator = pairs.text(NoticeKind.PAIRING_RETURNED, "cora@firm.example")

    assert len(pairs.mails(NoticeKind.DECLINED)) == 1
    assert b"one room" in to_coordinator
    assert b"one room" not in pairs.text(NoticeKind.DECLINED, pairs.view("Mei").partner_name)


def test_a_declined_pairing_goes_back_with_somebody_who_is_free(pairs: Pairs) -> None:
    other = {"Omar": "Ines Costa", "Ines": "Omar Haddad"}[pairs.mentor_of("Mei")]
    pairs.answering.decline(pairs.seat("Mei"), "")
    page = pairs.running.services.pairings.reviewing.page(pairs.running.programme_id)

    assert [one.suggestion.mentor for one in page.returned if one.suggestion] == [other]
    assert other.encode() in pairs.text(NoticeKind.PAIRING_RETURNED, "cora@firm.example")


def test_nobody_is_suggested_whom_the_mentee_must_not_be_paired_with(pairs: Pairs) -> None:
    other = ({"Omar", "Ines"} - {pairs.mentor_of("Mei")}).pop().lower()
    with Transactions().writing() as session:
        session.add(
            Avoidance(
                participant_id=pairs.running.ids["Mei"],
                place=1,
                programme_id=pairs.running.programme_id,
                mailbox=f"{other}@firm.example",
                email=f"{other}@firm.example",
                made_at=NOW,
            )
        )
    pairs.answering.decline(pairs.seat("Mei"), "")
    page = pairs.running.services.pairings.reviewing.page(pairs.running.programme_id)

    assert [one.suggestion for one in page.returned] == [None]


def test_the_next_round_does_not_propose_a_declined_pair_again(pairs: Pairs) -> None:
    declined = pairs.mentor_of("Mei")
    pairs.answering.decline(pairs.seat("Mei"), "")
    pairs.running.propose()

    assert pairs.mentor_of("Mei") != declined


def test_declining_twice_tells_everybody_once(pairs: Pairs) -> None:
    for _ in range(2):
        pairs.answering.decline(pairs.seat("Mei"), "No time.")

    assert len(pairs.mails(NoticeKind.DECLINED, NoticeKind.PAIRING_RETURNED)) == 2


def test_what_both_have_accepted_is_not_declined_any_more(pairs: Pairs) -> None:
    pairs.both_accept("Mei")

    with pytest.raises(Conflict):
        pairs.answering.decline(pairs.seat("Mei"), "")


def test_what_was_declined_is_not_accepted_any_more(pairs: Pairs) -> None:
    pairs.answering.decline(pairs.seat("Mei"), "")

    with pytest.raises(Conflict):
        pairs.answering.accept(pairs.seat(pairs.mentor_of("Mei"), "Mei"))


def test_every_answer_stands_in_the_audit_trail(pairs: Pairs) -> None:
    pairs.both_accept("Mei")
    about = AuditEntry.object_table == "pairing", AuditEntry.object_id == pairs.pairing("Mei").id
    with Transactions().reading() as session:
        steps = [(e.old_state, e.new_state, e.actor_id) for e in session.query(AuditEntry).where(*about)]

    assert steps[-2:] == [
        ("announced", "announced", pairs.accounts["Mei"]),
        ("announced", "accepted", pairs.accounts[pairs.mentor_of("Mei")]),
    ]


def test_nobody_sees_or_answers_a_pairing_of_others(pairs: Pairs) -> None:
    outsider = ({"Omar", "Ines"} - {pairs.mentor_of("Mei")}).pop()
    seat = OwnSeat(pairs.running.programme_id, pairs.pairing("Mei").id, pairs.accounts[outsider])

    with pytest.raises(NotFound):
        pairs.answering.look(seat)
    with pytest.raises(NotFound):
        pairs.answering.decline(seat, "")


def test_the_mailed_link_answers_its_pairing_without_signing_in(pairs: Pairs) -> None:
    pairs.answering.accept(pairs.mailed_link("Mei"))

    assert pairs.view("Mei").my_answer is Answer.ACCEPTED
    assert pairs.view(pairs.mentor_of("Mei"), "Mei").my_answer is None


def test_the_mailed_link_does_not_work_for_ever(pairs: Pairs, clock: StandingClock) -> None:
    link = pairs.mailed_link("Mei")
    clock.forward(days=61)

    with pytest.raises(LinkRefused):
        pairs.answering.look(link)


def test_a_link_of_another_purpose_answers_nothing(pairs: Pairs) -> None:
    with pytest.raises(LinkRefused):
        pairs.answering.look(LinkedSeat("WzFd." + pairs.mailed_link("Mei").token.split(".")[1]))


def test_how_it_fits_is_for_the_coordinators_alone(pairs: Pairs) -> None:
    pairs.answering.find_fitting(pairs.seat("Mei"), Fit.NOT_GOOD)
    page = pairs.running.services.pairings.reviewing.page(pairs.running.programme_id)

    assert [voice.fit for voice in page.voices] == [Fit.NOT_GOOD]
    assert pairs.view(pairs.mentor_of("Mei"), "Mei").fit is None


def test_a_wish_for_a_change_goes_to_the_coordinators_once_an_hour(pairs: Pairs, clock: StandingClock) -> None:
    pairs.answering.ask_for_change(pairs.seat("Mei"), "Another rhythm, please.")
    with pytest.raises(TooMany):
        pairs.answering.ask_for_change(pairs.seat("Mei"), "Another rhythm, please!")

    assert pairs.mails(NoticeKind.CHANGE_ASKED) == [("change_asked", "cora@firm.example")]
    assert b"Another rhythm, please." in pairs.text(NoticeKind.CHANGE_ASKED, "cora@firm.example")


@pytest.mark.parametrize("way", ["withdrawn", "erased"])
def test_the_mailed_link_of_somebody_who_has_left_is_refused(pairs: Pairs, way: str) -> None:
    link, own = pairs.mailed_link("Mei"), pairs.running.services.own
    who = pairs.running.programme_id, pairs.accounts["Mei"]
    if way == "withdrawn":
        own.stepping_back.step(*who, Act.WITHDRAW, version=1)
    else:
        own.erasing.erase(*who, version=1)

    for answer in (pairs.answering.look, pairs.answering.accept, lambda seat: pairs.answering.decline(seat, "")):
        with pytest.raises(LinkRefused):
            answer(link)
