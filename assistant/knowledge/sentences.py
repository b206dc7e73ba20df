"""Where sentences end, in Chinese and in English."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import pairwise

from assistant.knowledge.text import MARKER

QUOTED = re.compile(r"“[^“”\n]*”|\"[^\"\n]*\"|「[^「」\n]*」|『[^『』\n]*』")
CLOSERS = "[”’」』）)\\]\"']*"
END = re.compile(
    rf"""
      (?:[。！？；]|(?<=[\u4e00-\u9fff])[!?])+{CLOSERS}\s*(?![，,、：:的地])  # Chinese: the next may follow at once
    | [.!?]+{CLOSERS}\s+(?=[“"'‘(\[]*[A-Z0-9\u4e00-\u9fff])              # English: a blank and a capital follow
    | \s*\n\s*
    """,
    re.VERBOSE,
)
ABBREVIATION = re.compile(r"\b(?:[Mm]rs?|[Mm]s|[Dd]r|[Pp]rof|[Ss]t|[Vv]s|e\.g|i\.e|[A-Z])\.\s*$")
NUMBER_ABBREVIATION = re.compile(r"\b(?:[Nn]os?|[Ff]ig|[Ee]xt|[Tt]el|[Mm]ax|[Mm]in|[Aa]pprox)\.\s*$")


def sentences(text: str) -> list[str]:
    """The sentences of a text in order; each stands in the text word for word. A line end ends a sentence."""
    return [sentence for piece in pieces(text) if (sentence := piece.strip())]


def pieces(text: str) -> list[str]:
    """The text cut behind every sentence; the pieces together are the text."""
    starts = [0, *_ends(text), len(text)]
    return [text[start:end] for start, end in pairwise(starts) if end > start]


def _ends(text: str) -> Iterator[int]:
    quotes = [match.span() for match in QUOTED.finditer(text)]
    start = 0
    for match in END.finditer(text):
        if not _is_within(match.span(), quotes) and not _is_shortening(text[start : match.end()], text[match.end() :]):
            start = match.end()
            yield start


def _is_within(span: tuple[int, int], quotes: list[tuple[int, int]]) -> bool:
    """Whether the span lies inside one of the quotes, which are in order and do not overlap."""
    before = bisect_left(quotes, span) - 1
    return before >= 0 and quotes[before][0] < span[0] and span[1] < quotes[before][1]


def _is_shortening(sentence: str, rest: str) -> bool:
    """Whether the stop behind `sentence` belongs to an abbreviation or to the number of a list item."""
    if sentence.endswith("\n"):
        return False
    number = rest[:1].isdigit() and NUMBER_ABBREVIATION.search(sentence)
    return bool(number or ABBREVIATION.search(sentence) or MARKER.fullmatch(sentence))
