"""The ladder as a browser meets it, on both databases."""

import sqlalchemy as sa

from mentormatch.domain.certification import Certification
from mentormatch.persistence.database import Transactions
from mentormatch.persistence.models import Participant
from tests.web.sites import Site

LADDER = "/my/north/ladder"


def pursue(site: Site, certification: Certification) -> None:
    mei = sa.update(Participant).where(Participant.mailbox == "mei@firm.example")
    with site.app.app_context(), Transactions().writing() as session:
        session.execute(mei.values(certification_pursued=certification))


def test_the_page_tells_what_is_the_programme_s_setting_and_what_the_certifier_s_rule(site: Site) -> None:
    pursue(site, Certification.GOLD)

    page = site.browser("participant").get(LADDER).text
    for told in ("Your way to Gold.", "This programme asks for 2 mentorships in all.", "This programme’s own setting"):
        assert told in page


def test_somebody_who_pursues_nothing_is_asked_for_nothing(site: Site) -> None:
    page = site.browser("participant").get(LADDER).text

    assert "You have not named a certification that you pursue." in page
    assert "Still missing" not in page


def test_who_offers_no_place_is_shown_the_way_to_one(site: Site) -> None:
    pursue(site, Certification.SILVER)

    page = site.browser("participant").get(LADDER).text
    assert "You have not offered to mentor." in page
    assert 'href="/p/north/my-sign-up"' in page
