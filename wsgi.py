"""The application for a WSGI server, with settings from the environment."""

from mentormatch.app import create_app
from mentormatch.settings import read_settings

app = create_app(read_settings())
