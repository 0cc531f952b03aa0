"""Build hook: compiles the gettext catalogues, and puts a bill of materials into the wheel.

The catalogues are compiled next to their sources, so no binary is kept in git.  The bill (CycloneDX,
in ``*.dist-info/sboms`` as PEP 770 says) names every locked package with its digests and licence, and
the fonts.
"""

from __future__ import annotations

import json
import re
import tempfile
import tomllib
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SBOM_NAME = "fujisawa-desktop.cdx.json"
FONT_LICENCES = {"bizud": "OFL-1.1", "ipamj": "IPA"}


def compile_catalogues(folder: Path) -> list[Path]:
    """Compile every ``*.po`` below ``folder``; an unchanged result is left alone."""
    made = []
    for source in sorted(folder.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        with source.open("rb") as text:
            catalogue = read_po(text, locale=source.parts[-3])
        with target.open("wb") as binary:
            write_mo(binary, catalogue)
        made.append(target)
    return made


class Locked(NamedTuple):
    """One package of a lock; ``marker`` says where it is installed at all."""

    name: str
    version: str
    marker: str
    digests: list[str]


def locked_packages(lock: Path) -> Iterator[Locked]:
    """Read a hashed lock; a package with several versions comes once for each."""
    entries = re.split(r"\n(?=[a-z0-9])", lock.read_text(encoding="utf-8"))
    for entry in entries:
        found = re.match(r"([a-z0-9.-]+)==([^ ;\\]+)(?: ; ([^\\]+))?", entry)
        if found:
            digests = re.findall(r"--hash=sha256:([0-9a-f]{64})", entry)
            yield Locked(found[1], found[2], (found[3] or "").strip(), digests)


def bill_of_materials(root: Path, version: str) -> str:
    """Return the CycloneDX bill of the program; the same sources give the same text.

    Raises:
        KeyError: a locked package has no licence in ``requirements/licences.toml``.
    """
    # Only a build needs these; compiling the catalogues must not.
    from cyclonedx.model import HashAlgorithm, HashType, Property  # noqa: PLC0415
    from cyclonedx.model.bom import Bom  # noqa: PLC0415
    from cyclonedx.model.component import Component, ComponentType  # noqa: PLC0415
    from cyclonedx.model.license import LicenseExpression  # noqa: PLC0415
    from cyclonedx.output.json import JsonV1Dot6  # noqa: PLC0415
    from packageurl import PackageURL  # noqa: PLC0415

    licences = tomllib.loads((root / "requirements" / "licences.toml").read_text(encoding="utf-8"))["runtime"]
    program = Component(
        name="fujisawa-desktop",
        version=version,
        type=ComponentType.APPLICATION,
        bom_ref=f"fujisawa-desktop@{version}",
        licenses=[LicenseExpression("Apache-2.0")],
    )
    bom = Bom(version=1)
    bom.metadata.component = program
    parts = [
        Component(
            name=package.name,
            version=package.version,
            bom_ref=f"{package.name}@{package.version}",
            purl=PackageURL("pypi", None, package.name, package.version),
            licenses=[LicenseExpression(licences[package.name])],
            properties=[
                *(Property(name="fujisawa:sha256", value=digest) for digest in package.digests),
                *([Property(name="fujisawa:only-where", value=package.marker)] if package.marker else ()),
            ],
        )
        for package in locked_packages(root / "requirements" / "runtime.txt")
    ]
    parts += [
        Component(
            name=font.name,
            version=sha256(font.read_bytes()).hexdigest()[:12],
            type=ComponentType.FILE,
            bom_ref=f"font:{font.name}",
            licenses=[LicenseExpression(FONT_LICENCES[font.parent.name])],
            hashes=[HashType(alg=HashAlgorithm.SHA_256, content=sha256(font.read_bytes()).hexdigest())],
        )
        for font in sorted((root / "resources" / "fonts").glob("*/*.ttf"))
    ]
    bom.components.update(parts)
    bom.register_dependency(program, parts)
    bill = json.loads(JsonV1Dot6(bom).output_as_string())
    # Neither the moment nor a random number of the build: who builds again can compare.
    del bill["serialNumber"], bill["metadata"]["timestamp"]
    return json.dumps(bill, indent=1, sort_keys=True) + "\n"


class BuildHook(BuildHookInterface[Any]):
    """Called by Hatchling before the wheel is put together."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile before files are collected; the results are ignored by git, so name them."""
        root = Path(self.root)
        folder = root / "i18n"
        compile_catalogues(folder)
        build_data["artifacts"].extend(
            str(path.relative_to(self.root)) for path in folder.glob("*/LC_MESSAGES/*.mo")
        )
        if version == "standard":
            bill = Path(tempfile.mkdtemp(prefix="sbom-")) / SBOM_NAME
            bill.write_text(bill_of_materials(root, self.metadata.version), encoding="utf-8")
            build_data["sbom_files"].append(str(bill))
            self._bill = bill

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Put away what was made for the wheel only."""
        del build_data, artifact_path
        if version == "standard":
            self._bill.unlink()
            self._bill.parent.rmdir()


if __name__ == "__main__":
    for made in compile_catalogues(Path(__file__).parent / "i18n"):
        print(made)  # noqa: T201 - says what it did
