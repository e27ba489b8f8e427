"""Two programmes with everybody and everything in them, for tests that ask who may see what."""

from dataclasses import dataclass, field
from datetime import timedelta
from email.message import EmailMessage
from email.policy import SMTP
from typing import Final

from sqlalchemy.orm import Session

from mentormatch.domain.actors import SYSTEM
from mentormatch.domain.adjustments import Adjustment
from mentormatch.domain.notices import NoticeKind, NoticeState
from mentormatch.domain.pairings import PairingState, Reason, Side
from mentormatch.domain.rounds import RoundState
from mentormatch.domain.signups import Signup
from mentormatch.persistence.advancing import Cause, begin
from mentormatch.persistence.models import (
    Installation,
    MailTextRow,
    MatchingRound,
    Notice,
    Programme,
    SignInRequest,
)
from tests.builders import people
from tests.builders.accounts import NOW, add_account, add_browser_session, add_coordinator
from tests.builders.imports import add_imported_file
from tests.builders.pairings import add_what_followed
from tests.builders.plans import add_plan
from tests.builders.programmes import add_participant, add_programme
from tests.builders.rounds import add_adjustment, add_notice, add_pairing, add_proposal, add_round, add_unpaired, frozen
from tests.installations import INSTALLATION

CANARY: Final = "canary"
"""Stands in every text of programme south, and nowhere else."""


@dataclass(frozen=True)
class Room:
    """One programme of the world: what addresses are made of."""

    slug: str
    programme_id: int
    ids: dict[str, int | str]
    """Names of rows ("participant_id", "notice_id", ...) and the id of one such row in this programme."""


@dataclass(frozen=True)
class World:
    """Programme north, programme south with a canary in every text, and the cast's session secrets by name."""

    north: Room
    south: Room
    tokens: dict[str, str] = field(default_factory=dict)


def add_world(session: Session) -> World:
    """Fill an empty database with two programmes and the cast."""
    north = _add_room(session, add_programme(session), mark="", domain="firm.example", rounds=(1, 2))
    south_row = add_programme(
        session, slug=f"south-{CANARY}", name=f"South {CANARY}", purpose=f"The {CANARY} teaches the {CANARY}."
    )
    south = _add_room(session, south_row, mark=f" {CANARY}", domain=f"{CANARY}.example", rounds=(4, 5))
    world = World(north, south, _add_cast(session, north, south))
    _add_traces(session, south)
    session.add(Installation(id=1, name=INSTALLATION))
    for room, domain in ((north, "new.example"), (south, f"{CANARY}.example")):
        newcomer = people.mentee(email=f"nora@{domain}", name=f"Nora of {domain}")
        room.ids["sha256"] = add_imported_file(session, room.programme_id, [newcomer], sent_by=1)
    return world


def _add_room(session: Session, programme: Programme, *, mark: str, domain: str, rounds: tuple[int, int]) -> Room:
    cast = (people.mentor(), people.mentee(), people.both(), people.candidate())
    signups = [_marked(signup, mark, domain) for signup in cast]
    rows = [add_participant(session, programme.id, signup) for signup in signups]
    omar, mei, bo, silva = rows
    kept = frozen({row.id: signup for row, signup in zip(rows, signups, strict=True)})
    old = add_round(session, programme.id, number=rounds[0], state=RoundState.PUBLISHED, publication=1)
    out = add_proposal(session, old.id)
    announced = add_pairing(session, out, silva, mei, state=PairingState.ANNOUNCED)
    add_what_followed(session, announced, words=f"I travel too much{mark}")
    failed = add_notice(
        session,
        out,
        mei,
        state=NoticeState.FAILED,
        subject=f"Round 1{mark}",
        message=_message(mark),
        reply=f"550 no such mailbox{mark}",
    )
    under_review = add_round(session, programme.id, number=rounds[1], failure=f"none{mark}")
    proposal = add_proposal(session, under_review.id, number=rounds[1], **kept)
    add_pairing(session, proposal, omar, mei)
    add_unpaired(session, proposal, bo, side=Side.MENTEE, reason=Reason.MENTORS_FULL)
    add_unpaired(session, proposal, silva, side=Side.MENTOR, reason=Reason.MENTEES_TAKEN)
    add_adjustment(session, under_review, Adjustment.lock(omar.id, mei.id), reason=f"They work well together{mark}")
    add_notice(session, proposal, mei, subject=f"Round 2{mark}", message=_message(mark))
    session.add(_worded(programme.id, mark))
    add_plan(session, mei, mark)
    ids: dict[str, int | str] = {
        "participant_id": mei.id,
        "number": rounds[1],
        "proposal_number": rounds[1],
        "notice_id": failed.id,
        "pairing_id": announced.id,
    }
    return Room(programme.slug, programme.id, ids)


def _worded(programme_id: int, mark: str) -> MailTextRow:
    return MailTextRow(
        programme_id=programme_id,
        kind=NoticeKind.UNPAIRED,
        subject=f"{{programme}}: not this time{mark}",
        body=f"Hello {{name}},\n\n{{why}}\n\nYours{mark}",
        version=1,
        changed_at=NOW,
    )


def _marked(signup: Signup, mark: str, domain: str) -> Signup:
    texts = {name: getattr(signup, name) + mark for name in ("name", "organisation", "site", "hopes")}
    return people.mentee(
        **{name: getattr(signup, name) for name in signup.__slots__}
        | texts
        | {"email": signup.email.replace("firm.example", domain), "manager_email": f"boss@{domain}"}
    )


def _message(mark: str) -> bytes:
    message = EmailMessage()
    message["Subject"] = f"Round 2{mark}"
    message.set_content(f"Hello{mark}.")
    message.add_alternative(f"<p>Hello{mark}.</p>", subtype="html")
    return message.as_bytes(policy=SMTP)


def _add_cast(session: Session, north: Room, south: Room) -> dict[str, str]:
    for room in (north, south):
        add_participant(session, room.programme_id, people.both(email="pia@firm.example", name="Pia"))
    add_participant(session, south.programme_id, people.mentor(email="tara@firm.example", name="Tara"))
    accounts = {
        "creator": add_account(session, "crea@firm.example", may_create_programmes=True),
        "coordinator": add_coordinator(session, "cora@firm.example", north.programme_id),
        "coordinator of another": add_coordinator(session, "cleo@other.example", south.programme_id),
        "coordinator taking part in another": add_coordinator(session, "tara@firm.example", north.programme_id),
        "former coordinator": add_account(session, "fred@firm.example"),
        "participant": add_account(session, "mei@firm.example"),
        "participant of another": add_account(session, f"mei@{CANARY}.example"),
        "participant of both": add_account(session, "pia@firm.example"),
        "disabled coordinator": add_coordinator(session, "dora@firm.example", north.programme_id),
        "coordinator idle too long": add_coordinator(session, "ida@firm.example", north.programme_id),
        "coordinator signed in too long": add_coordinator(session, "lou@firm.example", north.programme_id),
    }
    accounts["disabled coordinator"].disabled_at = NOW
    half_a_day, week = NOW - timedelta(hours=12, seconds=1), NOW - timedelta(days=7, seconds=1)
    times = {"coordinator idle too long": (half_a_day, half_a_day), "coordinator signed in too long": (week, NOW)}
    return {
        name: add_browser_session(session, account.id, *times.get(name, (NOW, NOW)))
        for name, account in accounts.items()
    }


def _add_traces(session: Session, room: Room) -> None:
    round_id = session.get_one(Notice, room.ids["notice_id"]).round_id
    begin(session, session.get_one(MatchingRound, round_id), Cause(SYSTEM, NOW, why=f"seeded {CANARY}"))
    request = SignInRequest(
        kind=NoticeKind.CONFIRM_SIGNUP,
        mailbox=f"new@{CANARY}.example",
        email=f"new@{CANARY}.example",
        client="0" * 64,
        next_path="/",
        programme_id=room.programme_id,
        requested_at=NOW,
    )
    session.add(request)
    session.flush()
