"""Every form and gesture that may meet what somebody else saved shows both values; none stops at a sentence.

The list is read from the code: a new use-case that refuses so, called past the question, fails here.
"""

from __future__ import annotations

from changed_meanwhile import WAYS, raising_places, refusing, uses, ways_that_lead_to_saving

NOT_A_FORM = {
    ("applicants.deeds", "record_decisions"): "a line of a table; the dialog takes it to the question",
    ("applicants.deeds", "clear_decisions"): "a line of a table; the dialog takes it to the question",
    ("interviews.points_dialog", "preview_interview_sheet"): "reads, and writes nothing",
    ("interviews.points_dialog", "import_interview_sheet"): "a file; what it meets is in its own preview",
    ("payroll.figures_window", "save_figure"): "adds a figure; one that is there goes through its record",
}
"""Places where nothing that was read is replaced, and why."""


def test_every_use_of_such_a_use_case_leads_to_the_question() -> None:
    past = {
        f"{one.module}:{one.line} {one.case}"
        for one in uses()
        if not one.way and (one.module, one.case) not in NOT_A_FORM
    }
    assert not past


def test_the_ways_there_really_lead_there() -> None:
    assert ways_that_lead_to_saving() == WAYS


def test_the_walk_finds_what_it_is_about() -> None:
    assert raising_places() >= 30
    assert {
        ("leaving", "record_leaving"),
        ("interview_booking", "swap"),
        ("list_paste", "apply_paste"),
    } <= refusing()
    assert len({one.case for one in uses() if one.way}) >= 35
