"""Build hook: compiles the gettext catalogues next to their sources, so no binary is kept in git."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


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


class CatalogueHook(BuildHookInterface[Any]):
    """Called by Hatchling before the wheel is put together."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile before files are collected; the results are ignored by git, so name them."""
        del version
        folder = Path(self.root) / "i18n"
        compile_catalogues(folder)
        build_data["artifacts"].extend(
            str(path.relative_to(self.root)) for path in folder.glob("*/LC_MESSAGES/*.mo")
        )


if __name__ == "__main__":
    for made in compile_catalogues(Path(__file__).parent / "i18n"):
        print(made)  # noqa: T201 - says what it did
