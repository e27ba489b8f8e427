"""Importing participants as a browser meets it: a file sent in, looked at, confirmed or refused, on both databases."""

import io
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from mentormatch.spreadsheets.signups import SIGNUP_COLUMNS, write_signups
from mentormatch.spreadsheets.tables import FileKind
from tests.builders.people import mentee, mentor
from tests.web.sites import Site

PEOPLE = "/programmes/north/participants"
IMPORT = f"{PEOPLE}/import"


def upload(site: Site, cora: FlaskClient, content: bytes, **fields: object) -> TestResponse:
    return cora.post(IMPORT, data=site.form(file=(io.BytesIO(content), "people.csv"), **fields))


def confirm(site: Site, cora: FlaskClient, preview: TestResponse) -> TestResponse:
    assert preview.location is not None
    return site.send(cora, "POST", preview.location)


def north(site: Site) -> list[dict[str, Any]]:
    return [row for row in site.rows()["participant"] if row["programme_id"] == site.world.north.programme_id]


def test_a_good_file_is_previewed_and_imported_once(site: Site, cora: FlaskClient) -> None:
    new, moved = (
        mentor(email="nora@firm.example", name="Nora New"),
        mentee(site="Osaka", manager_email="boss@firm.example"),
    )
    preview = upload(site, cora, write_signups([new, moved]))
    before = site.checksum()

    text = cora.get(preview.location or "").text
    assert ("2 ready, 1 warning, no errors" in text, site.checksum() == before) == (True, True)

    first, second = confirm(site, cora, preview), confirm(site, cora, preview)

    assert (first.location, second.location) == (PEOPLE, PEOPLE)
    assert "Imported: 1 added, 1 changed." in cora.get(PEOPLE).text
    assert {(row["email"], row["site"]) for row in north(site)} >= {(new.email, "Lyon"), (moved.email, "Osaka")}


def test_a_bad_file_is_refused_whole_with_every_fault(site: Site, cora: FlaskClient) -> None:
    good, bad = mentor(email="nora@firm.example"), mentee(email="max@firm.example", site="<b>")
    content = write_signups([good, bad]).replace(b"Asia/Tokyo", b"Tokio").replace(b",value_stream,", b",valley,", 1)

    before = north(site)

    answer = upload(site, cora, content)

    assert answer.status_code == 422
    assert "0 ready, no warnings, 2 errors" in answer.text
    assert "Row 2, position: " in answer.text
    assert ("Row 2" in answer.text, "Row 3" in answer.text, "time_zone" in answer.text) == (True, True, True)
    assert north(site) == before


def test_the_faults_can_be_downloaded(site: Site, cora: FlaskClient) -> None:
    text = upload(site, cora, write_signups([mentee()]).replace(b"Asia/Tokyo", b"Tokio")).text
    start = text.index(f"{IMPORT}/")

    answer = cora.get(text[start : text.index('"', start)])

    assert answer.headers["Content-Disposition"] == 'attachment; filename="north-faults.csv"'
    assert answer.data.startswith(b"row,column,fault,kind\n2,time_zone,")


def test_what_is_no_such_file_is_refused(site: Site, cora: FlaskClient) -> None:
    strange = (b"", b"\x00", b"\xff\xfe", b"email\n", b"a;b\n", b'"' * 999, b"\xef\xbb\xbf", b"PK\x03\x04" + bytes(99))

    assert {upload(site, cora, content).status_code for content in strange} == {422}


def test_a_file_is_asked_for(site: Site, cora: FlaskClient) -> None:
    assert "Choose a file" in site.send(cora, "POST", IMPORT).text
    assert site.send(cora, "POST", IMPORT, file="not a file").status_code == 422


@pytest.mark.parametrize(("size", "status"), [(2 * 1024**2, 422), (5 * 1024**2 + 9, 422), (7 * 1024**2, 413)])
def test_only_the_import_takes_large_files(site: Site, cora: FlaskClient, size: int, status: int) -> None:
    body, content_type = multipart(size, site.form()["csrf_token"])

    assert cora.post(IMPORT, data=body, content_type=content_type).status_code == status
    for elsewhere in ("/programmes/north/settings", f"{PEOPLE}/{site.world.north.ids['participant_id']}/pause"):
        assert cora.post(elsewhere, data=body, content_type=content_type).status_code == 413


def multipart(size: int, token: str) -> tuple[bytes, str]:
    """Return a form with a file by hand: the test client would leave the temporary file of a large one open."""
    part = 'Content-Disposition: form-data; name="{}"'
    head = (
        f'--b\r\n{part.format("csrf_token")}\r\n\r\n{token}\r\n--b\r\n{part.format("file")}; filename="f.csv"\r\n\r\n'
    )
    return head.encode() + b"x" * size + b"\r\n--b--\r\n", "multipart/form-data; boundary=b"


def test_an_unknown_file_is_not_found(site: Site, cora: FlaskClient) -> None:
    for sha256 in ("0" * 64, "z" * 64, "é" * 64, "0" * 63, "0" * 65):
        assert cora.get(f"{IMPORT}/{sha256}").status_code == 404
        assert site.send(cora, "POST", f"{IMPORT}/{sha256}").status_code == 404


def test_a_file_of_another_programme_is_not_found(site: Site, cora: FlaskClient) -> None:
    preview = upload(site, cora, write_signups([mentee()]))
    address = (preview.location or "").replace("/north/", f"/{site.world.south.slug}/")

    cleo = site.browser("coordinator of another")
    assert (cleo.get(address).status_code, cora.get(address).status_code) == (404, 404)


def test_an_export_imports_to_the_same_through_the_browser(site: Site, cora: FlaskClient) -> None:
    exported = cora.get("/programmes/north/participants.csv")

    assert exported.headers["Content-Disposition"] == 'attachment; filename="north-participants.csv"'
    assert exported.data.decode().splitlines()[0] == ",".join(SIGNUP_COLUMNS)
    preview = upload(site, cora, exported.data)
    assert "There is nothing to import" in cora.get(preview.location or "").text


def test_a_workbook_is_taken_like_a_csv_file(site: Site, cora: FlaskClient) -> None:
    preview = upload(site, cora, write_signups([mentor(email="nora@firm.example", name="Nora")], FileKind.XLSX))

    assert "1 ready, no warnings, no errors" in cora.get(preview.location or "").text
    assert confirm(site, cora, preview).status_code == 303
    assert "nora@firm.example" in {row["email"] for row in north(site)}
