"""The pages, one file for each part of the site."""

from mentormatch.web.views import (
    adjusting,
    choosing,
    home,
    notices,
    participants,
    programmes,
    public,
    rounds,
    signing_in,
    supply,
)

BLUEPRINTS = (
    adjusting.blueprint,
    choosing.blueprint,
    home.blueprint,
    notices.blueprint,
    participants.blueprint,
    programmes.blueprint,
    public.blueprint,
    rounds.blueprint,
    signing_in.blueprint,
    supply.blueprint,
)
"""Every part of the site; what is not listed here cannot be reached."""
