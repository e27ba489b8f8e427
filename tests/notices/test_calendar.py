from dataclasses import replace
from datetime import UTC, datetime

from icalendar import Calendar

from mentormatch.notices.calendar import Attendee, Entry, calendar_file, invitation
from tests.builders.pairs import meetings_in

ENTRY = Entry(
    identity="m.7@firm.example",
    sequence=0,
    written_at=datetime(2026, 3, 2, 9, 0, tzinfo=UTC),
    starts_at=datetime(2026, 3, 10, 8, 30, tzinfo=UTC),
    minutes=60,
    title="North 2026: Omar / Mei",
    words="https://firm.example/my/north/pairings/1",
    page_url="https://firm.example/my/north/pairings/1",
    organiser=Attendee("Mei Tanaka", "mei@firm.example"),
    other=Attendee('Omar "O"; Haddad\r\nATTENDEE:x', "omar@firm.example"),
)


def test_an_invitation_asks_for_an_answer_to_whoever_invites() -> None:
    content = invitation(ENTRY)
    (meeting,) = meetings_in(content)

    assert (Calendar.from_ical(content)["METHOD"], str(meeting["ORGANIZER"])) == ("REQUEST", "mailto:mei@firm.example")
    assert [one.params["PARTSTAT"] for one in meeting["ATTENDEE"]] == ["ACCEPTED", "NEEDS-ACTION"]


def test_a_name_cannot_bring_anybody_else_into_an_invitation() -> None:
    assert len(meetings_in(invitation(ENTRY))[0]["ATTENDEE"]) == 2


def test_the_hour_is_written_so_that_every_clock_shows_it_right() -> None:
    meeting = meetings_in(invitation(ENTRY))[0]

    assert (meeting["DTSTART"].to_ical(), meeting["DTEND"].to_ical()) == (b"20260310T083000Z", b"20260310T093000Z")


def test_a_meeting_that_is_moved_keeps_its_name_and_counts_up() -> None:
    first, moved = meetings_in(invitation(ENTRY))[0], meetings_in(invitation(replace(ENTRY, sequence=1)))[0]

    assert (first["UID"], first["SEQUENCE"], moved["SEQUENCE"]) == (moved["UID"], 0, 1)


def test_a_file_for_ones_own_calendar_asks_nobody() -> None:
    content = calendar_file([ENTRY, replace(ENTRY, identity="m.7.2@x", is_certain=False)])
    meetings = meetings_in(content)

    assert (Calendar.from_ical(content)["METHOD"], [str(one["STATUS"]) for one in meetings]) == (
        "PUBLISH",
        ["CONFIRMED", "TENTATIVE"],
    )
    assert all("ATTENDEE" not in one for one in meetings)
