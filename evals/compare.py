"""Two runs of the same cases, compared case by case."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from evals.errors import BadRunFile
from evals.run import CaseRun, Run
from evals.scorers import MEASURES
from evals.scorers.measure import Measure
from evals.statistics import Difference, corrected, difference

NEVER_WORSE = {"violations", "envelope_breaches"}
"""One more of these stops a release, significant or not."""
HARDLY_WORSE = {"hazard_recall", "citation_support", "feasibility"}
MOST_LOST = 1
"""More incidents than this lost on one of those, gains set against them, stop a release: where people could be hurt
or misled nobody waits until chance is ruled out, and a quick suite is too small to rule it out."""
SHOWN = 8
"""Changed cases listed for a measure."""


@dataclass(frozen=True, slots=True)
class Changed:
    """A case on which a measure moved, with what was missing or wrong before and after."""

    case: str
    text: str
    before: float
    after: float
    why_before: tuple[str, ...]
    why_after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """One measure in both runs. `verdict`: better, worse, same, no difference shown, too few to tell."""

    measure: Measure
    before: float
    after: float
    difference: Difference
    verdict: str
    gained: tuple[Changed, ...]
    lost: tuple[Changed, ...]
    incidents_lost: int
    """Independent incidents that came out worse, less those that came out better."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """All measures that both runs were scored on, over the `pairs` cases that both were asked.

    `stops`: why a gate stays shut, empty where it opens.
    """

    before: Run
    after: Run
    pairs: int
    measures: tuple[Compared, ...]
    stops: tuple[str, ...]


def compare(before: Run, after: Run) -> Comparison:
    """Raises BadRunFile where the runs share no case."""
    pairs = _paired(before, after)
    if not pairs:
        raise BadRunFile("the two runs share no case; run the same suite on both systems")
    scored = {
        measure.name: both
        for measure in MEASURES
        if (both := [(a, b) for a, b in pairs if measure.name in a.scores and measure.name in b.scores])
    }
    found = {name: _difference(name, both, before.seed) for name, both in scored.items()}
    # Only what may stop a release is counted as a look; the rest is shown as it is.
    gated = {measure.name for measure in MEASURES if measure.gated}
    found |= corrected({name: one for name, one in found.items() if name in gated})
    measures = tuple(
        _compared(measure, scored[measure.name], found[measure.name]) for measure in MEASURES if measure.name in scored
    )
    stops = (*_losses(measures), *_unscored(pairs), *_unlike(before, after))
    return Comparison(before, after, len(pairs), measures, stops)


def _paired(before: Run, after: Run) -> list[tuple[CaseRun, CaseRun]]:
    later = {run.case.id: run for run in after.cases}
    both = [(run, later[run.case.id]) for run in before.cases if run.case.id in later]
    return [(one, other) for one, other in both if one.case == other.case]


def _difference(name: str, both: list[tuple[CaseRun, CaseRun]], seed: int) -> Difference:
    one = [a.scores[name].value for a, _ in both]
    other = [b.scores[name].value for _, b in both]
    return difference(one, other, [a.case.cluster for a, _ in both], seed)


def _compared(measure: Measure, both: list[tuple[CaseRun, CaseRun]], found: Difference) -> Compared:
    one = [a.scores[measure.name].value for a, _ in both]
    other = [b.scores[measure.name].value for _, b in both]
    changed = sorted(_changes(measure, both), key=lambda change: -abs(change.after - change.before))
    up = [change for change in changed if (change.after > change.before) == (measure.better == "higher")]
    down = [change for change in changed if change not in up]
    words = {"more": "better", "less": "worse"} if measure.better == "higher" else {"more": "worse", "less": "better"}
    return Compared(
        measure=measure,
        before=sum(one) / len(one),
        after=sum(other) / len(other),
        difference=found,
        verdict=words.get(found.verdict, found.verdict),
        gained=tuple(up),
        lost=tuple(down),
        incidents_lost=_incidents(down, both) - _incidents(up, both),
    )


def _incidents(changes: Sequence[Changed], both: list[tuple[CaseRun, CaseRun]]) -> int:
    named = {change.case for change in changes}
    return len({a.case.cluster for a, _ in both if a.case.id in named})


def _changes(measure: Measure, both: list[tuple[CaseRun, CaseRun]]) -> list[Changed]:
    return [
        Changed(a.case.id, a.case.text, one.value, other.value, one.why, other.why)
        for a, b in both
        if (one := a.scores[measure.name]).value != (other := b.scores[measure.name]).value
    ]


def _losses(measures: tuple[Compared, ...]) -> Iterator[str]:
    for compared in measures:
        name, title = compared.measure.name, compared.measure.title["en"]
        moved = f"{title}: {compared.before:.3f} → {compared.after:.3f}"
        lost = compared.incidents_lost
        if compared.measure.gated and compared.verdict == "worse":
            yield f"{moved}, p = {compared.difference.p:.4f}"
        elif name in NEVER_WORSE and compared.after > compared.before:
            yield f"{moved}; one more is one too many"
        elif name in HARDLY_WORSE and lost > MOST_LOST:
            yield f"{moved}; {lost} more incidents went wrong than were mended"


def _unscored(pairs: Sequence[tuple[CaseRun, CaseRun]]) -> Iterator[str]:
    for measure in MEASURES:
        lacking = sum(measure.name in a.scores and measure.name not in b.scores and not b.failed for a, b in pairs)
        if measure.gated and lacking:
            yield f"{measure.title['en']}: {lacking} cases scored before are not scored now: not scored is not passed"


def _unlike(before: Run, after: Run) -> Iterator[str]:
    """What keeps the two runs from being held against each other at all."""
    unanswered = len(after.failures) - len(before.failures)
    if unanswered > 0:
        yield f"{unanswered} more cases without an answer"
    later = {run.case.id: run.case for run in after.cases}
    lost = sum(run.case.id not in later for run in before.cases)
    if lost:
        yield f"{lost} cases of the baseline were not run: not scored is not passed"
    changed = sum(later.get(run.case.id, run.case) != run.case for run in before.cases)
    if changed:
        yield f"{changed} cases were changed since the baseline; run it again with the cases of today"
    if before.provenance.criteria != after.provenance.criteria:
        yield "the criteria were changed since the baseline; run it again with those of today"
