"""The coordinator's pages in German, whatever language they were asked for in before."""

import pytest
from flask.testing import FlaskClient

NORTH = "/programmes/north"


@pytest.mark.parametrize(
    ("address", "english", "german"),
    [
        ("/programmes", "Active participants", "Aktive Teilnehmende"),
        (NORTH, "Want a mentor", "Wünschen einen Mentor"),
        (f"{NORTH}/settings", "People hear by", "Bescheid bis"),
        (f"{NORTH}/participants", "Mentors without a place", "Mentoren ohne Platz"),
        (f"{NORTH}/participants/import", "What happens", "Was geschieht"),
        (f"{NORTH}/rounds", "Candidates served", "Versorgte Anwärter"),
        (f"{NORTH}/notices", "what became of it", "was aus ihr geworden ist"),
        (f"{NORTH}/mail-texts", "Whoever has a mentor", "Wer einen Mentor hat"),
        (f"{NORTH}/policy", "Coverage first", "Abdeckung zuerst"),
        (f"{NORTH}/what-if", "Points for waiting", "Punkte fürs Warten"),
        (f"{NORTH}/supply", "Competencies by scarcity", "Kompetenzen nach Knappheit"),
        (f"{NORTH}/history", "Audit trail", "Protokoll"),
        (f"{NORTH}/audit", "Mail text", "E-Mail-Text"),
    ],
)
def test_a_page_speaks_the_language_it_is_asked_in(cora: FlaskClient, address: str, english: str, german: str) -> None:
    # English first: words that a template keeps from its first use would stay English.
    asked_in = {code: cora.get(address, headers={"Accept-Language": code}).text for code in ("en", "de")}

    assert (english in asked_in["en"], german in asked_in["en"]) == (True, False)
    assert (english in asked_in["de"], german in asked_in["de"]) == (False, True)


def test_a_fault_is_told_in_german_beside_its_german_field(cora: FlaskClient) -> None:
    page = cora.get(f"{NORTH}/participants?state=nonsense", headers={"Accept-Language": "de"})

    assert page.status_code == 422
    assert "Status: " in page.text
