"""What a few mails carry beside their text: an invitation for calendars, and where such mails end at one press."""

from dataclasses import dataclass
from email.message import EmailMessage
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Extras:
    """The extras of one mail; answers to it go to `reply_to`, or else to the coordinators."""

    calendar: bytes | None = None
    """An invitation, which mail programs show with buttons."""
    unsubscribe_url: str | None = None
    """Where a mail program ends such mails by itself, with one press of its own button (RFC 8058)."""
    reply_to: str | None = None

    def say_where_to_end(self, message: EmailMessage) -> None:
        """Put the headers of the one press on a message, if it has one."""
        if self.unsubscribe_url:
            message["List-Unsubscribe"] = f"<{self.unsubscribe_url}>"
            message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"

    def invite(self, message: EmailMessage) -> None:
        """Put the invitation beside the texts of a message, if it has one."""
        if self.calendar is not None:
            text = self.calendar.decode("utf-8")
            message.add_alternative(text, subtype="calendar", params={"method": "REQUEST"}, cte="quoted-printable")


PLAIN: Final = Extras()
