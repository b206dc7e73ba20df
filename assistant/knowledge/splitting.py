"""Blocks into passages: pieces small enough to cite, cut between sentences and never across headings."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from itertools import accumulate

from assistant.domain.document import Document, Passage
from assistant.domain.language import language_of
from assistant.domain.vocabulary import Lang
from assistant.knowledge.blocks import Content, Section, place_of, sections_of
from assistant.knowledge.sentences import pieces

CHUNK: Mapping[Lang, int] = {"zh": 400, "en": 900}
"""Characters that a passage has at most: about a screen of a phone in either language."""

OVERLAP: Mapping[Lang, int] = {"zh": 40, "en": 90}
"""Characters that a passage may repeat of the one before: a short sentence or none."""

BLOCK_END, SENTENCE_END = "\x1e", "\x1f"
"""Mark where a cut is best and second best. Readers take such characters out, so none is in the text."""

SEPARATORS = [BLOCK_END, SENTENCE_END, "\n", r"[，、：,;:]\s*", r"\s+", ""]
PATH_BREAK = " › "


def split_content(content: Content, name: str) -> Document:
    """A document with its passages; each stands word for word in the text of its section."""
    passages: list[Passage] = []
    number = 0
    for section in sections_of(content.blocks):
        passages.extend(_passages(section, content.title, number))
        number += len(section.blocks)
    return Document(name, "document", content.title, content.version, tuple(passages), content.remarks)


def heading_of(title: str, headings: Iterable[str]) -> str:
    """The path of a section from the document's title down; what repeats stands once."""
    return PATH_BREAK.join(dict.fromkeys(part for part in (title, *headings) if part))


def _passages(section: Section, title: str, number: int) -> Iterator[Passage]:
    heading = heading_of(title, section.headings)
    path = PATH_BREAK.join(dict.fromkeys(part for part in section.headings if part != title)) or "".join(
        section.headings[:1]
    )
    starts = [0, *accumulate(len(block.text) + 1 for block in section.blocks)]
    for start, text in _located(section):
        first = bisect_right(starts, start) - 1
        last = bisect_right(starts, start + len(text) - 1) - 1
        where = place_of(section.blocks[first : last + 1])
        locator = " · ".join(part for part in (where, path) if part) or f"¶ {number + first + 1}"
        yield Passage(text, locator, language_of(text), heading)


def _located(section: Section) -> Iterator[tuple[int, str]]:
    lang = language_of(section.text)
    whole, start, end = section.text, -1, 0
    for text in _cut(section, lang):
        # The same words may stand in several places: this one is behind the last one, but for the overlap.
        start = whole.index(text, max(start + 1, end - OVERLAP[lang]))
        end = start + len(text)
        yield start, text


def _cut(section: Section, lang: Lang) -> list[str]:
    # Slow to import, and only reading documents needs it.
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    splitter = RecursiveCharacterTextSplitter(
        chunk_size=CHUNK[lang],
        chunk_overlap=OVERLAP[lang],
        separators=SEPARATORS,
        is_separator_regex=True,
        keep_separator="end",
    )
    marked = BLOCK_END.join(SENTENCE_END.join(pieces(block.text)) for block in section.blocks)
    return [text for chunk in splitter.split_text(marked) if (text := _unmarked(chunk))]


def _unmarked(chunk: str) -> str:
    return chunk.replace(BLOCK_END, "\n").replace(SENTENCE_END, "").strip()
