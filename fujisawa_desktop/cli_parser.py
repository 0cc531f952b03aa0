"""What may be typed after ``fujisawa-desktop``: commands, arguments, help in the person's language."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final, NoReturn

from fujisawa_desktop.cli_output import print_text
from fujisawa_desktop.cli_parser_copies import add_copies
from fujisawa_desktop.cli_parser_keeping import add_keeping
from fujisawa_desktop.cli_parser_office import add_office_options
from fujisawa_desktop.cli_parser_pay import add_pay_options
from fujisawa_desktop.cli_parser_seats import add_seats
from fujisawa_desktop.errors import AppError
from fujisawa_desktop.i18n import LANGUAGES, _

PROGRAM: Final = "fujisawa-desktop"
IMPORTS: Final = ("applicants", "decisions", "availability", "interviewers", "hours")
LISTS: Final = ("applicants", "interviews", "appointments", "hours", "hand-ins")
LIST_FORMATS: Final = ("json", "csv", "xlsx", "pdf")
CALENDAR_FORMAT: Final = "ics"
"""Of the interviews only."""
ENCODINGS: Final = ("utf-8", "cp932")
SHIFTS: Final = ("planned", "worked")
PAY_FORMATS: Final = (*LIST_FORMATS, "zengin")
STAGES: Final = ("first", "final")
KINDS: Final = (
    "press-release",
    "flyer",
    "course-sheet",
    "first-result",
    "interview-invitation",
    "final-result",
    "acceptance",
    "appointment",
    "conditions",
    "change-consent",
    "change-notice",
    "hand-in-guide",
    "oath",
    "leaving-notice",
    "roster",
    "interview-timetable",
    "interviewer-timetable",
    "score-sheet",
    "door-list",
    "attendance",
    "confirmation",
    "pay-statement",
    "register",
    "transfer-list",
    "year-end",
    "labels",
    "envelope",
    "window-address",
    "dispatch-ledger",
    "purge-certificate",
)


class UsageError(AppError):
    """The command line is not written as it should be; ``usage`` shows how."""

    def __init__(self, code: str, *, usage: str, **params: object) -> None:
        """Keep the line that shows the right form."""
        super().__init__(code, **params)
        self.usage = usage


class _Formatter(argparse.HelpFormatter):
    """Help whose headings are in the person's language."""

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[Any],
        prefix: str | None = None,
    ) -> None:
        """Put our own word before the usage line."""
        super().add_usage(usage, actions, groups, _("Usage: ") if prefix is None else prefix)


class Parser(argparse.ArgumentParser):
    """A parser that raises what is wrong instead of ending the process with English text."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            **{**options, "add_help": False, "allow_abbrev": False, "exit_on_error": False},
            formatter_class=_Formatter,
        )
        self.shown = self.add_argument_group(_("Options"))
        self.shown.add_argument("-h", "--help", action="help", help=_("show this help and stop"))

    def print_help(self, file: object = None) -> None:
        """Write the help to the output."""
        _ = file
        print_text(self.format_help())

    def error(self, message: str) -> NoReturn:
        """Say that something is missing; argparse names it after the last colon."""
        raise self.wrong("cli.incomplete", names=message.rpartition(": ")[2])

    def wrong(self, code: str, **params: object) -> UsageError:
        """Return the error of this command with its usage line."""
        return UsageError(code, usage=self.format_usage().strip(), **params)

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        if action.choices is not None and value not in action.choices:
            raise self.wrong(
                "cli.unknown-choice", given=str(value), known=[str(one) for one in action.choices]
            )

    def _get_value(self, action: argparse.Action, arg_string: str) -> Any:
        try:
            return super()._get_value(action, arg_string)
        except argparse.ArgumentError as error:
            raise self.wrong("cli.bad-value", given=arg_string, name=error.argument_name or "") from error


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """Return what was typed; ``command`` is None for the window.

    Raises:
        UsageError: it is not a command of this program.
    """
    parser = _build()
    try:
        found, rest = parser.parse_known_args(list(arguments))
    except argparse.ArgumentError as error:
        raise parser.wrong("cli.bad-argument", name=error.argument_name or "") from error
    if rest:
        raise parser.wrong("cli.unknown-argument", given=rest[0])
    return found


def language_of(arguments: Sequence[str]) -> str:
    """Return the language that the arguments ask for, before they are understood as a whole."""
    for at, argument in enumerate(arguments):
        name, _equals, value = argument.partition("=")
        if name == "--lang":
            wanted = value or next(iter(arguments[at + 1 : at + 2]), "")
            return wanted if wanted in LANGUAGES else LANGUAGES[0]
    return LANGUAGES[0]


def _build() -> Parser:
    parser = Parser(
        prog=PROGRAM,
        description=_("Runs a city hall's paid internship. Without a command, the window opens."),
    )
    parser.shown.add_argument(
        "--database", metavar="FILE|URL", help=_("the file to work on; without it, the clerk's own file")
    )
    parser.shown.add_argument(
        "--passphrase-file",
        type=Path,
        metavar="FILE",
        help=_("a file whose first line is the passphrase or the recovery key of an encrypted file"),
    )
    parser.shown.add_argument(
        "--lang", choices=LANGUAGES, default=LANGUAGES[0], help=_("language of all messages")
    )
    commands = parser.add_subparsers(
        dest="command", metavar="COMMAND", title=_("Commands"), parser_class=Parser, prog=PROGRAM
    )
    _add_files(commands)
    _add_work(commands)
    _add_papers(commands)
    add_keeping(commands)
    add_seats(commands)
    return parser


def _add_files(commands: Any) -> None:
    init = commands.add_parser("init", help=_("make a new file that holds a programme"))
    init.shown.add_argument(
        "--programme",
        default="r6",
        metavar="CODE|FILE",
        help=_("a shipped programme, or a programme file (.toml)"),
    )
    init.shown.add_argument(
        "--recovery-paper",
        type=Path,
        metavar="FILE",
        help=_("where the recovery key of an encrypted file is put as a PDF to be printed"),
    )
    take = commands.add_parser("import", help=_("take in a file"))
    take.add_argument(
        "kind", choices=IMPORTS, metavar="KIND", help=_("one of: {known}").format(known=", ".join(IMPORTS))
    )
    take.add_argument("file", type=Path, metavar="FILE", help=_("csv, tsv, xlsx, xls or ods"))
    take.shown.add_argument(
        "--profile", metavar="NAME", help=_("layout of an applicants' file; else it is recognised")
    )
    take.shown.add_argument(
        "--shift",
        choices=SHIFTS,
        metavar="KIND",
        help=_("what hours are that do not say it, one of: {known}").format(known=", ".join(SHIFTS)),
    )
    take.shown.add_argument(
        "--rejected",
        type=Path,
        metavar="FILE",
        help=_("write refused rows here with their reasons (csv or xlsx), to correct and import again"),
    )
    take.shown.add_argument(
        "--dry-run", action="store_true", help=_("say what would happen and change nothing")
    )
    _json(take)
    backup = commands.add_parser("backup", help=_("copy the file and check the copy"))
    backup.add_argument("file", type=Path, metavar="FILE", help=_("where the copy goes"))
    add_copies(commands)
    check = commands.add_parser("check", help=_("check that the file and its journal are whole"))
    check.add_argument(
        "--repair", action="store_true", help=_("mend what can be mended, after making a copy")
    )
    _json(check)


def _add_work(commands: Any) -> None:
    lists = commands.add_parser("list", help=_("write a list"))
    lists.add_argument(
        "kind", choices=LISTS, metavar="KIND", help=_("one of: {known}").format(known=", ".join(LISTS))
    )
    lists.shown.add_argument(
        "--where", default="", metavar="TEXT", help=_("only rows that contain all these words")
    )
    lists.shown.add_argument("--month", metavar="YYYY-MM", help=_("of hours: only this month"))
    lists.shown.add_argument(
        "--shift",
        choices=SHIFTS,
        metavar="KIND",
        help=_("of hours, one of: {known}").format(known=", ".join(SHIFTS)),
    )
    _output(lists, (*LIST_FORMATS, CALENDAR_FORMAT))
    lists.shown.add_argument(
        "--names", action="store_true", help=_("of ics: people's names too, not only their numbers")
    )
    lists.shown.add_argument(
        "--encoding",
        choices=ENCODINGS,
        default="utf-8",
        metavar="ENCODING",
        help=_("of csv, one of: {known}").format(known=", ".join(ENCODINGS)),
    )
    plan = commands.add_parser("plan", help=_("compute the interview plan"))
    plan.shown.add_argument("--apply", action="store_true", help=_("book the interviews of the plan"))
    _json(plan)
    release = commands.add_parser("release", help=_("announce noted decisions, all together or none"))
    release.add_argument(
        "stage", choices=STAGES, metavar="STAGE", help=_("one of: {known}").format(known=", ".join(STAGES))
    )
    release.shown.add_argument(
        "--reason",
        default="",
        metavar="TEXT",
        help=_("why more people pass than a course has places; needed only then"),
    )
    _json(release)
    appoint = commands.add_parser("appoint", help=_("appoint people who passed the final screening"))
    _applicants(appoint)
    pay = commands.add_parser("pay", help=_("compute the pay of a month"))
    pay.add_argument("month", metavar="YYYY-MM", help=_("month of the work"))
    _output(pay, PAY_FORMATS)
    add_pay_options(pay.shown)


def _add_papers(commands: Any) -> None:
    paper = commands.add_parser("print", help=_("make papers as PDF"))
    paper.add_argument(
        "kind", choices=KINDS, metavar="KIND", help=_("one of: {known}").format(known=", ".join(KINDS))
    )
    paper.shown.add_argument(
        "--out",
        type=Path,
        metavar="FILE|DIR",
        help=_("where the PDF goes, into a folder one for each paper; else into this folder"),
    )
    paper.shown.add_argument("--month", metavar="YYYY-MM", help=_("for papers of a month"))
    add_office_options(paper.shown)
    _applicants(paper)
    _letters(paper)
    demo = commands.add_parser("demo", help=_("walk a fictional programme through the whole job"))
    demo.shown.add_argument(
        "--out", type=Path, default=Path("demo-out"), metavar="DIR", help=_("where everything goes")
    )
    demo.shown.add_argument("--applicants", type=int, metavar="N", help=_("how many invented people apply"))


def _letters(parser: Any) -> None:
    """Add what only letters have; dates in any form that the window reads too."""
    add = parser.shown.add_argument
    add("--dated", metavar="DATE", help=_("the date the letters bear; else today"))
    add("--reply-by", metavar="DATE", help=_("of final results: until when to accept"))
    add(
        "--number",
        metavar="N|next|each",
        help=_("the document number; “next” or “each” takes it from the ledger, for all or for each"),
    )
    add("--same-number", action="store_true", help=_("more letters under a number issued before"))
    add("--correct", action="store_true", help=_("letters that take the place of those sent before"))
    add("--names", action="store_true", help=_("names of files for each say the person's name too"))
    add(
        "--password-file",
        type=Path,
        metavar="FILE",
        help=_("protect the PDF by the password in the first line of this file"),
    )


def _json(parser: Any) -> None:
    parser.shown.add_argument("--json", action="store_true", help=_("write the result to the output as JSON"))


def _applicants(parser: Any) -> None:
    parser.shown.add_argument(
        "--applicant", nargs="+", action="extend", metavar="NO", help=_("only these portal numbers")
    )


def _output(parser: Any, formats: Sequence[str]) -> None:
    parser.shown.add_argument(
        "--format",
        choices=formats,
        metavar="FORMAT",
        help=_("one of: {known}").format(known=", ".join(formats)),
    )
    parser.shown.add_argument("--out", type=Path, metavar="FILE", help=_("where it goes; else to the output"))
