"""Comparing a spreadsheet with what is kept."""

from dataclasses import replace

import pytest

from mentormatch.domain.competencies import Competency
from mentormatch.domain.errors import Fault
from mentormatch.domain.signups import Signup, SignupState
from mentormatch.persistence.repositories.participants import KeptSignup
from mentormatch.services.comparing_signups import Comparison, compare
from tests.builders.people import mentee, mentor, ratings


def kept(signup: Signup, state: SignupState = SignupState.ACTIVE) -> KeptSignup:
    return KeptSignup(1, state, 1, signup)


def compared(signup: Signup, before: KeptSignup) -> Comparison:
    return compare([(2, signup)], [before])


def test_somebody_whose_mailbox_is_unknown_is_new() -> None:
    assert compared(mentor(), kept(mentee())) == Comparison((mentor(),), (), 0)


def test_the_same_answers_change_nothing() -> None:
    assert compared(mentee(), kept(mentee())) == Comparison((), (), 1)


def test_what_a_person_hopes_for_is_not_a_column_and_stays() -> None:
    hopeful = mentee(hopes="To learn.")

    assert compared(mentee(), kept(hopeful)) == Comparison((), (), 1)
    assert compared(mentee(site="Osaka"), kept(hopeful)).changed[0].signup.hopes == "To learn."


def test_a_change_names_its_columns() -> None:
    after = mentee(site="Osaka", levels=ratings(1, flow_pull=2), targets={Competency.FLOW_PULL: 3})

    (change,) = compared(after, kept(mentee())).changed

    assert change.columns == ("site", "flow_pull", "flow_pull_target")
    assert change.signup == after


def test_another_spelling_of_the_address_is_the_same_person() -> None:
    (change,) = compared(replace(mentee(), email="MEI@firm.example"), kept(mentee())).changed

    assert change.columns == ("email",)


def test_an_unconfirmed_person_is_changed_by_being_vouched_for() -> None:
    (change,) = compared(mentee(), kept(mentee(), SignupState.UNCONFIRMED)).changed

    assert (change.columns, change.is_unconfirmed) == (("state",), True)


@pytest.mark.parametrize("state", [SignupState.WITHDRAWN, SignupState.ERASED])
def test_nobody_who_has_left_comes_back(state: SignupState) -> None:
    found = compare([(2, mentor()), (5, mentee())], [kept(mentee(), state)])

    told = "withdrawn" if state is SignupState.WITHDRAWN else "left"
    assert found.gone == (Fault(5, "email", f"This person has {told}; take the row out."),)
    assert (found.new, found.changed, found.unchanged) == ((mentor(),), (), 0)
