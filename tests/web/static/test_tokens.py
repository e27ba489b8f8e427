"""The colours keep their contrast in both themes; what the browser's own checks do not look at is looked at here."""

import re
from pathlib import Path

import pytest

import mentormatch

TOKENS = Path(mentormatch.__file__).parent / "web" / "static" / "css" / "tokens.css"
TEXT, SHAPE = 4.5, 3.0
PAPERS = ("paper", "surface", "sunken")
HEAT = [f"{side}-{step}" for side in ("supply", "demand") for step in range(1, 6)]
PAIRS = [
    *(("ink", paper, TEXT) for paper in (*PAPERS, *HEAT)),
    *((ink, paper, TEXT) for ink in ("ink-soft", "accent", "want", "danger") for paper in PAPERS),
    *((kind, f"{kind}-tint", TEXT) for kind in ("accent", "want", "danger")),
    *((f"on-{kind}", kind, TEXT) for kind in ("accent", "want", "danger")),
    *(("field-line", paper, SHAPE) for paper in PAPERS),
]


def colours(theme: int) -> dict[str, str]:
    """The tokens of the light (0) or the dark (1) theme."""
    found = re.findall(r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)", TOKENS.read_text())
    return {name: both[theme] for name, *both in found}


def luminance(colour: str) -> float:
    """Relative luminance as WCAG defines it."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("front", "back", "least"), PAIRS)
def test_the_contrast_is_enough(front: str, back: str, least: float, theme: int) -> None:
    known = colours(theme)

    lighter, darker = sorted((luminance(known[front]), luminance(known[back])), reverse=True)

    assert (lighter + 0.05) / (darker + 0.05) >= least
