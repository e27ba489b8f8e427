"""The pages, one file for each part of the site."""

from mentormatch.web.views import (
    adjusting,
    choosing,
    home,
    mail_texts,
    notices,
    participants,
    programmes,
    public,
    publishing,
    rehearsals,
    rounds,
    signing_in,
    supply,
)

BLUEPRINTS = (
    adjusting.blueprint,
    choosing.blueprint,
    home.blueprint,
    mail_texts.blueprint,
    notices.blueprint,
    participants.blueprint,
    programmes.blueprint,
    public.blueprint,
    publishing.blueprint,
    rehearsals.blueprint,
    rounds.blueprint,
    signing_in.blueprint,
    supply.blueprint,
)
"""Every part of the site; what is not listed here cannot be reached."""
