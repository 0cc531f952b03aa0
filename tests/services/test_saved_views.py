from __future__ import annotations

from datetime import date

import pytest
from list_scene import fill

from fujisawa_desktop.errors import NotFoundError, ValidationError
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.selection import ApplicationStatus
from fujisawa_desktop.services.applicants import ListQuery, list_count
from fujisawa_desktop.services.courses import courses
from fujisawa_desktop.services.history import redo, undo
from fujisawa_desktop.services.list_narrowing import Narrowing
from fujisawa_desktop.services.saved_views import (
    delete_view,
    query_of,
    rename_view,
    save_view,
    saved_views,
    stored_query,
)


def whole(programme_id: int, course_id: int) -> ListQuery:
    return ListQuery(
        programme_id,
        text="大学",
        course_ids=frozenset({course_id}),
        statuses=frozenset({ApplicationStatus.RECEIVED}),
        flags=frozenset({"late"}),
        sources=frozenset({"rikunabi"}),
        narrowing=Narrowing(
            0, 10_000, 30, "undecided", frozenset({"3年"}), "月金", date(2024, 10, 1), date(2024, 10, 15)
        ),
        sorts=(("score", "desc"), ("kana", "asc")),
    )


def test_everything_of_a_question_is_kept(database: Database, programme_id: int) -> None:
    course_id = courses(database, programme_id)[0].id
    query = whole(programme_id, course_id)
    save_view(database, query=query, name=" 要 確認 ", columns=("number", "name", "score"))
    [view] = saved_views(database, programme_id=programme_id)
    assert (view.name, view.query, view.columns) == ("要 確認", query, ("number", "name", "score"))


def test_counts_are_those_of_the_list(database: Database, programme_id: int) -> None:
    fill(database, programme_id)
    late = ListQuery(programme_id, flags=frozenset({"late"}))
    save_view(database, query=late, name="期限後")
    save_view(database, query=ListQuery(programme_id), name="全員")
    views = saved_views(database, programme_id=programme_id)
    assert [(view.name, view.count) for view in views] == [
        ("期限後", list_count(database, late)),
        ("全員", 400),
    ]


def test_saving_under_the_same_name_replaces(database: Database, programme_id: int) -> None:
    save_view(database, query=ListQuery(programme_id, text="一"), name="確認")
    save_view(database, query=ListQuery(programme_id, text="二"), name="確認")
    [view] = saved_views(database, programme_id=programme_id)
    assert view.query.text == "二"
    undo(database)
    assert saved_views(database, programme_id=programme_id)[0].query.text == "一"


def test_renaming_and_deleting_are_taken_back(database: Database, programme_id: int) -> None:
    for name in ("一", "二"):
        save_view(database, query=ListQuery(programme_id), name=name)
    first = saved_views(database, programme_id=programme_id)[0].view_id
    rename_view(database, view_id=first, name="三")
    delete_view(database, view_id=first)
    assert [view.name for view in saved_views(database, programme_id=programme_id)] == ["二"]
    undo(database)
    assert [view.name for view in saved_views(database, programme_id=programme_id)] == ["三", "二"]
    undo(database)
    assert [view.name for view in saved_views(database, programme_id=programme_id)] == ["一", "二"]
    redo(database)
    assert saved_views(database, programme_id=programme_id)[0].name == "三"


def test_names_that_cannot_be_are_refused(database: Database, programme_id: int) -> None:
    query = ListQuery(programme_id)
    save_view(database, query=query, name="一")
    save_view(database, query=query, name="二")
    view_id = saved_views(database, programme_id=programme_id)[0].view_id
    for name, code in ((" 　", "name-empty"), ("長" * 61, "name-long")):
        with pytest.raises(ValidationError, match=code):
            save_view(database, query=query, name=name)
    with pytest.raises(ValidationError, match="name-taken"):
        rename_view(database, view_id=view_id, name="二")
    with pytest.raises(NotFoundError):
        delete_view(database, view_id=999)


def test_what_is_gone_or_unknown_asks_nothing(programme_id: int) -> None:
    stored = {
        **stored_query(whole(programme_id, 7)),
        "statuses": ["no-such"],
        "noted": "?",
        "sorts": [["x", "asc"]],
    }
    query = query_of(stored, programme_id, frozenset({1, 2}))
    assert (query.course_ids, query.statuses, query.narrowing.noted) == (frozenset(), frozenset(), "")
    assert query.sorts == (("kana", "asc"),)
    assert query_of({}, programme_id, frozenset()) == ListQuery(programme_id)
