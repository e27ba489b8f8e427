"""Calendar entries: the invitation to a first meeting, and the file with the meetings that may follow it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from icalendar import Calendar, Event, vCalAddress, vText

_PRODUCT: Final = "-//mentormatch//first meetings//EN"


@dataclass(frozen=True, slots=True)
class Attendee:
    """Somebody who is asked to a meeting."""

    name: str
    email: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One meeting as calendars know it: by its identity, of which they keep the highest sequence."""

    identity: str
    sequence: int
    written_at: datetime
    starts_at: datetime
    minutes: int
    title: str
    words: str
    page_url: str
    organiser: Attendee
    other: Attendee
    is_certain: bool = True
    """Whether it was arranged; else it is only a suggestion."""


def invitation(entry: Entry) -> bytes:
    """Write the request that mail programs show with buttons to accept and decline; answers go to the organiser."""
    event = _event(entry)
    event.add("organizer", _address(entry.organiser))
    for attendee, state in ((entry.organiser, "ACCEPTED"), (entry.other, "NEEDS-ACTION")):
        address = _address(attendee)
        address.params.update(ROLE=vText("REQ-PARTICIPANT"), PARTSTAT=vText(state))
        if state == "NEEDS-ACTION":
            address.params["RSVP"] = vText("TRUE")
        event.add("attendee", address, encode=False)
    return _calendar("REQUEST", [event])


def calendar_file(entries: Sequence[Entry]) -> bytes:
    """Write entries to be put into one's own calendar; nobody is asked for an answer."""
    return _calendar("PUBLISH", [_event(entry) for entry in entries])


def _calendar(method: str, events: Sequence[Event]) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", method)
    for event in events:
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _event(entry: Entry) -> Event:
    event = Event()
    event.add("uid", entry.identity)
    event.add("sequence", entry.sequence)
    event.add("dtstamp", entry.written_at)
    # In UTC, which every calendar shows by its owner's clock: the two of a pair seldom share a time zone.
    event.add("dtstart", entry.starts_at)
    event.add("dtend", entry.starts_at + timedelta(minutes=entry.minutes))
    event.add("summary", entry.title)
    event.add("description", entry.words)
    event.add("url", entry.page_url)
    event.add("status", "CONFIRMED" if entry.is_certain else "TENTATIVE")
    event.add("transp", "OPAQUE" if entry.is_certain else "TRANSPARENT")
    return event


def _address(attendee: Attendee) -> vCalAddress:
    address = vCalAddress(f"mailto:{attendee.email}")
    address.params["CN"] = vText(attendee.name)
    return address
