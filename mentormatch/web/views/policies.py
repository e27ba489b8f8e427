"""The policy of a programme: its rules with what each costs now, saving them and putting the earlier ones back."""

from dataclasses import replace

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from mentormatch.domain.actors import Actor
from mentormatch.domain.certification import CERTIFIER_REMARK
from mentormatch.domain.errors import Conflict
from mentormatch.domain.programmes import PolicySettings
from mentormatch.schemas.programme import PolicySettingsSchema, policy_form_of
from mentormatch.schemas.rounds import EarlierSchema
from mentormatch.services.posing_policies import Ground
from mentormatch.services.weighing_policies import Costs
from mentormatch.services.working_out import Worked
from mentormatch.web.access import Rule, account_id, programme, rule, services
from mentormatch.web.forms import Form, read_seen
from mentormatch.web.languages import gettext
from mentormatch.web.programme_form import (
    OBJECTIVES,
    OVERTAKEN,
    policy_instead,
    read_programme,
    seen_version,
    shares_of,
    wants_proposal,
    with_proposal,
)

blueprint = Blueprint("policies", __name__, url_prefix="/programmes/<slug:slug>/policy")


@blueprint.route("", methods=["GET", "POST"])
@rule(Rule.COORDINATOR)
def page(slug: str) -> ResponseReturnValue:
    """Show the policy with what it costs, and save it."""
    if request.method != "POST":
        return _look()
    form = read_programme(PolicySettingsSchema())
    if wants_proposal():
        return _page(with_proposal(form), seen_version())
    if "costs" in request.form or not form.is_valid:
        return _page(form, seen_version()), 200 if form.is_valid else 422
    return _save(slug, form)


@blueprint.post("/costs")
@rule(Rule.COORDINATOR)
def costs(slug: str) -> ResponseReturnValue:  # noqa: ARG001 -- the guard has found the programme by it
    """Say what the policy typed so far would cost: a part of the page, asked for while somebody types."""
    form = read_programme(PolicySettingsSchema())
    ground = services().policies.weighing.ground(programme().id)
    worked = _weighed(ground, form.data) if form.is_valid else None
    return render_template("web/policies/costs.html", worked=worked, ground=ground, errors=form.errors)


@blueprint.post("/put-back")
@rule(Rule.COORDINATOR)
def put_back(slug: str) -> ResponseReturnValue:
    """Put one of the earlier policies back."""
    seen, by = read_seen(EarlierSchema()), Actor.account(account_id())
    services().policies.setting.put_back(programme().id, seen=seen["version"], actor=by, which=seen["which"])
    flash(
        gettext("The earlier policy is back. The one it took the place of can be put back in the same way."), "success"
    )
    return redirect(url_for("policies.page", slug=slug), 303)


def _look() -> str:
    ground = services().policies.weighing.glance(programme().id)
    form = Form(policy_form_of(ground.now.policy), data=ground.now.policy)
    return _drawn(form, ground.now.version, ground, services().policies.weighing.known(ground))


def _save(slug: str, form: Form) -> ResponseReturnValue:
    seen, by = seen_version(), Actor.account(account_id())
    try:
        services().policies.setting.change(programme().id, form.data, seen=seen, actor=by)
    except Conflict:
        return _overtaken(form), 409
    flash(gettext("The policy is saved. Rounds solved from now on follow it."), "success")
    return redirect(url_for("policies.page", slug=slug), 303)


def _overtaken(form: Form) -> str:
    ground = services().policies.weighing.glance(programme().id)
    late = replace(form, errors={"version": OVERTAKEN})
    return _drawn(late, ground.now.version, ground, None, policy_instead(ground.now.policy, form.values))


def _page(form: Form, version: int) -> str:
    weighing = services().policies.weighing
    if not form.data:
        return _drawn(form, version, weighing.glance(programme().id), None)
    ground = weighing.ground(programme().id)
    return _drawn(form, version, ground, _weighed(ground, form.data))


def _weighed(ground: Ground, chosen: PolicySettings) -> Worked[Costs]:
    return services().policies.weighing.weigh(ground, chosen, (programme().id, account_id()))


def _drawn(
    form: Form,
    version: int,
    ground: Ground,
    worked: Worked[Costs] | None,
    instead: tuple[tuple[str, str], ...] = (),
) -> str:
    differing = [policy_instead(one, policy_form_of(ground.now.policy)) for one in ground.now.earlier]
    return render_template(
        "web/policies/page.html",
        active="settings",
        form=form,
        errors=form.errors,
        version=version,
        ground=ground,
        worked=worked,
        instead=instead,
        earlier=[(which, fields) for which, fields in enumerate(differing, start=1) if fields],
        shares=shares_of(form.values),
        proposal_shown=wants_proposal(),
        objectives=OBJECTIVES,
        certifier_remark=CERTIFIER_REMARK,
    )
