"""The text of one message, made from its wording and from what the words in braces stand for."""

from __future__ import annotations

from collections.abc import Mapping

from fujisawa_desktop.documents.characters import clean_line
from fujisawa_desktop.documents.specs import ContactBox
from fujisawa_desktop.services.paper_wording import Wording


def mail_text(
    words: Wording, common: Wording, values: Mapping[str, str], contact: ContactBox | None
) -> tuple[str, str]:
    """Return subject and body; with ``訂正`` among the values the message takes an earlier one back.

    Raises:
        InputFileError: the wording is broken.
    """
    subject = clean_line(words.fill(words.text("subject"), values))
    opening = [common.fill(common.text("greeting"), values), common.fill(common.text("opening"), values)]
    if values.get("訂正"):
        subject = common.fill(common.text("correction_subject"), {"件名": subject})
        opening.append(common.text("correction"))
    mark = common.text("item_mark")
    items = [f"{mark}{line}" for line in words.fill_all(words.texts("items"), values)]
    paragraphs = [
        *opening,
        *words.fill_all(words.texts("before"), values),
        "\n".join(items),
        *words.fill_all(words.texts("after"), values),
        common.text("privacy"),
        common.fill(common.text("misdelivery"), values),
        _contact(common, contact),
    ]
    return subject, "\n\n".join(filter(None, paragraphs)) + "\n"


def _contact(common: Wording, box: ContactBox | None) -> str:
    if box is None:
        return ""
    rule = common.text("contact_line")
    url = (f"{box.url_caption}　{box.url}",) if box.url else ()
    return "\n".join((rule, box.heading, *box.lines, *url, rule))
