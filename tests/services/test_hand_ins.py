"""Papers that appointed people hand in: made with the appointment, received, asked for by other terms."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from appointed import FOUR, add_people, appoint_four
from sqlalchemy import func, select

from fujisawa_desktop.errors import ConflictError, NotFoundError, RuleError, ValidationError
from fujisawa_desktop.models import Appointment, HandIn, Programme
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.hand_ins import HandInKind, HandInState
from fujisawa_desktop.rules.tax import TaxColumn
from fujisawa_desktop.services.appointments import appoint, save_terms, terms_form
from fujisawa_desktop.services.hand_ins import (
    HandInRow,
    hand_ins_of,
    owed_hand_ins,
    receive_hand_ins,
    save_hand_ins,
)
from fujisawa_desktop.services.history import history_of, redo, undo
from fujisawa_desktop.services.staff import Member
from fujisawa_desktop.services.unit_of_work import unit_of_work

RYOSUKE, SAKURA = FOUR[0].number, FOUR[1].number
YESTERDAY = date.today() - timedelta(days=1)
Kind = HandInKind


@pytest.fixture
def four(database: Database, programme_id: int) -> dict[str, Member]:
    return appoint_four(database, programme_id)


def papers(database: Database, programme_id: int, member: Member) -> dict[HandInKind, HandInRow]:
    with database.read() as session:
        found = hand_ins_of(session, programme_id)[member.appointment_id]
    return {row.kind: row for row in found}


def stored(database: Database) -> int:
    with database.read() as session:
        return session.scalar(select(func.count()).select_from(HandIn)) or 0


def forget(database: Database) -> None:
    """Bring about what a file of the version before holds: appointments without papers."""
    with unit_of_work(database, "test.forget", actor="test") as work:
        work.delete_many(HandIn, list(work.session.scalars(select(HandIn.id))))
        work.commit()


def save(database: Database, member: Member, *rows: HandInRow) -> None:
    save_hand_ins(database, appointment_id=member.appointment_id, rows=rows, actor="test")


class TestMaking:
    def test_they_are_made_with_the_appointment(
        self, database: Database, programme_id: int, four: dict[str, Member]
    ) -> None:
        assert stored(database) == 4 * len(HandInKind)
        rows = papers(database, programme_id, four[RYOSUKE])
        assert list(rows) == list(HandInKind)
        assert {kind for kind, row in rows.items() if not row.needed} == {Kind.TAX_DECLARATION, Kind.PERMIT}
        assert all(row.asked_on is None and row.received_on is None for row in rows.values())
        assert all(row.version == 1 for row in rows.values())

    def test_the_days_are_those_of_the_term(self, database: Database, programme_id: int) -> None:
        add_people(database, programme_id, FOUR[:1])
        start = date.today() + timedelta(days=60)
        with unit_of_work(database, "test", actor="test") as work:
            programme = work.session.get_one(Programme, programme_id)
            programme.rates[0].from_day = date(2024, 1, 1)
            programme.term_from = programme.term_until = start
            work.commit()
        appoint(database, programme_id=programme_id, accept=True)
        with database.read() as session:
            (rows,) = hand_ins_of(session, programme_id).values()
        days = {row.kind: row.due_on for row in rows}
        assert days[Kind.ACCOUNT] is not None
        assert days[Kind.OATH] is not None
        assert date.today() <= days[Kind.ACCOUNT] < start <= days[Kind.OATH]

    def test_they_go_and_come_with_the_appointment(self, database: Database, programme_id: int) -> None:
        add_people(database, programme_id, FOUR[:1])
        appoint(database, programme_id=programme_id, accept=True)
        undo(database)
        assert stored(database) == 0
        redo(database)
        assert stored(database) == len(HandInKind)

    def test_no_oath_where_the_city_asks_for_none(self, database: Database, programme_id: int) -> None:
        with unit_of_work(database, "test", actor="test") as work:
            work.session.get_one(Programme, programme_id).oath_required = False
            work.commit()
        member = appoint_four(database, programme_id)[RYOSUKE]
        assert not papers(database, programme_id, member)[Kind.OATH].needed

    def test_older_appointments_are_read_without_being_written(
        self, database: Database, programme_id: int, four: dict[str, Member]
    ) -> None:
        before = papers(database, programme_id, four[RYOSUKE])
        forget(database)
        rows = papers(database, programme_id, four[RYOSUKE])
        assert stored(database) == 0
        assert {row.version for row in rows.values()} == {0}
        assert {kind: row.due_on for kind, row in rows.items()} == {
            kind: row.due_on for kind, row in before.items()
        }
        receive_hand_ins(database, places=[(four[RYOSUKE].appointment_id, Kind.OATH)], received_on=YESTERDAY)
        assert stored(database) == len(HandInKind)  # of this one person, with the first act
        undo(database)
        assert stored(database) == 0

    def test_no_such_programme(self, database: Database) -> None:
        with database.read() as session, pytest.raises(NotFoundError, match=r"programme\.none"):
            hand_ins_of(session, 99)


class TestSaving:
    def test_what_a_clerk_entered(
        self, database: Database, programme_id: int, four: dict[str, Member]
    ) -> None:
        row = papers(database, programme_id, four[RYOSUKE])[Kind.ACCOUNT]
        changed = replace(
            row,
            asked_on=date(2024, 11, 20),
            due_on=date(2024, 11, 29),
            received_on=date(2024, 11, 28),
            note=" 郵送 ",
        )
        save(database, four[RYOSUKE], changed)
        assert papers(database, programme_id, four[RYOSUKE])[Kind.ACCOUNT] == replace(
            changed, note="郵送", version=2
        )
        assert history_of(database, "applicant", four[RYOSUKE].applicant_id)[0].label.code == "hand-in.save"
        undo(database)
        assert papers(database, programme_id, four[RYOSUKE])[Kind.ACCOUNT].received_on is None

    def test_a_paper_that_is_not_needed(
        self, database: Database, programme_id: int, four: dict[str, Member]
    ) -> None:
        row = papers(database, programme_id, four[RYOSUKE])[Kind.PLEDGE]
        save(database, four[RYOSUKE], replace(row, needed=False))
        assert not papers(database, programme_id, four[RYOSUKE])[Kind.PLEDGE].needed
        assert papers(database, programme_id, four[SAKURA])[Kind.PLEDGE].needed

    def test_saving_what_stands_there_is_no_act(
        self, database: Database, programme_id: int, four: dict[str, Member]
    ) -> None:
        rows = tuple(papers(database, programme_id, four[RYOSUKE]).values())
        change = save_hand_ins(database, appointment_id=four[RYOSUKE].appointment_id, rows=rows)
        assert not change.changed

    def test_of_an_older_appointment(
        self, database: Database, programme_id: int, four: dict[str, Member]
    ) -> None:
        forget(database)
        row = papers(database, programme_id, four[RYOSUKE])[Kind.OATH]
        save(database, four[RYOSUKE], replace(row, received_on=YESTERDAY))
        assert papers(database, programme_id, four[RYOSUKE])[Kind.OATH].received_on == YESTERDAY
        with pytest.raises(ConflictError, match=r"conflict\.changed-meanwhile"):
            save(database, four[RYOSUKE], row)  # somebody else stored it since

    def test_somebody_else_was_faster(
        self, database: Database, programme_id: int, four: dict[str, Member]
    ) -> None:
        row = papers(database, programme_id, four[RYOSUKE])[Kind.OATH]
        save(database, four[RYOSUKE], replace(row, received_on=YESTERDAY))
        with pytest.raises(ConflictError, match=r"conflict\.changed-meanwhile"):
            save(database, four[RYOSUKE], replace(row, note="x"))

    @pytest.mark.parametrize(
        ("changes", "code", "field"),
        [
            (
                {"received_on": date.today() + timedelta(days=9)},
                "hand-in.received-ahead",
                "oath.received_on",
            ),
            (
                {"asked_on": date(2024, 12, 1), "due_on": date(2024, 11, 30)},
                "hand-in.due-before-asked",
                "oath.due_on",
            ),
            ({"note": "１２３４５６７８９０１２"}, "hand-in.twelve-digits", "oath.note"),
        ],
    )
    def test_what_cannot_be(
        self,
        database: Database,
        programme_id: int,
        four: dict[str, Member],
        changes: dict[str, object],
        code: str,
        field: str,
    ) -> None:
        row = papers(database, programme_id, four[RYOSUKE])[Kind.OATH]
        with pytest.raises(ValidationError) as caught:
            save(database, four[RYOSUKE], replace(row, **changes))  # type: ignore[arg-type]
        assert (caught.value.code, caught.value.field) == (code, field)
        assert papers(database, programme_id, four[RYOSUKE])[Kind.OATH] == row

    def test_an_appointment_that_is_not_there(self, database: Database) -> None:
        with pytest.raises(NotFoundError, match=r"appointment\.missing"):
            save_hand_ins(database, appointment_id=99, rows=())


class TestReceiving:
    def test_of_several_people_in_one_act(
        self, database: Database, programme_id: int, four: dict[str, Member]
    ) -> None:
        places = [(member.appointment_id, Kind.ENROLMENT) for member in four.values()]
        change = receive_hand_ins(database, places=places, received_on=YESTERDAY)
        assert change.label.params == {"count": 4}
        for member in four.values():
            assert papers(database, programme_id, member)[Kind.ENROLMENT].received_on == YESTERDAY
            codes = [entry.label.code for entry in history_of(database, "applicant", member.applicant_id)]
            assert codes[0] == "hand-in.receive"
        undo(database)
        assert not any(
            papers(database, programme_id, member)[Kind.ENROLMENT].received_on for member in four.values()
        )

    def test_an_earlier_day_is_kept(
        self, database: Database, programme_id: int, four: dict[str, Member]
    ) -> None:
        ryosuke, sakura = four[RYOSUKE].appointment_id, four[SAKURA].appointment_id
        receive_hand_ins(database, places=[(ryosuke, Kind.OATH)], received_on=date(2024, 12, 2))
        change = receive_hand_ins(
            database, places=[(ryosuke, Kind.OATH), (sakura, Kind.OATH)], received_on=YESTERDAY
        )
        assert change.label.params == {"count": 1}
        assert papers(database, programme_id, four[RYOSUKE])[Kind.OATH].received_on == date(2024, 12, 2)

    def test_it_can_be_said_that_it_has_not_come(
        self, database: Database, programme_id: int, four: dict[str, Member]
    ) -> None:
        places = [(four[RYOSUKE].appointment_id, Kind.OATH)]
        receive_hand_ins(database, places=places, received_on=YESTERDAY)
        change = receive_hand_ins(database, places=places, received_on=None)
        assert change.label.code == "hand-in.unreceive"
        assert papers(database, programme_id, four[RYOSUKE])[Kind.OATH].received_on is None

    @pytest.mark.parametrize("known", [True, False])
    def test_nothing_to_record(self, database: Database, four: dict[str, Member], known: bool) -> None:
        places = [(four[RYOSUKE].appointment_id, Kind.OATH)] if known else []
        if known:
            receive_hand_ins(database, places=places, received_on=YESTERDAY)
        with pytest.raises(RuleError, match=r"hand-in\.nothing"):
            receive_hand_ins(database, places=places, received_on=YESTERDAY)

    def test_no_day_to_come(self, database: Database, four: dict[str, Member]) -> None:
        with pytest.raises(ValidationError, match=r"hand-in\.received-ahead"):
            receive_hand_ins(
                database,
                places=[(four[RYOSUKE].appointment_id, Kind.OATH)],
                received_on=date.today() + timedelta(days=9),
            )


class TestFollowing:
    def test_column_a_asks_for_the_declaration_in_the_same_act(
        self, database: Database, programme_id: int, four: dict[str, Member]
    ) -> None:
        form = terms_form(database, appointment_id=four[RYOSUKE].appointment_id)
        save_terms(database, form=replace(form, tax_column=TaxColumn.KOU))
        assert papers(database, programme_id, four[RYOSUKE])[Kind.TAX_DECLARATION].needed
        assert not papers(database, programme_id, four[SAKURA])[Kind.TAX_DECLARATION].needed
        undo(database)
        assert not papers(database, programme_id, four[RYOSUKE])[Kind.TAX_DECLARATION].needed

    def test_a_permit_is_asked_for_of_foreign_students(
        self, database: Database, programme_id: int, four: dict[str, Member]
    ) -> None:
        forget(database)
        form = terms_form(database, appointment_id=four[RYOSUKE].appointment_id)
        save_terms(
            database, form=replace(form, needs_permit=True, permit_until=date(2025, 3, 31), student=None)
        )
        rows = papers(database, programme_id, four[RYOSUKE])
        assert rows[Kind.PERMIT].needed
        assert rows[Kind.PERMIT].version  # stored

    def test_what_a_clerk_decided_otherwise_stays(
        self, database: Database, programme_id: int, four: dict[str, Member]
    ) -> None:
        row = papers(database, programme_id, four[RYOSUKE])[Kind.PLEDGE]
        save(database, four[RYOSUKE], replace(row, needed=False))
        form = terms_form(database, appointment_id=four[RYOSUKE].appointment_id)
        save_terms(database, form=replace(form, tax_column=TaxColumn.KOU))
        assert not papers(database, programme_id, four[RYOSUKE])[Kind.PLEDGE].needed


def test_who_owes_what(database: Database, programme_id: int, four: dict[str, Member]) -> None:
    with unit_of_work(database, "test", actor="test") as work:
        for row in work.session.scalars(select(HandIn)):
            row.is_needed = row.kind in {"oath", "account"}
            row.due_on = date(2024, 12, 2) if row.kind == "oath" else date(2024, 11, 29)
        work.commit()
    receive_hand_ins(
        database,
        places=[(four[RYOSUKE].appointment_id, Kind.OATH)],
        received_on=YESTERDAY,
    )
    owed = owed_hand_ins(database, programme_id=programme_id, today=date(2024, 12, 2))
    told = [(one.member.number, one.row.kind.value, one.state) for one in owed]
    assert told[:3] == [
        (SAKURA, "oath", HandInState.MISSING),
        (SAKURA, "account", HandInState.OVERDUE),
        (RYOSUKE, "account", HandInState.OVERDUE),
    ]
    assert len(told) == 7


def test_many_people_are_appointed_with_their_papers(database: Database, programme_id: int) -> None:
    people = tuple(
        replace(
            FOUR[0], number=f"N{at}", name=f"応募者{at}", kana="ア" * (1 + at // 50) + "イ" * (1 + at % 50)
        )
        for at in range(120)
    )
    add_people(database, programme_id, people)
    appoint(database, programme_id=programme_id, accept=True)
    with database.read() as session:
        assert len(list(session.scalars(select(Appointment)))) == 120
    assert stored(database) == 120 * len(HandInKind)
