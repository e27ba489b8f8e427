"""Compiled templates: the same text is compiled once in a run, whoever builds an environment around it."""

from collections.abc import Iterator
from types import CodeType
from typing import Any

import pytest
from jinja2 import Environment

_compile = Environment.compile


def _what_decides(environment: Environment, name: str | None) -> tuple[object, ...]:
    """Return what else the code depends on: switches of the environment, but nothing that is looked up on rendering."""
    escaping = environment.autoescape
    return (
        (environment.trim_blocks, environment.lstrip_blocks, environment.policies.get("ext.i18n.trimmed")),
        escaping(name) if callable(escaping) else escaping,
        (environment.undefined, environment.finalize is None),
        tuple(sorted(environment.extensions)),
    )


@pytest.fixture(scope="session", autouse=True)
def compiled_once() -> Iterator[None]:
    """Compiling the pages and mails takes longer than most tests that show one."""
    known: dict[tuple[object, ...], CodeType] = {}

    def compile_once(environment: Environment, source: str, name: str | None = None, *rest: Any) -> CodeType:  # noqa: ANN401 -- jinja's own signature
        key = (source, name, *rest, *_what_decides(environment, name))
        if key not in known:
            known[key] = _compile(environment, source, name, *rest)
        return known[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Environment, "compile", compile_once)
        yield
