from __future__ import annotations

from datetime import datetime

from fujisawa_desktop.models import PaperTemplate
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services.paper_kinds import programme_of
from fujisawa_desktop.services.paper_templates import merged, wording_in_use
from fujisawa_desktop.services.paper_wording import wording
from fujisawa_desktop.services.unit_of_work import unit_of_work


def test_the_newest_version_holds_and_an_empty_one_gives_back_the_shipped_text(
    database: Database, programme_id: int
) -> None:
    shipped = wording("first-result")
    seen = []
    for edition, body in enumerate([{"file_name": "初め"}, {"file_name": "次"}, {}], start=1):
        with unit_of_work(database, "papers.issue") as work:
            work.session.add(
                PaperTemplate(
                    programme_id=programme_id,
                    kind="first-result",
                    edition=edition,
                    body=body,
                    made_at=datetime(2024, 10, 1),
                    actor="clerk",
                )
            )
            work.commit(kind="first-result", count=1)
        with database.read() as session:
            programme = programme_of(session, programme_id)
            seen.append(wording_in_use(session, programme, "first-result").text("file_name"))
    assert seen == ["初め", "次", shipped.text("file_name")]


def test_what_the_programme_says_stands_instead_of_the_shipped_text() -> None:
    base = {"title": "題", "pass": {"body": ["甲"], "notes": []}}
    assert merged(base, {"pass": {"body": ["乙"]}, "new": "新"}) == {
        "title": "題",
        "pass": {"body": ["乙"], "notes": []},
        "new": "新",
    }


def test_what_was_written_for_an_earlier_release_does_not_break_the_paper() -> None:
    base = {"outline": {"heading": "概要", "lines": ["甲"]}, "title": "題", "flag": False, "notes": []}
    own = {"outline": ["古い形"], "title": ["題"], "flag": "はい", "notes": ["注"]}
    assert merged(base, own) == {**base, "notes": ["注"]}
