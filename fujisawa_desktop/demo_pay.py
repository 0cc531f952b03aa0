"""Terms, hours and pay of the invented people: from what they hand in to a day corrected after payment."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from fujisawa_desktop import texts
from fujisawa_desktop.i18n import _
from fujisawa_desktop.rules.calendar import add_months, previous_open_day
from fujisawa_desktop.rules.commuting import CommutingMode
from fujisawa_desktop.rules.hand_ins import HandInKind, due_day
from fujisawa_desktop.services.accounts import account_form, save_account
from fujisawa_desktop.services.appointments import appointments, save_terms, terms_form
from fujisawa_desktop.services.consignor import consignor_form, save_consignor
from fujisawa_desktop.services.hand_ins import hand_ins_of, owed_hand_ins, receive_hand_ins, save_hand_ins
from fujisawa_desktop.services.hours import month_view
from fujisawa_desktop.services.hours_corrections import CorrectionForm, correct_day
from fujisawa_desktop.services.hours_fill import fill_usual_week
from fujisawa_desktop.services.hours_reasons import explain_work
from fujisawa_desktop.services.month_confirmations import confirm_month
from fujisawa_desktop.services.months import close_month
from fujisawa_desktop.services.pay import issue_statements
from fujisawa_desktop.services.payments import mark_paid
from fujisawa_desktop.services.register_files import save_register
from fujisawa_desktop.services.register_layouts import layouts
from fujisawa_desktop.services.transfer_file import transfer_view, write_transfer
from fujisawa_desktop.services.usual_week import save_usual_week
from fujisawa_desktop.services.year_end_files import save_year_end

if TYPE_CHECKING:
    from fujisawa_desktop.models.database import Database

ACTOR: Final = "demo"
Month = Mapping[str, Any]
"""Programme, year and month, as the services name them."""
_WEEKS: Final[Sequence[Mapping[int, str]]] = (
    {0: "終", 2: "終"},
    {1: "終", 3: "半"},
    {0: "半", 2: "半", 4: "半"},
)
"""Usual weeks: weekday (0 is Monday) → a day as it is typed into the grid."""
_WAYS: Final[Sequence[Mapping[str, Any]]] = (
    {"commuting_mode": CommutingMode.PER_DAY, "round_trip_yen": 840},
    {"commuting_mode": CommutingMode.MIN_OF_BOTH, "round_trip_yen": 1_260, "pass_yen": 15_000},
    {"commuting_mode": CommutingMode.NONE},
)
_CONSIGNOR: Final[Mapping[str, object]] = {
    "code": "0000012345",
    "name_kana": "フジサワシ",
    "bank_code": "0999",
    "bank_kana": "ミホンギンコウ",
    "branch_code": "123",
    "branch_kana": "ホンテン",
    "account_kind": 1,
    "account_number": "1234567",
}
"""Bank and account are invented, as are those of the people."""
_BANK: Final[Mapping[str, Any]] = {
    "bank_code": "0998",
    "bank_kana": "テストギンコウ",
    "branch_code": "045",
    "branch_kana": "フジサワ",
}
_LATE: Final = frozenset({HandInKind.ENROLMENT, HandInKind.COMMUTING})
"""What one of the people has not handed in yet."""
REASON: Final = "窓口の繁忙のため、受入部署の依頼による"
CORRECTED: Final = "出勤簿の転記誤り"


@dataclass(frozen=True, slots=True)
class Made:
    """A file of the demonstration and what it is."""

    path: Path
    what: str


class PayPart:
    """The part of the year that begins with the appointments; ``made`` collects the files.

    Args of the constructor: the database, the folder of lists, the programme, and what prints a paper.
    """

    def __init__(
        self, database: Database, lists: Path, programme_id: int, print_paper: Callable[..., None]
    ) -> None:
        self._database = database
        self._lists = lists
        self._programme_id = programme_id
        self._print = print_paper
        self.made: list[Made] = []

    def take_papers(self, term_from: date) -> None:
        """Agree upon usual weeks and fares, enter accounts, and take what people hand in; one is late."""
        asked = term_from - timedelta(days=14)
        self._set_due_days(asked)
        self._print("hand-in-guide", dated=asked)
        self._print("oath", dated=term_from)
        for at, member in enumerate(appointments(self._database, self._programme_id)):
            self._agree(at, member.appointment_id)
        form = consignor_form(self._database, programme_id=self._programme_id)
        save_consignor(self._database, form=replace(form, values=_CONSIGNOR), actor=ACTOR)
        owed = owed_hand_ins(self._database, programme_id=self._programme_id, today=term_from)
        late = owed[-1].member.appointment_id if owed else 0
        places = [
            (one.member.appointment_id, one.row.kind)
            for one in owed
            if one.member.appointment_id != late or one.row.kind not in _LATE
        ]
        receive_hand_ins(
            self._database, places=places, received_on=term_from - timedelta(days=4), actor=ACTOR
        )

    def _set_due_days(self, asked: date) -> None:
        """Set the last days as seen from the day of the letter: the people were appointed only just now."""
        with self._database.read() as session:
            papers = hand_ins_of(session, self._programme_id)
        for member in appointments(self._database, self._programme_id):
            rows = [
                replace(row, due_on=due_day(row.kind, member.rules.first, asked, member.rules.closed_days))
                for row in papers[member.appointment_id]
            ]
            save_hand_ins(self._database, appointment_id=member.appointment_id, rows=rows, actor=ACTOR)

    def _agree(self, at: int, appointment_id: int) -> None:
        """Store what is agreed with one person; every change counts the version of the appointment on."""
        terms = terms_form(self._database, appointment_id=appointment_id)
        save_terms(self._database, form=replace(terms, **_WAYS[at % len(_WAYS)]), actor=ACTOR)
        save_usual_week(
            self._database,
            appointment_id=appointment_id,
            version=terms_form(self._database, appointment_id=appointment_id).version,
            entries=_WEEKS[at % len(_WEEKS)],
            actor=ACTOR,
        )
        account = replace(
            account_form(self._database, appointment_id=appointment_id),
            **_BANK,
            account_number=f"{7_000_001 + at}",
            holder_kana=self._kana(appointment_id),
        )
        save_account(self._database, form=account, confirmed=True, actor=ACTOR)

    def _kana(self, appointment_id: int) -> str:
        """Return the reading as a passbook has it: banks know no ・, which long names may have."""
        return next(
            member.kana.replace("・", " ")
            for member in appointments(self._database, self._programme_id)
            if member.appointment_id == appointment_id
        )

    def settle(self, first: date, signers: Mapping[str, str]) -> None:
        """Bring the worked month to its end: reasons, confirmations, closing, pay, register, transfers.

        Args:
            first: a day of the month.
            signers: who signs, by host department.
        """
        month: Month = {"programme_id": self._programme_id, "year": first.year, "month": first.month}
        following = add_months(first.replace(day=1), 1)
        self._explain(month)
        self._confirm(month, following, signers)
        for act in (close_month, issue_statements):
            act(self._database, **month, actor=ACTOR)
        dated = following.replace(day=10)
        self._print("pay-statement", dated=dated)
        self._print("register", dated=dated)
        self._send(month, dated)
        mark_paid(self._database, **month, actor=ACTOR)

    def _explain(self, month: Month) -> None:
        """Say why worked time broke a rule: without it the month could not be closed."""
        view = month_view(self._database, **month)
        for person in view.people:
            places = [
                (person.member.appointment_id, day) for day, cell in person.cells.items() if cell.unexplained
            ]
            if places:
                explain_work(
                    self._database,
                    programme_id=self._programme_id,
                    places=places,
                    reason=REASON,
                    actor=ACTOR,
                )

    def _confirm(self, month: Month, following: date, signers: Mapping[str, str]) -> None:
        """Let each host department sign its sheet."""
        self._print("confirmation", dated=following)
        departments: dict[str, list[int]] = {}
        for person in month_view(self._database, **month).people:
            departments.setdefault(person.member.host_department, []).append(person.member.appointment_id)
        for department, people in departments.items():
            confirm_month(
                self._database,
                **month,
                appointment_ids=people,
                confirmed_on=previous_open_day(following.replace(day=6)),
                confirmed_by=signers.get(department, department),
                actor=ACTOR,
            )

    def _send(self, month: Month, dated: date) -> None:
        """Write the register for the payroll office and the file for the bank."""
        name = f"{month['year']}-{month['month']:02d}"
        register = self._lists / f"register-{name}.xlsx"
        save_register(
            self._database,
            **month,
            layout=layouts(self._database)[0],
            file_format="xlsx",
            path=register,
            say=lambda code: texts.paper_term("register-doubt", code),
            actor=ACTOR,
        )
        self.made.append(Made(register, texts.term("kind", "register")))
        view = transfer_view(self._database, **month)
        if view.pay_date is None:
            return
        transfer = self._lists / f"transfer-{name}.txt"
        write_transfer(
            self._database, **month, pay_date=view.pay_date, path=transfer, today=dated, actor=ACTOR
        )
        self.made.append(Made(transfer, _("file for the bank, with invented accounts")))
        self._print("transfer-list", dated=dated)

    def correct(self, first: date) -> None:
        """Find one day too short after it was paid: the difference comes with the next month's pay."""
        month: Month = {"programme_id": self._programme_id, "year": first.year, "month": first.month}
        view = month_view(self._database, **month)
        person = min(view.people, key=lambda one: one.worked)
        day = min(day for day, cell in person.cells.items() if cell.worked)
        form = CorrectionForm(self._programme_id, person.member.appointment_id, day, "終", CORRECTED)
        correct_day(self._database, form=form, actor=ACTOR)

    def plan(self, first: date) -> None:
        """Plan everybody's usual week into a month."""
        members = appointments(self._database, self._programme_id)
        fill_usual_week(
            self._database,
            programme_id=self._programme_id,
            year=first.year,
            month=first.month,
            appointment_ids=[member.appointment_id for member in members],
            actor=ACTOR,
        )

    def end_of_year(self, year: int) -> None:
        """List what was paid, for the office that writes the statements of tax."""
        path = self._lists / f"payments-{year}.xlsx"
        save_year_end(
            self._database,
            programme_id=self._programme_id,
            year=year,
            file_format="xlsx",
            path=path,
            actor=ACTOR,
        )
        self.made.append(Made(path, texts.term("kind", "year-end")))
