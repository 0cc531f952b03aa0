"""The letters as what else a program could be built on writes them: the same texts, without QR code.

Each peer is given finished texts and one font, BIZ UDP明朝; what that lacks it prints as a box.
``canvas`` is the floor: ReportLab's ``drawString`` at fixed places, lines cut after 40 characters.
"""

from __future__ import annotations

import io
import logging
import sys
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from fujisawa_desktop.documents.fonts import Face
from fujisawa_desktop.documents.specs import LetterSpec
from fujisawa_desktop.paths import resources_dir

Engine = Callable[[Sequence[LetterSpec], Path], None]
_FONT: Final = resources_dir() / "fonts" / Face.PROPORTIONAL_MINCHO.value
_LINE: Final = 40


def _rows(letter: LetterSpec) -> list[tuple[str, str]]:
    return [
        (f"{number}　{item.label}", "".join(item.lines)) for number, item in enumerate(letter.items, start=1)
    ]


def _contact(letter: LetterSpec) -> tuple[str, ...]:
    return () if letter.contact is None else (letter.contact.heading, *letter.contact.lines)


def canvas(letters: Sequence[LetterSpec], out: Path) -> None:
    """Write with ReportLab's bare canvas."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(TTFont("M", str(_FONT)))
    sheet = Canvas(str(out), pagesize=(595, 842))
    for letter in letters:
        sheet.setFont("M", 11)
        y = 770
        for text in (letter.number, letter.date, *letter.sender, letter.seal_note):
            sheet.drawRightString(540, y, text)
            y -= 18
        sheet.drawString(80, y, f"{letter.name}　{letter.honorific}")
        y -= 36
        for text in (*letter.title.split("\n"), *letter.body, *letter.notes):
            for start in range(0, len(text), _LINE):
                sheet.drawString(80, y, text[start : start + _LINE])
                y -= 18
        sheet.drawCentredString(300, y, "記")
        for label, text in _rows(letter):
            y -= 18
            sheet.drawString(90, y, label)
            sheet.drawString(200, y, text)
        for text in ("以上", *_contact(letter)):
            y -= 18
            sheet.drawString(300, y, text)
        sheet.showPage()
    sheet.save()


def platypus(letters: Sequence[LetterSpec], out: Path) -> None:
    """Write with ReportLab's paragraphs and tables."""
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table

    pdfmetrics.registerFont(TTFont("M", str(_FONT)))
    left = ParagraphStyle("left", fontName="M", fontSize=11, leading=18, wordWrap="CJK")
    right = ParagraphStyle("right", parent=left, alignment=2)
    story: list[Any] = []
    for letter in letters:
        story += [Paragraph(text, right) for text in (letter.number, letter.date)]
        story.append(Paragraph(f"{letter.name}　{letter.honorific}", left))
        story += [Paragraph(text, right) for text in (*letter.sender, letter.seal_note)]
        story += [Paragraph(text, left) for text in (*letter.title.split("\n"), *letter.body)]
        story.append(Spacer(1, 20))
        rows = [[Paragraph(label, left), Paragraph(text, left)] for label, text in _rows(letter)]
        if rows:
            story.append(Table(rows, colWidths=[110, 320]))
        story += [Paragraph(text, left) for text in (*letter.notes, *_contact(letter))]
        story.append(PageBreak())
    SimpleDocTemplate(str(out), topMargin=50, bottomMargin=40).build(story)


def fpdf2(letters: Sequence[LetterSpec], out: Path) -> None:
    """Write with fpdf2."""
    from fpdf import FPDF

    logging.getLogger("fpdf").setLevel(logging.ERROR)
    sheet: Any = FPDF()
    sheet.add_font("M", fname=str(_FONT))
    sheet.set_font("M", size=11)
    for letter in letters:
        sheet.add_page()
        for text in (letter.number, letter.date):
            sheet.cell(0, 6, text, align="R")
            sheet.ln()
        sheet.cell(0, 8, f"{letter.name}　{letter.honorific}")
        sheet.ln()
        for text in (*letter.sender, letter.seal_note):
            sheet.cell(0, 6, text, align="R")
            sheet.ln()
        for text in (*letter.title.split("\n"), *letter.body):
            sheet.multi_cell(0, 6, text, wrapmode="CHAR", new_x="LMARGIN", new_y="NEXT")
        for label, text in _rows(letter):
            sheet.cell(40, 6, label)
            sheet.multi_cell(0, 6, text, wrapmode="CHAR", new_x="LMARGIN", new_y="NEXT")
        for text in (*letter.notes, *_contact(letter)):
            sheet.cell(0, 6, text)
            sheet.ln()
    sheet.output(str(out))


def typst(letters: Sequence[LetterSpec], out: Path) -> None:
    """Write with Typst, compiled in this process."""
    import typst as engine

    source = io.StringIO()
    source.write('#set page(paper: "a4")\n#set text(font: "BIZ UDPMincho", size: 11pt, lang: "ja")\n')
    for letter in letters:
        table = ",".join(f"[{label}],[{text}]" for label, text in _rows(letter))
        right = f"{letter.number} \\ {letter.date}"
        sender = " \\ ".join((*letter.sender, letter.seal_note))
        paragraphs = "\n\n".join((*letter.title.split("\n"), *letter.body))
        closing = "\n\n".join((*letter.notes, *_contact(letter))).replace("@", "\\@")
        source.write(
            f"#align(right)[{right}]\n{letter.name}　{letter.honorific}\n\n#align(right)[{sender}]\n"
        )
        source.write(f"{paragraphs}\n#v(20pt)\n#table(columns: 2, stroke: none, {table})\n")
        source.write(f"{closing}\n#pagebreak(weak: true)\n")
    file = out.with_suffix(".typ")
    file.write_text(source.getvalue(), encoding="utf-8")
    engine.compile(str(file), output=str(out), font_paths=[str(_FONT.parent)])


_PEERS: Final[dict[str, tuple[str, Engine]]] = {
    "canvas": ("reportlab", canvas),
    "platypus": ("reportlab", platypus),
    "fpdf2": ("fpdf", fpdf2),
    "typst": ("typst", typst),
}


def peers(wanted: Sequence[str]) -> dict[str, Engine]:
    """Return the peers wanted whose packages are there; the others are named on the error output."""
    found = {
        name: engine for name, (package, engine) in _PEERS.items() if name in wanted and find_spec(package)
    }
    missing = ", ".join(name for name in wanted if name not in found)
    if missing:
        sys.stderr.write(f"not installed, so not measured: {missing}\n")
    return found
