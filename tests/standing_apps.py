"""Applications that are built once for each database, and lent to one test after another as if they were new."""

from typing import Any

from flask import Flask

from mentormatch.app import _configure, _services, create_app
from mentormatch.domain.clocks import Clock
from mentormatch.persistence.database import db
from mentormatch.settings import Settings


class StandingApps:
    """Keeps each application with its addresses, its compiled pages and statements; all else is every test's own."""

    def __init__(self) -> None:
        self._built: dict[str, tuple[Flask, dict[str, Any], dict[str, Any]]] = {}

    def lend(self, settings: Settings, clock: Clock) -> Flask:
        """Return the application of this database with these settings, and services that have done nothing yet."""
        url = settings.database_url
        if url not in self._built:
            app = create_app(settings, clock)
            self._built[url] = (app, dict(vars(app)), dict(app.config))
        app, attributes, config = self._built[url]
        vars(app).clear()
        vars(app).update(attributes)
        app.config.clear()
        app.config.update(config)
        _configure(app, settings)
        app.extensions["mentormatch"] = _services(settings, clock)
        return app


def let_go(app: Flask) -> None:
    """Close the connections of an application."""
    with app.app_context():
        db.engine.dispose()
