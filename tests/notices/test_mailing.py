from pathlib import Path

import pytest

from mentormatch.notices.mailing import Envelope, FolderTransport, Refused, plain_words

ENVELOPE = Envelope("from@firm.example", "mei@firm.example", "<n.1.1@firm.example>")


def test_a_mail_sent_twice_into_a_folder_is_one_file(tmp_path: Path) -> None:
    transport = FolderTransport(tmp_path / "mail")

    for _ in range(2):
        transport.offer(ENVELOPE)
        words = transport.deliver(b"Subject: Hello\r\n\r\n")

    files = list((tmp_path / "mail").iterdir())
    assert [(f.name, f.read_bytes()) for f in files] == [("n.1.1@firm.example.eml", b"Subject: Hello\r\n\r\n")]
    assert words == f"Written to {files[0]}"


def test_nothing_is_written_for_a_mail_that_was_taken_back(tmp_path: Path) -> None:
    transport = FolderTransport(tmp_path)
    transport.offer(ENVELOPE)
    transport.withdraw()

    with pytest.raises(Refused):
        transport.deliver(b"Subject: Hello\r\n\r\n")

    assert list(tmp_path.iterdir()) == []


def test_a_message_id_never_leads_out_of_the_folder(tmp_path: Path) -> None:
    transport = FolderTransport(tmp_path / "mail")
    transport.offer(Envelope("a@b.example", "c@d.example", "<../../etc/x@firm.example>"))

    transport.deliver(b"x")

    assert [f.name for f in (tmp_path / "mail").iterdir()] == [".._.._etc_x@firm.example.eml"]


def test_a_folder_that_cannot_be_written_is_a_refusal_for_now(tmp_path: Path) -> None:
    (tmp_path / "mail").write_text("a file where the folder should be")

    with pytest.raises(Refused) as refused:
        FolderTransport(tmp_path / "mail").offer(ENVELOPE)

    assert not refused.value.is_lasting


def test_a_servers_words_become_one_bounded_line() -> None:
    assert plain_words(b"5.1.1 No\x00 such\r\n mailbox \xff") == "5.1.1 No such mailbox \N{REPLACEMENT CHARACTER}"
    assert len(plain_words("x" * 5000)) == 400
