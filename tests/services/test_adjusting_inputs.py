import pytest
from flask import Flask

from mentormatch.domain.adjustments import Adjustment, ChangeKind
from mentormatch.domain.errors import AdjustmentRefused
from mentormatch.services.bundle import Services
from tests.builders import people
from tests.builders.running import Running, running_programme

LOCK, BAR, MOVE, SWAP, UNPAIR, EXTRA, LIFT = ChangeKind


@pytest.fixture
def running(proposed: Running) -> Running:
    return proposed


def test_a_lock_and_a_bar_on_one_pair_are_refused_by_name(running: Running) -> None:
    mentor = next(mentor for mentor, mentee in running.pairs() if mentee == "Mei")
    running.adjust(LOCK, mentor=mentor, mentee="Mei")

    with pytest.raises(AdjustmentRefused, match="and Mei Tanaka cannot be locked and barred at once"):
        running.adjust(BAR, mentor=mentor, mentee="Mei")
    assert running.holding() == {Adjustment.lock(running.ids[mentor], running.ids["Mei"])}


def test_more_locks_than_places_are_refused_by_name(running: Running) -> None:
    running.adjust(MOVE, mentor="Silva", mentee="Mei")

    with pytest.raises(AdjustmentRefused, match="Silva Candida would have more mentees locked than places"):
        running.adjust(MOVE, mentor="Silva", mentee="Ana")


def test_a_lock_on_a_line_manager_is_refused_by_name(app: Flask, services: Services) -> None:
    cast = [
        people.mentor(),
        people.mentee(manager_email="omar@firm.example"),
        people.mentee(email="a@b.example", name="Ana"),
    ]
    running = running_programme(app, services, cast)
    running.propose()

    with pytest.raises(AdjustmentRefused, match="line manager"):
        running.adjust(LOCK, mentor="Omar", mentee="Mei")


def test_a_mentor_who_teaches_nothing_of_it_cannot_be_locked(app: Flask, services: Services) -> None:
    running = running_programme(app, services, [people.mentor(levels=people.ratings(2)), people.mentee()])
    running.propose()

    with pytest.raises(AdjustmentRefused, match="nothing that Mei Tanaka aims at"):
        running.adjust(LOCK, mentor="Omar", mentee="Mei")


def test_a_sixth_place_is_refused(app: Flask, services: Services) -> None:
    running = running_programme(app, services, [people.mentor(capacity=5), people.mentee()])
    running.propose()

    with pytest.raises(AdjustmentRefused, match="5 places already"):
        running.adjust(EXTRA, mentor="Omar")
