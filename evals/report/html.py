"""A run or a comparison as one page that needs nothing else: no network, no script, no other file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from pathlib import Path

import jinja2
from markupsafe import Markup

from assistant.domain.language import language_of
from assistant.domain.vocabulary import Lang
from evals.agreement import LEAST_KAPPA
from evals.compare import SHOWN, Comparison
from evals.report import breakdown, changes, charts, distributions, numbers
from evals.report.judging import Figure, figure, overall, targeted
from evals.report.names import Names, shipped_names
from evals.report.telling import Teller
from evals.report.worst import worst
from evals.run import Run
from evals.scorers import MEASURES, measure_named
from evals.statistics import LEAST_CLUSTERS, Estimate

TEMPLATES = Path(__file__).with_name("templates")
LANG_TAGS = {"en": "en", "zh": "zh-Hans"}


@dataclass(frozen=True, slots=True)
class Tested:
    """What the run asked."""

    texts: int
    incidents: int
    zh: int
    en: int
    twins: int
    sectors: int


def render_run(run: Run, lang: Lang = "en", names: Names | None = None) -> str:
    """The report of a run. `names`: what ids are called; those of the shipped corpus unless given."""
    teller = Teller(lang, shipped_names() if names is None else names)
    measured = distributions.times(run)
    return _render(
        "run.html",
        teller,
        run=run,
        tested=tested(run),
        overall=overall(run),
        targets=_by_group(targeted(run)),
        standings=[one.standing for one in targeted(run)],
        missed=[one for one in targeted(run) if one.standing == "missed"],
        others=_by_group(tuple(figure(run, m) for m in MEASURES if m.target is None)),
        factors=breakdown.by_factor(run),
        sectors=breakdown.by_sector(run),
        kinds=breakdown.by_kind(run),
        hazards=breakdown.by_hazard(run),
        heads=_heads(teller, breakdown.IN_GROUPS),
        danger_heads=_heads(teller, breakdown.IN_DANGERS),
        languages=breakdown.by_language(run),
        calibration=distributions.calibration(run),
        stated=_stated(teller),
        times=measured,
        spread=_spread(teller),
        steps=charts.spread(measured.counts, measured.longest) if measured else [],
        worst=worst(run),
    )


def render_comparison(comparison: Comparison, lang: Lang = "en", names: Names | None = None) -> str:
    """The report of two runs of the same cases."""
    teller = Teller(lang, shipped_names() if names is None else names)
    return _render(
        "comparison.html",
        teller,
        comparison=comparison,
        shared=comparison.pairs,
        rows=[(group, tuple(rows)) for group, rows in groupby(comparison.measures, lambda row: row.measure.group)],
        reach=changes.reach(comparison),
        unscored=changes.unscored(comparison),
        moved=changes.moved(comparison),
        shown=SHOWN,
    )


def tested(run: Run) -> Tested:
    """How many texts about how many incidents, in which languages, from how many sectors."""
    cases = [one.case for one in run.cases]
    tellings = [case.twin for case in cases if case.twin]
    return Tested(
        texts=len(cases),
        incidents=len({case.cluster for case in cases}),
        zh=sum(case.lang == "zh" for case in cases),
        en=sum(case.lang == "en" for case in cases),
        twins=sum(tellings.count(twin) == 2 for twin in set(tellings)),
        sectors=len({case.sector for case in cases}),
    )


def _render(template: str, teller: Teller, **values: object) -> str:
    return _environment().get_template(template).render(say=teller, t=teller.t, lang=LANG_TAGS[teller.lang], **values)


@lru_cache(maxsize=1)
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals |= {"least": LEAST_CLUSTERS, "least_kappa": f"{LEAST_KAPPA:.2f}"}
    environment.filters |= {
        "share": numbers.share,
        "p": numbers.p_value,
        "lang_of": lambda text: LANG_TAGS[language_of(text)],
        "tag": LANG_TAGS.__getitem__,
    }
    return environment


def _by_group(figures: tuple[Figure, ...]) -> list[tuple[str, tuple[Figure, ...]]]:
    return [(group, tuple(rows)) for group, rows in groupby(figures, lambda one: one.measure.group)]


def _heads(teller: Teller, measures: tuple[str, ...]) -> list[str]:
    return [teller.title(measure_named(name)) for name in measures]


def _stated(teller: Teller) -> Callable[[distributions.Bin], Markup]:
    """Draws what was right of the answers of one bin against what they stated."""

    def draw(one: distributions.Bin) -> Markup:
        desc = teller.t("calibration.desc", stated=numbers.share(one.stated))
        name = teller.t("number.to", low=numbers.share(one.low), high=numbers.share(one.high))
        return charts.whiskers(
            [charts.Mark(one.right)], charts.Axis(), _right(name, one.right, teller), desc, one.stated
        )

    return draw


def _right(name: str, right: Estimate | None, teller: Teller) -> str:
    if right is None:
        return teller.t("chart.not_scored", title=name)
    span = teller.t("number.to", low=numbers.share(right.low), high=numbers.share(right.high))
    key = "chart.too_few" if right.too_few else "chart.figure"
    return teller.t(key, title=name, value=numbers.share(right.mean), interval=span)


def _spread(teller: Teller) -> Callable[[distributions.Times], Markup]:
    """Draws how the time to answer is spread."""

    def draw(times: distributions.Times) -> Markup:
        ticks = [value / times.longest for value in (times.median, times.slow)]
        return charts.bars(times.counts, teller.t("speed.title"), teller.t("speed.lines"), ticks)

    return draw
