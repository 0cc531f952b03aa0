"""What is said about a draft before it is issued."""

from __future__ import annotations

from datetime import date

import pytest
from paper_scene import decided, make
from sqlalchemy import select

from fujisawa_desktop.models import Applicant
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services.document_numbers import NumberUse, number_ledger, record_elsewhere
from fujisawa_desktop.services.issued_papers import issued_papers
from fujisawa_desktop.services.paper_checks import CheckKind, paper_checks
from fujisawa_desktop.services.paper_tables import issued_table, number_table
from fujisawa_desktop.services.papers import Numbering, issue_papers
from fujisawa_desktop.services.unit_of_work import unit_of_work

ADDRESS = "藤沢市朝日町1番地の1"


@pytest.fixture
def office(database: Database, programme_id: int) -> Database:
    return decided(database, programme_id)


def change(database: Database, number_of_name: str, **values: str) -> None:
    with unit_of_work(database, "test.change", actor="test") as work:
        for person in work.session.scalars(select(Applicant)):
            if number_of_name in person.name_entered:
                for field, value in values.items():
                    setattr(person, field, value)
        work.commit()


def test_everything_fine_says_nothing(office: Database, programme_id: int) -> None:
    draft = make(office, programme_id, numbers=["101"])
    assert paper_checks(office, draft=draft) == ()


def test_a_missing_address_matters_only_on_papers_that_bear_one(office: Database, programme_id: int) -> None:
    change(office, "", address=ADDRESS, postcode="2510054")
    change(office, "楜澤", address=" ")
    plain = make(office, programme_id)
    assert not plain.has_addresses
    assert CheckKind.NO_ADDRESS not in {check.kind for check in paper_checks(office, draft=plain)}
    with_address = make(office, programme_id, print_address=True)
    assert with_address.has_addresses
    found = [one for one in paper_checks(office, draft=with_address) if one.kind is CheckKind.NO_ADDRESS]
    assert [(one.number, one.name) for one in found] == [("101", "楜澤　涼介")]
    assert with_address.pages[found[0].page - 1].number == "101"
    assert not found[0].is_wrong


def test_the_worst_stands_first_and_leads_to_its_page(office: Database, programme_id: int) -> None:
    change(office, "", address=ADDRESS)
    change(office, "楜澤", address="")
    change(office, "髙﨑", name_official="髙﨑\ue123　花")
    checks = paper_checks(office, draft=make(office, programme_id, print_address=True))
    assert [check.kind for check in checks][:2] == [CheckKind.PRIVATE_USE, CheckKind.NO_ADDRESS]
    assert checks[0].is_wrong
    assert checks[0].code == "U+E123"
    assert checks[0].page == 3


def test_who_was_sent_the_paper_before_is_named_with_its_number(office: Database, programme_id: int) -> None:
    day = date(2024, 10, 25)
    first = make(office, programme_id, numbers=["101"], numbering=Numbering.ONE, dated=day)
    issue_papers(office, draft=first)
    checks = paper_checks(office, draft=make(office, programme_id))
    assert [(one.kind, one.number, one.text, one.dated) for one in checks] == [
        (CheckKind.AGAIN, "101", "1", day)
    ]
    correction = make(office, programme_id, numbers=["101"], corrects=True)
    assert paper_checks(office, draft=correction) == ()


def test_lists_may_be_printed_again(office: Database, programme_id: int) -> None:
    issue_papers(office, draft=make(office, programme_id, "roster"))
    kinds = {check.kind for check in paper_checks(office, draft=make(office, programme_id, "roster"))}
    assert CheckKind.AGAIN not in kinds


# --- tables for files ----------------------------------------------------------------


def test_the_tables_hold_what_the_lists_hold(office: Database, programme_id: int) -> None:
    record_elsewhere(office, sign="藤職", fiscal_year=2024, first=3, last=4, subject="募集", actor="他")
    draft = make(office, programme_id, numbering=Numbering.EACH)
    issue_papers(office, draft=draft, actor="職員")
    numbers = number_table(number_ledger(office, sign="藤職", fiscal_year=2024))
    assert [row[:3] for row in numbers.rows] == [
        (1, 2, "gap"),
        (3, 4, NumberUse.ELSEWHERE.value),
        (5, 5, NumberUse.ISSUED.value),
        (6, 6, NumberUse.ISSUED.value),
        (7, 7, NumberUse.ISSUED.value),
    ]
    papers = issued_table(issued_papers(office, programme_id=programme_id))
    assert {row[2] for row in papers.rows} == {"藤職第5号", "藤職第6号", "藤職第7号"}
    for table in (numbers, papers):
        assert all(len(row) == len(table.columns) for row in table.rows)
    again = make(office, programme_id, numbers=["101"], corrects=True)
    issue_papers(office, draft=again, actor="職員")
    rows = issued_table(issued_papers(office, programme_id=programme_id)).rows
    at = papers.columns.index("correction")
    assert sorted(row[at] for row in rows) == [(), (), ("corrected",), ("corrects",)]
