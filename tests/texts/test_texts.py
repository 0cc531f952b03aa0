from __future__ import annotations

import re
from datetime import date, datetime, time
from types import SimpleNamespace

import pytest

from fujisawa_desktop import texts
from fujisawa_desktop.errors import Cancelled, RuleError, ValidationError, fault_code
from fujisawa_desktop.i18n import set_language
from fujisawa_desktop.rules.selection import Stage


@pytest.fixture(autouse=True)
def english() -> None:
    set_language("en")


@pytest.fixture
def book(monkeypatch: pytest.MonkeyPatch) -> texts.TextBook:
    book = texts.text_book()
    monkeypatch.setattr(book, "messages", dict(book.messages))
    monkeypatch.setattr(book, "labels", dict(book.labels))
    return book


def test_parameters_are_written_as_people_write_them(book: texts.TextBook) -> None:
    book.messages["x"] = "{day} {at} {start} {sum_hm} {pay_yen} {count} {year} {stage} {names} {none} {no}"
    error = RuleError(
        "x",
        day=date(2024, 10, 16),
        at=datetime(2024, 10, 16, 9, 5),
        start=time(9),
        sum_hm=3585,
        pay_yen=75166,
        count=1200,
        year=2024,
        stage=Stage.FIRST,
        names=["DX", "子"],
        none=None,
        no=True,
    )
    assert (
        texts.message(error)
        == "Wed, 16 Oct 2024 2024/10/16 09:05 9:00 59:45 75,166 1,200 2024 1st screening DX, 子  yes"
    )


def test_an_unknown_code_still_says_what_to_do() -> None:
    assert "no.such-code" in texts.message(RuleError("no.such-code"))


def test_a_fault_is_named_by_the_code_that_stands_in_the_log_without_its_text(
    caplog: pytest.LogCaptureFixture,
) -> None:
    fault = KeyError("藤沢 花子")
    said = texts.message(fault)
    assert fault_code(fault) in said
    assert fault_code(fault) in caplog.text
    assert "藤沢" not in said + caplog.text
    caplog.clear()


def test_what_a_person_stopped_is_no_fault() -> None:
    assert texts.message(Cancelled()) == "Stopped. Nothing was changed."


def test_a_missing_parameter_does_not_hide_the_error(book: texts.TextBook) -> None:
    book.messages["x"] = "{needed}"
    assert "x" in texts.message(RuleError("x"))


def test_the_name_of_a_field_is_translated(book: texts.TextBook) -> None:
    book.messages["x"] = "{field} is empty."
    assert texts.message(ValidationError("x", field="host_department")) == "Host department is empty."


def test_an_act_taken_back_is_called_by_its_own_name(book: texts.TextBook) -> None:
    book.labels["import"] = "Import of {count} people"
    params = {"code": "import", "params": {"count": 372}}
    assert texts.label("journal.undo", params) == "Undo of: Import of 372 people"
    assert texts.label("import") == "Earlier act"
    assert texts.label("gone", {}) == "Earlier act"


def test_dates_come_back_from_the_journal_as_people_write_them() -> None:
    booking = {"start": "2024-10-30 13:30:00"}
    assert texts.label("interview.book", booking) == "Booking of an interview (2024/10/30 13:30)"
    undone = {"code": "interviewer.add-time", "params": {"day": "2024-10-30"}}
    assert texts.label("journal.undo", undone).endswith("(Wed, 30 Oct 2024)")


def test_a_word_that_is_not_known_is_shown_as_it_is() -> None:
    assert texts.term("status", "first-passed") == "Passed 1st"
    assert texts.term("status", "later") == "later"
    assert texts.term("nothing", 3) == "3"


def test_a_code_with_two_sentences_is_refused() -> None:
    book = texts.TextBook()
    code = next(iter(book.messages))
    with pytest.raises(ValueError, match=re.escape(code)):
        book._take(SimpleNamespace(MESSAGES={code: "again"}))


def test_every_sentence_ends_and_every_label_does_not() -> None:
    book = texts.text_book()
    sentences = {code: text for code, text in book.messages.items() if not code.startswith("explain.")}
    assert not [code for code, text in sentences.items() if not text.rstrip("”)").endswith((".", "?"))]
    assert not [code for code, text in book.labels.items() if text.endswith(".")]


def test_placeholders_are_names() -> None:
    book = texts.text_book()
    for text in [*book.messages.values(), *book.labels.values()]:
        assert not re.search(r"\{(?![a-z_]+\})", text), text
