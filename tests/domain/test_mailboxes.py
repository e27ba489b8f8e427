import pytest

from mentormatch.domain.mailboxes import mailbox

ONE_MAILBOX = [
    ("ana@firm.example", "ANA@firm.example"),
    ("ana@firm.example", "ana@FIRM.EXAMPLE"),
    ("ana@firm.example", "Ana@Firm.Example"),
    ("ana@firm.example", " ana@firm.example"),
    ("ana@firm.example", "ana@firm.example "),
    ("ana@firm.example", "\tana@firm.example\n"),
    ("ana@firm.example", "\u00a0ana@firm.example"),
    ("zoe\u0301@firm.example", "zo\u00e9@firm.example"),
    ("\u212bsa@firm.example", "\u00c5sa@firm.example"),
    ("a.b@firm.example", "A.B@firm.example"),
    ("ana+lean@firm.example", "ANA+LEAN@firm.example"),
    ("i@firm.example", "I@firm.example"),
    ("\u212ai@firm.example", "ki@firm.example"),
]
"""The last pair is what NFC itself makes of the Kelvin sign: it is canonically the letter K."""

TWO_MAILBOXES = [
    ("i@firm.example", "\u0131@firm.example"),
    ("I@firm.example", "\u0130@firm.example"),
    ("i@firm.example", "\u0130@firm.example"),
    ("s@firm.example", "\u017f@firm.example"),
    ("ss@firm.example", "\u00df@firm.example"),
    ("\u00df@firm.example", "\u1e9e@firm.example"),
    ("\u00e9@firm.example", "\u00c9@firm.example"),
    ("e@firm.example", "\u00e9@firm.example"),
    ("a@firm.example", "\u0430@firm.example"),
    ("o@firm.example", "\u03bf@firm.example"),
    ("o@firm.example", "0@firm.example"),
    ("l@firm.example", "1@firm.example"),
    ("a@firm.example", "\uff41@firm.example"),
    ("a@firm.example", "\u00aa@firm.example"),
    ("fi@firm.example", "\ufb01@firm.example"),
    ("2@firm.example", "\u00b2@firm.example"),
    ("ana@firm.example", "ana@firm.example."),
    ("ana@firm.example", "a.na@firm.example"),
    ("ana@firm.example", "ana+x@firm.example"),
    ("ana@firm.example", "ana@flrm.example"),
    ("ana@firm.example", "ana@f\u0131rm.example"),
    ("ana@firm.example", "an\u200ba@firm.example"),
    ("ana@firm.example", "ana\u00ad@firm.example"),
    ("ana@firm.example", "ana@firm\u3002example"),
    ("\u03c3@firm.example", "\u03c2@firm.example"),
    ("\u03c9@firm.example", "\u2127@firm.example"),
    ("ana@firm.example", "ana@mail.firm.example"),
]


@pytest.mark.parametrize(("one", "other"), ONE_MAILBOX)
def test_two_spellings_of_one_mailbox_have_one_key(one: str, other: str) -> None:
    assert mailbox(one) == mailbox(other)


@pytest.mark.parametrize(("one", "other"), TWO_MAILBOXES)
def test_look_alike_mailboxes_keep_keys_of_their_own(one: str, other: str) -> None:
    assert mailbox(one) != mailbox(other)


@pytest.mark.parametrize("address", sorted({a for pair in ONE_MAILBOX + TWO_MAILBOXES for a in pair}))
def test_the_key_of_a_key_is_the_key(address: str) -> None:
    assert mailbox(mailbox(address)) == mailbox(address)
