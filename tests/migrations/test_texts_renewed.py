"""A file of the version before makes the papers for the public, and says the usual terms of work."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from fujisawa_desktop.models import Programme
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.models.migrate import downgrade, upgrade
from fujisawa_desktop.services.papers import make_papers

EARLIER = {
    "press_release": {"city_hall": "藤沢市役所", "host_department": "※受入部署：{host_department}"},
    "flyer": {"title": "チラシ", "host_department": "【受入部署】{host_department}", "outline": ["概要"]},
    "course_sheet": {"title": "資料", "host_department": "【担当部署】{host_department}"},
}


def stored(database: Database, programme_id: int) -> tuple[object, object]:
    with database.read() as session:
        row = session.get(Programme, programme_id)
        assert row is not None
        return row.texts, row.conditions


def test_published_texts_take_their_new_form(database: Database, programme_id: int) -> None:
    new = stored(database, programme_id)
    with database.write() as session:
        row = session.get(Programme, programme_id)
        assert row is not None
        row.texts = {**EARLIER, "other": {"kept": "残る"}}
        session.commit()
    with database.engines.writer.begin() as connection:
        downgrade(connection, "0003")
        upgrade(connection)
    texts, conditions = stored(database, programme_id)
    assert isinstance(texts, dict)
    assert texts.pop("other") == {"kept": "残る"}
    assert (texts, conditions) == new
    for kind in ("press-release", "flyer", "course-sheet"):
        assert make_papers(database, programme_id=programme_id, kind=kind).page_count


@pytest.mark.parametrize("texts", ["{}", '{"flyer": {"points": []}}'])
def test_texts_of_another_form_stay(database: Database, programme_id: int, texts: str) -> None:
    with database.engines.writer.begin() as connection:
        downgrade(connection, "0003")
        connection.execute(text("UPDATE programme SET texts = :texts"), {"texts": texts})
        upgrade(connection)
        assert connection.execute(text("SELECT texts FROM programme")).scalar() == texts
