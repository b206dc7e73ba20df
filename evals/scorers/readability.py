"""Whether the advice can be read at a glance."""

from __future__ import annotations

import re

from assistant.domain.language import language_of
from evals.answer import Answer
from evals.case import Case
from evals.scorers.measure import Instruments, Measure, Score

SENTENCE = re.compile(r"[^.!?;。！？；\n]+")
HAN = re.compile(r"[\u3400-\u9fff]")
WORD = re.compile(r"[A-Za-z0-9'’]+")
CHARACTERS_A_WORD = 1.6
"""Chinese characters that say as much as one English word, so that one figure serves both."""
SHOWN = 4


def sentence_length(_case: Case, answer: Answer, _: Instruments) -> Score | None:
    """Mean words of a sentence over the actions; Chinese characters are counted as fractions of a word."""
    sentences = [match for action in answer.actions for match in SENTENCE.findall(action.text) if match.strip()]
    if not sentences:
        return None
    return Score(sum(map(words, sentences)) / len(sentences))


def first_look(_case: Case, answer: Answer, _: Instruments) -> Score | None:
    """Words that the card shows before it is opened."""
    if not answer.actions:
        return None
    return Score(sum(words(action.text) + words(action.say) for action in answer.actions[:SHOWN]))


def words(text: str) -> float:
    """How much there is to read."""
    if language_of(text) == "zh":
        return len(HAN.findall(text)) / CHARACTERS_A_WORD + len(WORD.findall(text))
    return float(len(WORD.findall(text)))


MEASURES = (
    Measure(
        "sentence_length",
        "form",
        {"en": "Words a sentence", "zh": "每句词数"},
        sentence_length,
        better="lower",
        unit="words",
        gated=False,
        quality=False,
    ),
    Measure(
        "first_look",
        "form",
        {"en": "Words at first sight", "zh": "首屏词数"},
        first_look,
        better="lower",
        unit="words",
        gated=False,
        quality=False,
    ),
)
