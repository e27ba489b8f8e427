"""The query parameters that the views read, found in their code."""

import re
from typing import Final

from tests.architecture.sources import ROOT

COMMON: Final = {"q", "page", "state", "sort", "next", "round"}
_READS: Final = re.compile(r"args(?:\.get(?:list)?)?[(\[]\s*[\"'](\w+)")


def query_parameters() -> list[str]:
    """Return every query parameter that a view reads, and those that are tried everywhere."""
    code = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "mentormatch" / "web").rglob("*.py"))
    return sorted(COMMON | set(_READS.findall(code)))
