"""Cuts a long incident into the parts that may each be a problem of its own."""

from __future__ import annotations

import re

BREAK = re.compile(
    r"(?<=[.!?;])\s+|[。！？；\n]+"
    r"|[,，]?\s*(?:\balso\b|\bplus\b|\bmeanwhile\b|另外|还有|同时|而且|顺便)\s*[,，]?",
    re.I,
)
COMMA = re.compile(r"[，,]\s*")
LEAST = 6
"""Weight below which a part says too little to stand alone: a Chinese character counts 1, a Latin word 1.5."""
MOST = 4


def weight(text: str) -> float:
    """How much a text says, comparable over languages."""
    return len(re.findall(r"[\u3400-\u9fff]", text)) + 1.5 * len(re.findall(r"[A-Za-z0-9]+", text))


def clauses(text: str) -> list[str]:
    """The parts of an incident, at most four; empty where it is one short statement."""
    parts = [part.strip() for part in BREAK.split(text) if part and part.strip()]
    if len(parts) == 1 and weight(text) > 4 * LEAST:
        parts = [part.strip() for part in COMMA.split(text) if part.strip()]
    joined = _join_small(parts)
    while len(joined) > MOST:
        smallest = min(range(len(joined) - 1), key=lambda i: weight(joined[i]) + weight(joined[i + 1]))
        joined[smallest : smallest + 2] = [f"{joined[smallest]}, {joined[smallest + 1]}"]
    return joined if len(joined) > 1 else []


def _join_small(parts: list[str]) -> list[str]:
    joined: list[str] = []
    for part in parts:
        if joined and (weight(part) < LEAST or weight(joined[-1]) < LEAST):
            joined[-1] = f"{joined[-1]}, {part}"
        else:
            joined.append(part)
    return joined
