"""The use cases around the mails of a round, apart from writing and sending them."""

from dataclasses import dataclass

from mentormatch.services.editing_mail_texts import EditingMailTexts
from mentormatch.services.holding_mail import HoldingMail
from mentormatch.services.noting_bounces import NotingBounces
from mentormatch.services.previewing_mails import PreviewingMails
from mentormatch.services.recalling_rounds import RecallingRounds
from mentormatch.services.rehearsing_rounds import RehearsingRounds
from mentormatch.services.resending_failures import ResendingFailures
from mentormatch.services.rewriting_notices import RewritingNotices
from mentormatch.services.sending_tests import SendingTests


@dataclass(frozen=True, slots=True, kw_only=True)
class MailServices:
    """One of each."""

    bounces: NotingBounces
    failures: ResendingFailures
    hold: HoldingMail
    previews: PreviewingMails
    recalls: RecallingRounds
    rehearsals: RehearsingRounds
    rewriting: RewritingNotices
    tests: SendingTests
    texts: EditingMailTexts
