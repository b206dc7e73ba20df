"""How a run and a comparison look in a terminal."""

from __future__ import annotations

import dataclasses
import json
import textwrap

import click

from evals.compare import Changed, Compared, Comparison
from evals.report.judging import Figure, figure
from evals.report.names import Names
from evals.report.telling import Teller
from evals.run import Run
from evals.scorers import MEASURES

COLOURS = {"better": "green", "worse": "red", "reached": "green", "missed": "red"}
SHOWN = 5
"""Changed cases listed for a measure."""


def print_run(run: Run) -> None:
    """Every measure with its interval and, where there is one, its target; judged and told as on the page."""
    say = Teller("en", Names())
    click.echo(f"{run.system} on {run.suite}: {len(run.cases)} cases, {len(run.failures)} without an answer")
    for failed in run.failures[:SHOWN]:
        click.secho(f"  {failed.case.id}: {failed.failed}", fg="red")
    for measure in MEASURES:
        one = figure(run, measure)
        if one.estimate is None:
            click.secho(f"  {say.title(measure):<44} {say.t('standing.not_scored')}", dim=True)
            continue
        span = ": ".join(part for part in (say.each(one), say.interval(one), say.unseen(one)) if part)
        shown = f"{say.value(one)} ({span})" if span else say.value(one)
        click.echo(f"  {say.title(measure):<44} {shown} on {one.estimate.cases}  ", nl=False)
        click.secho(verdict_of(say, one), fg=COLOURS.get(one.standing))


def verdict_of(say: Teller, one: Figure) -> str:
    """What a reader may conclude, and the target; empty where there is nothing to conclude."""
    if one.standing == "no_target":
        return ""
    target = f"target: {say.target(one.measure)}" if one.measure.target is not None else ""
    notes = "; ".join(filter(None, (target, *say.notes(one))))
    return say.t(f"standing.{one.standing}") + (f" ({notes})" if notes else "")


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
