"""Silence: right where nothing fits, and needless where a playbook does."""

from __future__ import annotations

from evals.answer import Answer
from evals.case import Case
from evals.scorers.measure import Instruments, Measure, Score


def right_silence(case: Case, answer: Answer, _: Instruments) -> Score | None:
    """Of the cases that no playbook fits: whether the answer says so. Danger is never left unanswered."""
    if case.covered or case.hazard != "none" or answer.covered is None:
        return None
    shown = answer.playbooks[0] if answer.playbooks else "something"
    return Score.of(not answer.covered, f"answered with {shown}")


def needless_silence(case: Case, answer: Answer, _: Instruments) -> Score | None:
    """Of the cases that a playbook fits: whether the answer says that none does."""
    if not case.covered or answer.covered is None:
        return None
    return Score(float(not answer.covered), () if answer.covered else ("said that nothing covers it",))


MEASURES = (
    Measure(
        "right_silence",
        "silence",
        {"en": "Silent where nothing fits", "zh": "无预案时如实说明"},
        right_silence,
        target=0.85,
    ),
    Measure(
        "needless_silence",
        "silence",
        {"en": "Silent although a playbook fits", "zh": "有预案却说没有"},
        needless_silence,
        better="lower",
    ),
)
