"""How a run and a comparison look in a terminal."""

from __future__ import annotations

import dataclasses
import json
import textwrap

import click

from evals.compare import Changed, Compared, Comparison
from evals.run import Run
from evals.scorers import MEASURES
from evals.scorers.measure import Measure
from evals.statistics import Estimate

COLOURS = {"better": "green", "worse": "red", "reached": "green", "missed": "red"}
SHOWN = 5
"""Changed cases listed for a measure."""


def print_run(run: Run) -> None:
    """Every measure with its interval and, where there is one, its target."""
    click.echo(f"{run.system} on {run.suite}: {len(run.cases)} cases, {len(run.failures)} without an answer")
    for failed in run.failures[:SHOWN]:
        click.secho(f"  {failed.case.id}: {failed.failed}", fg="red")
    for measure in MEASURES:
        found = run.estimate(measure.name)
        if found is None:
            click.secho(f"  {measure.title['en']:<44} not scored", dim=True)
            continue
        verdict = verdict_of(measure, found)
        click.echo(f"  {measure.title['en']:<44} {_shown(measure, found)}  ", nl=False)
        click.secho(verdict, fg=COLOURS.get(verdict.split(" ")[0]))


def verdict_of(measure: Measure, found: Estimate) -> str:
    """Whether the target is reached, in words; empty where there is none."""
    if measure.target is None:
        return ""
    reached = found.mean >= measure.target if measure.better == "higher" else found.mean <= measure.target
    doubt = " (too few to tell)" if found.too_few else ""
    return f"{'reached' if reached else 'missed'} {measure.target:g}{doubt}"


def print_comparison(comparison: Comparison) -> None:
    """What got better and worse, and on which cases."""
    click.echo(f"{comparison.before.system} → {comparison.after.system}")
    for compared in comparison.measures:
        change = compared.difference.change
        click.echo(
            f"  {compared.measure.title['en']:<44} {compared.before:7.3f} → {compared.after:7.3f}  "
            f"{change.mean:+.3f} ({change.low:+.3f} to {change.high:+.3f})  p {compared.difference.p:.4f}  ",
            nl=False,
        )
        click.secho(compared.verdict, fg=COLOURS.get(compared.verdict))
    for compared in comparison.measures:
        if compared.measure.gated and compared.measure.unit != "ms":
            _print_changes(compared)


def comparison_json(comparison: Comparison) -> str:
    """The comparison as JSON text."""
    measures = [
        {
            "measure": compared.measure.name,
            "before": compared.before,
            "after": compared.after,
            **dataclasses.asdict(compared.difference),
            "verdict": compared.verdict,
            "gained": [dataclasses.asdict(change) for change in compared.gained],
            "lost": [dataclasses.asdict(change) for change in compared.lost],
        }
        for compared in comparison.measures
    ]
    whole = {
        "before": comparison.before.system,
        "after": comparison.after.system,
        "measures": measures,
        "stops": comparison.stops,
    }
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def _shown(measure: Measure, found: Estimate) -> str:
    digits = 3 if measure.unit in {"share", "count"} else 1
    return f"{found.mean:7.{digits}f} ({found.low:.{digits}f} to {found.high:.{digits}f}) on {found.cases}"


def _print_changes(compared: Compared) -> None:
    for word, changes in (("worse", compared.lost), ("better", compared.gained)):
        if changes:
            click.secho(f"{compared.measure.title['en']}: {len(changes)} cases {word}", fg=COLOURS[word])
        for change in changes[:SHOWN]:
            click.echo(f"  {change.case}: {textwrap.shorten(change.text, 90)}")
            click.secho(f"    {change.before:g} → {change.after:g}  {_why(change)}", dim=True)


def _why(change: Changed) -> str:
    new = [why for why in change.why_after if why not in change.why_before]
    gone = [why for why in change.why_before if why not in change.why_after]
    parts = [*(f"now: {why}" for why in new[:2]), *(f"no longer: {why}" for why in gone[:2])]
    return textwrap.shorten("; ".join(parts), 160)
