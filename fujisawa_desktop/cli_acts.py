"""The commands that move the work on: plan, release, appoint."""

from __future__ import annotations

import argparse

from fujisawa_desktop import texts
from fujisawa_desktop.cli_output import DONE, IN_PART, Json, at_work, print_json, say, secured
from fujisawa_desktop.i18n import _, ngettext
from fujisawa_desktop.rules.selection import Stage
from fujisawa_desktop.services.appointments import AppointResult, appoint
from fujisawa_desktop.services.interview_plan import PlanView, UnplacedPerson, apply_plan, make_plan
from fujisawa_desktop.services.selection import ReleaseResult, release


def plan(arguments: argparse.Namespace) -> int:
    """Make the interview plan; with ``--apply``, book it."""
    with at_work(arguments) as (database, programme_id):
        view = make_plan(database, programme_id=programme_id)
        if arguments.apply and view.changes:
            secured(database, apply_plan.__name__)
            apply_plan(database, plan=view)
    _tell_plan(view, applied=arguments.apply)
    if arguments.json:
        print_json(plan_as_json(view))
    return DONE


def plan_as_json(view: PlanView) -> Json:
    """Return the fixed form of a plan; times are local, ISO, without offset."""
    return {
        "placed": [
            {
                "number": one.number,
                "start": one.start.isoformat(timespec="minutes"),
                "end": one.end.isoformat(timespec="minutes"),
                "interviewers": list(one.interviewers),
            }
            for one in view.placed
        ],
        "unplaced": [
            {
                "number": one.number,
                "reason": _reason(one),
                "fix": texts.message_for(one.fix, one.fix_params),
                "fixes": [texts.message_for(fix.code, fix.params) for fix in one.fixes],
            }
            for one in view.unplaced
        ],
        "proven_optimal": view.proven_optimal,
        "measures": [
            {"aim": one.aim.value, "value": one.value, "bound": one.bound, "proven": one.proven}
            for one in view.measures
        ],
    }


def release_stage(arguments: argparse.Namespace) -> int:
    """Announce the pending decisions of a stage."""
    with at_work(arguments) as (database, programme_id):
        secured(database, release.__name__)
        result = release(
            database, programme_id=programme_id, stage=Stage(arguments.stage), reason=arguments.reason
        )
    _tell_release(result)
    if arguments.json:
        print_json(
            {
                "stage": result.stage.value,
                "announced": result.announced,
                "passed": result.passed,
                "failed": result.failed,
                "reserve": result.reserve,
                "withdrawn": result.withdrawn,
                "warnings": [texts.message_for(warning.code, warning.params) for warning in result.warnings],
            }
        )
    return DONE


def appoint_people(arguments: argparse.Namespace) -> int:
    """Appoint announced passes; their acceptance, which the command stands for, is recorded with it."""
    with at_work(arguments) as (database, programme_id):
        secured(database, appoint.__name__)
        result = appoint(database, programme_id=programme_id, numbers=arguments.applicant, accept=True)
    _tell_appointments(result)
    return IN_PART if result.refused else DONE


def _reason(one: UnplacedPerson) -> str:
    return texts.message_for(one.reason, one.reason_params)


def _tell_plan(view: PlanView, *, applied: bool) -> None:
    total = len(view.placed) + len(view.unplaced)
    say(
        _("{placed} of {total} people have an interview in this plan.").format(
            placed=len(view.placed), total=total
        )
    )
    if not view.proven_optimal:
        say(_("The time for planning ran out: a plan for more people may exist. Plan again to look further."))
    for one in view.unplaced:
        fix = texts.message_for(one.fix, one.fix_params)
        say(
            _("{number} {name}: no place. {reason} {fix}").format(
                number=one.number, name=one.name, reason=_reason(one), fix=fix
            )
        )
    if applied:
        say(
            ngettext("{count} interview was booked.", "{count} interviews were booked.", view.changes).format(
                count=view.changes
            )
        )
    else:
        say(_("Nothing was booked. “plan --apply” books the plan."))


def _tell_release(result: ReleaseResult) -> None:
    say(
        _("{stage}: {announced} announced ({passed} passed, {failed} failed, {reserve} in reserve).").format(
            stage=texts.term("stage", result.stage),
            announced=result.announced,
            passed=result.passed,
            failed=result.failed,
            reserve=result.reserve,
        )
    )
    if result.withdrawn:
        text = ngettext(
            "{count} decision was left out, because the person has withdrawn.",
            "{count} decisions were left out, because the people have withdrawn.",
            result.withdrawn,
        )
        say(text.format(count=result.withdrawn))
    for warning in result.warnings:
        say(texts.message_for(warning.code, warning.params))


def _tell_appointments(result: AppointResult) -> None:
    count = len(result.appointed)
    text = ngettext(
        "{count} person was appointed; the acceptance was recorded with it.",
        "{count} people were appointed; their acceptance was recorded with it.",
        count,
    )
    say(text.format(count=count))
    for number in result.already:
        say(_("{number} had been appointed before.").format(number=number))
    for refusal in result.refused:
        say(texts.message_for(refusal.code, refusal.params))
    for finding in result.findings:
        say(texts.message_for(finding.code, finding.params))
