"""Which reader takes which file, and what every file must keep to."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Mapping
from pathlib import Path

from assistant.domain.document import Document
from assistant.knowledge.blocks import Content
from assistant.knowledge.readers.docx_reader import read_docx
from assistant.knowledge.readers.faults import MAX_BYTES, MAX_CHARACTERS, too_long, unreadable
from assistant.knowledge.readers.html_reader import read_html
from assistant.knowledge.readers.markdown_reader import read_markdown
from assistant.knowledge.readers.outline import Reading
from assistant.knowledge.readers.pdf_reader import read_pdf
from assistant.knowledge.readers.text_reader import read_text
from assistant.knowledge.splitting import split_content

Reader = Callable[[bytes, str], Reading]
"""Takes the bytes of a file and its name for messages. Raises UnreadableDocument and nothing else."""

READERS: Mapping[str, Reader] = {
    ".docx": read_docx,
    ".htm": read_html,
    ".html": read_html,
    ".markdown": read_markdown,
    ".md": read_markdown,
    ".pdf": read_pdf,
    ".txt": read_text,
}

VERSION_LENGTH = 12


def read_document(path: Path, name: str) -> Document:
    """The file as a document whose passages can be cited. Raises UnreadableDocument."""
    return split_content(read_content(path, name), name)


def read_content(path: Path, name: str) -> Content:
    """The file as blocks of text; `name` stands in messages. Raises UnreadableDocument."""
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        kind = path.suffix or "no suffix"
        raise unreadable(name, f"is of a kind that is not read ({kind})", f"save it as {', '.join(sorted(READERS))}")
    data = _bytes(path, name)
    reading = reader(data, name)
    size = sum(len(block.text) for block in reading.blocks)
    if not size:
        raise unreadable(name, "holds no text", "add a file with text in it")
    if size > MAX_CHARACTERS:
        raise too_long(name)
    title = reading.title or os.fsencode(path.stem).decode("utf-8", "backslashreplace")
    return Content(title, hashlib.sha256(data).hexdigest()[:VERSION_LENGTH], reading.blocks)


def _bytes(path: Path, name: str) -> bytes:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise unreadable(name, f"is larger than {MAX_BYTES >> 20} MB", "divide it into smaller files")
        data = path.read_bytes()
    except OSError as error:
        raise unreadable(name, f"cannot be opened ({error.strerror})", "check the path and its permissions") from error
    if not data.strip():
        raise unreadable(name, "is empty", "add a file with text in it")
    return data
