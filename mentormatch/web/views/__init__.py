"""The pages, one file for each part of the site."""

from mentormatch.web.views import choosing, home, notices, participants, programmes, public, rounds, signing_in

BLUEPRINTS = (
    choosing.blueprint,
    home.blueprint,
    notices.blueprint,
    participants.blueprint,
    programmes.blueprint,
    public.blueprint,
    rounds.blueprint,
    signing_in.blueprint,
)
"""Every part of the site; what is not listed here cannot be reached."""
