"""Every text has its Japanese and English form, with the same placeholders."""

from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from babel.messages.catalog import Catalog, Message

ROOT = Path(__file__).resolve().parent.parent


def load_tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("catalogue_tool", ROOT / "i18n" / "catalogue.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


tool = load_tool()


def found_in(message: Message, language: str = "ja") -> list[str]:
    return list(tool.faults(message, language))


def test_the_catalogues_are_complete() -> None:
    assert tool.problems() == []


@pytest.mark.parametrize(
    ("message", "fault"),
    [
        (Message("Save the file.", "ファイルを保存してください。", flags=["fuzzy"]), "fuzzy"),
        (Message("Save the file.", ""), "empty"),
        (Message("Save {file}.", "{name}を保存してください。"), "placeholders differ (file, name)"),
        (Message("Save {file}.", "保存してください。"), "placeholders differ (file)"),
        (Message("Save {file}.", "{file を保存してください。"), "unbalanced braces"),
        (Message("Save the file.", "Save the file."), "not in Japanese"),
        (Message("Save the file.", "ファイルを Save the file してください。"), "not in Japanese"),
        (
            Message(("{count} row", "{count} rows"), ("{count}行", "{count}行")),
            "wrong number of plural forms",
        ),
    ],
)
def test_a_fault_is_noticed(message: Message, fault: str) -> None:
    assert fault in found_in(message)


@pytest.mark.parametrize(
    "message",
    [
        Message("Save {file}.", "{file}を保存してください。"),
        Message("CSV", "CSV"),
        Message("About Fujisawa Desktop", "Fujisawa Desktop について"),
        Message(("{count} row", "{count} rows"), ("{count}行",)),
    ],
)
def test_a_good_text_is_left_alone(message: Message) -> None:
    assert found_in(message) == []


def test_a_text_of_the_code_that_no_catalogue_has_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path / "package" / "x.py"
    source.parent.mkdir()
    source.write_text(
        'a = _("One text")\nb = N_("Another")\nc = ngettext("{count} row", "{count} rows", 2)\n'
        'd = pgettext("a place", "May")\n',
        encoding="utf-8",
    )
    template: Catalog = tool.extract(source.parent)
    assert {(message.context, message.id) for message in template if message.id} == {
        (None, "One text"),
        (None, "Another"),
        (None, ("{count} row", "{count} rows")),
        ("a place", "May"),
    }
    monkeypatch.setattr(tool, "extract", lambda *_arguments: template)
    problems = tool.problems()
    assert "ja: missing: One text" in problems
    assert "en: missing: May" in problems
    assert any(line.startswith("ja: no longer used: ") for line in problems)


def test_updating_keeps_what_is_translated_and_fills_english(monkeypatch: pytest.MonkeyPatch) -> None:
    old = Catalog(locale="ja")
    old.add("Kept", "残る")
    old.add("Gone", "消える")
    monkeypatch.setattr(tool, "read", lambda _language: old)
    template = Catalog()
    template.add("Kept")
    template.add("New")
    template.add(("{count} row", "{count} rows"))

    def strings(language: str) -> dict[str, Any]:
        return {str(message.id): message.string for message in tool.updated(language, template) if message.id}

    assert strings("ja") == {"Kept": "残る", "New": "", str(("{count} row", "{count} rows")): ("",)}
    assert strings("en")["New"] == "New"
    assert strings("en")[str(("{count} row", "{count} rows"))] == ("{count} row", "{count} rows")


def test_the_same_texts_give_the_same_file() -> None:
    assert tool.as_bytes(tool.read("ja")) == tool.catalogue_file("ja").read_bytes()


def test_an_entry_an_application_and_an_applicant_are_never_mixed_up() -> None:
    """エントリー is one number of a portal, 応募 one person for one course, 応募者 the person."""
    wrong = []
    for message in tool.read("ja"):
        if not message.id:
            continue
        ids = message.id if message.pluralizable else (message.id,)
        said = message.string if isinstance(message.string, str) else message.string[0]
        english = ids[0].replace("&", "")
        of_entry = bool(re.search(r"\bentr(y|ies)\b", english, re.IGNORECASE))
        of_application = bool(re.search(r"\bappl(ications?|ied|y)\b", english, re.IGNORECASE))
        entry, application = "エントリー" in said, bool(re.search("応募(?!者|元)", said))
        if of_entry != of_application and entry != application and entry is of_application:
            wrong.append((ids[0], said))
    assert not wrong
