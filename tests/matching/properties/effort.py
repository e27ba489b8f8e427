"""How many examples each property is tried on: fifty every day, a thousand where nothing may be left out."""

import os
from typing import Final

from hypothesis import HealthCheck, settings

IN_FULL: Final = bool(os.environ.get("MENTORMATCH_TEST_EVERYTHING"))

settings.register_profile("daily", max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("daily"), max_examples=1000)

many: Final = settings.get_profile("ci" if IN_FULL else "daily")
few: Final = settings(many, max_examples=12 if IN_FULL else 2)
"""For rounds so large that the judge takes seconds."""
