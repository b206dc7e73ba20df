"""Which reader takes which file, and what every file must keep to."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from assistant.domain.document import Document, Remark
from assistant.knowledge.blocks import Content
from assistant.knowledge.faults import MAX_BYTES, MAX_CHARACTERS, too_large, too_long, unreadable
from assistant.knowledge.readers.csv_reader import read_csv
from assistant.knowledge.readers.docx_reader import read_docx
from assistant.knowledge.readers.eml_reader import read_eml
from assistant.knowledge.readers.html_reader import read_html
from assistant.knowledge.readers.markdown_reader import read_markdown
from assistant.knowledge.readers.outline import Reading
from assistant.knowledge.readers.pdf_reader import read_pdf
from assistant.knowledge.readers.pptx_reader import read_pptx
from assistant.knowledge.readers.text_reader import read_text
from assistant.knowledge.readers.xlsx_reader import read_xlsx
from assistant.knowledge.screening import without_order, without_orders
from assistant.knowledge.splitting import split_content

Reader = Callable[[bytes, str], Reading]
"""Takes the bytes of a file and its name for messages. Raises UnreadableDocument and nothing else."""

READERS: Mapping[str, Reader] = {
    ".csv": read_csv,
    ".docx": read_docx,
    ".eml": read_eml,
    ".htm": read_html,
    ".html": read_html,
    ".markdown": read_markdown,
    ".md": read_markdown,
    ".pdf": read_pdf,
    ".pptx": read_pptx,
    ".tsv": read_csv,
    ".txt": read_text,
    ".xlsx": read_xlsx,
}

VERSION_LENGTH = 12
MOST_REMARKS = 40
LONGEST_REMARK = 300
"""Characters of what was left out that a remark quotes."""


def read_document(path: Path, name: str) -> Document:
    """The file as a document whose passages can be cited. Raises UnreadableDocument."""
    return split_content(read_content(path, name), name)


def read_content(path: Path, name: str) -> Content:
    """The file as blocks of text; `name` stands in messages. Raises UnreadableDocument."""
    kind = path.suffix.lower()
    _reader(kind, name)
    return read_bytes(_bytes(path, name), kind, name, os.fsencode(path.stem).decode("utf-8", "backslashreplace"))


def read_bytes(data: bytes, kind: str, name: str, stem: str) -> Content:
    """The same for a file that is at hand already; `kind` is its suffix, `stem` its title where it names none itself.

    What orders the assistant about is left out and remarked on. Raises UnreadableDocument.
    """
    reading = _reader(kind, name)(_checked(data, name), name)
    blocks, orders = without_orders(reading.blocks)
    size = sum(len(block.text) for block in blocks)
    if not size:
        raise unreadable(name, *_why_empty((*reading.remarks, *orders)))
    if size > MAX_CHARACTERS:
        raise too_long(name)
    title = without_order(reading.title)
    if title != reading.title:
        orders = (*orders, Remark("order", "title", reading.title))
    remarks = tuple(_remarks((*reading.remarks, *orders)))
    return Content(title or stem, hashlib.sha256(data).hexdigest()[:VERSION_LENGTH], blocks, remarks)


def _reader(kind: str, name: str) -> Reader:
    reader = READERS.get(kind)
    if reader is None:
        shown = kind or "no suffix"
        raise unreadable(name, f"is of a kind that is not read ({shown})", f"save it as {', '.join(sorted(READERS))}")
    return reader


def _bytes(path: Path, name: str) -> bytes:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise too_large(name)
        return path.read_bytes()
    except OSError as error:
        raise unreadable(name, f"cannot be opened ({error.strerror})", "check the path and its permissions") from error


def _checked(data: bytes, name: str) -> bytes:
    if len(data) > MAX_BYTES:
        raise too_large(name)
    if not data.strip():
        raise unreadable(name, "is empty", "add a file with text in it")
    return data


def _why_empty(remarks: Sequence[Remark]) -> tuple[str, str]:
    if any(remark.kind in {"hidden", "order"} for remark in remarks):
        return "holds only hidden text or orders to the assistant", "add a file with text for people in it"
    return "holds no text", "add a file with text in it"


def _remarks(found: Sequence[Remark]) -> Iterator[Remark]:
    """Each once and not too long; past a number that a person reads, only how many more there are."""
    distinct = list(dict.fromkeys(found))
    for remark in distinct[:MOST_REMARKS]:
        yield replace(remark, text=_shortened(remark.text), locator=_shortened(remark.locator))
    if len(distinct) > MOST_REMARKS:
        yield Remark("unread", "", f"{len(distinct) - MOST_REMARKS} more remarks of the same kinds")


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST_REMARK else text[: LONGEST_REMARK - 1] + "…"
