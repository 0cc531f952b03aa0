"""The table of all actions, menus and tabs: data only."""

from __future__ import annotations

from typing import Final

from fujisawa_desktop.i18n import N_
from fujisawa_desktop.views.action_spec import ActionSpec, When
from fujisawa_desktop.views.action_table_hours import HOURS_ACTIONS
from fujisawa_desktop.views.action_table_interview_day import INTERVIEW_DAY_ACTIONS
from fujisawa_desktop.views.action_table_papers import PAPER_ACTIONS
from fujisawa_desktop.views.action_table_pay import PAY_ACTIONS
from fujisawa_desktop.views.action_table_selection import SELECTION_ACTIONS
from fujisawa_desktop.views.action_table_terms import TERMS_ACTIONS
from fujisawa_desktop.views.action_table_trust import TRUST_ACTIONS

MENUS: Final[dict[str, str]] = {
    "file": N_("&File"),
    "edit": N_("&Edit"),
    "view": N_("&View"),
    "selection": N_("&Selection"),
    "interviews": N_("&Interviews"),
    "work": N_("&Work and pay"),
    "papers": N_("&Papers"),
    "tools": N_("&Tools"),
    "help": N_("&Help"),
}

SUBMENUS: Final[dict[str, tuple[str, str]]] = {
    "work-hours": ("work", N_("E&nter hours quickly")),
    "work-sheets": ("work", N_("Attendance &sheets and confirmation")),
    "papers-day": ("papers", N_("For the interview &day")),
    "papers-work": ("papers", N_("For &appointment and pay")),
    "papers-public": ("papers", N_("For the publi&c")),
    "papers-office": ("papers", N_("For p&ost and file")),
    "tools-backups": ("tools", N_("&Backups")),
}
"""Menus within another one, by the menu they stand in; each stands where its first action would."""

TABS: Final[dict[str, str]] = {
    "home": N_("Home"),
    "courses": N_("Courses"),
    "applicants": N_("Applicants"),
    "interviews": N_("Interview calendar"),
    "payroll": N_("Hours and pay"),
}


W = When
ACTIONS: Final[tuple[ActionSpec, ...]] = (
    ActionSpec(
        "file.new-programme",
        N_("&New programme…"),
        "file",
        N_("Puts the programme of a new year into this file."),
        "Ctrl+Shift+N",
        W.ALWAYS,
    ),
    ActionSpec("file.open", N_("&Open…"), "file", N_("Opens another file."), "Ctrl+O", W.ALWAYS),
    ActionSpec(
        "file.add",
        N_("&Add"),
        "file",
        N_("Adds one more item to what this screen shows."),
        "Ctrl+N",
        W.PAGE,
    ),
    ActionSpec(
        "file.save", N_("&Save"), "file", N_("Saves what was typed on this screen."), "Ctrl+S", W.PAGE
    ),
    ActionSpec(
        "file.import",
        N_("&Import…"),
        "file",
        N_(
            "Reads entries, decisions, availability or hours from a file, after showing what it would change."
        ),
        "Ctrl+I",
        W.WRITABLE,
        icon="import",
        tab="applicants",
        group=1,
    ),
    ActionSpec(
        "file.imports",
        N_("Earlier i&mports…"),
        "file",
        N_("Lists the files taken in, with what they brought, and takes one back whole."),
        tab="applicants",
        group=1,
    ),
    ActionSpec(
        "file.export",
        N_("&Export the list…"),
        "file",
        N_("Writes the people in the list, as filtered now, to a file."),
        "Ctrl+E",
        tab="applicants",
        group=1,
    ),
    ActionSpec(
        "file.backup",
        N_("Make a &backup now"),
        "file",
        N_("Copies the file and checks the copy."),
        "Ctrl+B",
        icon="backup",
        group=2,
    ),
    ActionSpec("file.quit", N_("&Quit"), "file", N_("Closes the window."), "Ctrl+Q", W.ALWAYS, group=3),
    ActionSpec(
        "edit.undo",
        N_("&Undo"),
        "edit",
        N_("Takes back the latest act."),
        "Ctrl+Z",
        W.UNDO,
        icon="undo",
    ),
    ActionSpec(
        "edit.redo",
        N_("&Redo"),
        "edit",
        N_("Does again what was taken back."),
        "Ctrl+Y",
        W.REDO,
        icon="redo",
    ),
    ActionSpec(
        "edit.find",
        N_("&Find"),
        "edit",
        N_("Goes to the search box of this screen."),
        "Ctrl+F",
        icon="search",
        group=1,
    ),
    *(
        ActionSpec(f"view.{tab}", text, "view", N_("Goes to this tab."), f"Ctrl+{number}")
        for number, (tab, text) in enumerate(
            (
                ("home", N_("&Home")),
                ("courses", N_("&Courses")),
                ("applicants", N_("&Applicants")),
                ("interviews", N_("&Interview calendar")),
                ("payroll", N_("Hours and &pay")),
            ),
            1,
        )
    ),
    ActionSpec(
        "view.next", N_("&Next tab"), "view", N_("Goes to the tab at the right."), "Ctrl+Tab", group=1
    ),
    ActionSpec(
        "view.previous",
        N_("Pre&vious tab"),
        "view",
        N_("Goes to the tab at the left."),
        "Ctrl+Shift+Tab",
        group=1,
    ),
    ActionSpec(
        "view.reload",
        N_("&Reload"),
        "view",
        N_("Reads everything on this screen again."),
        "F5",
        icon="refresh",
        group=2,
    ),
    ActionSpec(
        "view.dark",
        N_("&Dark colours"),
        "view",
        N_("Switches between light and dark."),
        "Ctrl+Shift+D",
        W.ALWAYS,
        checkable=True,
        group=3,
    ),
    *SELECTION_ACTIONS,
    *INTERVIEW_DAY_ACTIONS,
    *PAY_ACTIONS,
    *HOURS_ACTIONS,
    *TERMS_ACTIONS,
    *PAPER_ACTIONS,
    ActionSpec(
        "plan.estimate",
        N_("&Estimate the interview time…"),
        "tools",
        N_("Says how many interviewer-hours so many people take, before anybody has named a time."),
        "",
        tab="interviews",
    ),
    ActionSpec(
        "plan.settings",
        N_("Interview &settings…"),
        "tools",
        N_("Sets length, gap, lunch, days, limit and panel of the interviews."),
        "",
        tab="interviews",
    ),
    ActionSpec(
        "tools.check",
        N_("&Check the file"),
        "tools",
        N_("Checks that the file and its journal are whole."),
        "",
        group=1,
    ),
    *TRUST_ACTIONS,
    ActionSpec(
        "help.guide", N_("&Guide"), "help", N_("Explains how the work is done, step by step."), "F1", W.ALWAYS
    ),
    ActionSpec(
        "help.about",
        N_("&About this program"),
        "help",
        N_("Says the version and the licences."),
        "",
        W.ALWAYS,
    ),
)
