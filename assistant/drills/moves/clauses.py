"""Cuts what staff say into clauses, with their places: one clause seldom does more than one thing."""

from __future__ import annotations

import re

END = re.compile(r"[.!?;:。！？；：…]+[\"”’）)]*\s*|[，,]\s*|——|\s[—–-]\s|\n+")
IN_NUMBER = re.compile(r"\d[.,:：]\d")
LEAST = 5.0
"""Weight below which a part between commas joins its neighbour: a Chinese character counts 1, a Latin word 1.6."""
MOST = 24
"""No reply worth rehearsing has more; what is beyond is read as part of the last one."""
Span = tuple[int, int]


def clause_spans(text: str) -> tuple[Span, ...]:
    """Start and end of each clause, in order, without gaps; at least one."""
    found: list[tuple[int, int, bool]] = []
    start = 0
    for end, soft in [*_ends(text), (len(text), False)]:
        if end <= start or not text[start:end].strip():
            continue
        if found and found[-1][2] and min(_weight(text[start:end]), _weight(text[found[-1][0] : start])) < LEAST:
            found[-1] = (found[-1][0], end, soft)
        else:
            found.append((start, end, soft))
        start = end
    spans = [(begin, end) for begin, end, _ in found] or [(0, len(text))]
    return (*spans[: MOST - 1], (spans[MOST - 1][0], spans[-1][1])) if len(spans) > MOST else tuple(spans)


def _ends(text: str) -> list[tuple[int, bool]]:
    """Where clauses end, and whether only a comma ends them."""
    ends = []
    for match in END.finditer(text):
        if match.start() and IN_NUMBER.fullmatch(text[match.start() - 1 : match.start() + 2]):
            continue
        ends.append((match.end(), match[0][0] in "，,"))
    return ends


def _weight(text: str) -> float:
    return len(re.findall(r"[\u3400-\u9fff]", text)) + 1.6 * len(re.findall(r"[A-Za-z0-9']+", text))
