"""未配置: the people who wait, to be searched, taken in hand, and dragged into the calendar."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFontMetrics, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
)

from fujisawa_desktop.i18n import _, ngettext
from fujisawa_desktop.services.interview_plan import UnplacedPerson
from fujisawa_desktop.services.interview_view import Person
from fujisawa_desktop.views.group_chip import GroupChip
from fujisawa_desktop.views.interviews.board import Board
from fujisawa_desktop.views.interviews.inks import paint_course_bar
from fujisawa_desktop.views.interviews.waiting_model import (
    PERSON_ROLE,
    RANKS_ROLE,
    UNPLACED_ROLE,
    WaitingModel,
)
from fujisawa_desktop.views.interviews.words import as_tool_tip, times_in_ever_fewer_words
from fujisawa_desktop.views.rare_letters import meet
from fujisawa_desktop.views.theme import SMALL_PX, Space, body_font, tokens
from fujisawa_desktop.views.widgets import (
    LinkButton,
    Panel,
    RunningText,
    SearchField,
    TextLabel,
    paint_pill,
    pill_size,
    row,
)
from fujisawa_desktop.views.working_group import WorkingGroup

_ROW = 54


class _Delegate(QStyledItemDelegate):
    """Paints a person as a small card: name, mark, times."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint one person."""
        person: Person = index.data(PERSON_ROLE)
        colours = tokens()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        body = QRectF(option.rect).adjusted(1.5, 2.5, -1.5, -2.5)
        state = option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        focused = chosen and bool(state & QStyle.StateFlag.State_HasFocus)
        painter.setBrush(QColor(colours.key_pale if chosen else colours.panel))
        painter.setPen(QPen(QColor(colours.key if chosen else colours.line), 2 if focused else 1))
        painter.drawRoundedRect(body, 6, 6)
        ranks = index.data(RANKS_ROLE) or [0]
        height = (body.height() - 12) / len(ranks)
        for at, rank in enumerate(ranks):
            bar = QRectF(body.left() + 4, body.top() + 6 + at * height, 5, height - 1)
            paint_course_bar(painter, bar, rank, colours)
        room = QRect(option.rect).adjusted(16, 7, -8, -7)
        self._paint_name(painter, room, person, unplaced=bool(index.data(UNPLACED_ROLE)))
        painter.setFont(body_font(SMALL_PX))
        painter.setPen(QColor(colours.secondary))
        metrics = painter.fontMetrics()
        lines = times_in_ever_fewer_words(person)
        times = next((line for line in lines if metrics.horizontalAdvance(line) <= room.width()), lines[-1])
        times = metrics.elidedText(times, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, times)
        painter.restore()

    @staticmethod
    def _paint_name(painter: QPainter, room: QRect, person: Person, *, unplaced: bool) -> None:
        right = 0
        if unplaced:
            text = _("No place")
            size = pill_size(text)
            right = size.width() + Space.XS
            paint_pill(
                painter,
                QRect(room.right() - size.width() + 1, room.top() - 1, size.width(), 18),
                text,
                "wrong",
            )
        painter.setFont(body_font())
        painter.setPen(QColor(tokens().ink))
        width = room.width() - right
        meet(person.name)
        name = QFontMetrics(painter.font()).elidedText(person.name, Qt.TextElideMode.ElideRight, width)
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, name)

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return the height of a card."""
        return QSize(120, _ROW)


class PeopleView(QListView):
    """The list itself.

    Signals:
        picked(Person): Return or a double click: take this person in hand.
        dragged(Person, QPoint): the mouse drags this person and is at that point of the screen.
        dropped(QPoint): it let go there.
        drag_ended(): Escape ended the drag.
    """

    picked = Signal(object)
    dragged = Signal(object, QPoint)
    dropped = Signal(QPoint)
    drag_ended = Signal()

    def __init__(self, model: WaitingModel) -> None:
        super().__init__()
        self._pressed: QPoint | None = None
        self._dragging: Person | None = None
        self.editable = True
        self.setModel(model)
        self.setItemDelegate(_Delegate(self))
        self.setProperty("role", "cards")
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        self.setAccessibleName(_("People waiting for an interview"))

    def current_person(self) -> Person | None:
        """Return the person chosen."""
        index = self.currentIndex()
        person = index.data(PERSON_ROLE) if index.isValid() else None
        return person if isinstance(person, Person) else None

    def current_applicant(self) -> int | None:
        """Return the id of the person chosen."""
        person = self.current_person()
        return person.applicant_id if person is not None else None

    # Qt overrides

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose a person; a drag may follow."""
        super().mousePressEvent(event)
        point = event.position().toPoint()
        if event.button() == Qt.MouseButton.LeftButton and self.indexAt(point).isValid() and self.editable:
            self._pressed = point

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag the person pressed on."""
        point = event.position().toPoint()
        if self._pressed is not None and self._dragging is None:
            if (point - self._pressed).manhattanLength() < QApplication.startDragDistance():
                return
            self._dragging = self.current_person()
        if self._dragging is not None:
            self.dragged.emit(self._dragging, self.viewport().mapToGlobal(point))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Drop the person."""
        dragged, self._pressed, self._dragging = self._dragging, None, None
        if dragged is not None:
            self.dropped.emit(self.viewport().mapToGlobal(event.position().toPoint()))
        else:
            super().mouseReleaseEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Take the person in hand."""
        self._pressed = None
        self._pick(self.indexAt(event.position().toPoint()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return takes the person in hand; Escape ends a drag."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._pick(self.currentIndex())
        elif event.key() == Qt.Key.Key_Escape and self._dragging is not None:
            self._pressed = self._dragging = None
            self.drag_ended.emit()
        else:
            super().keyPressEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        """Say in a tool tip what the card has no room for."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            lines = self.indexAt(event.pos()).data(Qt.ItemDataRole.UserRole)
            if lines:
                QToolTip.showText(event.globalPos(), as_tool_tip(lines), self.viewport())
            return True
        return super().viewportEvent(event)

    def _pick(self, index: QModelIndex) -> None:
        person = index.data(PERSON_ROLE) if index.isValid() else None
        if isinstance(person, Person) and self.editable:
            self.picked.emit(person)


class WaitingPanel(Panel):
    """Heading with the count, search box, list, and how many have not answered yet.

    Attributes:
        people: the list.
        search: the search box.
    """

    def __init__(self, group: WorkingGroup) -> None:
        super().__init__(_("Waiting"), margin=Space.M)
        self._group = group
        self.group_chip = GroupChip(group)
        self._board: Board | None = None
        self.model = WaitingModel()
        self.people = PeopleView(self.model)
        self.search = SearchField(_("Name, kana, number"), _("Find among those who wait"))
        self.unanswered = TextLabel("", "small")
        self.unanswered.setWordWrap(True)
        self.times = LinkButton(_("When they can come…"))
        self._nobody = TextLabel("", "bold")
        self._why = RunningText("", "neutral")
        self.body.addWidget(self.search)
        self.body.addLayout(row(self.group_chip, None))
        self.body.addWidget(self.people, 1)
        self.body.addWidget(self._nobody)
        self.body.addWidget(self._why)
        self.body.addWidget(self.unanswered)
        self.body.addLayout(row(self.times, None))
        self.body.addStretch(0)
        self.search.searched.connect(self._on_search)
        self.search.go_down.connect(self._go_down)
        self.group_chip.only_changed.connect(self._limit)
        group.changed.connect(self._limit)

    def _limit(self) -> None:
        self.model.limit(self._group.entry_ids if self.group_chip.only() else None)
        self._show_emptiness()

    def show_board(self, board: Board, unplaced: Iterable[UnplacedPerson]) -> None:
        """Show who waits and who of them has no place, keeping the choice."""
        chosen = self.people.current_person()
        self._board = board
        self.model.show(board, unplaced)
        if chosen is not None:
            self.choose(chosen.key)
        self._show_counts()

    def choose(self, key: int) -> None:
        """Choose a person of the list."""
        row = self.model.row_of(key)
        if row >= 0:
            self.people.setCurrentIndex(self.model.index(row))

    def choose_row(self, row: int) -> None:
        """Choose the person of a row, or the last one."""
        last = self.model.rowCount() - 1
        if last >= 0:
            self.people.setCurrentIndex(self.model.index(max(0, min(row, last))))

    def _on_search(self, text: str) -> None:
        self.model.search(text)
        self._show_emptiness()

    def _go_down(self) -> None:
        if self.model.rowCount():
            self.people.setFocus()
            self.choose_row(0)

    def _show_counts(self) -> None:
        everybody = self.model.everybody()
        self.set_title(
            ngettext("Waiting: {count} person", "Waiting: {count} people", len(everybody)).format(
                count=len(everybody)
            )
        )
        silent = sum(1 for person in everybody if not person.windows)
        self.unanswered.setText(
            ngettext(
                "{count} has not named any time yet", "{count} have not named any time yet", silent
            ).format(count=silent)
        )
        self.unanswered.setVisible(silent > 0)
        self._show_emptiness()

    def _show_emptiness(self) -> None:
        """Say why nobody is listed."""
        empty = self.model.rowCount() == 0
        self.people.setVisible(not empty)
        self._nobody.setVisible(empty)
        self._why.setVisible(empty)
        if empty and self._board is not None:
            title, why = self._emptiness(self._board)
            self._nobody.setText(title)
            self._why.set_text(why)

    def _emptiness(self, board: Board) -> tuple[str, str]:
        if self.model.everybody() and self.group_chip.only() and not self.search.text():
            return _("Nobody of the group waits"), _("The others who wait are shown without the group.")
        if self.model.everybody():
            return _("Nobody found"), _("Check the spelling, or empty the search box.")
        if board.plan is not None:
            return _("Everybody fits"), _("The plan has a place for everybody.")
        if not board.view.people:
            return _("Nobody waits"), _("Nobody's pass of the first screening has been announced yet.")
        return (
            _("Nobody waits"),
            _("For everybody who passed the first screening, the interview or the final result is settled."),
        )
