"""The use cases of people about themselves: what they ask for, what is held about them, where they are signed in."""

from dataclasses import dataclass

from mentormatch.domain.clocks import Clock
from mentormatch.persistence.database import Transactions
from mentormatch.persistence.installation_files import InstallationFiles
from mentormatch.services.cleaning_up import CleaningUp
from mentormatch.services.ending_sessions import EndingSessions
from mentormatch.services.erasing_me import ErasingMe
from mentormatch.services.exporting_my_data import ExportingMyData
from mentormatch.services.parting import Parting
from mentormatch.services.stepping_back import SteppingBack
from mentormatch.services.wishing import Wishing


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnServices:
    """One of each."""

    cleaning: CleaningUp
    data: ExportingMyData
    erasing: ErasingMe
    sessions: EndingSessions
    stepping_back: SteppingBack
    wishing: Wishing

    @classmethod
    def of(cls, transactions: Transactions, clock: Clock, files: InstallationFiles, parting: Parting) -> "OwnServices":
        """Put them together."""
        erasing = ErasingMe(transactions, clock, files, parting)
        return cls(
            cleaning=CleaningUp(transactions, clock, erasing),
            data=ExportingMyData(transactions, clock),
            erasing=erasing,
            sessions=EndingSessions(transactions, clock),
            stepping_back=SteppingBack(transactions, clock, parting),
            wishing=Wishing(transactions, clock),
        )
