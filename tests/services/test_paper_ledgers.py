"""The dispatch ledger on paper, and the certificate of erased data."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from office_people import HANA, NOW, RYOSUKE, add_office_people, make
from pdf_reading import pages_text
from sqlalchemy import select

from fujisawa_desktop.documents.specs import LetterSpec, RosterSpec
from fujisawa_desktop.errors import RuleError
from fujisawa_desktop.models import Applicant, Application, Dispatch, Entry, Erasure
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.selection import ApplicationStatus, Result, Stage
from fujisawa_desktop.services.paper_options import AddressOptions
from fujisawa_desktop.services.papers import issue_papers, make_papers
from fujisawa_desktop.services.selection import record_decisions, release
from fujisawa_desktop.services.unit_of_work import unit_of_work


@pytest.fixture
def sent(database: Database, programme_id: int) -> Database:
    """One numbered letter that was issued, a mail that was sent and one that was not."""
    add_office_people(database, programme_id)
    with unit_of_work(database, "test.reset", actor="test") as work:
        rows = work.session.execute(
            select(Application, Entry.number).join(Entry, Entry.id == Application.entry_id)
        ).all()
        for application, _number in rows:
            application.status = ApplicationStatus.RECEIVED
        ids = [application.id for application, number in rows if number == "300"]
        work.commit()
    record_decisions(database, application_ids=ids, stage=Stage.FIRST, result=Result.PASS, actor="test")
    release(database, programme_id=programme_id, stage=Stage.FIRST, actor="test")
    draft = make_papers(
        database, programme_id=programme_id, kind="first-result", document_number="7", now=NOW
    )
    issue_papers(database, draft=draft, actor="test")
    for kind, options in (("labels", None), ("envelope", AddressOptions()), ("roster", None)):
        inside = make(database, programme_id, kind, options=options)
        issue_papers(database, draft=inside, actor="test")
    with unit_of_work(database, "test.mails", actor="test") as work:
        people = {one.name_entered: one.id for one in work.session.scalars(select(Applicant))}
        for name, at in ((RYOSUKE, datetime(2024, 10, 26, 9, 0)), (HANA, None)):
            work.session.add(
                Dispatch(
                    programme_id=programme_id,
                    applicant_id=people[name],
                    entry_id=None,
                    kind="interview-invitation",
                    channel="mail",
                    address="a@example.jp",
                    sha256="0",
                    written_at=datetime(2024, 10, 25, 9, 0),
                    sent_at=at,
                    actor="test",
                )
            )
        work.commit()
    return database


def test_letters_and_mails_stand_in_order_of_time(sent: Database, programme_id: int) -> None:
    draft = make(sent, programme_id, "dispatch-ledger")
    spec = draft.sheets[0].spec
    assert isinstance(spec, RosterSpec)
    assert [row[:1] + row[2:] for row in spec.rows] == [
        ("1", "", "20", f"{HANA}　様", "面接試験実施通知", "電子メール", "作成済み・未発送"),
        ("2", "", "300", f"{RYOSUKE}　様", "面接試験実施通知", "電子メール", "a@example.jp"),
        ("3", "藤職第7号", "300", f"{RYOSUKE}　様", "1次選考結果通知", "文書", ""),
    ]
    assert [row[1] for row in spec.rows[:2]] == ["2024/10/25", "2024/10/26"]
    assert spec.count == "3件"
    text = pages_text(draft.pdf)[0]
    for part in ("発送簿", "取扱注意", "1／1頁", "藤職第7号"):
        assert part in text


def test_the_ledger_of_one_person(sent: Database, programme_id: int) -> None:
    spec = make(sent, programme_id, "dispatch-ledger", numbers=["20"]).sheets[0].spec
    assert isinstance(spec, RosterSpec)
    assert [row[4] for row in spec.rows] == [f"{HANA}　様"]


def test_an_empty_ledger_is_refused_in_words(database: Database, programme_id: int) -> None:
    with pytest.raises(RuleError) as caught:
        make(database, programme_id, "dispatch-ledger")
    assert caught.value.code == "papers.nothing-sent"


def test_nothing_is_certified_while_nothing_was_erased(database: Database, programme_id: int) -> None:
    with pytest.raises(RuleError) as caught:
        make(database, programme_id, "purge-certificate")
    assert caught.value.code == "papers.nothing-erased"


def test_a_certificate_holds_counts_and_nobody(sent: Database, programme_id: int) -> None:
    with unit_of_work(sent, "test.erasure", actor="test") as work:
        for category, witness in (("不採用者の応募書類", "鈴木"), ("採点の記録", "")):
            work.session.add(
                Erasure(
                    programme_id=programme_id,
                    category=category,
                    kept_from=date(2025, 4, 1),
                    kept_until=date(2028, 3, 31),
                    counts={"applicant": 1391, "添付書類": 12, "done": True},
                    method="データベースとバックアップからの消去",
                    basis="",
                    erased_at=datetime(2028, 4, 3, 10, 5),
                    actor="山田",
                    witness=witness,
                )
            )
        work.commit()
    draft = make(sent, programme_id, "purge-certificate", dated=date(2028, 4, 4))
    assert draft.page_count == 2
    spec = draft.sheets[0].spec
    assert isinstance(spec, LetterSpec)
    items = {item.label: item.lines for item in spec.items}
    assert items["廃棄した記録"] == ("不採用者の応募書類",)
    assert items["保存期間"] == ("令和7年4月1日から令和10年3月31日まで",)
    assert items["廃棄した件数"] == ("応募者　1,391件", "添付書類　12件")
    assert items["廃棄した日時"] == ("令和10年4月3日（月）午前10時05分",)
    assert items["立ち会った者"] == ("鈴木",)
    assert "根拠" not in items, "what is not known is left out"
    text = "".join(pages_text(draft.pdf))
    assert "令和10年4月4日" in text
    assert RYOSUKE not in text
    second = draft.sheets[1].spec
    assert isinstance(second, LetterSpec)
    assert "立ち会った者" not in {item.label for item in second.items}
