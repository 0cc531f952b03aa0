"""Keeps the catalogues in step with the code: extract, update, fill-en, check.

Message ids are English sentences, so the English catalogue repeats them; the Japanese one is
written by people.  Neither holds places in the source or dates: a change of the code that
changes no text changes no catalogue.
"""

from __future__ import annotations

import argparse
import re
import string
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po, write_po

ROOT: Final = Path(__file__).resolve().parent.parent
FOLDER: Final = ROOT / "i18n"
DOMAIN: Final = "fujisawa_desktop"
TEMPLATE: Final = FOLDER / f"{DOMAIN}.pot"
LANGUAGES: Final = ("ja", "en")
KEYWORDS: Final[dict[str, tuple[int | tuple[int, str], ...] | None]] = {
    "_": None,
    "N_": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
}
HEADER: Final = "# Texts of Fujisawa Desktop."
_JAPANESE: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uff66-\uff9f]")
_ENGLISH_WORDS: Final = re.compile(r"[A-Za-z]{2,}[,;:]? +[A-Za-z]{2,}")
_NAMES: Final = re.compile(r"Fujisawa Desktop|BIZ UD\w*|Page (?:Up|Down)|fujisawa-desktop \w+")


def catalogue_file(language: str) -> Path:
    """Return the file of one language."""
    return FOLDER / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def extract(package: Path = ROOT / "fujisawa_desktop") -> Catalog:
    """Return every text that the program marks, without where it stands."""
    found = Catalog(project="Fujisawa Desktop", charset="utf-8", fuzzy=False, header_comment=HEADER)
    for _file, _line, text, comments, context in extract_from_dir(
        str(package),
        [("migrations/**", "ignore"), ("**.py", "python")],
        {},
        KEYWORDS,
        comment_tags=("i18n:",),
        strip_comment_tags=True,
    ):
        found.add(text, auto_comments=comments, context=context)
    return found


def read(language: str) -> Catalog:
    """Return the stored catalogue of a language; an empty one when there is none."""
    path = catalogue_file(language)
    if not path.exists():
        return Catalog(locale=language, domain=DOMAIN)
    with path.open("rb") as source:
        return read_po(source, locale=language, domain=DOMAIN)


def updated(language: str, template: Catalog) -> Catalog:
    """Return the catalogue with exactly the template's texts: new ones empty, gone ones dropped."""
    old = read(language)
    new = Catalog(
        locale=language,
        domain=DOMAIN,
        project="Fujisawa Desktop",
        charset="utf-8",
        fuzzy=False,
        header_comment=HEADER,
    )
    for message in _texts(template):
        known = old.get(_singular(message), message.context)
        same_form = known is not None and known.pluralizable == message.pluralizable
        string_ = known.string if known is not None and same_form and not known.fuzzy else ""
        if language == "en":
            string_ = message.id
        elif message.pluralizable and not string_:
            string_ = ("",) * new.num_plurals
        new.add(message.id, string_, auto_comments=message.auto_comments, context=message.context)
    return new


def as_bytes(catalogue: Catalog) -> bytes:
    """Return a catalogue as a file: sorted, without places and dates, so that equal texts are equal files."""
    target = BytesIO()
    write_po(target, catalogue, omit_header=True, no_location=True, sort_output=True, width=100)
    header = [HEADER, 'msgid ""', 'msgstr ""', '"Content-Type: text/plain; charset=utf-8\\n"']
    if catalogue.locale is not None:
        header.append(f'"Language: {catalogue.locale}\\n"')
        header.append(f'"Plural-Forms: {catalogue.plural_forms}\\n"')
    return "\n".join(header).encode() + b"\n\n" + target.getvalue().strip() + b"\n"


def write_all() -> None:
    """Extract, then bring the template and both catalogues up to date."""
    template = extract()
    TEMPLATE.write_bytes(as_bytes(template))
    for language in LANGUAGES:
        catalogue = updated(language, template)
        path = catalogue_file(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(as_bytes(catalogue))


def problems() -> list[str]:
    """Return everything that is wrong with the catalogues, one sentence each."""
    template = extract()
    wanted = {_key(message) for message in _texts(template)}
    found: list[str] = []
    if not TEMPLATE.exists() or TEMPLATE.read_bytes() != as_bytes(template):
        found.append(f"{TEMPLATE.name}: not what the code says; run `make strings`")
    for language in LANGUAGES:
        catalogue = read(language)
        present = {_key(message) for message in _texts(catalogue)}
        found += [f"{language}: missing: {key[1]}" for key in sorted(wanted - present)]
        found += [f"{language}: no longer used: {key[1]}" for key in sorted(present - wanted)]
        found += [f"{language}: obsolete entry: {key}" for key in catalogue.obsolete]
        for message in _texts(catalogue):
            found += [f"{language}: {fault}: {_singular(message)}" for fault in faults(message, language)]
        found += [f"{language}: cannot be compiled: {reason}" for reason in _compile_faults(catalogue)]
    return found


def faults(message: Message, language: str) -> Iterator[str]:
    """Yield what is wrong with one text of a catalogue."""
    ids = message.id if message.pluralizable else (message.id,)
    strings = message.string if message.pluralizable else (message.string,)
    if message.fuzzy:
        yield "fuzzy"
    if not strings or not all(strings):
        yield "empty"
        return
    if len(strings) != (1 if language == "ja" else len(ids)):
        yield "wrong number of plural forms"
    names = set().union(*(placeholders(text) for text in ids))
    for text in strings:
        try:
            own = placeholders(text)
        except ValueError:
            yield "unbalanced braces"
            continue
        # A plural form may leave out the count; nothing else may go or come.
        if own != names and not (message.pluralizable and own | {"count"} == names | {"count"}):
            yield f"placeholders differ ({', '.join(sorted(own ^ names))})"
        if language == "ja" and _is_untranslated(text, ids):
            yield "not in Japanese"
        if ids[0].endswith("\n") != text.endswith("\n"):
            yield "line end differs"


def placeholders(text: str) -> set[str]:
    """Return the names of the ``{placeholders}`` of a text."""
    return {name for _literal, name, _form, _conversion in string.Formatter().parse(text) if name is not None}


def _is_untranslated(text: str, ids: tuple[str, ...]) -> bool:
    rest = re.sub(r"\{\w*\}|`[^`]*`|--?\w+", "", _NAMES.sub("", text))
    if _ENGLISH_WORDS.search(rest):
        return True
    return text in ids and not _JAPANESE.search(text) and bool(_ENGLISH_WORDS.search(text))


def _texts(catalogue: Catalog) -> list[Message]:
    return [message for message in catalogue if message.id]


def _singular(message: Message) -> str:
    return str(message.id[0] if message.pluralizable else message.id)


def _key(message: Message) -> tuple[str, str, bool]:
    return (message.context or "", _singular(message), message.pluralizable)


def _compile_faults(catalogue: Catalog) -> Iterator[str]:
    """Compile and read back: what gettext will find at run time."""
    try:
        target = BytesIO()
        write_mo(target, catalogue)
        target.seek(0)
        read_mo(target)
    except (ValueError, TypeError, IndexError) as error:
        yield str(error)


def main(arguments: list[str] | None = None) -> int:
    """Run one of the four tasks."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("task", choices=("extract", "update", "fill-en", "check"))
    task = parser.parse_args(arguments).task
    if task == "check":
        found = problems()
        print("\n".join(found) if found else "catalogues: complete", file=sys.stderr if found else sys.stdout)
        return 1 if found else 0
    if task == "extract":
        TEMPLATE.write_bytes(as_bytes(extract()))
    elif task == "fill-en":
        catalogue_file("en").write_bytes(as_bytes(updated("en", extract())))
    else:
        write_all()
    return 0


if __name__ == "__main__":
    sys.exit(main())
