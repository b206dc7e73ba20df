"""What the model answers, read with patience: of fenced, cut-off or half-broken JSON the whole lines are used."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import json_repair

MOST_CHARACTERS = 12_000
"""More than any advice needs: a model that does not stop is not read to its end."""
MOST_LINE = 400
"""Characters of one line; a longer one is no line to read with a guest in front."""
PARTS = ("actions", "options", "avoid")

_LINE = {
    "type": "object",
    "properties": {
        "from": {"type": "array", "items": {"type": "string"}},
        "text": {"type": "string"},
        "say": {"type": "string"},
    },
    "required": ["from", "text", "say"],
    "additionalProperties": False,
}
SCHEMA: Mapping[str, Any] = {
    "type": "object",
    "properties": {
        "goal": {"type": "string"},
        **{part: {"type": "array", "items": _LINE} for part in PARTS},
    },
    "required": ["goal", *PARTS],
    "additionalProperties": False,
}
"""JSON schema for endpoints that can be held to one."""


@dataclass(frozen=True, slots=True)
class DraftLine:
    """New words for the lines `keys`; not yet believed."""

    keys: tuple[str, ...]
    text: str
    say: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """All new lines, in the model's order."""

    lines: tuple[DraftLine, ...]


def read_draft(answer: str, known: Iterable[str]) -> Draft:
    """The lines in `answer` that name `known` keys of one kind; empty where there is nothing to use."""
    keys = frozenset(known)
    found = _object_in(answer)
    if not isinstance(found, dict):
        return Draft(())
    lines = []
    goal = found.get("goal")
    if "g" in keys and isinstance(goal, str) and 0 < len(goal.strip()) <= MOST_LINE:
        lines.append(DraftLine(("g",), goal.strip()))
    taken: set[str] = set()
    for part in PARTS:
        entries = found.get(part)
        for entry in entries if isinstance(entries, list) else ():
            line = _line(entry, part[0] if part != "avoid" else "v", keys - taken)
            if line is not None:
                lines.append(line)
                taken |= set(line.keys)
    return Draft(tuple(lines))


def _object_in(answer: str) -> object:
    start = answer.find("{")
    if start < 0:
        return None
    try:
        found: object = json_repair.loads(answer[start:MOST_CHARACTERS])
    except (ValueError, RecursionError):  # endless nesting
        return None
    if isinstance(found, list):  # several objects one after the other: the fullest is meant
        return max((part for part in found if isinstance(part, dict)), key=len, default=None)
    return found


def _line(entry: object, kind: str, keys: frozenset[str]) -> DraftLine | None:
    if not isinstance(entry, dict):
        return None
    named = entry.get("from", entry.get("id"))
    listed = [named] if isinstance(named, str) else named if isinstance(named, list) else []
    chosen = tuple(dict.fromkeys(key for key in listed if isinstance(key, str) and key in keys and key[0] == kind))
    text, say = (_said(entry.get(name)) for name in ("text", "say"))
    return DraftLine(chosen, text, say) if chosen and text else None


def _said(value: object) -> str:
    words = " ".join(value.split()) if isinstance(value, str) else ""
    return words if len(words) <= MOST_LINE else ""
