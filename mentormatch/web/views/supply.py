"""What the mentors of a programme can teach beside what its people want to learn, for its coordinators."""

from typing import Final

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from mentormatch.spreadsheets.tables import FileKind
from mentormatch.web.access import Rule, programme, rule, services
from mentormatch.web.downloads import handed_out

blueprint = Blueprint("supply", __name__, url_prefix="/programmes/<slug:slug>")

_RECRUITS: Final = ("1", "2")
"""How many more mentors may be asked about; advice is worked out only when it is asked for."""


@blueprint.get("/supply")
@rule(Rule.COORDINATOR)
def page(slug: str) -> ResponseReturnValue:  # noqa: ARG001 -- the guard has found the programme by it
    """Show supply and demand, the scarcest competency first."""
    seen, asked = services().people.supply.page(programme().id), request.args.get("recruits", "")
    advice = services().people.recruitment.advice(programme().id, int(asked)) if asked in _RECRUITS else None
    return render_template("web/supply/page.html", active="overview", supply=seen, advice=advice)


@blueprint.get("/supply.csv")
@rule(Rule.COORDINATOR)
def as_csv(slug: str) -> ResponseReturnValue:
    """Hand the table out."""
    return handed_out(services().people.supply.spreadsheet(programme().id, FileKind.CSV), f"{slug}-supply.csv")


@blueprint.get("/supply.xlsx")
@rule(Rule.COORDINATOR)
def as_xlsx(slug: str) -> ResponseReturnValue:
    """Hand the same out as a workbook."""
    return handed_out(services().people.supply.spreadsheet(programme().id, FileKind.XLSX), f"{slug}-supply.xlsx")
