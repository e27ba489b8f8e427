"""A macro by its file and name, without an application around it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader, StrictUndefined

Macro = Callable[..., str]
TEMPLATES = Path(__file__).parents[3] / "templates"


@pytest.fixture
def macro() -> Callable[[str, str], Macro]:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["csrf_token"] = lambda: "token"

    def find(file: str, name: str) -> Macro:
        found: Macro = getattr(environment.get_template(f"web/macros/{file}.html").module, name)
        return found

    return find
