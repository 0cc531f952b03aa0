"""Texts with placeholders, whatever somebody writes into them."""

from __future__ import annotations

import builtins
from collections.abc import Iterator, Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fujisawa_desktop.services.wording_template import TemplateError, TemplateFault, WordingTemplate, template

WORDS = ("氏名", "コース", "合格", "補欠")
PIECES = (
    "{{", "}}", "{%", "%}", "{#", "#}", "{", "}", "%", "%s", "%(氏名)s", "if ", "elif ", "else", "endif",
    "for 字 in ", "set ", "include ", "import ", "macro ", "raw", "endraw", " and ", " or ", " not ", " == ",
    " != ", "(", ")", "[0]", ".__class__", "|upper", "~", "*9", "'", '"', "\\", "\n", "\r\n", "9" * 30, "1e9",
    "self", "loop", "namespace", "cycler", "True", "none", "様", "<b>", "\x00", "\ud800", "\u202e", *WORDS,
)  # fmt: skip
ANY_TEXT = st.one_of(
    st.text(max_size=60),
    st.lists(st.sampled_from(PIECES), max_size=14).map("".join),
    st.lists(st.sampled_from(WORDS), max_size=3).map(lambda words: "".join(f"{{{{{w}}}}}、" for w in words)),
)
ANY_VALUE = st.text(max_size=20)


@given(text=ANY_TEXT, values=st.fixed_dictionaries(dict.fromkeys(WORDS, ANY_VALUE)))
def test_any_text_is_filled_or_refused_with_its_line(text: str, values: dict[str, str]) -> None:
    found = filled_or_refused(text, values)
    if isinstance(found, TemplateFault):
        assert found.code in {"papers.placeholder-unknown", "papers.placeholder-broken"}
        assert 1 <= found.line <= text.count("\n") + text.count("\r") + 1
    elif not any("{" in value or "}" in value for value in values.values()):
        assert "{" not in found
        assert "}" not in found


def filled_or_refused(text: str, values: dict[str, str]) -> str | TemplateFault:
    try:
        return WordingTemplate(text).fill(values)
    except TemplateError as error:
        return error.fault


class _Watched(Mapping[str, str]):
    """Values that remember which of them were read."""

    def __init__(self, values: Mapping[str, str]) -> None:
        self._values = values
        self.read: set[str] = set()

    def __getitem__(self, name: str) -> str:
        self.read.add(name)
        return self._values[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)


@given(text=ANY_TEXT)
def test_a_text_opens_no_file(text: str) -> None:
    filled_or_refused("{{", {})  # what the library loads for its first error is loaded before
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(builtins, "open", _forbidden)
        filled_or_refused(text, dict.fromkeys(WORDS, "値"))


def _forbidden(*_args: object, **_more: object) -> None:
    raise AssertionError("a template read a file")


@given(
    words=st.lists(st.sampled_from(WORDS), min_size=1, max_size=4), between=st.text("様%、 第", max_size=5)
)
def test_the_quick_way_fills_as_the_library_does(words: list[str], between: str) -> None:
    text = between.join(f"{{{{{word}}}}}" for word in words) + between
    values = {word: word * 2 for word in WORDS}
    # A condition that always holds sends the same text through the library.
    long_way = WordingTemplate("{% if 合格 == 合格 %}" + text + "{% endif %}")
    assert WordingTemplate(text).fill(values) == long_way.fill(values)


@pytest.mark.parametrize(
    "text",
    [
        "{{" + "(" * 5000 + "氏名" + ")" * 5000 + "}}",
        "{% if 合格 %}" * 300 + "あ" + "{% endif %}" * 300,
        "{% if " + "not " * 5000 + "合格 %}あ{% endif %}",
        "{% if 合格 == " + "9" * 10_000 + " %}あ{% endif %}",
        "{{ 'そのまま' }}",
        "{{ True }}",
        "{{ 氏名 == コース }}",
        "{{ 合格 and 補欠 }}",
        "{% raw %}{{氏名}}{% endraw %}",
    ],
)
def test_what_is_too_deep_or_prints_no_placeholder_is_refused(text: str) -> None:
    with pytest.raises(TemplateError) as caught:
        template(text)
    assert caught.value.fault.code == "papers.placeholder-broken"


def test_a_text_without_placeholders_is_returned_as_it_is() -> None:
    text = "1割（10%）の増額です。%s %(氏名)s"
    assert template(text).fill({}) == text


def test_only_the_words_of_the_text_are_read() -> None:
    values = _Watched({"氏名": "楜澤", "コース": "広報", "合格": "", "補欠": ""})
    assert template("{{氏名}}様").fill(values) == "楜澤様"
    assert values.read == {"氏名"}


def test_what_a_text_asks_about_may_be_empty_and_still_be_said() -> None:
    text = "{% if 期限 %}{{期限}}まで{% else %}お早め{% endif %}に"
    assert template(text).fill({"期限": ""}) == "お早めに"
    assert template(text).fill({"期限": "5日"}) == "5日までに"
    beside = "{{電話}}{% if 内線 %}　内線{{内線}}{% endif %}"
    assert template(beside).fill({"電話": "", "内線": ""}) == ""
    assert template("{% if 期限 %}{{期限}}まで{% endif %}").fill({"期限": ""}) == ""
