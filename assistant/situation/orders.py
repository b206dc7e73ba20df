"""Tells what an incident reports from what it orders the assistant to do: orders are data that mean nothing."""

from __future__ import annotations

import re

SENTENCE = re.compile(r"[^.!?。！？\n]+[.!?。！？\n]*")
ORDER = re.compile(
    r"\b(?:ignore|disregard|forget|override|bypass)\b[^.!?]{0,25}"
    r"\b(?:instructions?|prompts?|guidelines|(?:your|the|all) rules|playbooks?)\b"
    r"|\b(?:system|hidden) prompt\b|\byou are now\b"
    r"|(?:忽略|无视|忘掉|忘记|不要?理会|不用管)[^。！？，]{0,10}(?:指令|指示|提示词|设定|预案)"
    r"|系统提示词|你现在是|从现在起你是",
    re.I,
)


def apart(text: str) -> tuple[str, list[str]]:
    """The report, and the sentences that are orders to the assistant; a text of orders alone is all report."""
    orders = [sentence for sentence in SENTENCE.findall(text) if ORDER.search(sentence)]
    report = "".join(sentence for sentence in SENTENCE.findall(text) if not ORDER.search(sentence)).strip()
    return (report, orders) if report and orders else (text, [])
