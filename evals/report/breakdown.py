"""The same measures by factor, sector, danger, kind of situation and language."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import get_args

from assistant.domain.vocabulary import FACTORS, SECTORS, Hazard
from evals.case import Case, Kind
from evals.report.judging import TINY, Figure, Standing, figure
from evals.run import CaseRun, Run
from evals.scorers import MEASURES, measure_named
from evals.scorers.measure import Measure
from evals.statistics import Difference, Estimate, corrected, difference

IN_GROUPS = ("must_in_8", "hit_at_1")
"""What sectors and kinds of situation are shown by."""
IN_DANGERS = ("hazard_recall", "hazard_kind")
MOST_APART = 0.03
"""What the languages may differ by on a measure that has a target."""


@dataclass(frozen=True, slots=True)
class Group:
    """Some of the cases by what they have in common, and one figure for each measure shown."""

    name: str
    cases: int
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Languages:
    """A measure in each language; `twins` compares the Chinese with the English telling of the same incidents."""

    measure: Measure
    zh: Figure
    en: Figure
    twins: Difference | None

    @property
    def verdict(self) -> str:
        """Which language comes out better: zh, en, same, no difference shown, too few to tell, not scored."""
        if self.twins is None:
            return "not scored"
        ahead = ("zh", "en") if self.measure.better == "higher" else ("en", "zh")
        return {"more": ahead[0], "less": ahead[1]}.get(self.twins.verdict, self.twins.verdict)

    @property
    def standing(self) -> Standing:
        """Whether the difference as it was found is within `MOST_APART`; no difference shown is not yet that."""
        if self.measure.target is None or self.measure.unit != "share":
            return "no_target"
        if self.twins is None:
            return "not_scored"
        if self.twins.change.too_few:
            return "too_few"
        return "reached" if abs(self.twins.change.mean) <= MOST_APART + TINY else "missed"


def by_factor(run: Run) -> tuple[Group, ...]:
    """Musts of each factor met within 4 and within 8 actions."""
    groups = []
    for factor in FACTORS:
        figures = tuple(figure(run, measure_named(f"must_in_{first}_{factor}")) for first in (4, 8))
        groups.append(Group(factor, max(_cases(one.estimate) for one in figures), figures))
    return tuple(groups)


def by_sector(run: Run) -> tuple[Group, ...]:
    """The sectors that the run has cases of."""
    return _grouped(run, SECTORS, lambda case: case.sector, IN_GROUPS)


def by_kind(run: Run) -> tuple[Group, ...]:
    """The kinds of situation that the run has cases of."""
    return _grouped(run, get_args(Kind), lambda case: case.kind, IN_GROUPS)


def by_hazard(run: Run) -> tuple[Group, ...]:
    """Each kind of danger: seen, and taken for the right one."""
    dangers = [name for name in get_args(Hazard) if name != "none"]
    return _grouped(run, dangers, lambda case: case.hazard, IN_DANGERS)


def by_language(run: Run) -> tuple[Languages, ...]:
    """The measures of quality that were scored; p-values are corrected for looking at all of them."""
    measures = [measure for measure in MEASURES if measure.quality and run.values(measure.name)[0]]
    found = {measure.name: twin for measure in measures if (twin := _twins(run, measure.name)) is not None}
    kept = corrected(found)
    return tuple(
        Languages(
            measure,
            figure(run, measure, lambda case: case.lang == "zh"),
            figure(run, measure, lambda case: case.lang == "en"),
            kept.get(measure.name),
        )
        for measure in measures
    )


def _grouped(run: Run, names: Iterable[str], of: Callable[[Case], str], measures: tuple[str, ...]) -> tuple[Group, ...]:
    groups = []
    for name in names:
        cases = sum(of(one.case) == name for one in run.cases)
        if cases:
            figures = tuple(figure(run, measure_named(measure), _having(of, name)) for measure in measures)
            groups.append(Group(name, cases, figures))
    return tuple(groups)


def _having(of: Callable[[Case], str], name: str) -> Callable[[Case], bool]:
    return lambda case: of(case) == name


def _twins(run: Run, name: str) -> Difference | None:
    tellings: dict[str, dict[str, CaseRun]] = {}
    for one in run.cases:
        if one.case.twin and name in one.scores:
            tellings.setdefault(one.case.twin, {})[one.case.lang] = one
    pairs = {twin: both for twin, both in tellings.items() if len(both) == 2}
    if not pairs:
        return None
    english = [both["en"].scores[name].value for both in pairs.values()]
    chinese = [both["zh"].scores[name].value for both in pairs.values()]
    return difference(english, chinese, list(pairs), run.seed)


def _cases(found: Estimate | None) -> int:
    return found.cases if found else 0
