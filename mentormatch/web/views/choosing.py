"""What a coordinator does with many participants at once: a step asked about and taken, and files of them."""

from flask import Blueprint, flash, redirect, render_template
from flask.typing import ResponseReturnValue

from mentormatch.domain.actors import Actor
from mentormatch.domain.choices import Chosen
from mentormatch.domain.errors import Fault, InputRefused
from mentormatch.domain.sentences import said
from mentormatch.schemas.choices import TogetherSchema, read_together, seen_text
from mentormatch.services.stepping_together import Asking
from mentormatch.spreadsheets.tables import FileKind
from mentormatch.web.access import Rule, account_id, programme, rule, services
from mentormatch.web.choosing import read_act, read_chosen
from mentormatch.web.downloads import handed_out
from mentormatch.web.forms import Form, read_form
from mentormatch.web.languages import gettext
from mentormatch.web.people_list import list_address, read_question

blueprint = Blueprint("choosing", __name__, url_prefix="/programmes/<slug:slug>")


@blueprint.get("/participants/steps")
@rule(Rule.COORDINATOR)
def ask(slug: str) -> ResponseReturnValue:
    """Say what a step would do to the people chosen, and ask for the reason."""
    chosen, act = _chosen(), read_act()
    if chosen is None or act is None:
        return _nobody(slug)
    asked = services().people.stepping.ask(programme().id, act, chosen)
    return _asking(slug, asked, Form({"seen": seen_text(asked.seen)}))


@blueprint.post("/participants/steps")
@rule(Rule.COORDINATOR)
def take(slug: str) -> ResponseReturnValue:
    """Take a step with the people who are still as they were seen, and say what came of it."""
    form = read_form(TogetherSchema())
    if {"act", "seen"} & form.errors.keys():
        raise InputRefused([Fault(None, None, said("It could not be read who was chosen, or what for."))])
    if not form.is_valid:
        return _ask_again(slug, form), 422
    act, seen, why = form.data["act"], form.data["seen"], form.data["why"]
    outcome = services().people.stepping.take(programme().id, act, seen, actor=Actor.account(account_id()), why=why)
    return render_template(
        "web/participants/stepped.html",
        active="participants",
        outcome=outcome,
        seen=seen_text(outcome.done),
        back=list_address(read_question(), slug),
    )


@blueprint.get("/participants.csv")
@rule(Rule.COORDINATOR)
def answers_csv(slug: str) -> ResponseReturnValue:
    """Hand out all answers of the people chosen in the columns that the import reads."""
    return _answers(slug, FileKind.CSV)


@blueprint.get("/participants.xlsx")
@rule(Rule.COORDINATOR)
def answers_xlsx(slug: str) -> ResponseReturnValue:
    """Hand the same out as a workbook."""
    return _answers(slug, FileKind.XLSX)


@blueprint.get("/participants/list.csv")
@rule(Rule.COORDINATOR)
def list_csv(slug: str) -> ResponseReturnValue:
    """Hand out the list as it is shown, all pages of it."""
    return _list(slug, FileKind.CSV)


@blueprint.get("/participants/list.xlsx")
@rule(Rule.COORDINATOR)
def list_xlsx(slug: str) -> ResponseReturnValue:
    """Hand the same out as a workbook."""
    return _list(slug, FileKind.XLSX)


def _answers(slug: str, kind: FileKind) -> ResponseReturnValue:
    if (chosen := _chosen()) is None:
        return _nobody(slug)
    content = services().people.exporting.answers(programme().id, chosen, kind)
    return handed_out(content, f"{slug}-participants.{kind}")


def _list(slug: str, kind: FileKind) -> ResponseReturnValue:
    if (chosen := _chosen()) is None:
        return _nobody(slug)
    content = services().people.exporting.listed(programme().id, chosen, kind)
    return handed_out(content, f"{slug}-list.{kind}")


def _chosen() -> Chosen | None:
    question = read_question()
    # A filter that cannot be read must never become one that lets everybody through.
    return None if question.errors else read_chosen(question.loaded.wanted)


def _nobody(slug: str) -> ResponseReturnValue:
    question = read_question()
    if not question.errors:
        flash(gettext("Tick at least one person first, or everybody that is found."), "error")
    return redirect(list_address(question, slug), 303)


def _ask_again(slug: str, form: Form) -> str:
    act, seen = read_together(form.values)
    chosen = Chosen(wanted=read_question().loaded.wanted, ids=tuple(seen))
    return _asking(slug, services().people.stepping.ask(programme().id, act, chosen), form)


def _asking(slug: str, asked: Asking, form: Form) -> str:
    return render_template(
        "web/participants/steps.html",
        active="participants",
        asked=asked,
        form=form,
        errors=form.errors,
        back=list_address(read_question(), slug),
    )
