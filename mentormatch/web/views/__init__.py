"""The pages, one file for each part of the site."""

from mentormatch.web.views import (
    adjusting,
    audit,
    choosing,
    history,
    home,
    mail_texts,
    notices,
    participants,
    policies,
    programmes,
    public,
    publishing,
    rehearsals,
    rounds,
    signing_in,
    supply,
    what_if,
)

BLUEPRINTS = (
    adjusting.blueprint,
    audit.blueprint,
    choosing.blueprint,
    history.blueprint,
    home.blueprint,
    mail_texts.blueprint,
    notices.blueprint,
    participants.blueprint,
    policies.blueprint,
    programmes.blueprint,
    public.blueprint,
    publishing.blueprint,
    rehearsals.blueprint,
    rounds.blueprint,
    signing_in.blueprint,
    supply.blueprint,
    what_if.blueprint,
)
"""Every part of the site; what is not listed here cannot be reached."""
