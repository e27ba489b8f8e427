"""How many examples each property is tried on: twenty or fifty every day, more in a full run or when asked for."""

import os
from typing import Final

from hypothesis import HealthCheck, settings

IN_FULL: Final = bool(os.environ.get("MENTORMATCH_TEST_EVERYTHING"))
EXAMPLES: Final = int(os.environ.get("MENTORMATCH_TEST_EXAMPLES", "150" if IN_FULL else "50"))
"""The gate asks for a thousand, which take four minutes on two cores."""

many: Final = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow])
few: Final = settings(many, max_examples=12 if IN_FULL else 2)
"""For rounds so large that the judge takes seconds."""
some: Final = settings(many, max_examples=max(20, EXAMPLES // 5))
"""For what has to be known within the minute that daily work waits for its tests."""
