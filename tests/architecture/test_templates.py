import re
from pathlib import Path

import pytest
from flask import Flask
from jinja2 import meta, nodes

from mentormatch.app import create_app
from mentormatch.domain.notices import LINK_KINDS, WORDED_KINDS, NoticeKind
from tests.architecture.sources import ROOT, TEMPLATES
from tests.installations import settings_for

NAMES = sorted(path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*.*") if path.is_file())
PARTS = ("subject.txt", "body.txt", "body.html")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    return create_app(settings_for("sqlite://", tmp_path_factory.mktemp("templates")))


def parsed(site: Flask, name: str) -> nodes.Template:
    return site.jinja_env.parse((TEMPLATES / name).read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", NAMES)
def test_every_template_compiles(site: Flask, name: str) -> None:
    assert site.jinja_env.get_template(name).name == name


@pytest.mark.parametrize("name", NAMES)
def test_a_template_builds_on_templates_that_exist(site: Flask, name: str) -> None:
    # Mails are composed from a folder of their own and name each other from there.
    folder = TEMPLATES / "notices" if name.startswith("notices/") else TEMPLATES

    assert [r for r in meta.find_referenced_templates(parsed(site, name)) if not (folder / str(r)).is_file()] == []


@pytest.mark.parametrize("name", NAMES)
def test_a_template_links_to_pages_and_files_that_exist(site: Flask, name: str) -> None:
    calls = [c for c in parsed(site, name).find_all(nodes.Call) if getattr(c.node, "name", "") == "url_for"]
    named = [c.args[0].value for c in calls if c.args and isinstance(c.args[0], nodes.Const)]

    assert [endpoint for endpoint in named if endpoint not in site.view_functions] == []


@pytest.mark.parametrize("kind", [*LINK_KINDS, *WORDED_KINDS])
def test_every_kind_of_notice_has_its_texts(kind: NoticeKind) -> None:
    # A worded kind has one source for both of its forms.
    parts = PARTS if kind in LINK_KINDS else PARTS[:2]

    assert {path.name for path in (TEMPLATES / "notices" / kind).iterdir()} == set(parts)


def test_no_folder_of_notices_belongs_to_no_kind() -> None:
    folders = {path.parent.name for path in (TEMPLATES / "notices").glob("*/subject.txt")}

    assert folders <= set(NoticeKind)


def test_every_page_is_shown_by_somebody(site: Flask) -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in Path(ROOT / "mentormatch").rglob("*.py"))
    shown = set(re.findall(r"[\"'](web/[\w/]+\.html)[\"']", code))
    built_on = {r for name in NAMES for r in meta.find_referenced_templates(parsed(site, name))}

    assert [name for name in NAMES if name.startswith("web/") and name not in shown | built_on] == []
