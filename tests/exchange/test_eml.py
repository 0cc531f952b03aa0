"""Messages are read back with the standard parser, and by hand as a mail server would see them."""

from __future__ import annotations

import base64
import re
from email import message_from_bytes
from email.policy import default

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fujisawa_desktop.errors import RuleError
from fujisawa_desktop.exchange.eml import eml_bytes
from fujisawa_desktop.rules.contact import is_mail_address, looks_mistyped

BODY = "髙橋　葵　様\n\n🎉結果をお知らせします。\n" + "あ" * 400 + "\n. 行頭の点\nFrom ここ\n"


def test_a_message_has_one_recipient_and_can_be_sent_as_a_draft() -> None:
    data = eml_bytes(
        recipient="aoi.takahashi@example.ac.jp", subject="選考の結果について（通知）" * 9, body=BODY
    )
    message = message_from_bytes(data, policy=default)
    assert [one.addr_spec for one in message["To"].addresses] == ["aoi.takahashi@example.ac.jp"]
    assert message["Subject"] == "選考の結果について（通知）" * 9
    assert message["X-Unsent"] == "1"
    assert not [name for name in ("Cc", "Bcc", "From") if name in message]
    assert message.get_content().replace("\r\n", "\n") == BODY
    assert not list(message.iter_attachments())


def test_a_message_goes_over_the_wire_as_it_is() -> None:
    data = eml_bytes(recipient="a@example.jp", subject="結果", body=BODY)
    assert data.isascii()
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert max(len(line) for line in data.split(b"\r\n")) <= 78
    head, _gap, body = data.partition(b"\r\n\r\n")
    assert head.count(b"\r\nTo: ") == 1
    assert base64.b64decode(body).decode("utf-8").replace("\r\n", "\n") == BODY


@pytest.mark.parametrize(
    "address",
    [
        "",
        "a@example.jp, b@example.jp",
        "a@example.jp;b@example.jp",
        "a@example.jp\r\nBcc: b@example.jp",
        "a@example.jp\nb@example.jp",
        "Aoi <a@example.jp>",
        "<a@example.jp>",
        "a b@example.jp",
        "a@b@example.jp",
        "a@localhost",
        "ａ@example.jp",
        "葵@example.jp",
        "a@example.jp\x00",
        f"{'a' * 65}@example.jp",
        f"a@{'b' * 250}.jp",
        'a"(x)"@example.jp',
    ],
)
def test_anything_but_one_address_is_refused(address: str) -> None:
    with pytest.raises(RuleError, match=r"mail\.address-impossible"):
        eml_bytes(recipient=address, subject="結果", body="")


@pytest.mark.parametrize("subject", ["結果\r\nBcc: b@example.jp", "a\nb", "a\rb", "a\x00", "a\u2028b"])
def test_a_subject_cannot_smuggle_in_a_header(subject: str) -> None:
    with pytest.raises(RuleError, match=r"mail\.subject-line"):
        eml_bytes(recipient="a@example.jp", subject=subject, body="")


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=300), st.text(max_size=300))
def test_whatever_the_texts_one_person_is_written_to(subject: str, body: str) -> None:
    try:
        data = eml_bytes(recipient="only@example.jp", subject=subject, body=body)
    except RuleError:
        return  # a subject of several lines
    head = data.partition(b"\r\n\r\n")[0].decode("ascii")
    names = [line.split(":")[0].lower() for line in re.split(r"\r\n(?![ \t])", head)]
    assert sorted(names) == sorted(
        ["x-unsent", "to", "subject", "content-type", "content-transfer-encoding", "mime-version"]
    )
    message = message_from_bytes(data, policy=default)
    assert [one.addr_spec for one in message["To"].addresses] == ["only@example.jp"]


@given(st.text(max_size=80))
def test_an_address_is_one_address_or_none(text: str) -> None:
    if is_mail_address(text):
        assert text.count("@") == 1
        assert text.isascii()
        assert not re.search(r"[\s,;<>()\"]", text)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("taro@gmail.con", True),
        ("taro@gamil.com", True),
        ("taro..yamada@docomo.ne.jp", True),
        ("taro.@docomo.ne.jp", True),
        ("taro@u.ac.jo", True),
        ("taro@gmail.com", False),
        ("taro.yamada@stu.example.ac.jp", False),
    ],
)
def test_slips_of_the_hand_are_noticed(address: str, expected: bool) -> None:
    assert looks_mistyped(address) is expected
    assert is_mail_address(address)
