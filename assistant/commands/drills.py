"""`improv drill`: rehearsals in the terminal. Thin: parses, asks, prints."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any, cast

import click

from assistant.assembly import open_improv
from assistant.commands.batch import answer_objects, read_lines
from assistant.commands.drill_files import check_command, draft_command
from assistant.commands.options import as_json
from assistant.commands.output import NO, fail, print_json
from assistant.domain.vocabulary import Lang
from assistant.terminal import show_progress

in_tongue = click.option(
    "--lang", type=click.Choice(["en", "zh"]), default="en", show_default=True, help="Language of the guest."
)


@click.group()
def drill() -> None:
    """Rehearse difficult moments with a simulated guest."""


@drill.command("list")
@in_tongue
@as_json
def drill_list(lang: str, json_: bool) -> None:
    """List the scenarios."""
    from assistant.drills_terminal import print_scenarios

    with open_improv(progress=show_progress) as improv:
        scenarios = improv.drills.scenarios()
        if json_:
            keys = ("id", "sector", "difficulty", "hazard", "langs", "title", "briefing")
            print_json([{key: getattr(scenario, key) for key in keys} for scenario in scenarios])
        else:
            print_scenarios(scenarios, cast(Lang, lang))
        for fault in improv.drills.faults():
            click.echo(fault, err=True)


@drill.command("play")
@click.argument("scenario")
@click.option("--difficulty", type=click.IntRange(1, 3), help="1 gentle, 2 usual, 3 hard; default the scenario's.")
@click.option("--seed", type=click.IntRange(0), help="The same seed gives the same guest.")
@in_tongue
@as_json
def drill_play(scenario: str, difficulty: int | None, seed: int | None, lang: str, json_: bool) -> None:
    """Play SCENARIO in the terminal; the debrief follows. With --json only the debrief is printed there."""
    from rich.console import Console

    from assistant.drills_terminal import play

    with open_improv(progress=show_progress) as improv:
        session = improv.drills.start(scenario, difficulty=difficulty, seed=seed, lang=lang)
        made = play(improv.drills, session, Console(stderr=json_, highlight=False))
        if made is None:
            fail("nothing was said", NO)
        if json_:
            print_json(made)


@drill.command("assess")
@click.option("--batch", required=True, type=click.Path(path_type=Path), help='JSON lines {"id", "guest", "staff"}.')
@as_json
def drill_assess(batch: Path, json_: bool) -> None:  # noqa: ARG001 (it prints JSON lines in any case)
    """Say which moves each reply makes, and how good it is: 1 to 5."""
    lines = read_lines(batch)
    with open_improv(progress=show_progress) as improv:

        def judge(given: dict[str, Any]) -> dict[str, Any]:
            guest = given.get("guest")
            reading = improv.drills.assess(guest if isinstance(guest, str) else "", given["staff"])
            moves, evidence = [found.move for found in reading.moves], list(map(dataclasses.asdict, reading.moves))
            return {
                "moves": moves,
                "quality": round(reading.quality),
                "evidence": evidence,
            }

        answer_objects(lines, "staff", judge)


drill.add_command(draft_command)
drill.add_command(check_command)
