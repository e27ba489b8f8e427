"""What every page may use without being handed it: the viewer, the programme, the words of the field."""

from flask import Flask, current_app, g

from mentormatch.domain.certification import CERTIFICATION_TITLES
from mentormatch.domain.competency_texts import COMPETENCY_TEXTS
from mentormatch.domain.levels import LEVEL_NAMES, LEVEL_QUESTIONS
from mentormatch.domain.positions import POSITION_TITLES
from mentormatch.web.access import viewer


def register_globals(app: Flask) -> None:
    """Hand the layout what it needs on every page."""
    app.context_processor(_known)


def has_page(endpoint: str) -> bool:
    """Tell whether the site has a page of this name."""
    return endpoint in current_app.view_functions


def _known() -> dict[str, object]:
    return {
        "viewer": viewer(),
        "programme": g.get("programme"),
        "has_page": has_page,
        "competency_texts": COMPETENCY_TEXTS,
        "level_names": LEVEL_NAMES,
        "level_questions": LEVEL_QUESTIONS,
        "position_titles": POSITION_TITLES,
        "certification_titles": CERTIFICATION_TITLES,
    }
