"""Plain text: encodings of any age, wrapped lines, numbered headings."""

from __future__ import annotations

from dataclasses import replace

from assistant.knowledge.readers.decoding import decode
from assistant.knowledge.readers.heading_guess import guess_levels, is_title
from assistant.knowledge.readers.outline import TITLE_LEVEL, Outline, Reading
from assistant.knowledge.readers.paragraphs import Line, add_lines
from assistant.knowledge.text import INVISIBLE, LINE_END, has_marker


def read_text(data: bytes, name: str) -> Reading:
    """Raises UnreadableDocument where the bytes are no text."""
    return read_lines(decode(data, name))


def read_lines(text: str) -> Reading:
    """The same for text that is decoded already."""
    outline = Outline()
    add_lines(outline, lines_of(text))
    return outline.reading()


def lines_of(text: str) -> list[Line]:
    """The lines that hold something, with the headings that their numbers and places make of them."""
    whole = INVISIBLE.sub("", LINE_END.sub("\n", text)).split("\n")
    numbered = [(number, line.strip()) for number, line in enumerate(whole) if line.strip()]
    levels = guess_levels([line for _, line in numbered])
    lines = [
        Line(line, opens=number > 0 and not whole[number - 1].strip(), level=level)
        for (number, line), level in zip(numbered, levels, strict=True)
    ]
    if lines and _is_named(lines):
        lines[0] = replace(lines[0], level=TITLE_LEVEL)
    return lines


def _is_named(lines: list[Line]) -> bool:
    """Whether the first line is a title: it reads like one and something sets it off from the rest."""
    first, *rest = lines[:2]
    if not rest or not is_title(first.text) or has_marker(first.text):
        return False
    return rest[0].opens or rest[0].level is not None or len(rest[0].text) > len(first.text)
