"""CSV and TSV: any delimiter that spreadsheets write, any encoding that text files have."""

from __future__ import annotations

import csv
from io import StringIO

from assistant.knowledge.faults import MAX_CHARACTERS, too_long, unreadable
from assistant.knowledge.readers.decoding import decode
from assistant.knowledge.readers.outline import Outline, Reading
from assistant.knowledge.readers.sheet import add_sheet

DELIMITERS = ",;\t|"
SAMPLE = 64 * 1024


def read_csv(data: bytes, name: str) -> Reading:
    """Raises UnreadableDocument where the bytes are no text or its quotes never close."""
    outline = Outline("row ")
    add_sheet(outline, csv_rows(data, name))
    return outline.reading()


def csv_rows(data: bytes, name: str) -> list[tuple[int, list[str]]]:
    """The cells of every row, with the row's number. Raises UnreadableDocument as `read_csv` does."""
    text = decode(data, name).replace("\0", "")
    if len(text) > MAX_CHARACTERS:
        raise too_long(name)
    try:
        return list(enumerate(csv.reader(StringIO(text, newline=""), delimiter=_delimiter(text)), 1))
    except csv.Error as error:
        raise unreadable(name, f"is no table that can be read ({error})", "save it as CSV anew and add that") from error


def _delimiter(text: str) -> str:
    """The one that stands most often outside quotes in the first lines, a comma where none does."""
    outside = "".join(text[:SAMPLE].split('"')[::2])
    return max(DELIMITERS, key=outside.count)
