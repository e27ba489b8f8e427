"""The use cases around the policy of a programme, which share the people that policies are tried on."""

from dataclasses import dataclass

from mentormatch.domain.clocks import Clock
from mentormatch.persistence.database import Transactions
from mentormatch.services.comparing_policies import ComparingPolicies
from mentormatch.services.posing_policies import PosingPolicies
from mentormatch.services.setting_policies import SettingPolicies
from mentormatch.services.weighing_policies import WeighingPolicies
from mentormatch.services.working_out import WorkingOut


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyServices:
    """One of each."""

    comparing: ComparingPolicies
    setting: SettingPolicies
    weighing: WeighingPolicies

    @classmethod
    def of(cls, transactions: Transactions, clock: Clock) -> "PolicyServices":
        """Put them together."""
        posing = PosingPolicies(transactions, clock)
        return cls(
            comparing=ComparingPolicies(posing, WorkingOut()),
            setting=SettingPolicies(transactions, clock),
            weighing=WeighingPolicies(posing, WorkingOut()),
        )
