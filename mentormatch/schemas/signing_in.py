"""What may come in when somebody signs in."""

from typing import Final

from marshmallow import Schema, ValidationError, fields, pre_load, validate

from mentormatch.domain.mailboxes import LONGEST_ADDRESS
from mentormatch.domain.sentences import said
from mentormatch.schemas.fields import is_address

_NO_ADDRESS: Final = said("Enter an email address like ana@firm.com.")


def _check_address(typed: str) -> None:
    if len(typed) > LONGEST_ADDRESS or not is_address(typed):
        raise ValidationError(_NO_ADDRESS)


class AskLinkSchema(Schema):
    """An address to send a link to, and the page the person came from."""

    email = fields.Email(
        required=True,
        # Marshmallow alone lets pass what mail cannot carry: letters outside ASCII, or 300 of them.
        validate=_check_address,
        error_messages={"required": said("Enter your email address."), "invalid": _NO_ADDRESS},
    )
    next = fields.String(load_default="")

    @pre_load
    def trim(self, data: dict[str, object], **_: object) -> dict[str, object]:
        """Forgive spaces around the address."""
        return {k: v.strip() if isinstance(v, str) else v for k, v in data.items()}


class CodeSchema(Schema):
    """The eight-digit code from a mail."""

    code = fields.String(
        required=True,
        validate=validate.Regexp(r"^[0-9]{8}\Z", error=said("The code has eight digits; look at the newest mail.")),
        error_messages={"required": said("Enter the code from the mail.")},
    )

    @pre_load
    def close_up(self, data: dict[str, object], **_: object) -> dict[str, object]:
        """Forgive spaces within the code."""
        return {k: "".join(v.split()) if isinstance(v, str) else v for k, v in data.items()}
