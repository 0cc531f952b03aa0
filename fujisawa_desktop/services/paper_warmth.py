"""Loading beforehand what the first paper needs: libraries, fonts, wordings, statements."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress

from fujisawa_desktop.documents import make_paper
from fujisawa_desktop.documents.specs import Job, LetterSpec, Owner
from fujisawa_desktop.errors import RuleError
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services.paper_kinds import LETTERS, PaperKind, PaperOrder, contact_box, plain_order
from fujisawa_desktop.services.papers import make_papers
from fujisawa_desktop.services.wording_template import TemplateError, template

_COMMON = "　このたびは、1次選考の結果を下記のとおり通知します。（公印省略）「」〒0123456789様記以上"
"""Characters of every letter, so that the fonts they stand in are open."""


def get_ready(database: Database, *, programme_id: int) -> bytes:
    """Load what the first paper of a programme needs; for a worker, while nobody waits for it.

    Without it the first page waits a quarter of a second for modules to be read.

    Returns:
        A page, for the caller to draw once, so that what draws it is loaded too.

    Raises:
        NotFoundError: ``programme.none``.
        InputFileError: the wording of a letter is broken.
    """
    with database.read() as session:
        orders = [plain_order(session, programme_id, kind) for kind in sorted(LETTERS)]
    for text in (text for order in orders for text in _texts(order.words.data)):
        with suppress(TemplateError):  # told to who makes that letter
            template(text)
    with suppress(RuleError):  # there may be nobody yet
        make_papers(database, programme_id=programme_id, kind=PaperKind.FIRST_RESULT, first=1)
    return make_paper(Job("", "", "", orders[0].now, (_empty_letter(orders[0]),))).pdf


def _texts(data: object) -> Iterable[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict | list):
        for part in data.values() if isinstance(data, dict) else data:
            yield from _texts(part)


def _empty_letter(order: PaperOrder) -> LetterSpec:
    programme = order.programme
    return LetterSpec(
        owner=Owner("", ""),
        number="",
        date=order.words.day(order.dated),
        address=(),
        name="",
        honorific="",
        sender=(programme.sender,),
        seal_note=programme.sender_note,
        title=programme.title,
        body=(_COMMON,),
        items=(),
        notes=(),
        contact=contact_box(programme, order.common),
    )
