import re
from email import message_from_bytes
from email.message import EmailMessage
from html.parser import HTMLParser
from pathlib import Path
from typing import Final

import pytest

from mentormatch.domain.errors import InputRefused
from mentormatch.domain.notices import NoticeKind
from mentormatch.domain.pairings import Reason
from mentormatch.notices.composing import POLICY, folded
from mentormatch.notices.facts import Facts, LinkFacts, MenteeFacts, MentorFacts, UnpairedFacts
from mentormatch.translations.catalogues import codes
from tests.builders.letters import HEAD, SITE, STAMP, VARIANTS, composer, mei, omar

GOLDEN: Final = Path(__file__).parent / "golden"
TO: Final = "reader@firm.example"


class TextOf(HTMLParser):
    """The words of an HTML mail as they are read, the elements it is made of, and its links."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.elements: set[str] = set()
        self.links: list[str] = []
        self._silent = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.add(tag)
        self._silent = tag in {"style", "title"}
        self.links += [value for name, value in attrs if name in {"href", "src"} and value]

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002 -- the parser's signature
        self._silent = False

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.words += data.split()


def composed(facts: Facts, language: str = "en") -> EmailMessage:
    return message_from_bytes(composer().compose(facts, to=TO, stamp=STAMP, language=language).message, policy=POLICY)


def part(message: EmailMessage, kind: str) -> str:
    body = message.get_body((kind,))
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n")


def as_read(message: EmailMessage) -> str:
    headers = "".join(f"{name}: {message[name]}\n" for name in ("From", "To", "Reply-To", "Subject", "Date"))
    return headers.replace("Reply-To: None\n", "") + "\n" + part(message, "plain")


@pytest.mark.parametrize("language", codes())
@pytest.mark.parametrize("name", VARIANTS)
def test_every_kind_of_notice_reads_as_its_golden_text(name: str, language: str) -> None:
    assert as_read(composed(VARIANTS[name], language)) == (GOLDEN / language / f"{name}.txt").read_text("utf-8")


@pytest.mark.parametrize("language", codes())
def test_every_golden_text_belongs_to_a_notice_and_every_kind_has_one(language: str) -> None:
    assert {path.stem for path in (GOLDEN / language).glob("*.txt")} == set(VARIANTS)
    # A test mail is a notice of another kind, sent to somebody else.
    assert {facts.kind for facts in VARIANTS.values()} == set(NoticeKind) - {NoticeKind.TEST}


@pytest.mark.parametrize("language", codes())
@pytest.mark.parametrize("name", VARIANTS)
def test_the_html_part_tells_every_fact_that_the_plain_text_tells(name: str, language: str) -> None:
    message = composed(VARIANTS[name], language)
    page = TextOf(part(message, "html"))

    text = re.sub(r"[A-ZÄÖÜ ]+\n-{2,}\n|https?://\S+", "", part(message, "plain"))
    facts = {word.strip(".,:()?!-").casefold() for word in text.split() if not re.fullmatch(r"\d\.|-+", word)}
    told = {word.strip(".,:()?!-").casefold() for word in page.words}

    assert facts - told == set()


@pytest.mark.parametrize("name", VARIANTS)
def test_a_mail_loads_nothing_and_links_only_to_this_site(name: str) -> None:
    page = TextOf(part(composed(VARIANTS[name]), "html"))

    assert page.elements.isdisjoint({"img", "script", "link", "iframe", "form", "object", "video"})
    assert [link for link in page.links if not link.startswith((SITE, "mailto:"))] == []


def test_a_mail_says_that_it_was_made_by_a_machine_and_keeps_its_name_and_bytes() -> None:
    first, second = (composer().compose(VARIANTS["mentee"], to=TO, stamp=STAMP) for _ in range(2))

    headers = message_from_bytes(first.message, policy=POLICY)
    assert headers["Auto-Submitted"] == "auto-generated"
    assert headers["Message-ID"] == first.message_id == f"<n.{STAMP.identity}.1@firm.example>"
    assert first.message == second.message


def test_an_idempotency_header_carries_the_message_id_where_the_mail_server_wants_one() -> None:
    mail = composer(idempotency_header="X-Once").compose(VARIANTS["mentee"], to=TO, stamp=STAMP)

    assert message_from_bytes(mail.message, policy=POLICY)["X-Once"] == mail.message_id


def test_a_mail_is_plain_ascii_in_short_lines_whatever_a_person_is_called() -> None:
    facts = MenteeFacts(name="Łukasz Žižek", head=HEAD, mentor=omar(name="山田 太郎" * 20))

    mail = composer().compose(facts, to=TO, stamp=STAMP).message

    assert mail.isascii()
    assert max(map(len, mail.split(b"\r\n"))) <= 900


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_has_words_for_each_side_it_can_stand_on(reason: Reason) -> None:
    for_mentors = {Reason.NO_CAPACITY, Reason.NO_ONE_SEEKS, Reason.NO_ONE_TO_TEACH, Reason.MENTEES_TAKEN}
    for_mentees = {Reason.LEFT_OUT, Reason.NO_GAP, Reason.NO_ONE_OFFERS, Reason.NO_ONE_TEACHES, Reason.MENTORS_FULL}
    facts = UnpairedFacts(
        name="Bo Both",
        head=HEAD,
        no_mentor=None if reason in for_mentors else reason,
        no_mentee=None if reason in for_mentees else reason,
    )

    assert len(part(composed(facts), "plain")) > 500


def test_a_notice_sent_anew_says_the_same_to_another_address_under_a_new_name() -> None:
    old = composer().compose(VARIANTS["mentee"], to=TO, stamp=STAMP)
    stamp = type(STAMP)(STAMP.identity, 2, STAMP.at)

    new = composer().readdress(old.message, kind=old.kind, to="corrected@firm.example", stamp=stamp)

    before, after = (message_from_bytes(m.message, policy=POLICY) for m in (old, new))
    assert (str(after["To"]), after["Message-ID"]) == ("corrected@firm.example", f"<n.{STAMP.identity}.2@firm.example>")
    assert [part(after, k) for k in ("plain", "html")] == [part(before, k) for k in ("plain", "html")]
    assert (after["Subject"], after["Reply-To"]) == (before["Subject"], before["Reply-To"])


HOSTILE_NAMES: Final = [
    *("Ana\r\nBcc: victim@x.example", "Ana\nBcc: victim@x.example", "Ana\rBcc: victim@x.example", "Ana\r\n\r\nText"),
    *("Ana\x00", "Ana\x0bBcc: v@x.example", "Ana\x0cBcc: v@x.example", "Ana\x1cBcc: v@x.example", "Ana\x85Bcc: v@x"),
    *(
        "Ana\u2028Bcc: v@x.example",
        "Ana\u2029Bcc: v@x.example",
        "Ana\u202eelpmaxe",
        "Ana\ud800",
        "Ana\x7f",
        "Ana\x1b[0m",
    ),
    *("a@b.example, victim@c.example", "Ana <victim@x.example>", '"Ana" <victim@x.example>', "Ana; victim@x.example"),
    *("=?utf-8?q?Ana=0D=0ABcc:_victim@x.example?=", "=?utf-8?b?QW5hDQpCY2M6IHY=?=", "Ana%0d%0aBcc: v@x.example"),
    *("Subject: hi", ".", "..\u200b", "From here", "<script>alert(1)</script>", "{{ 7 * 7 }}", "{% raw %}", "é" * 120),
]


def test_there_are_thirty_hostile_names() -> None:
    assert len(HOSTILE_NAMES) == 30


def check_harmless(message: EmailMessage, hostile: str) -> None:
    assert sorted(message.keys()) == sorted(composed(VARIANTS["mentee"]).keys())
    assert [a.addr_spec for a in message["To"].addresses] == [TO]
    assert str(message["Subject"]) == f"North 2026: you mentor {hostile.replace('=?', '= ?')}"
    assert " ".join(hostile.split()) in " ".join(TextOf(part(message, "html")).words)


@pytest.mark.parametrize("hostile", HOSTILE_NAMES)
def test_a_hostile_name_is_refused_by_the_readers_name_or_does_no_harm(hostile: str) -> None:
    facts = MentorFacts(name="Ana Reader", head=HEAD, mentees=(mei(name=hostile, organisation=hostile),))
    try:
        message = composed(facts)
    except InputRefused as refused:
        told = str(refused)
    else:
        check_harmless(message, hostile)
        return

    assert "Ana Reader (reader@firm.example)" in told


@pytest.mark.parametrize("hostile", [name for name in HOSTILE_NAMES if "\n" in name or "\x00" in name])
def test_the_reader_whose_own_name_is_hostile_is_named_in_plain_characters(hostile: str) -> None:
    with pytest.raises(InputRefused) as refused:
        composed(MenteeFacts(name=hostile, head=HEAD, mentor=omar()))

    assert str(refused.value).isprintable()
    assert TO in str(refused.value)


@pytest.mark.parametrize(
    "address",
    [
        "a@b.example, victim@c.example",
        "a@b.example\r\nBcc: v@c.example",
        "ana",
        "",
        "a@b",
        "é@b.example",
        "a b@c.example",
    ],
)
def test_an_address_that_is_not_exactly_one_mailbox_is_refused(address: str) -> None:
    with pytest.raises(InputRefused, match="Mei Tanaka"):
        composer().compose(VARIANTS["mentee"], to=address, stamp=STAMP)


def test_a_link_mail_names_no_code_twice_and_no_other_site() -> None:
    facts = VARIANTS["sign_in"]
    assert isinstance(facts, LinkFacts)

    text = part(composed(facts), "plain")

    assert text.count(facts.link) == 1
    assert "1234 5678" in text


def test_long_lines_are_folded_under_their_list_item_and_links_stay_whole() -> None:
    link = "https://mentoring.firm.example/" + "x" * 100

    lines = folded(f"1. {'word ' * 20}\n\n\n\n{link}\n").splitlines()

    assert [line[:7] for line in lines] == ["1. word", "   word", "", link[:7]]
    assert lines[-1] == link
