"""The two doors to papers: making some, and finding again what was issued."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from fujisawa_desktop.services.paper_kinds import PaperKind
from fujisawa_desktop.services.paper_options import PaperOptions
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.papers.order_bar import YearMonth
from fujisawa_desktop.views.papers.paper_window import PaperWindow
from fujisawa_desktop.views.papers.records_window import Page, RecordsWindow


def open_papers(
    desk: Desk,
    kind: str,
    parent: QWidget,
    *,
    numbers: Sequence[str] | None = None,
    year_month: YearMonth | None = None,
    options: PaperOptions | None = None,
    course_ids: Sequence[int] | None = None,
    corrects: bool = False,
    reissues: Sequence[int] = (),
) -> PaperWindow:
    """Open the preview of a kind of paper, for the people (or courses) named or for all it is for.

    With ``corrects`` the letters take the place of those the same people were sent before; with
    ``reissues``, the ids of issued papers, they are other copies of these.
    """
    window = PaperWindow(
        desk,
        PaperKind(kind),
        parent,
        numbers=numbers,
        year_month=year_month,
        options=options,
        course_ids=course_ids,
        corrects=corrects,
        reissues=reissues,
    )
    window.records_wanted.connect(partial(open_records, desk, parent))
    window.show()
    return window


def open_records(desk: Desk, parent: QWidget, *, page: Page = "issued", find: str = "") -> RecordsWindow:
    """Open what was issued; ``find`` is a person's number or name, or a document number."""
    window = RecordsWindow(desk, parent)
    window.show_page(page)
    if find:
        window.issued.look_for(find)
    window.correct_wanted.connect(
        lambda one: open_papers(desk, one.kind, window, numbers=[one.number], corrects=True)
    )
    window.copy_wanted.connect(
        lambda rows: open_papers(desk, rows[0].kind, window, reissues=[one.notice_id for one in rows])
    )
    window.show()
    return window
