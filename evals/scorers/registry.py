"""All measures, in the order in which reports show them."""

from __future__ import annotations

from evals.scorers import (
    abstention,
    authority,
    citations,
    collaboration,
    criteria,
    envelope,
    feasibility,
    hazard,
    hit,
    language,
    latency,
    ndcg,
    readability,
    recall,
    repetition,
    violations,
)
from evals.scorers.measure import Measure

MEASURES: tuple[Measure, ...] = (
    hit.MEASURE,
    ndcg.MEASURE,
    recall.MEASURE,
    *criteria.MEASURES,
    collaboration.MEASURE,
    authority.MEASURE,
    *hazard.MEASURES,
    violations.MEASURE,
    envelope.MEASURE,
    citations.MEASURE,
    feasibility.MEASURE,
    *abstention.MEASURES,
    language.MEASURE,
    repetition.MEASURE,
    *readability.MEASURES,
    latency.MEASURE,
)


def measure_named(name: str) -> Measure:
    """The measure of that name. Raises KeyError."""
    return {measure.name: measure for measure in MEASURES}[name]
