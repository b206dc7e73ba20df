"""The cases to read first."""

from __future__ import annotations

from dataclasses import dataclass

from evals.answer import Answer
from evals.report.judging import perfect
from evals.run import CaseRun, Run
from evals.scorers import MEASURES
from evals.scorers.measure import Measure

SHOWN = 15
HARM = ("violations", "envelope_breaches")


@dataclass(frozen=True, slots=True)
class Fault:
    """A measure on which the case fell short, and what was missing or wrong."""

    measure: Measure
    value: float
    why: tuple[str, ...]

    @property
    def telling(self) -> bool:
        """The value says more than that something was wrong."""
        return self.measure.unit != "share" or 0.0 < self.value < 1.0


@dataclass(frozen=True, slots=True)
class Worst:
    """A case with the advice that was given and everything that was wrong with it."""

    run: CaseRun
    answer: Answer
    faults: tuple[Fault, ...]


def worst(run: Run) -> tuple[Worst, ...]:
    """Harmful advice first, then dangers that were not seen, then musts that were missed, then wrong playbooks."""
    answered = [one for one in run.cases if one.answer is not None]
    ranked = sorted(answered, key=lambda one: (_badness(one), one.case.id))
    return tuple(_worst(one) for one in ranked[:SHOWN] if any(_badness(one)))


def _badness(one: CaseRun) -> tuple[float, ...]:
    """Small is bad; all zeros where nothing is known to be wrong."""
    value = {name: score.value for name, score in one.scores.items()}
    harm = sum(value.get(name, 0.0) for name in HARM)
    return (
        -harm,
        value.get("hazard_recall", 1.0) - 1,
        value.get("must_in_8", 1.0) - 1,
        value.get("hit_at_1", 1.0) - 1,
        value.get("right_silence", 1.0) - 1,
        -value.get("needless_silence", 0.0),
    )


def _worst(one: CaseRun) -> Worst:
    assert one.answer is not None
    return Worst(one, Answer.from_json(one.answer), tuple(_faults(one)))


def _faults(one: CaseRun) -> list[Fault]:
    """Measures of quality that are not perfect; those by factor repeat what the musts say."""
    known = [(m, one.scores[m.name]) for m in MEASURES if m.quality and m.name in one.scores]
    faults = [Fault(m, score.value, _news(m, score.why, one)) for m, score in known if score.value != perfect(m)]
    return [fault for fault in faults if fault.why]


def _news(measure: Measure, why: tuple[str, ...], one: CaseRun) -> tuple[str, ...]:
    """What is missing within 8 actions is missing within 4; only what comes late is news."""
    if measure.name != "must_in_4" or "must_in_8" not in one.scores:
        return why
    return tuple(text for text in why if text not in one.scores["must_in_8"].why)
