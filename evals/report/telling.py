"""Figures and cases in the words of one language: what templates and Markdown are written with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from markupsafe import Markup

from assistant.domain.vocabulary import Lang, in_lang
from evals.compare import Compared
from evals.report import numbers
from evals.report.breakdown import Languages
from evals.report.charts import Axis, Mark, Shape, around_zero, fitting, whiskers
from evals.report.judging import Figure, perfect
from evals.report.names import Names
from evals.report.reasons import Reason, reason, stop, word
from evals.report.texts import say
from evals.scorers.measure import Measure
from evals.statistics import Difference

SHAPES: tuple[Shape, ...] = ("dot", "ring")
VERDICT_SHAPES: Mapping[str, Shape] = {"better": "good", "worse": "bad"}


@dataclass(frozen=True, slots=True)
class Teller:
    """Says things in one language."""

    lang: Lang
    names: Names

    def t(self, key: str, /, **values: object) -> str:
        """A fixed text."""
        return say(key, self.lang, **values)

    def word(self, kind: str, id_: str) -> str:
        """A closed word: a sector, a danger, a kind of situation, a factor."""
        return word(kind, id_, self.lang)

    def title(self, measure: Measure) -> str:
        """What a measure is called."""
        return in_lang(measure.title, self.lang)

    def reason(self, measure: Measure, why: str) -> Reason:
        """What was missing or wrong."""
        return reason(measure.name, why, self.lang, self.names)

    def stop(self, text: str) -> str:
        """What keeps the gate shut."""
        return stop(text, self.lang)

    def amount(self, measure: Measure, value: float) -> str:
        """A value in its unit."""
        return numbers.amount(measure, value, self.lang)

    def round_amount(self, measure: Measure, value: float) -> str:
        """A value that a person chose."""
        return numbers.round_amount(measure, value, self.lang)

    def mean(self, one: Figure) -> str:
        """The figure alone."""
        return self.amount(one.measure, one.estimate.mean) if one.estimate else self.t("standing.not_scored")

    def value(self, one: Figure) -> str:
        """The figure; of what is counted, how many there were."""
        if one.estimate is None or one.measure.unit != "count":
            return self.mean(one)
        return self.t("table.times", count=f"{one.total:.0f}", texts=one.estimate.cases)

    def each(self, one: Figure) -> str:
        """Of what is counted: how many a text."""
        return self.t("table.each", value=self.mean(one)) if one.measure.unit == "count" and one.total else ""

    def interval(self, one: Figure) -> str:
        """Its 95 % interval; empty where there are too few incidents for one, or all came out alike."""
        if one.estimate is None or one.estimate.too_few or one.estimate.low == one.estimate.high:
            return ""
        return numbers.interval(one.measure, one.estimate, self.lang)

    def unseen(self, one: Figure) -> str:
        """What an interval without width hides."""
        return "" if one.unseen is None else self.t("standing.unseen", share=numbers.share(one.unseen))

    def target(self, measure: Measure) -> str:
        """What a release must reach."""
        if measure.target is None:
            return self.t("standing.no_target")
        key = "at_least" if measure.better == "higher" else "at_most"
        shown = "exactly" if measure.target == perfect(measure) else key
        return self.t(f"table.{shown}", value=self.round_amount(measure, measure.target))

    def notes(self, one: Figure) -> list[str]:
        """What keeps the verdict from being the whole story."""
        notes = []
        if one.standing in {"reached", "missed"} and one.close:
            notes.append(self.t("standing.close"))
        if one.standing == "not_scored":
            notes.append(self.t("standing.never_passed"))
        return notes

    def axis(self, one: Figure) -> Axis:
        """All shares of which more is better on one line; small rates on one that is long enough for them."""
        if one.measure.unit == "share" and one.measure.better == "higher":
            return Axis()
        return fitting([one.measure.target or 0.0, one.estimate.high if one.estimate else 0.0])

    def picture(self, one: Figure) -> Markup:
        """A figure against its target."""
        axis = self.axis(one)
        ends = self._axis(one.measure, axis)
        target = one.measure.target
        held = self.t("chart.target", value=self.round_amount(one.measure, target)) + " " if target is not None else ""
        return whiskers([Mark(one.estimate)], axis, self.said(one), held + ends, target)

    def ends(self, one: Figure) -> tuple[str, str]:
        """Where the line of a figure's picture begins and ends."""
        axis = self.axis(one)
        return self.round_amount(one.measure, axis.low), self.round_amount(one.measure, axis.high)

    def pictures(self, name: str, figures: Sequence[Figure], labels: Sequence[str] = ()) -> Markup:
        """Several shares of one group, a lane each; `labels` where the figures are of one measure."""
        told = [self.said(one, label) for one, label in zip_longest(figures, labels)]
        marks = [Mark(one.estimate, shape) for one, shape in zip(figures, SHAPES, strict=False)]
        title = self.t("chart.lines", name=name, parts=self.t("chart.split").join(told))
        return whiskers(marks, Axis(), title, self._axis(figures[0].measure, Axis()))

    def difference(self, row: Compared, reach: float) -> Markup:
        """A change around none."""
        found, ends = row.difference, self.change_ends(row.measure, reach)
        marks = [Mark(found.change, VERDICT_SHAPES.get(row.verdict, "dot"))]
        axis = around_zero([reach])
        return whiskers(marks, axis, self._moved(row), self.t("chart.axis", low=ends[0], high=ends[1]), 0.0)

    def change_ends(self, measure: Measure, reach: float) -> tuple[str, str]:
        """Where the line of a change's picture begins and ends."""
        axis = around_zero([reach])
        return numbers.round_change(measure, axis.low), numbers.round_change(measure, axis.high)

    def change(self, measure: Measure, found: Difference) -> str:
        """The change with its sign."""
        return numbers.change(measure, found.change.mean, self.lang)

    def change_interval(self, measure: Measure, found: Difference) -> str:
        """The interval of a change; empty where there are too few incidents for one."""
        alike = found.change.low == found.change.high
        return "" if alike or found.change.too_few else numbers.change_interval(measure, found.change, self.lang)

    def said(self, one: Figure, label: str | None = None) -> str:
        """A figure in a sentence."""
        title = label or self.title(one.measure)
        if one.estimate is None:
            return self.t("chart.not_scored", title=title)
        if not self.interval(one):
            few = one.estimate.too_few
            return self.t("chart.too_few" if few else "chart.alike", title=title, value=self.mean(one))
        return self.t("chart.figure", title=title, value=self.mean(one), interval=self.interval(one))

    def verdict(self, compared: Compared) -> str:
        """How a measure moved."""
        return self.t(f"verdict.{compared.verdict}")

    def languages_verdict(self, row: Languages) -> str:
        """Which language comes out better."""
        part = "languages" if row.verdict in {"zh", "en"} else "verdict"
        return self.t(f"{part}.{row.verdict}")

    def _moved(self, row: Compared) -> str:
        title, change = self.title(row.measure), self.change(row.measure, row.difference)
        if row.difference.change.too_few:
            return self.t("chart.too_few", title=title, value=change)
        span = numbers.change_interval(row.measure, row.difference.change, self.lang)
        return self.t("gate.chart", title=title, value=change, interval=span, verdict=self.verdict(row))

    def _axis(self, measure: Measure, axis: Axis) -> str:
        low, high = (self.round_amount(measure, end) for end in (axis.low, axis.high))
        return self.t("chart.axis", low=low, high=high)
