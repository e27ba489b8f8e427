"""A macro by its file and name, without an application around it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from mentormatch.translations.catalogues import language
from mentormatch.translations.speaking import teach

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
    teach(environment, lambda: language("en"))

    def find(file: str, name: str) -> Macro:
        found: Macro = getattr(environment.get_template(f"web/macros/{file}.html").module, name)
        return found

    return find
