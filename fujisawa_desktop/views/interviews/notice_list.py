"""通知が必要な方: who believes another time than the calendar's, and that they were told."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QHelpEvent, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)

from fujisawa_desktop.i18n import _, ngettext
from fujisawa_desktop.services.interview_announcing import Affected, News
from fujisawa_desktop.views.interviews.notice_model import AFFECTED_ROLE, NoticeModel, news_word, times_line
from fujisawa_desktop.views.interviews.words import as_tool_tip
from fujisawa_desktop.views.theme import SMALL_PX, Space, Tone, body_font, tokens
from fujisawa_desktop.views.widgets import (
    LinkButton,
    Panel,
    SecondaryButton,
    TextLabel,
    paint_pill,
    pill_size,
)
from fujisawa_desktop.views.widgets.flow import FlowLayout

_ROW = 48
_TONES: dict[News, Tone] = {News.NEW: "key", News.MOVED: "caution", News.CANCELLED: "wrong"}


class _Delegate(QStyledItemDelegate):
    """Paints a person as a small card: name, what is to be told, old and new time."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint one person."""
        one: Affected = index.data(AFFECTED_ROLE)
        colours = tokens()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        body = QRectF(option.rect).adjusted(1.5, 2.5, -1.5, -2.5)
        painter.setBrush(QColor(colours.key_pale if chosen else colours.panel))
        painter.setPen(QPen(QColor(colours.key if chosen else colours.line), 2 if focused else 1))
        painter.drawRoundedRect(body, 6, 6)
        room = QRect(option.rect).adjusted(10, 6, -8, -6)
        word = news_word(one.news)
        size = pill_size(word)
        pill = QRect(room.right() - size.width() + 1, room.top() - 1, size.width(), 18)
        paint_pill(painter, pill, word, _TONES[one.news])
        painter.setFont(body_font())
        painter.setPen(QColor(colours.ink))
        width = room.width() - size.width() - Space.XS
        name = QFontMetrics(painter.font()).elidedText(one.name, Qt.TextElideMode.ElideRight, width)
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, name)
        font = body_font(SMALL_PX)
        font.setStrikeOut(one.news is News.CANCELLED)
        text = times_line(one)
        if QFontMetrics(font).horizontalAdvance(text) > room.width():
            font.setStretch(80)
        painter.setFont(font)
        painter.setPen(QColor(colours.secondary))
        times = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, times)
        painter.restore()

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return the height of a card."""
        return QSize(120, _ROW)


class _List(QListView):
    """The list itself; Return goes to the interview in the calendar."""

    picked = Signal(object)

    def __init__(self, model: NoticeModel) -> None:
        super().__init__()
        self.setModel(model)
        self.setItemDelegate(_Delegate(self))
        self.setProperty("role", "cards")
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        self.setAccessibleName(_("People who must be told"))
        self.doubleClicked.connect(self._pick)

    def sizeHint(self) -> QSize:
        """Ask for two cards; what is left over is shared by how many people wait and are to be told."""
        return QSize(super().sizeHint().width(), 2 * _ROW + 4)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return goes to the interview."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._pick(self.currentIndex())
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
        one = index.data(AFFECTED_ROLE) if index.isValid() else None
        if isinstance(one, Affected):
            self.picked.emit(one)


class NoticePanel(Panel):
    """Heading with the count, the list, and the buttons that record that people were told.

    Attributes:
        people: the list.
        told: records that those chosen were told, or everybody when nobody is chosen.

    Signals:
        told_wanted(list[Affected]): these people were told what is shown.
        picked(Affected): the person wants to see this interview.
        letters_wanted(): make the invitations.
    """

    told_wanted = Signal(object)
    picked = Signal(object)
    letters_wanted = Signal()

    def __init__(self) -> None:
        super().__init__(_("To be told"), margin=Space.M)
        self.model = NoticeModel()
        self.people = _List(self.model)
        self.told = SecondaryButton(_("Everybody was told"), self._tell)
        self.letters = LinkButton(_("Invitations…"), self.letters_wanted.emit)
        self.letters.setToolTip(_("A letter that was made records by itself that the person was told."))
        self.counts = TextLabel("", "small")
        self.body.addWidget(self.counts)
        self.body.addWidget(self.people, 1)
        buttons = QWidget()
        flow = FlowLayout(buttons)
        flow.addWidget(self.told)
        flow.addWidget(self.letters)
        self.body.addWidget(buttons)
        self.people.picked.connect(self.picked)
        self.people.selectionModel().selectionChanged.connect(lambda _on, _off: self._name_button())
        self.editable = True
        self.hide()

    def show_people(self, affected: Sequence[Affected]) -> None:
        """Show who must be told; nothing is shown when nobody must."""
        self.model.show(affected)
        count = len(affected)
        self.set_title(
            ngettext("To be told: {count} person", "To be told: {count} people", count).format(count=count)
        )
        parts = [
            _("{word} {count}").format(word=news_word(news), count=self.model.count(news))
            for news in (News.MOVED, News.CANCELLED, News.NEW)
            if self.model.count(news)
        ]
        self.counts.setText(_(", ").join(parts))
        self.setVisible(count > 0)
        self._name_button()

    def chosen(self) -> list[Affected]:
        """Return those chosen in the list."""
        rows = sorted(index.row() for index in self.people.selectionModel().selectedIndexes())
        found = (self.model.affected(row) for row in rows)
        return [one for one in found if one is not None]

    def _name_button(self) -> None:
        count = len(self.chosen())
        text = ngettext("{count} was told", "{count} were told", count).format(count=count)
        self.told.setText(text if count else _("Everybody was told"))
        self.told.setEnabled(self.editable)

    def _tell(self) -> None:
        chosen = self.chosen()
        self.told_wanted.emit(chosen or self.model.everybody())
