"""No text that somebody typed is ever read as markup: found by reading every call of the views."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.test_architecture import FILES, ROOT

VIEWS = [file for file in FILES if "views" in file.parts or file.name.startswith("app")]
LABELS_AT_HOME = {"basic.py": "TextLabel itself", "notice_bar.py": "a sign without text"}
ESCAPING = {"tool_tip", "as_tool_tip"}
"""What makes markup of data harmless: see ``views.widgets.basic.tool_tip``."""
BANNED_STATICS = {"warning", "information", "question", "critical", "about", "aboutQt"}
RICH = {"setMarkdown", "insertHtml", "setWhatsThis"}
HTML_AT_HOME = {"clipboard.py": "the clipboard's second form, escaped cell by cell"}
CONSTANT_TIPS = {
    "screening_window.py": "the name of a column",
    "issued_page.py": "the name of a column",
    "journal_window.py": "the name of a box",
    "legend.py": "our own words for signs",
    "toolbar.py": "our own words for signs",
    "inputs.py": "hints, which are sentences of the catalogue",
    "corrections_dialog.py": "a sentence of the catalogue",
    "basic.py": "the name of a button",
    "centre.py": "a sentence of the catalogue",
    "paper_foot.py": "a sentence of the catalogue",
    "month_bar.py": "a sentence of the catalogue with the names of keys",
    "entry_bar.py": "a sentence of the catalogue with the names of keys",
}


def calls(source: str) -> Iterator[ast.Call]:
    yield from (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call))


def name_of(node: ast.expr) -> str:
    """Return the last part of a dotted name."""
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def owner_of(node: ast.expr) -> str:
    return name_of(node.value) if isinstance(node, ast.Attribute) else ""


def is_ours(node: ast.expr) -> bool:
    """Say whether a text is a sentence of the catalogue, a constant, or made harmless."""
    if isinstance(node, ast.Constant):
        return True
    if isinstance(node, ast.IfExp):
        return is_ours(node.body) and is_ours(node.orelse)
    if isinstance(node, ast.Call):
        return name_of(node.func) in {"_", *ESCAPING}
    return False


def bad_labels(file: Path, source: str) -> list[int]:
    found = [call for call in calls(source) if name_of(call.func) == "QLabel"]
    return [call.lineno for call in found if file.name not in LABELS_AT_HOME]


def bad_boxes(_file: Path, source: str) -> list[int]:
    bad = [
        call.lineno
        for call in calls(source)
        if owner_of(call.func) == "QMessageBox" and name_of(call.func) in BANNED_STATICS
    ]
    for function in ast.walk(ast.parse(source)):
        if isinstance(function, ast.FunctionDef):
            inside = [node for node in ast.walk(function) if isinstance(node, ast.Call)]
            made = [call for call in inside if name_of(call.func) == "QMessageBox"]
            plain = [call for call in inside if name_of(call.func) == "setTextFormat"]
            if made and not plain:
                bad.append(made[0].lineno)
    return bad


def bad_details(_file: Path, source: str) -> list[int]:
    """The second text of a box is always of Qt's own choice of format."""
    return [
        call.lineno
        for call in calls(source)
        if name_of(call.func) == "setInformativeText" and not _is_sentence(call.args[0])
    ]


def _is_sentence(node: ast.expr) -> bool:
    if isinstance(node, ast.Call) and name_of(node.func) == "format":
        given = {keyword.arg for keyword in node.keywords}
        return isinstance(node.func, ast.Attribute) and is_ours(node.func.value) and given <= {"code"}
    return is_ours(node)


def bad_tips(file: Path, source: str) -> list[int]:
    bad = []
    for call in calls(source):
        if name_of(call.func) == "setToolTip" and not is_ours(call.args[-1]):
            bad.append(call.lineno)
        if (
            name_of(call.func) == "showText"
            and owner_of(call.func) == "QToolTip"
            and not is_ours(call.args[1])
        ):
            bad.append(call.lineno)
    return [] if file.name in CONSTANT_TIPS else bad


def bad_html(file: Path, source: str) -> list[int]:
    found = [call.lineno for call in calls(source) if name_of(call.func) in RICH]
    if file.name not in HTML_AT_HOME:
        found += [call.lineno for call in calls(source) if name_of(call.func) == "setHtml"]
    return found


def bad_dialogs(_file: Path, source: str) -> list[int]:
    """Qt's ready-made dialogs with a label of their own choose its format by what it says."""
    made = {"QProgressDialog", "QErrorMessage", "QInputDialog", "QTextBrowser", "QWhatsThis"}
    return [call.lineno for call in calls(source) if made & {name_of(call.func), owner_of(call.func)}]


RULES: dict[str, Callable[[Path, str], list[int]]] = {
    "a label is a TextLabel": bad_labels,
    "a message box has plain text": bad_boxes,
    "the second text of a box holds no data": bad_details,
    "a tool tip is escaped": bad_tips,
    "no text is read as HTML or Markdown": bad_html,
    "no dialog chooses the format of its text": bad_dialogs,
}


@pytest.mark.parametrize("rule", RULES)
def test_every_text_of_the_window_is_plain(rule: str) -> None:
    found = [
        f"{file.relative_to(ROOT)}:{line}"
        for file in VIEWS
        for line in RULES[rule](file, file.read_text(encoding="utf-8"))
    ]
    assert not found


@pytest.mark.parametrize(
    ("rule", "source"),
    [
        ("a label is a TextLabel", "label = QLabel(person.name)"),
        ("a message box has plain text", "def ask():\n    box = QMessageBox(self)\n    box.setText(name)"),
        ("a message box has plain text", "QMessageBox.question(self, title, name)"),
        ("the second text of a box holds no data", "box.setInformativeText(_('{name}').format(name=name))"),
        ("a tool tip is escaped", "widget.setToolTip(person.name)"),
        ("a tool tip is escaped", "QToolTip.showText(at, person.name, self)"),
        ("no text is read as HTML or Markdown", "edit.setHtml(person.note)"),
        ("no dialog chooses the format of its text", "QInputDialog.getText(self, title, name)"),
    ],
)
def test_a_breach_is_noticed(rule: str, source: str) -> None:
    assert RULES[rule](Path("x.py"), source)


def test_what_is_allowed_is_not_reported() -> None:
    source = (
        "label = TextLabel(name)\nwidget.setToolTip(tool_tip(name) if name else '')\nx.setToolTip(_('Stop'))"
    )
    assert not [line for rule in RULES.values() for line in rule(Path("x.py"), source)]
