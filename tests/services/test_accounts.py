"""The account of one person: kept as a bank reads it, compared with the paper, never cut."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from appointed import FOUR, appoint_four

from fujisawa_desktop.errors import ConflictError, NotFoundError, RuleError, ValidationError
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services.accounts import AccountForm, account_form, remove_account, save_account
from fujisawa_desktop.services.history import history_of, undo
from fujisawa_desktop.services.staff import Member

RYOSUKE = FOUR[0].number


@pytest.fixture
def member(database: Database, programme_id: int) -> Member:
    return appoint_four(database, programme_id)[RYOSUKE]


def form(member: Member, **changes: Any) -> AccountForm:
    """The account of the example of domain rules 6.5, as it is typed."""
    values: dict[str, Any] = {
        "bank_code": "０９９８",
        "bank_kana": "テストギンコウ",
        "branch_code": "045",
        "branch_kana": "ふじさわ",
        "account_number": "0012345",
        "holder_kana": "クルミザワ　リョウスケ",
        "employee_code": "1",
        **changes,
    }
    return AccountForm(appointment_id=member.appointment_id, **values)


def stored(database: Database, member: Member) -> AccountForm:
    return account_form(database, appointment_id=member.appointment_id)


def test_nothing_is_stored_at_first(database: Database, member: Member) -> None:
    assert stored(database, member) == AccountForm(appointment_id=member.appointment_id)


def test_it_is_kept_as_a_bank_reads_it(database: Database, member: Member) -> None:
    change = save_account(database, form=form(member), confirmed=True, actor="test")
    assert change.kinds == {"transfer_account"}
    kept = stored(database, member)
    assert (kept.bank_code, kept.bank_kana) == ("0998", "ﾃｽﾄｷﾞﾝｺｳ")
    assert (kept.branch_code, kept.branch_kana) == ("045", "ﾌｼﾞｻﾜ")
    assert (kept.account_kind, kept.account_number, kept.holder_kana) == (1, "0012345", "ｸﾙﾐｻﾞﾜ ﾘﾖｳｽｹ")
    assert (kept.employee_code, kept.unit_code, kept.version) == ("1", "", 1)
    assert kept.confirmed_at is not None
    assert history_of(database, "applicant", member.applicant_id)[0].label.code == "account.save"
    undo(database)
    assert stored(database, member).version == 0


def test_what_was_kept_can_be_saved_as_it_is(database: Database, member: Member) -> None:
    save_account(database, form=form(member), confirmed=True)
    kept = stored(database, member)
    assert not save_account(database, form=kept, confirmed=True).changed
    assert stored(database, member) == kept


def test_a_change_has_to_be_compared_again(database: Database, member: Member) -> None:
    save_account(database, form=form(member), confirmed=True)
    save_account(database, form=replace(stored(database, member), account_number="7654321"), confirmed=False)
    kept = stored(database, member)
    assert (kept.account_number, kept.confirmed_at, kept.version) == ("7654321", None, 2)
    save_account(database, form=kept, confirmed=True)
    assert stored(database, member).confirmed_at is not None


@pytest.mark.parametrize("length", range(1, 7))
def test_a_short_number_is_taken_only_once_it_was_compared(
    database: Database, member: Member, length: int
) -> None:
    short = form(member, account_number="9" * length)
    with pytest.raises(ValidationError) as caught:
        save_account(database, form=short, confirmed=False)
    assert (caught.value.code, caught.value.field) == ("transfer.account-short", "account_number")
    assert stored(database, member).version == 0
    save_account(database, form=short, confirmed=True)
    assert stored(database, member).account_number == ("9" * length).zfill(7)


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"bank_code": "998"}, "transfer.code", "bank_code"),
        ({"branch_code": "45A"}, "transfer.code", "branch_code"),
        ({"bank_kana": "みほん銀行"}, "transfer.kanji", "bank_kana"),
        ({"branch_kana": ""}, "transfer.text-missing", "branch_kana"),
        ({"branch_kana": "ア" * 16}, "transfer.text-long", "branch_kana"),
        ({"holder_kana": "ヴァン・デンバーグ"}, "transfer.middle-dot", "holder_kana"),
        ({"holder_kana": "ガ" * 16}, "transfer.text-long", "holder_kana"),
        ({"account_number": ""}, "transfer.account-missing", "account_number"),
        ({"account_number": "12345678"}, "transfer.account-long", "account_number"),
        ({"account_number": "12345a7"}, "transfer.account-digits", "account_number"),
        ({"account_kind": 4}, "transfer.account-kind", "account_kind"),
        ({"employee_code": "12345678901"}, "transfer.code-long", "employee_code"),
        ({"unit_code": "A1"}, "transfer.code-long", "unit_code"),
    ],
)
def test_what_a_bank_refuses_is_refused_and_nothing_is_cut(
    database: Database, member: Member, changes: dict[str, Any], code: str, field: str
) -> None:
    with pytest.raises(ValidationError) as caught:
        save_account(database, form=form(member, **changes), confirmed=True)
    assert (caught.value.code, caught.value.field) == (code, field)
    assert stored(database, member).version == 0


def test_it_can_be_removed(database: Database, member: Member) -> None:
    save_account(database, form=form(member), confirmed=True)
    remove_account(database, appointment_id=member.appointment_id, version=1)
    assert stored(database, member).version == 0
    with pytest.raises(RuleError, match=r"account\.none"):
        remove_account(database, appointment_id=member.appointment_id, version=1)
    undo(database)
    assert stored(database, member).holder_kana == "ｸﾙﾐｻﾞﾜ ﾘﾖｳｽｹ"


def test_somebody_else_was_faster(database: Database, member: Member) -> None:
    save_account(database, form=form(member), confirmed=True)
    with pytest.raises(ConflictError, match=r"conflict\.changed-meanwhile"):
        save_account(database, form=form(member, account_number="1111111"), confirmed=True)
    with pytest.raises(ConflictError, match=r"conflict\.changed-meanwhile"):
        remove_account(database, appointment_id=member.appointment_id, version=7)


def test_an_appointment_that_is_not_there(database: Database, member: Member) -> None:
    for act in (
        lambda: account_form(database, appointment_id=99),
        lambda: save_account(database, form=replace(form(member), appointment_id=99), confirmed=True),
        lambda: remove_account(database, appointment_id=99, version=1),
    ):
        with pytest.raises(NotFoundError, match=r"appointment\.missing"):
            act()
