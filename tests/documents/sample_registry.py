"""A sample of every spec that is printed; tests of all kinds take theirs from here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from hours_samples import HOURS_SPECS
from ledger_samples import LEDGER_SPECS
from paper_samples import MARGINS, SPECS
from pdf_reading import Box
from terms_samples import TERMS_SPECS

from fujisawa_desktop.documents.office_specs import (
    Addressee,
    EnvelopeSpec,
    FaceGrid,
    Frame,
    LabelsSpec,
    TrialSpec,
    WindowSpec,
)
from fujisawa_desktop.documents.secret_specs import RecoverySpec
from fujisawa_desktop.documents.specs import Owner, Shift, Spec

_OWNER: Final = Owner("1", "楜澤　涼介")
_PERSON: Final = Addressee(
    "251-8601", ("神奈川県藤沢市朝日町1番地の1", "見本ハイツ203号室"), "楜澤　涼介", "様", "100000000001"
)


def labels() -> LabelsSpec:
    """Half a sheet of twelve."""
    grid = FaceGrid(2, 6, 86.4, 42.3, 18.6, 21.2, 86.4, 42.3)
    return LabelsSpec(_OWNER, grid, 3, (_PERSON,) * 4, Shift())


def envelope() -> EnvelopeSpec:
    """One with all its parts."""
    sender = ("251-8601", "神奈川県藤沢市朝日町1番地の1", "見本市 総務部 職員課")
    return EnvelopeSpec(_OWNER, _PERSON, boxed=True, mark="親展", sender=sender, shift=Shift())


def window() -> WindowSpec:
    """The address alone."""
    return WindowSpec(_OWNER, _PERSON, Shift())


def trial_sheet() -> TrialSpec:
    """A test page of the sheet with the window."""
    return TrialSpec(
        _OWNER, 210, 297, (Frame(20, 12, 90, 45),), Shift(), "試し刷り", ("実際の用紙に重ねてください。",)
    )


def recovery() -> RecoverySpec:
    """A key of nobody's file."""
    rows = ("0392P 4JJPB WM8TB", "SKXZN 44Y94 RKTBE", "84B56 7XBCP S218N", "YR1X8 4KXRF SC3R9")
    return RecoverySpec(
        _OWNER,
        "回復キー",
        ("この紙を見た人は、ファイルを開くことができます。",),
        (("ファイルの名前", "internship.fjdb"), ("キーの番号", "1A2B3C4D")),
        rows,
        "読み取り用",
        "保管と使い方",
        ("鍵のかかる場所に保管してください。",),
        ("保管場所", "保管を始めた日", "保管責任者"),
    )


MARGINLESS: Final = frozenset({"labels", "envelope", "window", "trial sheet"})
"""What is measured from the edge of the paper itself."""
PUBLIC: Final = frozenset({"press release", "flyer", "course sheet"})
"""What nobody binds into a file."""
SAMPLES: Final[dict[str, Callable[[], Spec]]] = {
    **SPECS,
    **TERMS_SPECS,
    **LEDGER_SPECS,
    **HOURS_SPECS,
    "labels": labels,
    "envelope": envelope,
    "window": window,
    "trial sheet": trial_sheet,
    "recovery": recovery,
}
ALL_MARGINS: Final[dict[str, Box]] = {**MARGINS, **dict.fromkeys(MARGINLESS, Box(0, 0, 0, 0))}
"""Of papers with other margins than a letter or a list, in millimetres."""
