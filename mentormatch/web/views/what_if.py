"""What-if: up to four policies side by side, on the people of now or of a round, and adopting one of them."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from mentormatch.domain.actors import Actor
from mentormatch.schemas.rounds import MOST_PAGES, RoundSchema
from mentormatch.services.comparing_policies import ChangesPage, Trial
from mentormatch.services.posing_policies import Ground
from mentormatch.services.working_out import Standing, Worked
from mentormatch.web.access import Rule, account_id, programme, rule, services
from mentormatch.web.languages import gettext
from mentormatch.web.programme_form import OBJECTIVES
from mentormatch.web.questions import question_of
from mentormatch.web.what_if_form import (
    FEWEST,
    LETTERS,
    Column,
    address_of,
    figures,
    first_columns,
    read_adopted,
    read_columns,
    resized,
    told,
)

blueprint = Blueprint("what_if", __name__, url_prefix="/programmes/<slug:slug>/what-if")

_ROUND: Final = RoundSchema()


@blueprint.get("")
@rule(Rule.COORDINATOR)
def page(slug: str) -> ResponseReturnValue:  # noqa: ARG001 -- the guard has found the programme by it
    """Show the policies that the address names side by side, and what they come to once it is asked."""
    comparing = services().policies.comparing
    number, asked = question_of(_ROUND).loaded["round"], request.args.get("columns", "")
    glance = comparing.glance(programme().id, number)
    if asked not in {str(n) for n in range(FEWEST, len(LETTERS) + 1)}:
        return _page(glance, first_columns(glance.begin_with))
    columns = read_columns(request.args, int(asked), glance.begin_with)
    if "more" in request.args or "fewer" in request.args:
        return _page(glance, resized(columns, by=1 if "more" in request.args else -1))
    if any(column.errors for column in columns):
        return _page(glance, columns), 422
    ground = comparing.ground(programme().id, number)
    chosen = [column.chosen for column in columns if column.chosen]
    return _page(ground, columns, comparing.compare(ground, chosen, (programme().id, account_id())))


@blueprint.post("/adopt")
@rule(Rule.COORDINATOR)
def adopt(slug: str) -> ResponseReturnValue:
    """Make one of the policies the programme's own."""
    chosen, by = read_adopted(), Actor.account(account_id())
    seen = chosen.pop("version")
    now = services().policies.weighing.glance(programme().id).now
    services().policies.setting.change(programme().id, replace(now.policy, **chosen), seen=seen, actor=by)
    flash(_adopted(), "success")
    if now.open_round is None:
        return redirect(url_for("rounds.list_rounds", slug=slug), 303)
    return redirect(url_for("rounds.one", slug=slug, number=now.open_round), 303)


def _adopted() -> str:
    return gettext("The policy is adopted. Solve the round to see the pairs it gives; the one before can be put back.")


def _page(ground: Ground, columns: Sequence[Column], worked: Worked[tuple[Trial, ...]] | None = None) -> str:
    trials = worked.answer if worked and worked.standing is Standing.FOUND else None
    return render_template(
        "web/what_if/page.html",
        active="settings",
        ground=ground,
        columns=columns,
        errors=told(columns),
        worked=worked,
        trials=trials,
        rows=list(figures(trials)) if trials else [],
        changes=_changes(ground, columns, trials) if trials else None,
        asked=address_of(columns) | ({"round": str(ground.stored.round_number)} if ground.stored else {}),
        most=len(LETTERS),
        fewest=FEWEST,
        objectives=OBJECTIVES,
    )


def _changes(ground: Ground, columns: Sequence[Column], trials: Sequence[Trial]) -> tuple[Column, ChangesPage] | None:
    for column, trial in list(zip(columns, trials, strict=True))[1:]:
        if column.letter == request.args.get("changes"):
            number = request.args.get("page", 1, type=int)
            shown = services().policies.comparing.changes(ground, trial, min(max(1, number), MOST_PAGES))
            return column, shown
    return None
