"""報酬支給台帳 on paper: a month's register by course, with the totals that must agree."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from fujisawa_desktop.documents.ledger import fits_on_sheet
from fujisawa_desktop.documents.ledger_specs import LedgerGroup, LedgerSpec
from fujisawa_desktop.documents.specs import LabelledText, Owner
from fujisawa_desktop.errors import RuleError
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services.ledger_parts import (
    BETWEEN,
    ledger_columns,
    ledger_options,
    month_values,
    named,
    total_text,
)
from fujisawa_desktop.services.paper_kinds import PaperOrder, Sheet
from fujisawa_desktop.services.pay_totals import PayTotals, PersonTotals, totals_of
from fujisawa_desktop.services.register import Register, sums
from fujisawa_desktop.services.register_fields import FIELDS, Form
from fujisawa_desktop.services.register_files import FIGURES, NOTE, cell_text, notes_of
from fujisawa_desktop.services.register_layouts import Layout, layout_named, layouts
from fujisawa_desktop.services.stated_pay import StatedPay
from fujisawa_desktop.services.transfer_file import transfer_view


def registers(database: Database, order: PaperOrder) -> list[Sheet]:
    """Return the register of a month; one that is not final bears 参考 and says who keeps it so.

    Raises:
        RuleError: ``register.nobody``, ``register.too-wide``.
        NotFoundError: ``register.layout-unknown``.
    """
    year, month = order.month
    view = transfer_view(database, programme_id=order.programme.id, year=year, month=month)
    register = _only(view.register, order)
    if not register.rows:
        raise RuleError("register.nobody", year=register.year, month=register.month)
    layout = layout_named(layouts(database), ledger_options(order).layout)
    spec = _register_spec(order, register, layout, totals_of(view))
    if not fits_on_sheet(spec):
        raise RuleError("register.too-wide", name=layout.name, count=len(layout.columns))
    return [Sheet(spec)]


def _only(register: Register, order: PaperOrder) -> Register:
    """Keep the people who are asked for."""
    if order.numbers is None:
        return register
    return Register(
        register.programme_id,
        register.year,
        register.month,
        tuple(row for row in register.rows if order.wants(row.number)),
        tuple(doubt for doubt in register.doubts if order.wants(doubt.number)),
    )


def _register_spec(order: PaperOrder, register: Register, layout: Layout, totals: PayTotals) -> LedgerSpec:
    words, said = order.words, order.words.words("doubts")
    values = {**month_values(order), "件数": str(len(register.rows))}
    courses = register.courses()
    rows = {one.course_id: [_cells(register, row, layout, said) for row in one.rows] for one in courses}
    numbered = _numbered([rows[one.course_id] for one in courses])
    groups = tuple(
        LedgerGroup(
            one.course if len(courses) > 1 else "",
            tuple(cells),
            _sums_row(one.rows, layout, words.said("course_total", 件数=len(one.rows)))
            if len(courses) > 1
            else (),
        )
        for one, cells in zip(courses, numbered, strict=True)
    )
    total = _sums_row(register.rows, layout, words.said("total", 件数=len(register.rows)))
    notes = words.fill_all(words.texts("notes"), values)
    if not register.is_final:
        notes = (*words.fill_all(words.texts("doubtful"), values), *notes)
    if order.numbers is None:
        notes = (*notes, *_people_notes(order, totals.people, words.words("people")))
    return LedgerSpec(
        owner=Owner("register", words.text("file_name")),
        title=words.fill(words.text("title"), values),
        subtitle=words.fill(words.text("subtitle"), values),
        marks=(words.text("mark"), *(() if register.is_final else (words.text("reference"),))),
        printed_at=words.fill(words.text("printed"), values),
        count=words.fill(words.text("count"), values),
        facts=_register_facts(order, register, totals) if order.numbers is None else (),
        stamps=(),
        columns=ledger_columns(
            (words.text("number"), *(one.heading for one in layout.columns)),
            [row for group in numbered for row in group] + [total],
            ("right", *("right" if FIELDS[one.field].form in FIGURES else "left" for one in layout.columns)),
        ),
        groups=groups,
        total=total,
        notes=notes,
        empty_text=words.text("empty"),
    )


def _cells(register: Register, row: StatedPay, layout: Layout, said: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(
        notes_of(register, row, lambda code: said.get(code, code))
        if one.field == NOTE
        else cell_text(FIELDS[one.field].value(row), one.field, layout.options)
        for one in layout.columns
    )


def _numbered(groups: Sequence[Sequence[tuple[str, ...]]]) -> list[list[tuple[str, ...]]]:
    """Put a running number before every row, through all groups."""
    number = iter(range(1, sum(map(len, groups)) + 1))
    return [[(str(next(number)), *row) for row in group] for group in groups]


def _sums_row(rows: Sequence[StatedPay], layout: Layout, said: str) -> tuple[str, ...]:
    """Return the row of sums; what it is stands in the first column of words."""
    everybody = sums(rows)
    cells = [""]
    for one in layout.columns:
        field = FIELDS[one.field]
        if field.total is not None:
            cells.append(cell_text(field.total(everybody), one.field, layout.options))
        else:
            fits = field.form is Form.TEXT and one.field != NOTE and said not in cells
            cells.append(said if fits else "")
    return tuple(cells)


def _register_facts(order: PaperOrder, register: Register, totals: PayTotals) -> tuple[LabelledText, ...]:
    facts, days = order.words.part("facts"), {row.pay_day for row in register.rows if row.pay_day}
    on = BETWEEN.join(order.words.day_and_weekday(day) for day in sorted(days)) or facts.text("none")
    sources = {
        "statements": totals.stated,
        "register": totals.register,
        "transfer": totals.transfer,
        "paid": totals.paid,
    }
    return (
        LabelledText(facts.text("pay_day"), on, is_wide=True),
        *(LabelledText(facts.text(name), total_text(order, total, "sum")) for name, total in sources.items()),
    )


def _people_notes(
    order: PaperOrder, people: Iterable[PersonTotals], sentences: Mapping[str, str]
) -> tuple[str, ...]:
    """Return a sentence for each reason, with the people it holds of."""
    by_code: dict[str, list[str]] = {}
    for person in people:
        for code in person.codes:
            by_code.setdefault(code, []).append(f"{person.number} {person.name}")
    return tuple(
        order.words.fill(sentence, {"人": named(order, by_code[code])})
        for code, sentence in sentences.items()
        if code in by_code
    )
