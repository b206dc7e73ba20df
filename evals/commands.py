"""`improv eval`: run a suite, compare two runs, look after the cases. Thin: parses, asks, prints."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click

from assistant.commands.options import as_json
from assistant.commands.output import NO, print_json
from assistant.domain.vocabulary import Lang
from assistant.errors import InvalidInput

if TYPE_CHECKING:
    from evals.compare import Comparison
    from evals.run import Run, SecondOpinion


class _OutFile(click.Path):
    """A file to be written. One that cannot be is refused before the work, whose result would be lost."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:  # noqa: ANN401 (click's)
        """Raises InvalidInput."""
        path = Path(os.fsdecode(super().convert(value, param, ctx)))
        if not path.parent.is_dir():
            raise InvalidInput(f"{path} cannot be written: there is no folder {path.parent}; make it or name another")
        if not os.access(path if path.exists() else path.parent, os.W_OK):
            raise InvalidInput(f"{path} cannot be written: it is not allowed; allow it or name another")
        return path


out_file = _OutFile(dir_okay=False)
in_file = click.Path(path_type=Path)
in_lang = click.option("--lang", type=click.Choice(["en", "zh"]), default="en", show_default=True, help="Of reports.")


@click.group("eval")
def evaluation() -> None:
    """Measure advice on curated cases; compare two versions; stop a worse one."""


@evaluation.command("run")
@click.option("--suite", default="full", show_default=True, help="Which cases: full, dev, test, quick.")
@click.option("--system", default="product", show_default=True, help="What answers; `improv eval systems` lists them.")
@click.option("--seed", default=0, show_default=True, help="Of the intervals.")
@click.option("--json", "json_file", type=out_file, help="Write the whole run here; a killed run goes on from there.")
@click.option("--html", type=out_file, help="Write the report here.")
@click.option("--markdown", type=out_file, help="Write a summary for a pull request here.")
@click.option("--judge", is_flag=True, help="Let the model of IMPROV_LLM_* decide wording that is not the corpus'.")
@click.option("--no-timing", is_flag=True, help="Leave out times, the only thing that differs from run to run.")
@in_lang
def run_command(
    suite: str,
    system: str,
    seed: int,
    json_file: Path | None,
    html: Path | None,
    markdown: Path | None,
    judge: bool,
    no_timing: bool,
    lang: str,
) -> None:
    """Run a suite on a system. Exit 1 if a case got no answer."""
    from assistant.terminal import show_progress
    from evals.run import run_suite, write_run
    from evals.suites import suite as cases_of
    from evals.systems.open import open_system

    cases = cases_of(suite)
    journal = json_file.with_name(f"{json_file.name}.partial") if json_file else None
    opinion = _judge() if judge else None
    tested = open_system(system)
    step = partial(show_progress, system)
    try:
        run = run_suite(suite, cases, tested, seed, journal, step, timed=not no_timing, judge=opinion)
    finally:
        tested.close()
    if json_file:
        write_run(run, json_file)
    _write(html, lambda: _html(run, lang))
    _write(markdown, lambda: _markdown(run, lang))
    _print_run(run)
    sys.exit(NO if run.failures else 0)


@evaluation.command("feasibility")
@click.option("--seed", default=0, show_default=True, help="Of the random moments.")
@click.option("--rounds", default=1, show_default=True, type=click.IntRange(0), help="Random moments for each case.")
@as_json
def feasibility_command(seed: int, rounds: int, json_: bool) -> None:
    """Check that advice names only what is at hand: curated moments, then every case at random ones. Exit 1 if not."""
    from evals.feasibility.check import open_checker
    from evals.feasibility.scene import read_feasibility_cases
    from evals.feasibility.stage import Stage
    from evals.suites import suite as cases_of
    from evals.systems.product import open_product

    improv = open_product()
    try:
        checker = open_checker(Stage(improv), improv)
        found = {
            "curated": checker.curated(read_feasibility_cases()),
            "random": checker.random(cases_of("full"), seed, rounds),
        }
    finally:
        improv.close()
    if json_:
        print_json({name: {**asdict(tally), "share": tally.share} for name, tally in found.items()})
    else:
        for name, tally in found.items():
            counts = f"{tally.answers} answers, {tally.named} things named, {tally.options} options"
            click.echo(f"{name:<8} {tally.share:.1%} feasible ({counts})")
            for wrong in tally.faults[:20]:
                click.secho(f"  {wrong}", fg="red")
    sys.exit(NO if any(tally.faults for tally in found.values()) else 0)


@evaluation.command("compare")
@click.argument("before", type=in_file)
@click.argument("after", type=in_file)
@click.option("--gate", is_flag=True, help="Exit 1 on a significant loss.")
@click.option("--json", "json_file", type=out_file, help="Write the comparison here.")
@click.option("--html", type=out_file, help="Write the report here.")
@click.option("--markdown", type=out_file, help="Write a summary for a pull request here.")
@in_lang
def compare_command(
    before: Path, after: Path, gate: bool, json_file: Path | None, html: Path | None, markdown: Path | None, lang: str
) -> None:
    """Compare two runs case by case: what got better, what got worse, and why."""
    from evals.compare import compare
    from evals.report.html import render_comparison
    from evals.report.markdown import comparison_markdown
    from evals.run import read_run
    from evals.terminal import comparison_json, print_comparison

    found: Comparison = compare(read_run(before), read_run(after))
    _write(json_file, lambda: comparison_json(found))
    _write(html, lambda: render_comparison(found, cast(Lang, lang)))
    _write(markdown, lambda: comparison_markdown(found, cast(Lang, lang)))
    print_comparison(found)
    if gate:
        for reason in found.stops:
            click.echo(f"stops the release: {reason}", err=True)
        sys.exit(NO if found.stops else 0)


@evaluation.command("report")
@click.argument("run_file", type=in_file)
@click.option("--html", type=out_file, help="Write the report here.")
@click.option("--markdown", type=out_file, help="Write a summary for a pull request here.")
@click.option("--promptfoo", type=out_file, help="Write the cases and answers as promptfoo reads them.")
@click.option("--ragas", type=out_file, help="Write the cases and answers as RAGAS reads them.")
@in_lang
def report_command(
    run_file: Path, html: Path | None, markdown: Path | None, promptfoo: Path | None, ragas: Path | None, lang: str
) -> None:
    """Write reports and exports of a run that stands in a file."""
    from evals.report.exports import to_promptfoo, to_ragas
    from evals.run import read_run

    run = read_run(run_file)
    _write(html, lambda: _html(run, lang))
    _write(markdown, lambda: _markdown(run, lang))
    _write(promptfoo, lambda: to_promptfoo(run))
    _write(ragas, lambda: to_ragas(run))
    _print_run(run)


@evaluation.command("systems")
@as_json
def systems_command(json_: bool) -> None:
    """List what can be evaluated."""
    from evals.systems.open import KNOWN

    if json_:
        print_json([{"name": name, "what": what} for name, what in KNOWN.items()])
        return
    width = max(map(len, KNOWN))
    for name, what in KNOWN.items():
        click.echo(f"{name:<{width}} {what}")


@evaluation.command("check")
@click.option("--write-schema", is_flag=True, help="Write the JSON schema of the cases anew.")
@click.option("--write-wording", is_flag=True, help="Note that every line's labels fit it as it is worded now.")
@as_json
def check_command(write_schema: bool, write_wording: bool, json_: bool) -> None:
    """Check the cases: schema, names, overlap with the corpus, agreement of the matcher. Exit 1 if any is wrong."""
    from evals.case import SCHEMA, case_schema
    from evals.checking import check_cases, note_wording

    if write_schema:
        SCHEMA.write_text(case_schema(), encoding="utf-8")
    if write_wording:
        note_wording()
    findings = []
    for finding in check_cases():
        findings.append(finding)
        if not json_:
            click.echo(f"{'BAD' if finding.wrong else 'ok '}  {finding.text}")
    if json_:
        print_json(findings)
    sys.exit(NO if any(finding.wrong for finding in findings) else 0)


def _judge() -> SecondOpinion:
    from assistant.settings import load_settings
    from evals.judge import admitted
    from evals.run import SecondOpinion
    from evals.systems.model import open_model

    judge, measured = admitted(open_model())
    click.echo(f"the judge agrees with people at κ {measured.kappa:.2f} on {measured.pairs} pairs", err=True)
    return SecondOpinion(judge.found, f"{load_settings().llm_model}, κ {measured.kappa:.2f}")


def _write(path: Path | None, text: Callable[[], str]) -> None:
    if path:
        path.write_text(text(), encoding="utf-8")
        click.echo(f"wrote {path}", err=True)


def _html(run: Run, lang: str) -> str:
    from evals.report.html import render_run

    return render_run(run, cast(Lang, lang))


def _markdown(run: Run, lang: str) -> str:
    from evals.report.markdown import run_markdown

    return run_markdown(run, cast(Lang, lang))


def _print_run(run: Run) -> None:
    from evals.terminal import print_run

    print_run(run)
