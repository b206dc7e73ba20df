"""E-mails: the subject as title and what the sender wrote; attachments are named, not read."""

from __future__ import annotations

import re
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import MIMEPart

from assistant.knowledge.faults import unreadable
from assistant.knowledge.readers.decoding import decode
from assistant.knowledge.readers.html_reader import read_html, read_page
from assistant.knowledge.readers.outline import Outline, Reading
from assistant.knowledge.readers.text_reader import read_lines

EXPECTED = ("from", "to", "subject", "date", "message-id")
SIGNATURE = re.compile(r"^-- ?$.*", re.MULTILINE | re.DOTALL)
QUOTE_MARKS = re.compile(r"^(?:>[ \t]?)+", re.MULTILINE)
BROKEN = (MessageError, LookupError, ValueError, AttributeError, TypeError, RecursionError, AssertionError)
"""What the standard library lets through for headers and parts that are no e-mail's."""


def read_eml(data: bytes, name: str) -> Reading:
    """Raises UnreadableDocument where the bytes are no e-mail or its text is in an unknown encoding."""
    try:
        message = message_from_bytes(data.lstrip(), policy=policy.default)
        if not any(message[header] for header in EXPECTED):
            raise unreadable(name, "is no e-mail", "save it from the mail program as .eml and add that")
        subject, body = str(message["subject"] or ""), message.get_body(("html", "plain"))
        attached = [part.get_filename() or "without a name" for part in message.iter_attachments()]
        reading = _read(body, name) if body is not None else Reading("", ())
    except BROKEN as error:
        raise unreadable(name, "is a damaged e-mail", "save it from the mail program anew and add that") from error
    outline = Outline()
    for file in attached:
        outline.remark(f"attachment {file}: save it and add it as a file of its own", "attachments", "unread")
    return Reading(subject or reading.title, reading.blocks, (*reading.remarks, *outline.remarks))


def _read(body: MIMEPart, name: str) -> Reading:
    payload = body.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    text = _decoded(data, body.get_content_charset())
    if body.get_content_type() == "text/html":
        return read_page(text) if text is not None else read_html(data, name)
    plain = decode(data, name) if text is None else text
    return read_lines(QUOTE_MARKS.sub("", SIGNATURE.sub("", plain.replace("\r\n", "\n"))))


def _decoded(data: bytes, charset: str | None) -> str | None:
    """The text by the charset that the e-mail declares, where there is one and it is the truth."""
    try:
        return data.decode("gb18030" if charset in {"gb2312", "gbk"} else charset) if charset else None
    except (LookupError, UnicodeDecodeError):
        return None
