"""What the program is built of: hashed locks, licences that may go together, a bill of materials."""

from __future__ import annotations

import importlib.metadata
import json
import re
import tomllib
from pathlib import Path
from typing import Any, Final

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from license_expression import get_spdx_licensing

from hatch_build import bill_of_materials, locked_packages

ROOT: Final = Path(__file__).resolve().parent.parent
LOCKS: Final = ("runtime", "dev")
SPDX: Final = get_spdx_licensing()
MAY_SHIP: Final = {
    "0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "ISC", "LGPL-3.0-only", "MIT", "MIT-0",
    "MIT-CMU", "MPL-2.0", "PSF-2.0", "Zlib",
    "LicenseRef-PdfiumThirdParty",  # FreeType, libpng, ICU …; their texts are in its wheel
}  # fmt: skip
"""Licences that a program under Apache-2.0 may come with; LGPL and MPL because nothing of them is changed
and each stays a library of its own that can be replaced."""
NAMES: Final = {
    "MIT": {"MIT", "MIT License", "MIT license"},
    "Apache-2.0": {"Apache Software License", "Apache 2.0", "Apache", "Apache-2.0"},
    "BSD-3-Clause": {"BSD License", "BSD", "BSD-3-Clause"},
    "BSD-2-Clause": {"BSD License", "BSD-2-Clause"},
    "PSF-2.0": {"Python Software Foundation License", "PSF-2.0", "PSFL"},
    "MPL-2.0": {"Mozilla Public License 2.0 (MPL 2.0)", "MPL-2.0"},
    "ISC": {"ISC License (ISCL)"},
}
"""What packages that do not speak SPDX call them."""
IN_ITS_FILE: Final = {
    "sqlcipher3": "provided 'as-is', without any express or implied warranty",
    "lxml": "BSD 3-Clause License",
    "reportlab": "Redistribution and use in source and binary forms",
    "pypdfium2": "The PDFium Authors",
}
"""Packages whose metadata name no single licence: a piece of their licence's own text."""


def table() -> dict[str, dict[str, str]]:
    return tomllib.loads((ROOT / "requirements" / "licences.toml").read_text(encoding="utf-8"))


def locked(lock: str) -> set[str]:
    return {package.name for package in locked_packages(ROOT / "requirements" / f"{lock}.txt")}


def test_every_locked_package_has_its_licence_and_no_other_is_named() -> None:
    known = table()
    assert set(known["runtime"]) == locked("runtime")
    assert set(known["development"]) == locked("dev") - locked("runtime")


def may_be_shipped(expression: Any) -> bool:
    """Of licences joined by OR one must do, of those joined by AND all."""
    if isinstance(expression, SPDX.OR):
        return any(may_be_shipped(part) for part in expression.args)
    if isinstance(expression, SPDX.AND):
        return all(may_be_shipped(part) for part in expression.args)
    return str(expression) in MAY_SHIP


@pytest.mark.parametrize(("name", "expression"), sorted(table()["runtime"].items()))
def test_what_is_shipped_may_be_shipped(name: str, expression: str) -> None:
    assert may_be_shipped(SPDX.parse(expression)), name


def test_a_licence_that_would_bind_the_whole_program_is_refused() -> None:
    assert not may_be_shipped(SPDX.parse("GPL-3.0-only"))
    assert not may_be_shipped(SPDX.parse("MIT AND AGPL-3.0-only"))
    assert may_be_shipped(SPDX.parse("LGPL-3.0-only OR GPL-2.0-only"))


def test_licences_are_spdx() -> None:
    for expression in {text for part in table().values() for text in part.values()}:
        own = expression.replace("LicenseRef-PdfiumThirdParty", "MIT")
        assert not SPDX.validate(own).errors, expression


@pytest.mark.parametrize("name", sorted({*locked("runtime"), *locked("dev")}))
def test_the_installed_package_says_the_same(name: str) -> None:
    try:
        package = importlib.metadata.distribution(name)
    except importlib.metadata.PackageNotFoundError:
        pytest.skip("for another system")
    known = {**table()["runtime"], **table()["development"]}[name]
    meta = package.metadata
    if (expression := meta.get("License-Expression")) is not None:
        assert SPDX.parse(expression) == SPDX.parse(known)
        return
    if name in IN_ITS_FILE:
        assert any(IN_ITS_FILE[name] in text for text in _licence_texts(package)), name
        return
    said = {str(meta.get("License") or "").strip()} | {
        line.rpartition("::")[2].strip() for line in meta.get_all("Classifier") or () if "License" in line
    }
    keys = SPDX.license_keys(SPDX.parse(known))
    assert known in said or any(said & NAMES.get(key, {key}) for key in keys), (known, said)


def _licence_texts(package: importlib.metadata.Distribution) -> list[str]:
    files = package.files or []
    return [file.read_binary().decode(errors="replace") for file in files if "LICENS" in str(file).upper()]


@pytest.mark.parametrize("lock", LOCKS)
def test_locks_are_hashed_and_name_no_host(lock: str) -> None:
    text = (ROOT / "requirements" / f"{lock}.txt").read_text(encoding="utf-8")
    assert "://" not in text
    packages = list(locked_packages(ROOT / "requirements" / f"{lock}.txt"))
    assert len(packages) == len(re.findall(r"^[a-z0-9].*==", text, re.MULTILINE))
    assert all(package.digests for package in packages)


def test_the_bill_of_materials_is_whole_and_the_same_each_time() -> None:
    text = bill_of_materials(ROOT, "1.2.3")
    assert text == bill_of_materials(ROOT, "1.2.3")
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None
    bill = json.loads(text)
    assert bill["metadata"]["component"]["version"] == "1.2.3"
    parts = bill["components"]
    libraries = {(part["name"], part["version"]) for part in parts if part["type"] == "library"}
    assert libraries == {
        (package.name, package.version) for package in locked_packages(ROOT / "requirements" / "runtime.txt")
    }
    fonts = [part for part in parts if part["type"] == "file"]
    stated = (ROOT / "resources" / "fonts" / "README.md").read_text(encoding="utf-8")
    assert len(fonts) == 5
    assert all(font["hashes"][0]["content"] in stated for font in fonts)
    assert all(part["licenses"] for part in parts)
