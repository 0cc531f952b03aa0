"""The guide: how the work is done, step by step."""

from __future__ import annotations

from typing import Final

from fujisawa_desktop.i18n import N_

GUIDE: Final[tuple[tuple[str, str], ...]] = (
    (
        N_("1. Prepare the year"),
        N_(
            "Look through the courses (Ctrl+2): names, host departments, capacity and the sentences of the "
            "course sheet. Home (Ctrl+1) always says what to do next."
        ),
    ),
    (
        N_("2. Take in the entries"),
        N_(
            "Drop the files of both portals onto the list of applicants (Ctrl+3), or press "
            "Ctrl+I. You see what "
            "would change before anything is saved. Reading the same file again changes nothing."
        ),
    ),
    (
        N_("3. First screening"),
        N_(
            "Say what points are given for and who reads, then read and score the applications by keyboard "
            "(Ctrl+Shift+S); host departments get score sheets in Excel. The ranking shows where the line "
            "lies. Note pass or fail there or in the list. Nobody learns of it until you announce the "
            "screening, to all together; then print the letters from the Papers menu."
        ),
    ),
    (
        N_("4. Interviews"),
        N_(
            "Read the interviewers' and the applicants' free times in the interview calendar "
            "(Ctrl+4), let the "
            "plan be made, look at it, and book it. Single interviews can be moved by mouse or keyboard."
        ),
    ),
    (
        N_("The interview calendar by keyboard"),
        N_(
            "Return takes an interview up and puts it down, also on another one to exchange them; the arrows "
            "say for each time whether it is possible and why not. Shift+↑↓ changes the length, L fixes it, "
            "Delete cancels it. On the day: 1 came, 2 did not come, 3 came late, 4 postpone, 5 withdrew, "
            "0 takes the record out. D shows a day, W a week, T today; Ctrl and + − 0 zoom, Ctrl+P prints."
        ),
    ),
    (
        N_("5. Final decision and appointment"),
        N_(
            "Note the results, announce them, note who accepts, and appoint those who accepted from the "
            "Selection menu. Write the conditions of work (Tools menu), then print the appointment letters "
            "and the conditions notices; a change of them is recorded beside the person in Hours and pay."
        ),
    ),
    (
        N_("6. Hours and pay"),
        N_(
            "Type hours into the month (Ctrl+5) or read them from a file. The cap is always "
            "in sight. The pay of "
            "the month says how each amount comes about."
        ),
    ),
    (
        N_("People who entered twice"),
        N_(
            "Ctrl+Shift+U goes through the people who may be one, pair after pair. The arrow keys choose "
            "which value is kept, Ctrl+Enter makes one person of the two, Ctrl+D keeps them apart for good. "
            "Who was made one can be split again beside the list."
        ),
    ),
    (
        N_("Taking things back"),
        N_(
            "Ctrl+Z takes back every act, imports included, even after closing the program; "
            "Ctrl+Y does it again. "
            "Papers that were issued stay issued and are corrected by new ones."
        ),
    ),
)
"""Heading and text of each step."""
