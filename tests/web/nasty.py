"""Nasty inputs for each route, hundreds of them: in its address, in its query, in its form and in its files."""

import random
from dataclasses import dataclass, field, replace
from io import BytesIO
from typing import Any, Final, TypeVar
from urllib.parse import urlencode

from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from mentormatch.persistence.database import db
from tests.web.forms_seen import SeenForm, Value
from tests.web.parameters import BEGUN
from tests.web.routes import OTHER_PARTS, Route
from tests.web.sites import Site

_MOST_QUERIES: Final = 40
_OF_EACH: Final = 6
_MOST_FIELDS: Final = 60
_MOST_TOGETHER: Final = 16
"""Of each kind so many are drawn; with all of them a long form would be sent thousands of times."""

NUMBERS: Final = [
    *("", " ", "0", "-1", "+1", "01", "1.5", "1e3", "1e400", "NaN", "-Infinity", "0x10", "1_0", "1,000", "5", "99999"),
    *("2147483647", "2147483648", "-2147483649", "9223372036854775807", "9223372036854775808", "18446744073709551616"),
    *("9" * 5000, "-" + "9" * 4300, "\u0661\u0662", "\u00b2", "\uff11", "true", "null", "None", "[]", "{}", "[1]"),
]
TEXTS: Final = [
    *("\x00", "a\x00b", "\ud800", "a\udfffb", "\x1b[31m", "\x7f", "\x85", "\u2028", "\ufeff", "\u202eevil", "\u200b"),
    *(
        "\r\n",
        "a\r\nBcc: victim@evil.example",
        "a@b.example, victim@evil.example",
        "a@b.example\x00",
        "\u0131@firm.example",
    ),
    *("<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "'; DROP TABLE participant; --", "' OR 1=1 --"),
    *("{{ 7 * 7 }}", "{% raw %}", "${7*7}", "{0.__class__}", "%s%n%d", "$(id)", "`id`", "=1+1", "@SUM(A1)", "-1+1"),
    *(
        "../../etc/passwd",
        "..\\..\\",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "//evil.example",
        "https:evil.example",
    ),
    *(
        "Z\u0335\u0334\u0321" * 500,
        "\U0001f468\u200d\U0001f469\u200d\U0001f467" * 30,
        "\u00df" * 254,
        "x" * 121,
        "x" * 2001,
    ),
    *(
        "x" * 4001,
        "y" * 50_000,
        "\ufdfa" * 120,
        "\u0958" * 120,
        "2026-02-30",
        "0000-00-00",
        "9999-12-31T23:59",
        "10000-01-01",
    ),
    *(
        "2026-03-29T02:30",
        "2026-02-01T00:00:00+99:99",
        "Europe/Berlin\x00",
        "../UTC",
        "localtime",
        "en;" * 100,
        ";",
        "yes",
        "no",
    ),
]
PARTS: Final = [
    *(
        "%00",
        "a%00b",
        "%ED%A0%80",
        "%FF%FE",
        "%C3%28",
        "%0d%0aSet-Cookie:%20a=b",
        "%0a",
        "%09",
        "%20",
        "%25",
        "%2F",
        "%5C",
    ),
    *(
        "..",
        "%2e%2e",
        "%2e%2e%2f%2e%2e%2fetc%2fpasswd",
        ".",
        "~",
        "*",
        "'",
        "%22",
        "%3Cscript%3E",
        "%7B%7B7*7%7D%7D",
        ";a=b",
    ),
    *(
        "0",
        "-1",
        "+1",
        "01",
        "1.0",
        "1e3",
        "0x1",
        "1_0",
        "%D9%A1",
        "%EF%BC%91",
        "null",
        "9" * 5000,
        "a" * 8192,
        "A" * 60,
    ),
    *("2147483647", "2147483648", "4294967297", "9223372036854775808", "%F0%9F%A6%84", "-", "a--b", "CON", "%E2%80%AE"),
]
FILES: Final = [
    *(
        b"",
        b"\x00",
        b"\xff\xfe\x00\x00",
        b"PK\x03\x04",
        b"email\n",
        b"email,email\na,b\n",
        b"\xef\xbb\xbfemail\n",
        b'"' * 5000,
    ),
    *(
        b"," * 100_000,
        b"\n" * 100_000,
        b"x" * 2_000_000,
        b"email,name\n" + b"\xed\xa0\x80,\x00\n",
        b"=1+1\n",
        b"\r" * 1000,
    ),
]


_Tried = TypeVar("_Tried")

VALUES: Final = TEXTS + NUMBERS
UNKNOWN: Final = {"state", "version", "__proto__"}
MISNAMED: Final = ["a" * 5000, "\x00", "\ud800", ""]
"""Names of fields that no form of ours has, and some that none could have."""


@dataclass
class Input:
    """One request: its address, query, form fields and files."""

    address: str
    query: dict[str, str] = field(default_factory=dict)
    fields: dict[str, Value] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.address[:120]} {str(self.query)[:120]} {str(self.fields)[-160:]} {str(self.files)[:80]}"


def inputs_for(route: Route, site: Site, form: SeenForm | None, read: list[str], others: list[str]) -> list[Input]:
    """Return the same inputs for a route at every run; its view reads the parameters `read`, and none of the `others`.

    What nothing reads is sent together, where it cannot keep anything else from being read.
    """
    begun = dict(BEGUN.get(route.endpoint, {}))
    plain = Input(route.address(site.world.north), begun, form.filled_in() if form else {})
    draw = random.Random(str(route))  # noqa: S311 -- a fixed choice, no secret
    every = [*_addresses(route, site, plain), *_queries(plain, read, others, draw)]
    if route.method != "GET":
        every += [*_forms(plain, draw), *_files(plain, form)]
    return every


def _some(found: list[_Tried], most: int, draw: random.Random) -> list[_Tried]:
    return draw.sample(found, min(most, len(found)))


def _addresses(route: Route, site: Site, plain: Input) -> list[Input]:
    values = {"slug": site.world.north.slug, **OTHER_PARTS, **site.world.north.ids}
    marked = {part: str(values[part]) for part in route.parts}
    nasty = [plain.address.replace(marked[part], bad, 1) for part in sorted(marked) for bad in PARTS]
    every = nasty or [f"{plain.address.rstrip('/')}/{bad}" for bad in PARTS]
    return [replace(plain, address=address) for address in every]


def _queries(plain: Input, read: list[str], others: list[str], draw: random.Random) -> list[Input]:
    alone = [replace(plain, query=plain.query | {name: bad}) for name in read for bad in VALUES]
    together = [replace(plain, query=plain.query | dict.fromkeys(others, bad)) for bad in VALUES]
    return _some(alone, max(_MOST_QUERIES, _OF_EACH * len(read)), draw) + _some(together, _MOST_TOGETHER, draw)


def _forms(plain: Input, draw: random.Random) -> list[Input]:
    fields = plain.fields
    alone: list[dict[str, Value]] = [fields | {name: bad} for name in fields for bad in VALUES]
    without = [{name: value for name, value in fields.items() if name != left_out} for left_out in fields]
    every: list[dict[str, Value]] = [dict.fromkeys(fields, bad) for bad in VALUES if fields]
    unknown = [fields | dict.fromkeys(UNKNOWN - fields.keys(), bad) for bad in VALUES]
    misnamed = [fields | {name: "x"} for name in MISNAMED]
    crowds = [fields | {f"field{n}": "x" for n in range(count)} for count in (150, 201, 2000)]
    return [
        replace(plain, fields=sent)
        for sent in (
            *_some(alone, _MOST_FIELDS, draw),
            *_some(without + every, _MOST_FIELDS // 4, draw),
            *_some(unknown, _MOST_TOGETHER, draw),
            *misnamed,
            *crowds,
        )
    ]


def _files(plain: Input, form: SeenForm | None) -> list[Input]:
    names = sorted(form.files) if form else []
    return [replace(plain, files={name: bad}) for name in names for bad in FILES]


def query_of(sent: Input) -> str:
    """Return the query as it stands in an address; half a surrogate pair goes as its bytes."""
    return urlencode(sent.query, errors="surrogatepass")


def body_of(site: Site, sent: Input) -> dict[str, Any]:
    """Return the body of a request as the test client takes it; half a surrogate pair goes as its bytes."""
    fields = site.form() | sent.fields
    if sent.files:
        files = {name: FileStorage(BytesIO(bad), "people.csv", name) for name, bad in sent.files.items()}
        # Left to itself the test client puts a large file into a temporary one, and leaves that open.
        boundary, body = encode_multipart(fields | files)
        return {"data": body, "content_type": f"multipart/form-data; boundary={boundary}"}
    encoded = urlencode(fields, doseq=True, errors="surrogatepass")
    return {"data": encoded, "content_type": "application/x-www-form-urlencoded"}


def column_names() -> list[str]:
    """Return the name of every column of every table."""
    return sorted({column.name for table in db.metadata.tables.values() for column in table.columns})
