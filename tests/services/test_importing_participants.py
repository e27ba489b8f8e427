"""Importing participants, whole or not at all and once, on both databases."""

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
import sqlalchemy as sa
from flask import Flask

from mentormatch.domain.actors import Actor
from mentormatch.domain.choices import Chosen
from mentormatch.domain.errors import Fault, InputRefused, NotFound
from mentormatch.domain.searches import Wanted
from mentormatch.domain.signups import Signup, SignupState
from mentormatch.persistence.database import Transactions
from mentormatch.persistence.models import AuditEntry, ImportedFile
from mentormatch.persistence.repositories.participants import KeptSignup, kept_signups
from mentormatch.persistence.repositories.programmes import programme_of
from mentormatch.services.bundle import Services
from mentormatch.services.importing_participants import ImportPreview
from mentormatch.services.taking_signups_in import Imported
from mentormatch.spreadsheets.signups import write_signups
from mentormatch.spreadsheets.tables import LARGEST_FILE, FileKind
from tests.builders.accounts import add_coordinator
from tests.builders.people import both, mentee, mentor
from tests.builders.programmes import add_participant, add_programme
from tests.installations import StandingClock

MEI, OMAR, BO = mentee(), mentor(), both()


@pytest.fixture
def north(services: Services) -> int:
    with Transactions().writing() as session:
        return add_programme(session).id


@pytest.fixture
def cora(services: Services, north: int) -> int:
    with Transactions().writing() as session:
        return add_coordinator(session, "cora@firm.example", north).id


def there(programme_id: int, signup: Signup, state: SignupState = SignupState.ACTIVE) -> None:
    with Transactions().writing() as session:
        add_participant(session, programme_id, signup, state=state)


def kept(programme_id: int) -> tuple[KeptSignup, ...]:
    with Transactions().reading() as session:
        return kept_signups(session, programme_id)


def sent_in(services: Services, programme_id: int, cora: int, signups: Iterable[Signup]) -> ImportPreview:
    return services.importing_participants.send_in(programme_id, write_signups(signups), account_id=cora)


def confirmed(services: Services, programme_id: int, cora: int, sha256: str) -> Imported:
    return services.importing_participants.confirm(programme_id, sha256, actor=Actor.account(cora))


def imported(services: Services, programme_id: int, cora: int, *signups: Signup) -> Imported:
    preview = sent_in(services, programme_id, cora, signups)
    return confirmed(services, programme_id, cora, preview.sha256)


def inputs_version(programme_id: int) -> int:
    with Transactions().reading() as session:
        return programme_of(session, programme_id).inputs_version


def test_a_preview_counts_and_changes_nobody(services: Services, north: int, cora: int) -> None:
    there(north, MEI)
    there(north, OMAR)

    preview = sent_in(services, north, cora, [MEI, mentor(site="Graz"), BO])

    assert (preview.ready, preview.new, preview.unchanged) == (3, 1, 1)
    assert [(one.name, one.columns) for one in preview.changed] == [("Omar Haddad", ("site",))]
    assert [one.signup for one in kept(north)] == [MEI, OMAR]


def test_imported_people_are_active_and_the_coordinator_vouches(services: Services, north: int, cora: int) -> None:
    assert imported(services, north, cora, MEI, OMAR) == Imported(added=2, changed=0)

    assert [(one.signup, one.state) for one in kept(north)] == [(MEI, SignupState.ACTIVE), (OMAR, SignupState.ACTIVE)]
    with Transactions().reading() as session:
        entries = session.execute(sa.select(AuditEntry.actor_id, AuditEntry.why)).all()
    assert {(actor, "vouches" in why) for actor, why in entries} == {(cora, True)}


def test_people_who_are_there_get_the_answers_of_the_file(services: Services, north: int, cora: int) -> None:
    there(north, mentee(hopes="To learn."), SignupState.PAUSED)

    assert imported(services, north, cora, mentee(site="Osaka")) == Imported(added=0, changed=1)

    (mei,) = kept(north)
    assert (mei.signup, mei.state) == (mentee(site="Osaka", hopes="To learn."), SignupState.PAUSED)


def test_an_unconfirmed_sign_up_becomes_active(services: Services, north: int, cora: int) -> None:
    there(north, MEI, SignupState.UNCONFIRMED)

    imported(services, north, cora, MEI)

    assert [one.state for one in kept(north)] == [SignupState.ACTIVE]


def test_a_bad_row_keeps_everybody_out_and_every_fault_is_told(services: Services, north: int, cora: int) -> None:
    text = write_signups([MEI, OMAR, BO]).decode()
    bad = text.replace("Asia/Tokyo", "Tokyo", 1).replace("Europe/Paris", "Paris").replace(",bronze,", ",brass,")

    preview = services.importing_participants.send_in(north, bad.encode(), account_id=cora)

    assert [(f.row, f.column) for f in preview.faults] == [
        (2, "time_zone"),
        (3, "time_zone"),
        (3, "certification_held"),
    ]
    with pytest.raises(InputRefused):
        confirmed(services, north, cora, preview.sha256)
    assert kept(north) == ()


def test_faults_come_as_a_spreadsheet(services: Services, north: int, cora: int) -> None:
    bad = write_signups([MEI]).replace(b"Asia/Tokyo", b"=cmd()")
    preview = services.importing_participants.send_in(north, bad, account_id=cora)

    told = services.importing_participants.faults(north, preview.sha256)

    assert told.splitlines()[:2] == [
        b"row,column,fault,kind",
        b"2,time_zone,Unknown time zone; give a name like Europe/Berlin.,error",
    ]


def test_nobody_who_withdrew_between_preview_and_confirmation_comes_back(
    services: Services, north: int, cora: int
) -> None:
    preview = sent_in(services, north, cora, [OMAR, MEI])
    there(north, MEI, SignupState.WITHDRAWN)

    with pytest.raises(InputRefused) as refused:
        confirmed(services, north, cora, preview.sha256)

    assert refused.value.faults == (Fault(3, "email", "This person has withdrawn; take the row out."),)
    assert [one.state for one in kept(north)] == [SignupState.WITHDRAWN]


def test_a_second_confirmation_finds_the_first_ones_result(services: Services, north: int, cora: int) -> None:
    sha256 = sent_in(services, north, cora, [MEI]).sha256
    first = confirmed(services, north, cora, sha256)

    assert confirmed(services, north, cora, sha256) == first
    assert inputs_version(north) == 1


def test_the_same_file_again_changes_nothing(services: Services, north: int, cora: int) -> None:
    imported(services, north, cora, MEI, OMAR)

    assert sent_in(services, north, cora, [MEI, OMAR]).does_nothing
    assert imported(services, north, cora, MEI, OMAR) == Imported(0, 0)
    assert inputs_version(north) == 1


def test_five_at_once_with_the_same_file_have_one_effect(app: Flask, services: Services, north: int, cora: int) -> None:
    together = Barrier(5)

    def import_all(_: int) -> Imported:
        with app.app_context():
            sha256 = sent_in(services, north, cora, [MEI, OMAR]).sha256
            together.wait(20)
            return confirmed(services, north, cora, sha256)

    with ThreadPoolExecutor(5) as pool:
        done = set(pool.map(import_all, range(5)))

    assert done == {Imported(2, 0)}
    assert ([one.version for one in kept(north)], inputs_version(north)) == ([1, 1], 1)


def test_an_export_imports_to_the_same(services: Services, north: int, cora: int) -> None:
    imported(services, north, cora, MEI, mentor(name="=2+5"), BO)
    exported = services.people.exporting.answers(north, Chosen(wanted=Wanted()), FileKind.CSV)

    preview = services.importing_participants.send_in(north, exported, account_id=cora)

    assert (preview.does_nothing, preview.unchanged) == (True, 3)


def test_a_file_is_known_in_its_own_programme_only(services: Services, north: int, cora: int) -> None:
    sha256 = sent_in(services, north, cora, [MEI]).sha256
    with Transactions().writing() as session:
        south = add_programme(session, slug="south").id

    with pytest.raises(NotFound):
        services.importing_participants.preview(south, sha256)
    with pytest.raises(NotFound):
        confirmed(services, south, cora, sha256)


def test_a_file_is_forgotten_a_day_later(services: Services, clock: StandingClock, north: int, cora: int) -> None:
    sha256 = sent_in(services, north, cora, [MEI]).sha256
    clock.forward(hours=25)
    sent_in(services, north, cora, [OMAR])

    with pytest.raises(NotFound):
        confirmed(services, north, cora, sha256)


def test_an_imported_file_is_not_kept(services: Services, north: int, cora: int) -> None:
    imported(services, north, cora, MEI)

    with Transactions().reading() as session:
        assert session.scalars(sa.select(ImportedFile.content)).all() == [None]


def test_a_file_that_is_too_large_is_refused_and_not_kept(services: Services, north: int, cora: int) -> None:
    preview = services.importing_participants.send_in(north, b"x" * (LARGEST_FILE + 1), account_id=cora)

    assert [fault.message for fault in preview.faults] == ["the file is larger than 5 MiB"]
    with pytest.raises(NotFound):
        services.importing_participants.preview(north, preview.sha256)


def test_a_fault_half_way_leaves_nothing_behind(
    services: Services, north: int, cora: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    there(north, MEI)
    sha256 = sent_in(services, north, cora, [mentee(site="Osaka"), OMAR]).sha256
    monkeypatch.setattr("mentormatch.services.taking_signups_in.put_over", _broken)

    with pytest.raises(ZeroDivisionError):
        confirmed(services, north, cora, sha256)

    assert [one.signup for one in kept(north)] == [MEI]
    assert inputs_version(north) == 0


def _broken(*_: object) -> None:
    raise ZeroDivisionError
