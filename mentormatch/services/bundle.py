"""All use cases in one frozen bundle, which is what views and commands are handed."""

from dataclasses import dataclass

from mentormatch.services.appointing_coordinators import AppointingCoordinators
from mentormatch.services.asking_links import AskingLinks
from mentormatch.services.calling_off_rounds import CallingOffRounds
from mentormatch.services.changing_signup import ChangingSignup
from mentormatch.services.confirming_signups import ConfirmingSignups
from mentormatch.services.development_bundle import DevelopmentServices
from mentormatch.services.editing_programmes import EditingProgrammes
from mentormatch.services.exporting_rounds import ExportingRounds
from mentormatch.services.importing_participants import ImportingParticipants
from mentormatch.services.knowing_viewers import KnowingViewers
from mentormatch.services.listing_participants import ListingParticipants
from mentormatch.services.loading_demo import LoadingDemo
from mentormatch.services.mail_bundle import MailServices
from mentormatch.services.mailing_links import MailingLinks
from mentormatch.services.overseeing_programmes import OverseeingProgrammes
from mentormatch.services.pairing_bundle import PairingServices
from mentormatch.services.people_bundle import PeopleServices
from mentormatch.services.policy_bundle import PolicyServices
from mentormatch.services.publishing_rounds import PublishingRounds
from mentormatch.services.reading_notices import ReadingNotices
from mentormatch.services.records_bundle import RecordServices
from mentormatch.services.resending_notices import ResendingNotices
from mentormatch.services.reviewing_rounds import ReviewingRounds
from mentormatch.services.sending_notices import SendingNotices
from mentormatch.services.showing_participants import ShowingParticipants
from mentormatch.services.showing_programmes import ShowingProgrammes
from mentormatch.services.signing_in import SigningIn
from mentormatch.services.signing_up import SigningUp
from mentormatch.services.solving_rounds import SolvingRounds
from mentormatch.services.starting_rounds import StartingRounds
from mentormatch.services.verifying_rounds import VerifyingRounds
from mentormatch.services.workbench_bundle import WorkbenchServices
from mentormatch.services.writing_notices import WritingNotices


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """Every use case of the product, wired once at start."""

    appointing_coordinators: AppointingCoordinators
    asking_links: AskingLinks
    calling_off_rounds: CallingOffRounds
    changing_signup: ChangingSignup
    confirming_signups: ConfirmingSignups
    development: DevelopmentServices
    editing_programmes: EditingProgrammes
    exporting_rounds: ExportingRounds
    importing_participants: ImportingParticipants
    knowing_viewers: KnowingViewers
    listing_participants: ListingParticipants
    loading_demo: LoadingDemo
    mail: MailServices
    mailing_links: MailingLinks
    overseeing_programmes: OverseeingProgrammes
    pairings: PairingServices
    people: PeopleServices
    policies: PolicyServices
    publishing_rounds: PublishingRounds
    reading_notices: ReadingNotices
    records: RecordServices
    resending_notices: ResendingNotices
    reviewing_rounds: ReviewingRounds
    sending_notices: SendingNotices
    showing_participants: ShowingParticipants
    showing_programmes: ShowingProgrammes
    signing_in: SigningIn
    signing_up: SigningUp
    solving_rounds: SolvingRounds
    starting_rounds: StartingRounds
    verifying_rounds: VerifyingRounds
    workbench: WorkbenchServices
    writing_notices: WritingNotices
