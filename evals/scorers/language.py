"""Whether the answer is in the language of the question."""

from __future__ import annotations

from assistant.domain.language import language_of
from evals.answer import Answer
from evals.case import Case
from evals.scorers.measure import Instruments, Measure, Score


def language_match(case: Case, answer: Answer, _: Instruments) -> Score | None:
    """Share of the lines in the case's language."""
    if not answer.lines:
        return None
    wrong = [line for line in answer.lines if language_of(line) != case.lang]
    return Score(1 - len(wrong) / len(answer.lines), tuple(wrong))


MEASURE = Measure(
    "language_match",
    "form",
    {"en": "In the language asked in", "zh": "用提问的语言回答"},
    language_match,
    quality=False,
)
