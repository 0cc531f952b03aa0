"""Lists on paper say of what they count how many: people as people, all else as lines."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime

import pytest
from paper_scene import decided
from pdf_reading import pages_text

from fujisawa_desktop import texts
from fujisawa_desktop.models import Applicant
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services.applicants import ListQuery
from fujisawa_desktop.services.list_export import list_export
from fujisawa_desktop.services.list_tables import applicant_table, appointment_table, hours_table, pay_table
from fujisawa_desktop.services.person_export import person_data, person_pdf
from fujisawa_desktop.services.table_files import ListTable, table_file

NOW = datetime(2024, 12, 20, 17, 2)


@pytest.fixture
def office(database: Database, programme_id: int) -> Database:
    return decided(database, programme_id)


def head(pdf: bytes) -> str:
    """Return the first page without white between the signs."""
    return re.sub(r"\s", "", pages_text(pdf)[0])


def on_paper(table: ListTable) -> str:
    return head(table_file(table, "pdf", texts.paper_term, made_at=NOW))


def test_people_are_counted_as_people(office: Database, programme_id: int) -> None:
    applicants = applicant_table(office, programme_id=programme_id)
    assert f"{len(applicants.rows)}名2024-12-2017:02作成" in on_paper(applicants)
    assert "0名2024" in on_paper(appointment_table(office, programme_id=programme_id))
    assert "0名2024" in on_paper(pay_table([]))
    pdf = list_export(
        office,
        query=ListQuery(programme_id),
        file_format="pdf",
        words=texts.paper_term,
        title="応募者名簿",
        made_at=NOW,
    )
    assert f"{len(applicants.rows)}名2024-12-2017:02作成" in head(pdf)


def test_all_else_is_counted_as_lines(office: Database, programme_id: int) -> None:
    table = hours_table(office, programme_id=programme_id)
    assert "0件2024-12-2017:02作成" in on_paper(table)
    many = replace(table, rows=(tuple("" for _name in table.columns),) * 1_234)
    assert "1,234件2024-12-2017:02作成" in on_paper(many)


def test_what_is_held_about_somebody_is_counted_as_lines(office: Database) -> None:
    with office.read() as session:
        one = session.query(Applicant).first()
    assert one is not None
    data = person_data(office, applicant_id=one.id, label=texts.paper_label)
    assert re.search(r"[0-9]件2024-12-2017:02作成", head(person_pdf(data, NOW)))
