from email import message_from_bytes

import pytest

from mentormatch.domain.mail_texts import MailText, faults_in
from mentormatch.domain.notices import WORDED_KINDS, NoticeKind
from mentormatch.notices.composing import POLICY
from mentormatch.notices.facts import MenteeFacts, RecallFacts
from tests.builders.letters import HEAD, STAMP, VARIANTS, composer, omar

OWN = MailText(
    "{mentor_name} is for you",
    "Hello {name},\n\n# What comes now\n\n- Write to {mentor_name} & say hello\n- Ask <anything>\n\n{your_mentor}\n\n"
    "{no_mentee}\n\n1. Read this\n2. Meet",
)


def forms(facts: MenteeFacts | RecallFacts, text: MailText) -> tuple[str, str, str]:
    """Return the subject, the plain and the formatted text of a mail."""
    message = message_from_bytes(
        composer().compose(facts, to="a@firm.example", stamp=STAMP, text=text).message, policy=POLICY
    )
    plain, html = (message.get_body((kind,)) for kind in ("plain", "html"))
    assert plain is not None
    assert html is not None
    return str(message["Subject"]), str(plain.get_content()), str(html.get_content())


@pytest.mark.parametrize("kind", WORDED_KINDS)
def test_the_default_texts_keep_the_rules_for_texts(kind: NoticeKind) -> None:
    assert faults_in(kind, composer().default_text(kind)) == ()


def test_both_forms_of_a_mail_come_from_the_programmes_own_text() -> None:
    subject, plain, html = forms(MenteeFacts(name="Mei", head=HEAD, mentor=omar()), OWN)

    assert subject == "Omar Haddad is for you"
    assert "WHAT COMES NOW\n--------------" in plain.replace("\r\n", "\n")
    assert "- Write to Omar Haddad & say hello" in plain
    assert "Write to Omar Haddad &amp; say hello</li>" in html
    assert "Ask &lt;anything&gt;</li>" in html


def test_a_name_cannot_write_markup_tokens_or_new_parts() -> None:
    facts = MenteeFacts(name="# <b>{mentor_name}</b>", head=HEAD, mentor=omar(name="- {{7*7}} {name}"))

    _, plain, html = forms(facts, OWN)

    assert "Hello # <b>{mentor_name}</b>," in plain
    assert "Hello # &lt;b&gt;{mentor_name}&lt;/b&gt;," in html
    assert "Write to - {{7*7}} {name} &" in plain


@pytest.mark.parametrize("kind", WORDED_KINDS)
def test_the_footer_with_the_address_to_ask_is_in_every_mail_whatever_its_text(kind: NoticeKind) -> None:
    facts = next(facts for facts in VARIANTS.values() if facts.kind == kind)

    mail = composer().compose(facts, to="a@firm.example", stamp=STAMP, text=MailText("Short", "Short."))

    assert mail.message.count(b"Questions: ") == 2


def test_a_recall_names_what_was_said_to_its_reader() -> None:
    facts = RecallFacts(name="Mei", head=HEAD, reason="A mistake.", mentors=("Omar Haddad",))

    _, plain, _ = forms(facts, composer().default_text(NoticeKind.RECALL))

    assert "We told you that Omar Haddad mentors you." in plain
    assert "The reason: A mistake." in plain
