from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from jinja2 import Environment

from mentormatch.domain.sentences import counted, said
from mentormatch.translations import catalogues
from mentormatch.translations.catalogues import codes, known, language, languages, read_by
from mentormatch.translations.gathering import brought_up_to_date, gathered
from mentormatch.translations.speaking import teach

KEPT = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=2; plural=(n > 1);\\n"

msgid "Level %(level)s in <b>%(title)s</b>"
msgstr "<b>%(title)s</b> : niveau %(level)s"

msgid "Flow"
msgstr "Flux"

msgid "%(num)s hour"
msgid_plural "%(num)s hours"
msgstr[0] "%(num)s heure"
msgstr[1] "%(num)s heures"
"""


@pytest.fixture
def french(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "fr.po").write_text(KEPT, encoding="utf-8")
    monkeypatch.setattr(catalogues, "FOLDER", tmp_path)
    for kept in (codes, language):
        kept.cache_clear()
        monkeypatch.setattr(catalogues, kept.__name__, kept.__wrapped__)


@pytest.mark.usefixtures("french")
def test_a_further_language_is_a_file_and_nothing_else() -> None:
    assert [spoken.name for spoken in languages()] == ["English", "Français"]


@pytest.mark.usefixtures("french")
def test_a_sentence_is_put_into_the_language_with_the_sentences_in_it() -> None:
    sentence = said("Level %(level)s in <b>%(title)s</b>", level=3, title=said("Flow"))

    assert known("fr").put(sentence) == "<b>Flux</b> : niveau 3"


@pytest.mark.usefixtures("french")
def test_the_language_decides_which_form_fits_a_number() -> None:
    assert [known("fr").put(counted("%(num)s hour", "%(num)s hours", n)) for n in (0, 2)] == ["0 heure", "2 heures"]


@pytest.mark.usefixtures("french")
def test_a_page_translates_what_it_prints_and_trusts_no_value() -> None:
    environment = Environment(autoescape=True)
    teach(environment, lambda: known("fr"))
    template = environment.from_string(
        '{{ _("Level %(level)s in <b>%(title)s</b>", level=name, title=flow) }}, {{ flow }}, {{ name }}'
    )

    page = template.render(name="<i>", flow=said("Flow"))

    assert page == "<b>Flux</b> : niveau &lt;i&gt;, Flux, &lt;i&gt;"


def test_what_is_no_sentence_is_never_translated() -> None:
    assert known("de").put("Language") == "Language"


def test_an_unknown_language_is_english() -> None:
    assert [known(code).code for code in ("de", "xx", "", None)] == ["de", "en", "en", "en"]


@pytest.mark.parametrize(
    ("chosen", "spoken", "read"),
    [("de", "en;fr", "de"), (None, "de;en", "en"), (None, "pl;de", "de"), (None, "pl", "en"), ("xx", "en", "en")],
)
def test_a_mail_is_in_the_language_that_was_chosen_or_one_that_is_spoken(
    chosen: str | None, spoken: str, read: str
) -> None:
    assert read_by(chosen, spoken) == read


def test_a_language_is_found_by_its_name_in_the_language_of_the_page_or_in_english() -> None:
    assert [known("de").language_code(name) for name in ("slowakisch", "Slovak", "cy")] == ["sk", "sk", "cy"]


@pytest.mark.parametrize(
    ("code", "long", "short", "instant", "number"),
    [
        ("en", "6 September 2026", "6 Sep 2026", "6 September 2026, 17:00 (Europe/Berlin)", "12\u202f345"),
        ("de", "6. September 2026", "06.09.2026", "6. September 2026, 17:00 (Europe/Berlin)", "12.345"),
    ],
)
def test_days_times_and_numbers_read_as_in_the_language(
    code: str, long: str, short: str, instant: str, number: str
) -> None:
    spoken, at = known(code), datetime(2026, 9, 6, 15, 0, tzinfo=UTC)

    assert (spoken.day(date(2026, 9, 6)), spoken.short_day(date(2026, 9, 6))) == (long, short)
    assert (spoken.moment(at, "Europe/Berlin"), spoken.number(12345)) == (instant, number)


def test_a_new_language_is_filled_with_every_sentence_to_translate(tmp_path: Path) -> None:
    empty = tmp_path / "fr.po"
    empty.touch()

    written = brought_up_to_date(empty, gathered()).decode()

    assert 'msgid "Hello {name},"\nmsgstr ""' in written
