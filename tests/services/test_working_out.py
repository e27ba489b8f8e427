"""Answers that are worked out beside the requests that ask for them."""

from collections.abc import Callable
from threading import Event

import pytest

from mentormatch.domain.errors import InputRefused, SolvingCancelled
from mentormatch.matching.solve import Cancelled
from mentormatch.services.working_out import Standing, WorkingOut


def seven(_: Cancelled) -> int:
    return 7


def held(release: Event) -> Callable[[Cancelled], int]:
    def work(_: Cancelled) -> int:
        assert release.wait(30)
        return 1

    return work


def noting(name: str, asked: list[str]) -> Callable[[Cancelled], int]:
    def work(_: Cancelled) -> int:
        asked.append(name)
        return len(asked)

    return work


def test_an_answer_is_worked_out_once() -> None:
    working_out = WorkingOut[int](patience=30)
    working_out.ask("cora", "question", seven)

    again = working_out.ask("cora", "question", lambda _: 8)

    assert (again.standing, again.answer) == (Standing.FOUND, 7)


def test_what_takes_long_is_found_by_asking_again() -> None:
    working_out, release = WorkingOut[int](patience=0), Event()
    assert working_out.ask("cora", "question", held(release)).standing is Standing.WORKING

    release.set()
    while (worked := working_out.ask("cora", "question", seven)).standing is Standing.WORKING:
        pass

    assert worked.answer == 1


def test_a_later_question_takes_the_place_of_one_that_waits() -> None:
    working_out, release, asked = WorkingOut[int](patience=0), Event(), list[str]()
    working_out.ask("cleo", "busy", held(release))
    for name in ("first", "second"):
        working_out.ask("cora", name, noting(name, asked))

    release.set()
    while working_out.known("second") is None:
        pass

    assert asked == ["second"]


def test_what_takes_too_long_is_given_up() -> None:
    times = iter([0.0, 1000.0])

    def work(cancelled: Cancelled) -> int:
        if cancelled():
            raise SolvingCancelled("too long")
        return 1

    worked = WorkingOut[int](patience=30, stopwatch=lambda: next(times)).ask("cora", "question", work)

    assert worked.standing is Standing.NOT_IN_TIME


def test_a_named_fact_is_told_and_a_fault_is_raised_where_it_was_asked() -> None:
    def refuse(_: Cancelled) -> int:
        raise InputRefused([])

    def fail(_: Cancelled) -> int:
        raise ZeroDivisionError

    working_out = WorkingOut[int](patience=30)

    assert working_out.ask("cora", "refused", refuse).standing is Standing.REFUSED
    for _ in range(2):
        with pytest.raises(ZeroDivisionError):
            working_out.ask("cora", "failed", fail)
