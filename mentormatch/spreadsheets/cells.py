"""The text of a spreadsheet cell, written so that no spreadsheet takes it for a formula, and read back unchanged."""

import re
from typing import Final

_DANGEROUS: Final = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")


def guarded(text: str) -> str:
    """Put one apostrophe before a text that a spreadsheet could take for a formula."""
    return f"'{text}" if _DANGEROUS.match(text) else text


def unguarded(cell: str) -> str:
    """Take exactly one guarding apostrophe away."""
    return cell[1:] if cell.startswith("'") and _DANGEROUS.match(cell) else cell
