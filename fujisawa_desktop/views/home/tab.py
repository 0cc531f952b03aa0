"""The home tab: the year on one line, what to do next, how many people are at which step."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from fujisawa_desktop import texts
from fujisawa_desktop.i18n import _, format_short_date
from fujisawa_desktop.rules.timeline import Phase
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.overview import Overview, TimelinePoint, overview
from fujisawa_desktop.services.programmes import ProgrammeRow, choose_programme, programmes
from fujisawa_desktop.services.recent import recent_acts
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.home.cards import CardGrid
from fujisawa_desktop.views.home.recent import RecentActs
from fujisawa_desktop.views.home.todo_list import TodoPanel
from fujisawa_desktop.views.tab_page import TabPage
from fujisawa_desktop.views.theme import Space, Tone
from fujisawa_desktop.views.widgets import (
    Bar,
    BarChart,
    ElidedLabel,
    MenuButton,
    Milestone,
    Panel,
    Pill,
    SecondaryButton,
    Timeline,
    plain,
)


def when_text(point: TimelinePoint) -> str:
    """Return the day or days of a point: 10/25, 10/30–11/8, or the published words."""
    if point.text:
        return point.text
    first = format_short_date(point.day)
    return f"{first}–{format_short_date(point.until)}" if point.until else first


class HomeTab(TabPage):
    """ホーム."""

    kinds: ClassVar[frozenset[str]] = frozenset(
        {
            "programme",
            "course",
            "applicant",
            "entry",
            "application",
            "decision",
            "reply",
            "reviewer",
            "suspected_duplicate",
            "import_batch",
            "interview",
            "appointment",
            "hand_in",
            "shift",
            "month_closing",
            "pay_statement",
            "notice",
            "hourly_rate",
            "closed_day",
        }
    )

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.title = ElidedLabel("", "title")
        self.phase = Pill("", "neutral")
        self.switch = MenuButton(_("Switch programme"))
        self.switch.hide()
        self.timeline = Timeline()
        self.todo = TodoPanel()
        self.todo.act_wanted.connect(self.act_wanted)
        self.chart = BarChart(_("Selection so far"))
        self.recent = RecentActs()
        self.cards = CardGrid()
        self._lay_out()

    def reload(self) -> None:
        """Query the whole tab again."""
        self.desk.query(
            overview,
            self._show,
            owner=self,
            latest="home.overview",
            programme_id=self.desk.programme_id,
            today=self.desk.today(),
        )
        self._ask_recent()
        self.desk.query(programmes, self._offer, owner=self, latest="home.programmes")

    def shows(self, change: ChangeSet) -> bool:
        """Return that it does: every act stands among the latest."""
        return change.changed

    def refresh(self, change: ChangeSet) -> None:
        """Query what ``change`` touched: of an export, which touches no row, all may tell."""
        if change.kinds & self.kinds or not change.kinds:
            self.reload()
        else:
            self._ask_recent()

    def _ask_recent(self) -> None:
        self.desk.query(recent_acts, self.recent.show_acts, owner=self, latest="home.recent")

    def _lay_out(self) -> None:
        new = SecondaryButton(_("New programme"), partial(self.act_wanted.emit, "file.new-programme"))
        new.setEnabled(not self.desk.read_only)
        top = QHBoxLayout()
        top.setSpacing(Space.S)
        self.title.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        top.addWidget(self.title)
        top.addWidget(self.phase)
        top.addStretch(1)
        top.addWidget(self.switch)
        top.addWidget(new)
        year = Panel()
        year.body.addWidget(self.timeline)
        steps = Panel(_("Selection so far"))
        steps.body.addWidget(self.chart)
        recent = Panel(_("Latest acts"))
        recent.body.addWidget(self.recent, 1)
        right = QVBoxLayout()
        right.setSpacing(Space.M)
        right.addWidget(steps)
        right.addWidget(recent, 1)
        middle = QHBoxLayout()
        middle.setSpacing(Space.M)
        middle.addWidget(self.todo, 3)
        middle.addLayout(right, 2)
        sheet = QWidget()
        sheet.setProperty("role", "sheet")
        column = QVBoxLayout(sheet)
        column.setContentsMargins(Space.XL, Space.L, Space.XL, Space.L)
        column.setSpacing(Space.M)
        column.addLayout(top)
        column.addWidget(year)
        column.addLayout(middle, 1)
        column.addWidget(self.cards)
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setAccessibleName(_("Home"))
        scroll.setWidget(sheet)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroll)

    def _show(self, found: Overview) -> None:
        self.title.set_whole(found.title)
        running: Tone = "neutral" if found.phase in {Phase.BEFORE, Phase.CLOSED} else "key"
        self.phase.set(texts.term("phase", found.phase), running)
        self.timeline.set_milestones(
            [
                Milestone(texts.term("point", point.code), when_text(point), point.day, point.until)
                for point in found.points
            ],
            found.today,
        )
        self.todo.show_items(found.todos, found.phase, read_only=self.desk.read_only)
        last = len(found.stages) - 1
        self.chart.set_bars(
            [
                Bar(texts.term("progress", stage.code), stage.count, "good" if at == last else "key")
                for at, stage in enumerate(found.stages)
            ]
        )
        self.cards.show_cards(found.courses, found.month)

    def _offer(self, rows: list[ProgrammeRow]) -> None:
        self.switch.menu().clear()
        self.switch.setVisible(len(rows) > 1)
        for programme in rows:
            action = self.switch.add(plain(programme.title), partial(self._switch, programme))
            action.setCheckable(True)
            action.setChecked(programme.id == self.desk.programme_id)

    def _switch(self, programme: ProgrammeRow) -> None:
        self.desk.switch_programme(programme.id)
        if not self.desk.read_only:
            self.desk.perform(choose_programme, programme_id=programme.id, actor=self.desk.actor)
