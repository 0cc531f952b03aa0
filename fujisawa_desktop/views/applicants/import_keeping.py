"""What the import dialog keeps beyond the import itself: layouts by name, refused rows as a file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from fujisawa_desktop.i18n import _, ngettext
from fujisawa_desktop.services.conflicts import RowOf
from fujisawa_desktop.services.file_columns import ANSWER, RAW
from fujisawa_desktop.services.import_layouts import (
    Layout,
    LayoutForm,
    delete_layout,
    layout_form,
    layout_seen,
    layouts,
    save_layout,
)
from fujisawa_desktop.services.imports import RejectedRow
from fujisawa_desktop.services.outgoing import ListOut
from fujisawa_desktop.texts import term
from fujisawa_desktop.views.applicants import import_kinds
from fujisawa_desktop.views.applicants.columns_page import ColumnsPage
from fujisawa_desktop.views.applicants.import_options import ImportOptions
from fujisawa_desktop.views.applicants.words import joined, use_word
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.trust.beside_others import (
    FormWords,
    Saving,
    do_beside_others,
    save_beside_others,
)


class Keeping(QObject):
    """Carries out what the buttons of the dialog ask for."""

    def __init__(self, desk: Desk, columns: ColumnsPage, options: ImportOptions, dialog: QWidget) -> None:
        super().__init__(dialog)
        self._desk = desk
        self._columns = columns
        self._options = options
        self._dialog = dialog

    def keep(self, encoding: str | None) -> None:
        """Keep the layout of the columns page under the name entered there."""
        name = self._columns.name.text().strip()
        base = layout_seen(self._columns.kept(name))
        mine = replace(
            base,
            source=self._columns.source_key(),
            columns=self._columns.settled(),
            encoding=encoding or "",
        )
        more = {"source": mine.source, "columns": mine.columns, "encoding": mine.encoding}
        saving = replace(
            self._saving(save_layout, base, name, **more),
            on_done=lambda _change: self._read_again(name, kept=True),
        )
        save_beside_others(self._desk, saving, mine)

    def forget(self) -> None:
        """Forget the layout of that name."""
        name = self._columns.name.text().strip()
        saving = replace(
            self._saving(delete_layout, layout_seen(self._columns.kept(name)), name),
            on_done=lambda _change: self._read_again(name, kept=False),
            deed=_("(removed)"),
        )
        do_beside_others(self._desk, saving)

    def _saving(
        self, act: Callable[..., Any], base: LayoutForm, name: str, **more: object
    ) -> Saving[LayoutForm]:
        """Return how an act on the layout of a name is done beside what others kept under it."""
        return Saving(
            act,
            base=base,
            read=partial(layout_form, name=name),
            row=RowOf("import_profile", where=(("name", name),)),
            words=FormWords(
                self._dialog,
                labels={"source": _("Portal"), "columns": _("Columns"), "encoding": _("Character code")},
                values={"source": lambda key: term("source", key) if key else "", "columns": _uses_text},
            ),
            owner=self._dialog,
            on_error=self._desk.notifier.show,
            given=lambda form: {"version": form.version},
            more={"name": name, **more},
            whole=True,
        )

    def _read_again(self, name: str, *, kept: bool) -> None:
        self._desk.query(layouts, partial(self._changed, name, kept=kept), owner=self)

    def _changed(self, name: str, found: Sequence[Layout], *, kept: bool) -> None:
        self._options.offer_layouts(self._columns.take_kept(found))
        if kept:
            self._options.choose_layout(name)
            self._desk.notifier.say(_("The layout was kept. It is found again by the headings."), "good")
        else:
            self._desk.notifier.say(_("The layout was forgotten. What came in through it stays."), "good")

    def write_rejected(self, file: Path, rejected: Sequence[RejectedRow], encoding: str | None) -> None:
        """Let the person name a file and write the refused rows to it."""
        name, _filter = QFileDialog.getSaveFileName(
            self._dialog,
            _("Save the refused rows"),
            str(file.with_name(_("{file}-refused.xlsx").format(file=file.stem))),
            _("Excel (*.xlsx);;Text as in the file (*.csv)"),
        )
        if name:
            self._desk.perform(
                import_kinds.write_rejected,
                on_done=self._tell_written,
                file=file,
                target=Path(name),
                rejected=rejected,
                encoding=encoding,
                actor=self._desk.actor,
            )

    def _tell_written(self, written: ListOut) -> None:
        self._desk.notifier.say(
            ngettext(
                "{count} refused row was written to {file}. Correct it and import that file.",
                "{count} refused rows were written to {file}. Correct them and import that file.",
                written.count,
            ).format(count=written.count, file=written.path.name),
            "good",
        )


def _uses_text(columns: object) -> str:
    """Return what the columns of a layout are read as; a column that stays an answer is left out."""
    listed = columns if isinstance(columns, Iterable) else ()
    return joined(
        _("{heading} = {field}").format(heading=heading, field=use_word(use))
        for heading, use in listed
        if use not in {RAW, ANSWER}
    )
