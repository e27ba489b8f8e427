"""A coordinator's browser at the pages of a programme's rounds: what it shows, and pressing its buttons."""

import re
from typing import Final

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from mentormatch.persistence.database import Transactions
from tests.builders.accounts import add_browser_session, add_coordinator, enter
from tests.builders.running import Running
from tests.web.forms_seen import SeenForm, forms_on
from tests.web.sites import Browser

LIST: Final = "/programmes/north/rounds"
ROUND: Final = f"{LIST}/1"
PUBLISH: Final = f"{ROUND}/publish"
_TOKEN: Final = re.compile(r'name="csrf_token" value="([^"]+)"')


def browser_of(running: Running) -> FlaskClient:
    """Return a browser in which a coordinator of the programme is signed in."""
    with Transactions().writing() as session:
        account = add_coordinator(session, "cora@firm.example", running.programme_id)
        secret = add_browser_session(session, account.id)
    running.app.test_client_class = Browser
    return enter(running.app.test_client(), secret)


def form_of(browser: FlaskClient, page: str, action: str) -> SeenForm:
    """Return the one form on a page that goes to this address, with its token."""
    (form,) = [form for form in forms_on(browser, page) if form.action.endswith(action)]
    token = _TOKEN.search(browser.get(page).text)
    assert token
    form.fields["csrf_token"] = token[1]
    return form


def send(browser: FlaskClient, form: SeenForm) -> TestResponse:
    """Send a form as it was shown."""
    return browser.post(form.action, data=form.fields)


def press(browser: FlaskClient, page: str, action: str) -> TestResponse:
    """Press the button of the one form on a page that goes to this address."""
    return send(browser, form_of(browser, page, action))


def actions_on(browser: FlaskClient, page: str) -> list[str]:
    """Name the forms of a page that change a round."""
    return [form.action.removeprefix(LIST) for form in forms_on(browser, page) if form.action.startswith(LIST)]
