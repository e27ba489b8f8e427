"""What may come in when participants ask something of coming rounds, or step back."""

from marshmallow import Schema, fields

from mentormatch.domain.certification import HIGHEST_CAPACITY
from mentormatch.schemas.fields import EmailAddress, TimeZone, WholeNumber, YesNo
from mentormatch.schemas.participants import HIGHEST_VERSION


class WishesSchema(Schema):
    """The mentors that were ticked; none is an answer too."""

    mentors = fields.List(WholeNumber(lowest=1, highest=HIGHEST_VERSION), load_default=())


class AvoidSchema(Schema):
    """The address of somebody not to be paired with."""

    email = EmailAddress()


class PlacesSchema(Schema):
    """How many mentees somebody takes, and the version of the sign-up that was seen."""

    places = WholeNumber(highest=HIGHEST_CAPACITY)
    version = WholeNumber(lowest=1, highest=HIGHEST_VERSION)


class ListedSchema(Schema):
    """Whether somebody wants to be found by name."""

    listed = YesNo(default=False)


class SeenSchema(Schema):
    """The version of the sign-up on which a button was pressed."""

    version = WholeNumber(lowest=1, highest=HIGHEST_VERSION)


class TimeZoneSchema(Schema):
    """The time zone somebody lives in."""

    time_zone = TimeZone()
