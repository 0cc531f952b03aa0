"""勤務と報酬の設定: saving, refusals, taking back, and whom a change reaches."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from appointed import FOUR, TEN_DAYS, Person, add_people, appoint_four, sample_december, staff, work

from fujisawa_desktop.errors import ConflictError, NotFoundError, ValidationError
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.hand_ins import HandInKind
from fujisawa_desktop.rules.hours import Cap
from fujisawa_desktop.rules.pay import Rounding
from fujisawa_desktop.services.appointment_view import appointment_view
from fujisawa_desktop.services.appointments import appoint
from fujisawa_desktop.services.changes import Label
from fujisawa_desktop.services.dated_figures import choose_prefecture
from fujisawa_desktop.services.hand_ins import owed_hand_ins, receive_hand_ins
from fujisawa_desktop.services.history import undo, undo_state
from fujisawa_desktop.services.journal_check import check_journal
from fujisawa_desktop.services.pay import pay_for_month
from fujisawa_desktop.services.programmes import ProgrammeView, programme
from fujisawa_desktop.services.staff import Member
from fujisawa_desktop.services.work_settings import agreed_otherwise, save_work_settings, work_settings

RYOSUKE = FOUR[0].number


@pytest.fixture
def form(database: Database, programme_id: int) -> ProgrammeView:
    return work_settings(database, programme_id=programme_id).programme


def december(database: Database, programme_id: int) -> dict[str, int]:
    rows = pay_for_month(database, programme_id=programme_id, year=2024, month=12)
    return {row.number: row.pay for row in rows}


def test_what_is_read(database: Database, programme_id: int) -> None:
    before = work_settings(database, programme_id=programme_id)
    assert before.programme == programme(database, programme_id)
    assert (before.appointed, before.prefecture) == (0, "")
    appoint_four(database, programme_id)
    choose_prefecture(database, name="神奈川県")
    after = work_settings(database, programme_id=programme_id)
    assert (after.appointed, after.prefecture) == (4, "神奈川県")
    with pytest.raises(NotFoundError, match=r"programme\.gone"):
        work_settings(database, programme_id=999)


def test_settings_are_one_act_under_a_name_of_its_own(database: Database, form: ProgrammeView) -> None:
    wanted = replace(
        form,
        cap_minutes=3_000,
        cap_inclusive=True,
        week_days_min=2,
        week_days_max=4,
        pay_rounding="C",
        tax_column="otsu",
        commuting_mode="min_of_both",
        commuting_cap_yen=15_000,
        premium_day_minutes=465,
        premium_week_minutes=2_325,
        premium_percent=30,
        probation_days=None,
        oath_required=False,
        minimum_wages=(("2026-10-01", 1_290),),
    )
    assert save_work_settings(database, form=wanted).kinds == {"programme"}
    assert programme(database, form.id) == replace(wanted, version=form.version + 1)
    assert undo_state(database).undo == Label("programme.work-settings")
    undo(database)
    assert programme(database, form.id) == form
    assert not save_work_settings(
        database, form=work_settings(database, programme_id=form.id).programme
    ).changed


def test_a_premium_holds_for_everybody_at_once(database: Database, programme_id: int) -> None:
    """10 days, 59:45, 9 of 6:00 and one of 5:45: beyond 5:00 a day lie 585 minutes at 1,573 yen."""
    sample_december(database, programme_id)
    assert december(database, programme_id)[RYOSUKE] == 75_166
    form = work_settings(database, programme_id=programme_id).programme
    save_work_settings(database, form=replace(form, premium_day_minutes=300))
    assert december(database, programme_id)[RYOSUKE] == 78_237
    form = work_settings(database, programme_id=programme_id).programme
    save_work_settings(database, form=replace(form, premium_percent=50))
    # 3,000 min × 1,258 + 585 min × 1,887 (1,258 × 1.5)
    assert december(database, programme_id)[RYOSUKE] == 81_298
    undo(database)
    undo(database)
    assert december(database, programme_id)[RYOSUKE] == 75_166


def test_who_is_appointed_keeps_what_was_agreed(database: Database, programme_id: int) -> None:
    sample_december(database, programme_id)
    before = staff(database, programme_id)
    pay = december(database, programme_id)
    form = work_settings(database, programme_id=programme_id).programme
    wanted = replace(form, cap_minutes=3_000, cap_inclusive=True, week_days_max=5, pay_rounding="C")
    assert agreed_otherwise(form, wanted)
    save_work_settings(database, form=wanted)
    assert staff(database, programme_id) == before
    assert december(database, programme_id) == pay
    late = Person("100000299999", "見本　遅子", "ミホン オソコ")
    add_people(database, programme_id, (late,))
    appoint(database, programme_id=programme_id, accept=True)
    member = staff(database, programme_id)[late.number]
    assert member.rules.cap == Cap(3_000, inclusive=True)
    assert (member.rules.week_days_max, member.rounding) == (5, Rounding.C)


def needed_oath(database: Database, member: Member) -> bool:
    view = appointment_view(database, appointment_id=member.appointment_id)
    return next(one.needed for one in view.hand_ins if one.kind is HandInKind.OATH)


def test_an_oath_no_longer_asked_for_is_owed_by_nobody(database: Database, programme_id: int) -> None:
    four = appoint_four(database, programme_id)
    given = [(four[RYOSUKE].appointment_id, HandInKind.OATH)]
    receive_hand_ins(database, places=given, received_on=date(2024, 12, 2))

    def owed() -> int:
        found = owed_hand_ins(database, programme_id=programme_id, today=date(2024, 12, 20))
        return sum(one.row.kind is HandInKind.OATH for one in found)

    assert owed() == 3
    form = work_settings(database, programme_id=programme_id).programme
    save_work_settings(database, form=replace(form, oath_required=False))
    assert owed() == 0
    assert [number for number, one in four.items() if needed_oath(database, one)] == [RYOSUKE]
    form = work_settings(database, programme_id=programme_id).programme
    save_work_settings(database, form=replace(form, oath_required=True))
    assert owed() == 3
    undo(database)
    undo(database)
    assert owed() == 3
    assert check_journal(database).broken_at is None


def test_oath_probation_and_minimum_wages_hold_at_once(database: Database, programme_id: int) -> None:
    four = appoint_four(database, programme_id)
    work(database, programme_id, four[RYOSUKE], TEN_DAYS[:1], "終")
    form = work_settings(database, programme_id=programme_id).programme
    wanted = replace(form, oath_required=False, probation_days=5, minimum_wages=(("2024-10-01", 1_300),))
    assert not agreed_otherwise(form, wanted)
    save_work_settings(database, form=wanted)
    view = appointment_view(database, appointment_id=four[RYOSUKE].appointment_id)
    assert not needed_oath(database, four[RYOSUKE])
    assert view.conditional.needed_days == 5
    (row,) = [
        row
        for row in pay_for_month(database, programme_id=programme_id, year=2024, month=12)
        if row.number == RYOSUKE
    ]
    assert "pay.below-minimum-wage" in [problem.code for problem in row.problems]


REFUSED: list[tuple[dict[str, Any], str, str]] = [
    ({"cap_minutes": 44_641}, "number.too-large", "cap_minutes"),
    ({"cap_minutes": 10**30}, "number.too-large", "cap_minutes"),
    ({"premium_day_minutes": 481}, "programme.premium-day", "premium_day_minutes"),
    ({"premium_day_minutes": 0}, "number.too-small", "premium_day_minutes"),
    ({"premium_week_minutes": 2_401}, "programme.premium-week", "premium_week_minutes"),
    ({"premium_week_minutes": 0}, "number.too-small", "premium_week_minutes"),
    ({"premium_percent": 24}, "programme.premium-percent", "premium_percent"),
    ({"premium_percent": 101}, "number.too-large", "premium_percent"),
    ({"probation_days": 0}, "number.too-small", "probation_days"),
    ({"probation_days": 367}, "number.too-large", "probation_days"),
    ({"commuting_cap_yen": 1_000_001}, "number.too-large", "commuting_cap_yen"),
    ({"minimum_wages": (("2026-13-01", 1_290),)}, "programme.wage-line", "minimum_wages"),
    ({"minimum_wages": (("2026-10-01", 0),)}, "number.too-small", "minimum_wages"),
    ({"minimum_wages": (("2026-10-01", 100_001),)}, "number.too-large", "minimum_wages"),
    ({"minimum_wages": (("2026-10-01", 1), ("2026-10-01", 2))}, "programme.listed-twice", "minimum_wages"),
]


@pytest.mark.parametrize(("changes", "code", "field"), REFUSED)
def test_what_cannot_be_is_refused_at_its_field(
    database: Database, form: ProgrammeView, changes: dict[str, Any], code: str, field: str
) -> None:
    with pytest.raises(ValidationError) as caught:
        save_work_settings(database, form=replace(form, **changes))
    assert (caught.value.code, caught.value.field) == (code, field)
    assert programme(database, form.id) == form


def test_the_bounds_themselves_are_fine(database: Database, form: ProgrammeView) -> None:
    save_work_settings(
        database,
        form=replace(
            form,
            cap_minutes=44_640,
            premium_day_minutes=480,
            premium_week_minutes=2_400,
            premium_percent=100,
            probation_days=366,
            commuting_cap_yen=0,
            minimum_wages=(),
        ),
    )
    stored = programme(database, form.id)
    assert (stored.premium_percent, stored.probation_days, stored.minimum_wages) == (100, 366, ())


def test_somebody_elses_change_is_not_written_over(database: Database, form: ProgrammeView) -> None:
    save_work_settings(database, form=replace(form, premium_percent=30))
    with pytest.raises(ConflictError, match=r"conflict\.changed-meanwhile"):
        save_work_settings(database, form=replace(form, premium_percent=40))
    assert programme(database, form.id).premium_percent == 30
