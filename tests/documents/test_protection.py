"""Files that open only with a password, opened with a program that did not protect them."""

from __future__ import annotations

import io
from contextlib import closing

import pikepdf
import pypdfium2
import pytest
from paper_samples import IVS_NAME, letter, printed
from pdf_reading import pages_text

from fujisawa_desktop.documents import protect
from fujisawa_desktop.errors import ValidationError

PASSWORD = "合言葉 Aa1!"  # noqa: S105 - of a test


def read(pdf: bytes, password: str) -> tuple[str, list[str], str]:
    """Return the text of the first page, the outline and the title."""
    with closing(pypdfium2.PdfDocument(pdf, password=password)) as document:
        page = document[0]
        layer = page.get_textpage()
        text = layer.get_text_range().replace("\r\n", "\n")
        layer.close()
        page.close()
        outline = [bookmark.get_title() for bookmark in document.get_toc()]
        return text, outline, document.get_metadata_value("Title")


def test_the_file_opens_with_its_password_and_says_the_same() -> None:
    plain = printed(letter(IVS_NAME)).pdf
    before = bytes(plain)
    hidden = protect(plain, PASSWORD)
    assert read(hidden, PASSWORD) == (pages_text(plain)[0], [IVS_NAME], "1次選考結果通知")
    assert plain == before


@pytest.mark.parametrize("password", [None, "", "another", PASSWORD + " "])
def test_without_the_password_it_does_not_open(password: str | None) -> None:
    hidden = protect(printed(letter("佐藤花子")).pdf, PASSWORD)
    with pytest.raises(pypdfium2.PdfiumError, match="password"):
        pypdfium2.PdfDocument(hidden, password=password)


def test_nothing_of_the_plain_file_is_left_in_it() -> None:
    plain = printed(letter("佐藤花子")).pdf
    hidden = protect(plain, PASSWORD)
    assert b"xmpmeta" in plain
    assert b"xmpmeta" not in hidden
    assert "佐藤花子".encode("utf-16-be") not in hidden


def test_the_method_is_aes_of_256_bits() -> None:
    with pikepdf.open(io.BytesIO(protect(printed(letter()).pdf, PASSWORD)), password=PASSWORD) as document:
        found = document.encryption
        assert (found.R, found.V, found.bits) == (6, 5, 256)
        assert found.stream_method == found.string_method == pikepdf.models.EncryptionMethod.aesv3
        assert document.allow.print_highres


@pytest.mark.parametrize("password", ["", "あ" * 43, "a\nb", "a\x00", "\ud800"])
def test_a_password_nobody_could_type_is_refused(password: str) -> None:
    with pytest.raises(ValidationError) as caught:
        protect(printed(letter()).pdf, password)
    assert (caught.value.code, caught.value.field) == ("papers.password-unusable", "password")


def test_the_longest_password_opens_the_file() -> None:
    password = "あ" * 42
    assert read(protect(printed(letter()).pdf, password), password)[2] == "1次選考結果通知"
