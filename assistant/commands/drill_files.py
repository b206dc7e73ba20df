"""Commands for those who write scenarios: a first draft from a playbook, and a check of scenario files."""

from __future__ import annotations

import dataclasses
import json
import sys
from datetime import date
from pathlib import Path
from typing import cast

import click

from assistant.assembly import Improv, open_improv
from assistant.commands.output import NO
from assistant.domain.drill import MANNERS, Manner
from assistant.domain.incident import clean_incident
from assistant.domain.playbook import Playbook
from assistant.errors import InvalidInput, UnknownName
from assistant.settings import load_settings
from assistant.terminal import show_progress


@click.command("draft")
@click.argument("playbook", required=False)
@click.option("--incident", help="What happened, in staff's words; names are taken out. Finds the playbook by itself.")
@click.option("--manner", type=click.Choice(MANNERS), default="cold", show_default=True, help="How the guest speaks.")
@click.option("--out", type=click.Path(path_type=Path), help="Write to this file, or into this folder.")
def draft_command(playbook: str | None, incident: str | None, manner: str, out: Path | None) -> None:
    """Write a first scenario from PLAYBOOK, or from an incident, for a trainer to finish.

    What is still missing goes to standard error.
    """
    from assistant.training.anonymous import without_names
    from assistant.training.checking import faults_of
    from assistant.training.drafting import draft, read_stock, scenario_id

    if playbook is None and incident is None:
        raise InvalidInput("give the id of a playbook, or --incident TEXT; `improv corpus list` names the playbooks")
    cleaned = without_names(clean_incident(incident)) if incident else None
    with open_improv(progress=show_progress) as improv:
        card = _card(improv, playbook, cleaned.text if cleaned else "")
        stock = read_stock(improv.corpus.load("drills/draft.yaml"), "corpus/drills/draft.yaml")
        told = cleaned.text if cleaned else ""
        text = draft(card, stock, date.today(), incident=told, manner=cast(Manner, manner))
        faults = list(faults_of(text, scenario_id(card), {one.id for one in improv.playbooks()}))
    if cleaned and cleaned.removed:
        click.echo(f"taken out: {', '.join(cleaned.removed)}; read the briefing over for more", err=True)
    if out is None:
        click.echo(text, nl=False)
    else:
        file = out / f"{scenario_id(card)}.yaml" if out.is_dir() else out
        _write(file, text)
        click.echo(f"written: {file}", err=True)
    for fault in faults:
        click.echo(f"to do, line {fault.line}: {fault.message}", err=True)


def _card(improv: Improv, playbook: str | None, incident: str) -> Playbook:
    known = {one.id: one for one in improv.playbooks()}
    if playbook is not None:
        if playbook not in known:
            raise UnknownName(f"there is no playbook {playbook!r}; `improv corpus list` names them all")
        return known[playbook]
    nearest = improv.advise(incident, role=None, site=None, lang=None, conversation="").answer
    if not nearest.advice.covered or nearest.ranked[0] not in known:
        raise UnknownName("no playbook fits this incident; write one first, or name the nearest as PLAYBOOK")
    return known[nearest.ranked[0]]


def _write(file: Path, text: str) -> None:
    if file.exists():
        raise InvalidInput(f"{file} exists already; remove it, or give another --out")
    try:
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise InvalidInput(f"{file} cannot be written ({error.strerror}); give another --out") from error


@click.command("check")
@click.argument("path", required=False, type=click.Path(path_type=Path))
@click.option("--json", "json_", is_flag=True, help="Print JSON alone.")
def check_command(path: Path | None, json_: bool) -> None:
    """Check scenario files at PATH, or those of the corpus; exit 1 if any is wrong."""
    from assistant.training.checking import check

    with Improv(load_settings()) as improv:
        root = improv.corpus.root
    checked = check(path or root / "drills" / "scenarios", {file.stem for file in (root / "playbooks").glob("*.md")})
    if json_:
        click.echo(json.dumps(dataclasses.asdict(checked), ensure_ascii=False, indent=2))
    else:
        for fault in checked.faults:
            click.echo(f"{fault.file}:{fault.line}: {fault.message}")
        files = "1 file" if checked.files == 1 else f"{checked.files} files"
        click.echo(f"{files}, {len(checked.faults)} faults" if checked.faults else f"{files}, all well")
    sys.exit(NO if checked.faults else 0)
