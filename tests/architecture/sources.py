"""The files of the product, found by looking, so that a file that comes later is checked like the others."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

ROOT: Final = Path(__file__).resolve().parents[2]
PYTHON_ROOMS: Final = ("mentormatch", "tests", "migrations")
GENERATED: Final = ROOT / "migrations" / "versions"
"""Frames that Alembic writes: one function lists every table of a revision."""
TEMPLATES: Final = ROOT / "templates"
STATIC: Final = ROOT / "mentormatch" / "web" / "static"


class Function(NamedTuple):
    """One function: where it stands and how many lines it takes, its docstring included."""

    place: str
    name: str
    lines: int


def python_files() -> list[Path]:
    """Return every Python file of the product and its tests, without generated ones."""
    found = [path for room in PYTHON_ROOMS for path in sorted((ROOT / room).rglob("*.py"))]
    return [path for path in found if GENERATED not in path.parents] + [ROOT / "wsgi.py"]


def page_files() -> list[Path]:
    """Return the templates, style sheets and scripts."""
    suffixes = {".html", ".txt", ".css", ".js", ".svg"}
    return [path for room in (TEMPLATES, STATIC) for path in sorted(room.rglob("*")) if path.suffix in suffixes]


def functions(path: Path) -> Iterator[Function]:
    """Yield every function of a Python file."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert node.end_lineno is not None
            yield Function(f"{name_of(path)}:{node.lineno}", node.name, node.end_lineno - node.lineno + 1)


def name_of(path: Path) -> str:
    """Return a path as people say it: from the top of the repository."""
    return path.relative_to(ROOT).as_posix()
