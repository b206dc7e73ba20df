"""Tells what an incident reports from what it orders the assistant to do: such orders mean nothing here."""

from __future__ import annotations

import re

from assistant.situation.clauses import COMMA, LEAST, weight

ORDER = re.compile(
    r"(?:\b(?:ignore|disregard|forget|override|bypass)\s+(?:all|any|the|your|previous|prior|above)\b[^.!?\n]{0,25}"
    r"\b(?:instructions?|prompts?|playbooks?)\b"
    r"|\b(?:system|hidden) prompt\b|\byou are now an?\b"
    r"|(?:忽略|无视|忘掉|忘记|不要?理会|不用管)[^。！？，\n]{0,10}(?:指令|指示|提示词|设定|预案)"
    r"|系统提示词|从现在起你是)[^.!?。！？\n]*[.!?。！？]*",
    re.I,
)
"""From the words that address the assistant to the end of their sentence."""


def apart(text: str) -> tuple[str, list[str]]:
    """The report, and what is said with orders to the assistant; what hardly says anything else is all report."""
    report = ORDER.sub("", text).strip()
    if report == text or weight(report) < LEAST:
        return text, []
    return report, [part for match in ORDER.finditer(text) for part in COMMA.split(match[0]) if part.strip()]
