"""All use cases in one frozen bundle, which is what views and commands are handed."""

from dataclasses import dataclass

from mentormatch.services.appointing_coordinators import AppointingCoordinators
from mentormatch.services.asking_links import AskingLinks
from mentormatch.services.changing_signup import ChangingSignup
from mentormatch.services.knowing_viewers import KnowingViewers
from mentormatch.services.loading_demo import LoadingDemo
from mentormatch.services.showing_programmes import ShowingProgrammes
from mentormatch.services.signing_in import SigningIn
from mentormatch.services.signing_up import SigningUp
from mentormatch.services.writing_notices import WritingNotices


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """Every use case of the product, wired once at start."""

    appointing_coordinators: AppointingCoordinators
    asking_links: AskingLinks
    changing_signup: ChangingSignup
    knowing_viewers: KnowingViewers
    loading_demo: LoadingDemo
    showing_programmes: ShowingProgrammes
    signing_in: SigningIn
    signing_up: SigningUp
    writing_notices: WritingNotices
