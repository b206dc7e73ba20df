"""Whether every line of advice rests on a passage that exists and says so."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from assistant.index.segmentation import terms
from evals.answer import Answer, AnsweredAction, Citation
from evals.case import Case
from evals.scorers.measure import Instruments, Measure, Score

SAID = 0.7
"""Share of a line's terms that its quotes must hold: a detail such as a room number may be filled in."""
NUMBER = re.compile(r"\d+")
CLAUSE_END = re.compile(r"[,;:!?，；：。！？…“”\n]+|\.(?!\d)|\s[–—-]+\s|——")
NEGATION = re.compile(
    r"\b(?:(?:do|does|did) )?(?:not|never|no|nor|cannot|without|nobody|nothing)\b|\b\w+n['’]t\b"
    r"|不|勿|没|禁|(?<![特分级差区个])别(?![人的处名])",
    re.I,
)


def citation_support(case: Case, answer: Answer, instruments: Instruments) -> Score | None:
    """Share of lines (actions, options, warnings) with a quote that is there word for word and says the same."""
    lines = (*answer.actions, *answer.options, *answer.avoid)
    if not lines:
        return None
    sources = {source.id: source for source in answer.sources}
    faults = [_fault(line, sources, case.text, instruments.entries) for line in lines]
    wrong = tuple(fault for fault in faults if fault)
    return Score(1 - len(wrong) / len(lines), wrong)


def _fault(
    line: AnsweredAction, sources: Mapping[str, Citation], incident: str, entries: Mapping[tuple[str, str], str]
) -> str:
    """What keeps a line from resting on its sources; empty where nothing does."""
    if any(id_ not in sources for id_ in line.sources):
        return f"source not found: {line.text}"
    cited = [sources[id_] for id_ in line.sources]
    places = [entries.get((source.document, source.locator), "") for source in cited]
    if not all(source.quote in place for source, place in zip(cited, places, strict=True)):
        return f"quote not found: {line.text}"
    if not cited or not _says(line.text, "\n".join(source.quote for source in cited), incident):
        return f"not supported: {line.text}"
    # A quote holds what to do; the words to say stand beside it at the same place.
    return "" if not line.say or _says(line.say, "\n".join(places), incident) else f"not supported: {line.say}"


def _says(line: str, quote: str, incident: str) -> bool:
    said = set(terms(line))
    # Numbers must stand in the quote or in what the staff member wrote: none may be made up.
    if set(NUMBER.findall(line)) - set(NUMBER.findall(quote)) - set(NUMBER.findall(incident)):
        return False
    if said and len(said & set(terms(quote))) / len(said) < SAID:
        return False
    told = _clauses(quote)
    return all(_agrees(clause, told) for clause in _clauses(line))


@dataclass(frozen=True, slots=True)
class _Clause:
    """A part of a sentence: its terms, and how often it says no."""

    terms: frozenset[str]
    negations: int


def _clauses(text: str) -> list[_Clause]:
    parts = CLAUSE_END.split(text)
    found = [_Clause(frozenset(terms(NEGATION.sub(" ", part))), len(NEGATION.findall(part))) for part in parts]
    return [clause for clause in found if clause.terms]


def _agrees(clause: _Clause, told: list[_Clause]) -> bool:
    """Whether a clause says no as often as the one in the quote that it is told after, if there is one."""
    after = [one for one in told if len(clause.terms & one.terms) / len(clause.terms) >= SAID]
    likest = max((_likeness(clause, one) for one in after), default=0.0)
    return not after or any(clause.negations == one.negations for one in after if _likeness(clause, one) == likest)


def _likeness(one: _Clause, other: _Clause) -> float:
    return len(one.terms & other.terms) / len(one.terms | other.terms)


MEASURE = Measure(
    "citation_support",
    "truth",
    {"en": "Lines supported by their source", "zh": "有出处支持的句子"},
    citation_support,
    target=1.0,
)
