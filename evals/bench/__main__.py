"""`python -m evals.bench`: measures, prints a table, exits 0 whether or not targets are met."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click

from assistant.settings import stay_offline
from assistant.terminal import show_progress
from evals.bench.learning import measure_build, measure_ingest
from evals.bench.prepared import prepared_home
from evals.bench.report import Report, background
from evals.bench.rows import Section
from evals.bench.served import measure_served
from evals.bench.starting import measure_starting
from evals.bench.thinking import measure_thinking


@dataclass(frozen=True, slots=True)
class Effort:
    """How much is measured."""

    texts: int = 120
    asked: int = 120
    rounds: int = 2
    seconds: float = 4.0
    starts: int = 5
    passages: int = 80


QUICK = Effort(texts=40, asked=40, rounds=1, seconds=3.0, starts=3, passages=30)


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--quick", is_flag=True, help="Fewer runs: about a minute and a half in place of four.")
@click.option("--build", is_flag=True, help="Also build the index of the shipped corpus from nothing; takes minutes.")
@click.option("--markdown", "as_markdown", is_flag=True, help="Print Markdown tables.")
@click.option("--json", "json_file", type=click.Path(path_type=Path), help="Also write all numbers to this file.")
def main(quick: bool, build: bool, as_markdown: bool, json_file: Path | None) -> None:
    """Measure speed and memory of the product on a temporary home."""
    stay_offline()
    noise: list[float] = []
    sections = list(_measured(QUICK if quick else Effort(), noise, build=build))
    report = Report(sections, max(noise))
    click.echo(report.markdown() if as_markdown else report.plain())
    if json_file is not None:
        json_file.write_text(report.json(), encoding="utf-8")


def _measured(effort: Effort, noise: list[float], *, build: bool) -> Iterator[Section]:
    """Served and started first: nothing else is in memory then; torch comes last. `noise` is added to in between."""

    def begin(what: str) -> None:
        noise.append(background())
        click.echo(f"bench: {what}", err=True)

    click.echo("bench: preparing a temporary home", err=True)
    with prepared_home(show_progress) as home:
        begin("serving")
        yield from measure_served(home, asked=effort.asked, rounds=effort.rounds, seconds=effort.seconds)
        begin("starting")
        yield measure_starting(home, effort.starts)
        begin("encoding and answering")
        yield from measure_thinking(home, effort.texts)
        begin("ingesting")
        yield measure_ingest(home, effort.passages)
        if build:
            begin("building the index from nothing")
            yield measure_build(home.parent / "built", show_progress)
        begin("done")


if __name__ == "__main__":
    main()
