import re

import pytest

from tests.architecture.sources import ROOT, TEMPLATES, name_of, page_files, python_files

IN_CODE = {
    "text that is trusted to be HTML": r"\|\s*safe\b|\bMarkup\(",
    "a template made of text": r"\bfrom_string\(",
    "a clock without a zone": r"datetime\.utcnow|\butcfromtimestamp",
    "SQL made of text": r"\btext\(\s*f[\"']",
    "a link made from the Host header": r"_external\s*=\s*True|\brequest\.(host|host_url|url_root|root_url|base_url)\b",
    "a fetch of an address": r"\burlopen\(|^\s*(import|from) (requests|httpx|urllib3)\b",
    "stored text used as a format": r"\.format_map\(",
}
IN_PAGES = {
    "a style attribute": r"\sstyle\s*=",
    "an inline handler": r"\son[a-z]+\s*=\s*[\"']",
    "a style block": r"<style\b",
    "an inline script": r"<script\b(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")",
    "a script's address": r"javascript:",
}
MACHINE_PATH = r"(?<![\w.])/(work|home|root|Users)/"
VAGUE_NAMES = ("util", "helper", "manager", "common", "misc", "handle_data")


def places(pattern: str, *, pages_only: bool = False) -> list[str]:
    files = page_files() if pages_only else python_files() + page_files()
    return [
        f"{name_of(path)}:{number}: {line.strip()}"
        for path in files
        if "tests/architecture" not in name_of(path)
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if re.search(pattern, line)
    ]


@pytest.mark.parametrize("what", IN_CODE)
def test_nowhere_in_the_product_stands(what: str) -> None:
    assert [place for place in places(IN_CODE[what]) if not place.startswith("tests/")] == []


@pytest.mark.parametrize("what", IN_PAGES)
def test_no_page_carries(what: str) -> None:
    in_web = f"{name_of(TEMPLATES)}/web/"

    assert [place for place in places(IN_PAGES[what], pages_only=True) if place.startswith(in_web)] == []


def test_no_file_knows_the_machine_it_was_written_on() -> None:
    assert places(MACHINE_PATH) == []


def test_no_module_has_a_name_that_says_nothing() -> None:
    modules = [name_of(path) for path in python_files()]

    assert [name for name in modules if any(vague in name for vague in VAGUE_NAMES)] == []


def test_the_pinned_versions_carry_no_addresses() -> None:
    pins = (ROOT / "constraints.txt").read_text(encoding="utf-8")

    assert re.findall(r"://|@ ", pins) == []


@pytest.mark.parametrize(
    ("what", "line"),
    [
        ("an inline handler", '<p class="x" onclick="go()">'),
        ("an inline script", '<script type="module">'),
        ("a style attribute", '<p style="x">'),
    ],
)
def test_the_gate_knows_what_it_looks_for(what: str, line: str) -> None:
    assert re.search(IN_PAGES[what], line)


def test_the_gate_lets_data_and_files_pass() -> None:
    data, file = '<script type="application/json" id="x">', '<script type="module" src="/x.js">'

    assert not re.search(IN_PAGES["an inline script"], data + file)
