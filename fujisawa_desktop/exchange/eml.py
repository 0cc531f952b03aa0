"""One mail message to one recipient as an .eml file that a mail program opens as a draft."""

from __future__ import annotations

import re
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from typing import Final

from fujisawa_desktop.errors import RuleError
from fujisawa_desktop.rules.contact import is_mail_address

_CONTROLS: Final = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]")
_BODY_CONTROLS: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_HALF: Final = re.compile("[\ud800-\udfff]")


def eml_bytes(*, recipient: str, subject: str, body: str) -> bytes:
    """Return the message: UTF-8, lines ending in CRLF, no copies, no attachments.

    ``X-Unsent`` lets Outlook open it as a draft that can be sent; the sender is whoever sends it.

    Raises:
        RuleError: ``mail.address-impossible`` unless there is exactly one recipient, or
            ``mail.subject-line`` for a subject of more than one line.
    """
    if not is_mail_address(recipient):
        raise RuleError("mail.address-impossible")
    if _CONTROLS.search(subject):
        raise RuleError("mail.subject-line")
    name, _at, place = recipient.rpartition("@")
    message = EmailMessage(policy=SMTP)
    message["X-Unsent"] = "1"
    message["To"] = Address(username=name, domain=place)
    message["Subject"] = _HALF.sub("\ufffd", subject)
    text = _BODY_CONTROLS.sub("", _HALF.sub("\ufffd", body))
    message.set_content(text, charset="utf-8", cte="base64")
    return message.as_bytes()
