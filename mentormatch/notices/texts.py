"""The texts of mails: their templates and their default wording, in each language."""

from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template, select_autoescape

from mentormatch.domain.mail_texts import MailText, paragraphs_of
from mentormatch.domain.notices import NoticeKind
from mentormatch.notices import facts as constants
from mentormatch.translations.catalogues import Language, known
from mentormatch.translations.speaking import teach


class Texts:
    """Finds the texts of mails; each language has an environment of its own, made at the first need."""

    def __init__(self, templates: Path, public_url: str) -> None:
        self._loader = FileSystemLoader(templates)
        self._public_url = public_url
        self._environments: dict[str, Environment] = {}
        self._defaults: dict[tuple[NoticeKind, str], MailText] = {}

    def template(self, name: str, language: str) -> Template:
        """Return a template that speaks a language."""
        return self._environment(known(language)).get_template(name)

    def default(self, kind: NoticeKind, language: str) -> MailText:
        """Return the text that a kind of mail has until a programme words it itself."""
        spoken = known(language)
        if (kind, spoken.code) not in self._defaults:
            subject, body = (self._source(f"{kind}/{part}.txt", spoken) for part in ("subject", "body"))
            self._defaults[kind, spoken.code] = MailText(subject, body)
        return self._defaults[kind, spoken.code]

    def _source(self, name: str, spoken: Language) -> str:
        # Read as it stands: in these files curly brackets are tokens, and nothing in them is ever run.
        source = self._loader.get_source(self._environment(spoken), name)[0]
        return "\n\n".join(spoken.gettext(paragraph) for paragraph in paragraphs_of(source))

    def _environment(self, spoken: Language) -> Environment:
        if spoken.code not in self._environments:
            self._environments[spoken.code] = self._new_environment(spoken)
        return self._environments[spoken.code]

    def _new_environment(self, spoken: Language) -> Environment:
        environment = Environment(
            loader=self._loader,
            autoescape=select_autoescape(("html",)),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        teach(environment, partial(_itself, spoken))
        environment.filters["language"] = spoken.language_name
        environment.globals.update(
            write_within_days=constants.WRITE_WITHIN_DAYS,
            first_meeting_within_days=constants.FIRST_MEETING_WITHIN_DAYS,
            early_meetings=constants.EARLY_MEETINGS,
            early_weeks=constants.EARLY_WEEKS,
            site=urlsplit(self._public_url).netloc,
            public_url=self._public_url,
        )
        return environment


def _itself(spoken: Language) -> Language:
    return spoken
