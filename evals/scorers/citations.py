"""Whether every line of advice rests on a passage that exists and says so."""

from __future__ import annotations

import re

from assistant.index.segmentation import terms
from evals.answer import Answer, Citation
from evals.case import Case
from evals.scorers.measure import Instruments, Measure, Score

SAID = 0.7
"""Share of a line's terms that its quotes must hold: a detail such as a room number may be filled in."""
NUMBER = re.compile(r"\d+")


def citation_support(case: Case, answer: Answer, instruments: Instruments) -> Score | None:
    """Share of lines (actions, options, warnings) with a quote that is there word for word and says the same."""
    lines = (*answer.actions, *answer.options, *answer.avoid)
    if not lines:
        return None
    sources = {source.id: source for source in answer.sources}
    wrong = []
    for line in lines:
        cited = [sources[id_] for id_ in line.sources if id_ in sources]
        if not all(_found(source, instruments) for source in cited):
            wrong.append(f"quote not found: {line.text}")
        elif not cited or not _says(line.text, " ".join(source.quote for source in cited), case.text):
            wrong.append(f"not supported: {line.text}")
    return Score(1 - len(wrong) / len(lines), tuple(wrong))


def _found(source: Citation, instruments: Instruments) -> bool:
    return source.quote in instruments.entries.get((source.document, source.locator), "")


def _says(line: str, quote: str, incident: str) -> bool:
    said = set(terms(line))
    # Numbers must stand in the quote or in what the staff member wrote: none may be made up.
    if set(NUMBER.findall(line)) - set(NUMBER.findall(quote)) - set(NUMBER.findall(incident)):
        return False
    return not said or len(said & set(terms(quote))) / len(said) >= SAID


MEASURE = Measure(
    "citation_support",
    "truth",
    {"en": "Lines supported by their source", "zh": "有出处支持的句子"},
    citation_support,
    target=1.0,
)
