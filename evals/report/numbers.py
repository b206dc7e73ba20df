"""Values as people read them. Every number in a report goes through here."""

from __future__ import annotations

from assistant.domain.vocabulary import Lang
from evals.report.texts import say
from evals.scorers.measure import Measure
from evals.statistics import Estimate

LEAST_P = 0.001


def share(value: float) -> str:
    """0.8734 → 87.3%."""
    return f"{_rounded(value * 100, 1):.1f}%"


def round_amount(measure: Measure, value: float, lang: Lang) -> str:
    """A value that a person chose (a target, the end of a line), without needless decimals: 85%."""
    if measure.unit == "share":
        return f"{value * 100:g}%"
    return f"{value:g}" if measure.unit == "count" else amount(measure, value, lang)


def amount(measure: Measure, value: float, lang: Lang) -> str:
    """A value in the measure's own unit."""
    if measure.unit == "share":
        return share(value)
    if measure.unit == "ms":
        return say("unit.ms", lang, value=f"{_rounded(value, 0):.0f}")
    if measure.unit == "count":
        return f"{value:.0f}" if float(value).is_integer() else f"{_rounded(value, 3):.3f}"
    return f"{_rounded(value, 1):.1f}"


def interval(measure: Measure, found: Estimate, lang: Lang) -> str:
    """From low to high."""
    return say("number.to", lang, low=amount(measure, found.low, lang), high=amount(measure, found.high, lang))


def change(measure: Measure, value: float, lang: Lang) -> str:
    """With its sign; shares change by percentage points."""
    return _with_unit(measure, _changed(measure, value), lang)


def change_interval(measure: Measure, found: Estimate, lang: Lang) -> str:
    """From low to high, both with their signs."""
    low, high = _changed(measure, found.low), _changed(measure, found.high)
    return _with_unit(measure, say("number.to", lang, low=low, high=high), lang)


def round_change(measure: Measure, value: float) -> str:
    """The end of a line of changes: with its sign, without needless decimals and without a unit."""
    return f"{value * 100 if measure.unit == 'share' else value:+g}".replace("-", "−")


def p_value(p: float) -> str:
    """Small values are not worth telling apart."""
    return f"p < {LEAST_P}" if p < LEAST_P else f"p = {p:.3f}"


def _changed(measure: Measure, value: float) -> str:
    if measure.unit == "share":
        return _signed(value * 100, 1)
    return _signed(value, {"ms": 0, "count": 3}.get(measure.unit, 1))


def _with_unit(measure: Measure, told: str, lang: Lang) -> str:
    key = {"share": "unit.points", "ms": "unit.ms"}.get(measure.unit)
    return say(key, lang, value=told) if key else told


def _signed(value: float, digits: int) -> str:
    rounded = _rounded(value, digits)
    return f"{'+' if rounded > 0 else '−' if rounded < 0 else '±'}{abs(rounded):.{digits}f}"


def _rounded(value: float, digits: int) -> float:
    """Never minus zero."""
    return round(value, digits) + 0.0
