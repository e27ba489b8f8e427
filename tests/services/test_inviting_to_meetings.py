from datetime import datetime, timedelta
from email import message_from_bytes
from email.policy import SMTP
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from flask import Flask

from mentormatch.domain.errors import Conflict, InputRefused, NotFound
from mentormatch.domain.notices import NoticeKind
from mentormatch.services.bundle import Services
from mentormatch.services.inviting_to_meetings import InvitingToMeetings
from tests.builders import people
from tests.builders.pairs import Pairs, meetings_in, published
from tests.builders.running import running_programme


@pytest.fixture
def pairs(app: Flask, services: Services) -> Pairs:
    cast = (people.mentor(), people.mentee(time_zone="Europe/Helsinki"))
    return published(running_programme(app, services, cast))


@pytest.fixture
def inviting(pairs: Pairs) -> InvitingToMeetings:
    pairs.both_accept("Mei")
    return pairs.running.services.pairings.inviting


def times(pairs: Pairs) -> list[datetime]:
    return [time.starts_at for time in pairs.view("Mei").times]


def test_an_invitation_goes_to_both_with_the_hour_by_both_clocks(pairs: Pairs, inviting: InvitingToMeetings) -> None:
    inviting.invite(pairs.seat("Mei"), times(pairs)[0])
    mail = message_from_bytes(pairs.text(NoticeKind.INVITATION, "omar@firm.example"), policy=SMTP)
    plain = str(mail.get_body(("plain",)))

    assert len(pairs.mails(NoticeKind.INVITATION)) == 2
    assert all(zone in plain for zone in ("Europe/Paris", "Europe/Helsinki"))
    assert mail["Reply-To"] == "mei@firm.example"


def test_the_invitation_is_one_that_calendars_understand(pairs: Pairs, inviting: InvitingToMeetings) -> None:
    inviting.invite(pairs.seat("Mei"), times(pairs)[0])
    mail = message_from_bytes(pairs.text(NoticeKind.INVITATION, "omar@firm.example"), policy=SMTP)
    (part,) = [part for part in mail.walk() if part.get_content_type() == "text/calendar"]
    (meeting,) = meetings_in(part.get_content())

    assert part.get_param("method") == "REQUEST"
    assert meeting["DTSTART"].dt == times(pairs)[0]


def test_pressing_twice_invites_once_and_another_time_moves_it(pairs: Pairs, inviting: InvitingToMeetings) -> None:
    first, second, _ = times(pairs)
    for at in (first, first, second):
        inviting.invite(pairs.seat("Omar", "Mei"), at)
    meeting = pairs.view("Mei").meeting

    assert len(pairs.mails(NoticeKind.INVITATION)) == 4
    assert meeting is not None
    assert (meeting.starts_at, meeting.sequence) == (second, 1)


def test_a_time_outside_the_hours_of_both_is_refused(pairs: Pairs, inviting: InvitingToMeetings) -> None:
    with pytest.raises(InputRefused):
        inviting.invite(pairs.seat("Mei"), times(pairs)[0] + timedelta(hours=12))


def test_nobody_is_invited_before_both_have_accepted(pairs: Pairs, services: Services) -> None:
    at = datetime.fromisoformat("2026-03-10T09:00:00+00:00")

    with pytest.raises(Conflict):
        services.pairings.inviting.invite(pairs.seat("Mei"), at)


def test_the_calendar_file_suggests_meetings_to_the_end(pairs: Pairs, inviting: InvitingToMeetings) -> None:
    with pytest.raises(NotFound):
        inviting.calendar(pairs.seat("Mei"))
    inviting.invite(pairs.seat("Mei"), times(pairs)[0])
    meetings = meetings_in(inviting.calendar(pairs.seat("Mei")))
    local = [one["DTSTART"].dt.astimezone(ZoneInfo("Europe/Helsinki")) for one in meetings]

    assert [(b - a).days for a, b in pairwise(local)][:2] == [14, 28]
    assert local[-1] - pairs.view("Mei").published_at <= timedelta(days=271)
