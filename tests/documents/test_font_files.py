"""The bundled fonts are the ones their README names, with their licences beside them."""

from __future__ import annotations

import hashlib
import re

from fujisawa_desktop.documents.fonts import Face
from fujisawa_desktop.paths import resources_dir

FONTS = resources_dir() / "fonts"


def test_every_font_is_named_with_its_digest_and_nothing_else_ships() -> None:
    listed = {
        name: digest
        for digest, name in re.findall(
            r"^([0-9a-f]{64})  (\S+)$", (FONTS / "README.md").read_text("utf-8"), re.MULTILINE
        )
    }
    shipped = {
        path.relative_to(FONTS).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in FONTS.rglob("*.ttf")
    }
    assert listed == shipped
    assert set(shipped) == {face.value for face in Face}


def test_licences_lie_beside_the_fonts() -> None:
    bizud = (FONTS / "bizud" / "LICENSE.txt").read_text("utf-8")
    assert bizud.startswith("Copyright 2022 The BIZ UD")
    assert "SIL OPEN FONT LICENSE Version 1.1" in bizud
    assert "OTHER DEALINGS IN THE FONT SOFTWARE." in bizud
    ipa = (FONTS / "ipamj" / "LICENSE.txt").read_text("utf-8")
    assert "IPAフォントライセンスv1.0" in ipa
    assert "IPA Font License Agreement v1.0" in ipa
    for text in (bizud, ipa):
        assert "GNU" not in text
        assert "debian" not in text.lower()
