"""The pages, one file for each part of the site."""

from mentormatch.web.views import home, public, signing_in

BLUEPRINTS = (home.blueprint, public.blueprint, signing_in.blueprint)
"""Every part of the site; what is not listed here cannot be reached."""
