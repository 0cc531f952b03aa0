"""Names of files made from data: any text at all becomes a name that every system takes."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fujisawa_desktop.exchange.file_names import MOST, file_name, free_name, name_key, safe_stem, sheet_name
from tests.hostile.corpus import CORPUS

RESERVED = {
    *("con", "prn", "aux", "nul", "conin$", "conout$"),
    *(f"{port}{sign}" for port in ("com", "lpt") for sign in "0123456789¹²³"),
}
TRICKS = st.sampled_from(
    [
        *CORPUS,
        "CON",
        "con.txt",
        "COM¹",
        "CONIN$",
        "nul .pdf",
        "..",
        "a. ",
        "é",
        "e\u0301",
        "Ａ",
        "神",
        "…" * 200,
    ]
)
TEXTS = st.text(max_size=200) | TRICKS | st.builds(lambda left, right: left + right, TRICKS, TRICKS)


def faults(name: str, folder: Path) -> list[str]:
    """Return what is wrong with a name in a folder."""
    place = folder / name
    checks = {
        "leaves the folder": place.resolve().parent == folder.resolve() and place.name == name,
        "is not composed": unicodedata.normalize("NFC", name) == name,
        "is that of a device": name.partition(".")[0].strip().casefold() not in RESERVED,
        "holds what cannot be seen": not any(
            unicodedata.category(sign) in {"Cc", "Cf", "Cs"} for sign in name
        ),
        "holds what Windows refuses": not set(name) & set('<>:"/\\|?*'),
        "is too long": len(name.encode("utf-16-le")) // 2 <= MOST and len(name.encode()) <= 255,
        "ends in a dot or space": name[-1] not in " ." and Path(name).stem[-1] not in " .",
        "is empty": bool(Path(name).stem),
    }
    return [fault for fault, holds in checks.items() if not holds]


def names_hold(count: int) -> None:
    """Make that many names of any texts; raise when one is not as it must be."""

    @settings(max_examples=count, deadline=None, database=None)
    @given(st.lists(TEXTS, max_size=4))
    def each(parts: list[str]) -> None:
        assert faults(file_name(parts, ".pdf"), Path("/tmp/papers")) == []  # noqa: S108 - only looked at

    each()


def test_any_texts_become_a_name_inside_the_folder() -> None:
    """Ten thousand of them: ``python -m tests.endurance names``."""
    names_hold(600)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=300) | TRICKS)
def test_a_safe_name_is_kept_as_it_is(text: str) -> None:
    assert safe_stem(safe_stem(text)) == safe_stem(text)
    kept = sheet_name(text)
    assert len(kept.encode("utf-16-le")) // 2 <= 31
    assert not set(kept) & set("[]:*?/\\'")
    assert not any(unicodedata.category(sign) in {"Cc", "Cf", "Cs"} for sign in kept)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.sampled_from(["e\u0301", "é", "É", "É.x", "ß", "SS", "ss", "ＡＢ", "x" * 300, ""]), max_size=12
    )
)
def test_names_that_one_folder_cannot_hold_beside_each_other_are_numbered(texts: list[str]) -> None:
    taken: set[str] = set()
    names = [free_name(file_name((text,), ".pdf"), taken) for text in texts]
    keys = [unicodedata.normalize("NFC", name).casefold() for name in names]
    assert len(set(keys)) == len(names)
    assert not any(faults(name, Path("/tmp/papers")) for name in names)  # noqa: S108 - only looked at


def test_the_second_and_third_of_a_name_are_numbered() -> None:
    taken: set[str] = set()
    names = [free_name(name, taken) for name in ("Ä.pdf", "a\u0308.pdf", "Ä(2).pdf", "ä.pdf", "b.pdf")]
    assert names == ["Ä.pdf", "a\u0308(2).pdf", "Ä(2)(2).pdf", "ä(3).pdf", "b.pdf"]
    assert name_key("Ä.PDF") == name_key("a\u0308.pdf")


@pytest.mark.parametrize("text", CORPUS)
def test_the_corpus_in_names(text: str, tmp_path: Path) -> None:
    name = file_name(("通知書", text, "100"), ".pdf")
    assert faults(name, tmp_path) == []
    (tmp_path / name).write_bytes(b"x")
    assert [path.name for path in tmp_path.iterdir()] == [name]
