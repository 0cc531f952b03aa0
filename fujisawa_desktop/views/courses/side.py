"""Beside the form: places against applications, and how the course reads."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from fujisawa_desktop import texts
from fujisawa_desktop.i18n import _
from fujisawa_desktop.services.courses import CourseForm, CourseRow
from fujisawa_desktop.views.courses.course_list import capacity_text
from fujisawa_desktop.views.theme import Space, Tone
from fujisawa_desktop.views.widgets import (
    Bar,
    BarChart,
    DetailsPane,
    Panel,
    Pill,
    RunningText,
    TextLabel,
    restyle,
    row,
)

_SECTIONS = ("summary", "background", "initiatives", "contents", "wanted", "duties")


class PlacesPanel(Panel):
    """How many applied, how many passed, how many places there are."""

    def __init__(self) -> None:
        super().__init__(_("Places and applications"))
        self.chart = BarChart(_("Places and applications"))
        self.sentence = RunningText("", "neutral")
        self.over = Pill("", "caution")
        self.body.addWidget(self.chart)
        self.body.addLayout(row(self.over, None))
        self.body.addWidget(self.sentence)

    def show_course(self, course: CourseRow | None) -> None:
        """Show one course; a new one has nothing to count yet."""
        self.setVisible(course is not None)
        if course is None:
            return
        hired: Tone = "caution" if course.over_capacity else "good"
        self.chart.set_bars(
            [
                Bar(texts.term("progress", "applications"), course.applications),
                Bar(texts.term("progress", "first-passed"), course.first_passed),
                Bar(texts.term("status", "final-reserve"), course.reserves),
                Bar(texts.term("progress", "final-passed"), course.final_passed, hired),
            ]
        )
        self.over.setVisible(course.over_capacity)
        if course.over_capacity:
            extra = course.final_passed - course.capacity
            self.over.set(_("{count} over capacity").format(count=extra), "caution")
        self.sentence.set_text(self._say(course))

    @staticmethod
    def _say(course: CourseRow) -> str:
        places = capacity_text(course)
        if not course.applications:
            return _("There are {places}. Nobody has applied yet.").format(places=places)
        if not course.capacity:
            return _("There are no places; nobody can be taken.")
        return _("There are {places}: {rate} applications for each.").format(
            places=places, rate=f"{course.applications / course.capacity:.3g}"
        )


class ReadingPane(DetailsPane):
    """The sentences of the course as a student will read them, while they are typed."""

    def __init__(self) -> None:
        super().__init__(_("How it reads"))

    def show_form(self, form: CourseForm) -> None:
        """Show what the form says now."""
        position = self.area.verticalScrollBar().value()
        self.clear()
        self.add_heading(_("How it reads"))
        banner = QFrame()
        banner.setProperty("role", "banner")
        column = QVBoxLayout(banner)
        column.setContentsMargins(Space.M, Space.S, Space.M, Space.S)
        name = RunningText(form.name)
        restyle(name, "tone", "banner")
        column.addWidget(name)
        self.add(banner)
        self.add_pairs([(texts.term("field", "host_department"), form.host_department)])
        missing: list[str] = []
        for section in _SECTIONS:
            text = getattr(form, section).strip()
            if not text:
                missing.append(texts.term("field", section))
                continue
            self.add(TextLabel(texts.term("field", section), "heading", "key"))
            self.add_text(text)
        if missing:
            self.add(self._missing(missing))
        self.area.verticalScrollBar().setValue(position)

    @staticmethod
    def _missing(names: list[str]) -> QWidget:
        return RunningText(_("Still empty: {names}").format(names=_(", ").join(names)), "caution")
