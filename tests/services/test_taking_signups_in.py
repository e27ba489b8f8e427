"""What happens while an import is made ready and others change the same people, on both databases."""

from collections.abc import Callable
from dataclasses import replace

import pytest
import sqlalchemy as sa

from mentormatch.domain.actors import Actor
from mentormatch.domain.competencies import Competency
from mentormatch.domain.errors import Conflict
from mentormatch.domain.signups import Signup, SignupState
from mentormatch.persistence.database import Transactions
from mentormatch.persistence.models import AuditEntry, Rating
from mentormatch.persistence.repositories.participants import find_by_mailbox, kept_signups
from mentormatch.services.bundle import Services
from mentormatch.services.taking_signups_in import Imported, PreparedImport, prepared
from mentormatch.spreadsheets.signups import write_signups
from mentormatch.spreadsheets.tables import FileKind
from tests.builders.accounts import add_coordinator
from tests.builders.people import mentee, mentor
from tests.builders.programmes import add_participant, add_programme

MEI, OMAR = mentee(), mentor()


@pytest.fixture
def north(services: Services) -> int:
    with Transactions().writing() as session:
        north = add_programme(session).id
        add_participant(session, north, MEI)
        return north


@pytest.fixture
def cora(north: int) -> int:
    with Transactions().writing() as session:
        return add_coordinator(session, "cora@firm.example", north).id


def imported(services: Services, north: int, cora: int, *signups: Signup, kind: FileKind = FileKind.CSV) -> Imported:
    sent = services.importing_participants.send_in(north, write_signups(signups, kind), account_id=cora)
    return services.importing_participants.confirm(north, sent.sha256, actor=Actor.account(cora))


def meanwhile(monkeypatch: pytest.MonkeyPatch, happen: Callable[[int], None]) -> None:
    """Let something happen each time an import has been made ready, before it is written."""
    times = iter(range(9))

    def and_then(*args: object) -> PreparedImport:
        ready = prepared(*args)  # type: ignore[arg-type]  # passed on as they came
        happen(next(times))
        return ready

    monkeypatch.setattr("mentormatch.services.importing_participants.prepared", and_then)


def pause_or_resume(services: Services, north: int, cora: int, time: int) -> None:
    with Transactions().reading() as session:
        mei = find_by_mailbox(session, north, MEI.mailbox)
        assert mei
    step = services.showing_participants.resume if time % 2 else services.showing_participants.pause
    step(north, mei.id, seen=mei.version, actor=Actor.account(cora), why="meanwhile")


def people(north: int) -> list[tuple[Signup, SignupState, int]]:
    with Transactions().reading() as session:
        return [(one.signup, one.state, one.version) for one in kept_signups(session, north)]


def test_an_import_is_made_ready_again_when_somebody_was_quicker(
    services: Services, north: int, cora: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    meanwhile(monkeypatch, lambda time: pause_or_resume(services, north, cora, 0) if time == 0 else None)

    assert imported(services, north, cora, mentee(site="Osaka"), OMAR) == Imported(added=1, changed=1)

    assert people(north) == [
        (mentee(site="Osaka"), SignupState.PAUSED, 3),
        (OMAR, SignupState.ACTIVE, 1),
    ]


def test_an_import_gives_up_when_people_change_faster_than_it_is_made_ready(
    services: Services, north: int, cora: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    meanwhile(monkeypatch, lambda time: pause_or_resume(services, north, cora, time))

    with pytest.raises(Conflict):
        imported(services, north, cora, OMAR)

    assert [signup for signup, *_ in people(north)] == [MEI]


def test_everybody_who_is_new_gets_ratings_and_one_line_of_history(services: Services, north: int, cora: int) -> None:
    new = [mentor(email=f"m{n}@firm.example", targets={Competency.FLOW_PULL: n % 5}) for n in range(40)]

    imported(services, north, cora, *new)

    assert [signup for signup, *_ in people(north)] == [MEI, *new]
    with Transactions().reading() as session:
        entries = session.execute(sa.select(AuditEntry.old_state, AuditEntry.new_state, AuditEntry.version)).all()
        assert session.scalar(sa.select(sa.func.count()).select_from(Rating)) == 41 * len(Competency)
    assert [tuple(entry) for entry in entries] == [("", "active", 1)] * 40


def test_only_ratings_that_differ_get_a_new_date(services: Services, north: int, cora: int) -> None:
    levels = {**MEI.levels, Competency.FLOW_PULL: 3}

    imported(services, north, cora, replace(MEI, levels=levels))

    with Transactions().reading() as session:
        newest = sa.select(Rating.competency).where(
            Rating.rated_at == sa.select(sa.func.max(Rating.rated_at)).scalar_subquery()
        )
        assert session.scalars(newest).all() == [Competency.FLOW_PULL]
    assert people(north)[0][0].levels == levels


def test_a_workbook_is_imported_like_any_other_file(services: Services, north: int, cora: int) -> None:
    done = imported(services, north, cora, OMAR, mentee(site="=Osaka"), kind=FileKind.XLSX)

    assert (done, [signup for signup, *_ in people(north)]) == (Imported(1, 1), [mentee(site="=Osaka"), OMAR])
