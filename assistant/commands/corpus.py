"""`improv corpus`: what is in the knowledge base. Thin: parses, asks, prints."""

from __future__ import annotations

import dataclasses
import sys
from datetime import date, datetime
from pathlib import Path

import click

from assistant.assembly import Improv, open_improv
from assistant.commands.options import as_json, of_collection, valid_from, valid_until, validity_of
from assistant.commands.output import NO, print_json, print_remarks
from assistant.domain.document import Validity
from assistant.settings import load_settings
from assistant.terminal import show_progress


@click.group()
def corpus() -> None:
    """What is in the knowledge base."""


@corpus.command("list")
@as_json
def corpus_list(json_: bool) -> None:
    """List all documents."""
    with open_improv(progress=show_progress) as improv:
        infos = improv.documents.infos()
        if json_:
            print_json(infos)
            return
        for info in infos:
            rest = "" if info.validity.holds_on(improv.documents.today()) else "  (does not apply today)"
            click.echo(f"{info.collection:<8} {info.kind:<9} {info.name:<52} {info.title}{rest}")


@corpus.command("show")
@click.argument("name")
@of_collection
@as_json
def corpus_show(name: str, collection: str | None, json_: bool) -> None:
    """Show the passages of one document, and what was left out of it."""
    with open_improv(progress=show_progress) as improv:
        info = improv.library.find(name, collection)
        passages = improv.documents.passages_of(info.collection, name)
        if json_:
            sections = [dataclasses.asdict(stored.passage) for stored in passages]
            print_json({**dataclasses.asdict(info), "sections": sections})
            return
        click.echo(f"{info.title}  (version {info.number}, {info.version}; {info.validity})")
        print_remarks(info.remarks)
        for stored in passages:
            click.echo(f"\n[{stored.passage.locator}]\n{stored.passage.text}")


@corpus.command("versions")
@click.argument("name")
@of_collection
@as_json
def corpus_versions(name: str, collection: str | None, json_: bool) -> None:
    """List the versions of one document."""
    with open_improv(progress=show_progress) as improv:
        versions = improv.library.versions(name, collection)
        if json_:
            print_json(versions)
            return
        for known in versions:
            days = Validity(known.valid_from, known.valid_until)
            click.echo(
                f"{known.number:>3}  {known.status:<9} {known.version:<12} {known.added_at:%Y-%m-%d %H:%M}  {days}"
                + (f"  from {known.source}" if known.source else "")
            )


@corpus.command("rollback")
@click.argument("name")
@click.argument("version")
@of_collection
@as_json
def corpus_rollback(name: str, version: str, collection: str | None, json_: bool) -> None:
    """Make another version of a document, by its number, the active one."""
    with open_improv(progress=show_progress) as improv:
        active = improv.library.activate(name, version, collection)
        if json_:
            print_json(active)
        else:
            click.echo(
                f"version {active.number} of {name} is active ({Validity(active.valid_from, active.valid_until)})"
            )


@corpus.command("validity")
@click.argument("name")
@valid_from
@valid_until
@of_collection
@as_json
def corpusvalidity_of(
    name: str, valid_from: datetime | None, valid_until: datetime | None, collection: str | None, json_: bool
) -> None:
    """Set the days on which a document applies; without any it applies always."""
    with open_improv(progress=show_progress) as improv:
        improv.library.set_validity(name, validity_of(valid_from, valid_until) or Validity(), collection)
        info = improv.library.find(name, collection)
        if json_:
            print_json(info)
        else:
            click.echo(f"{name} is {info.validity}")


@corpus.command("remove")
@click.argument("name")
@click.option("--collection", default=None, help="Only from this collection.")
@as_json
def corpus_remove(name: str, collection: str | None, json_: bool) -> None:
    """Remove a document with all its versions, from the index too."""
    with open_improv(progress=show_progress) as improv:
        improv.library.remove(name, collection)
        if json_:
            print_json({"removed": name})
        else:
            click.echo(f"removed {name}")


@corpus.command("check")
@click.argument("path", required=False, type=click.Path(path_type=Path))
@click.option("--fast", is_flag=True, help="Leave out what needs the encoder: agreement, duplicates, reach.")
@click.option("--notes", is_flag=True, help="Print notes too; JSON and the page always hold them.")
@click.option("--coverage", is_flag=True, help="Print the table of situations by business too.")
@click.option("--html", type=click.Path(path_type=Path), help="Write everything as one page, too.")
@click.option("--reviewed-within", default=365, show_default=True, type=click.IntRange(1), help="Days; else stale.")
@as_json
def corpus_check(
    path: Path | None, fast: bool, notes: bool, coverage: bool, html: Path | None, reviewed_within: int, json_: bool
) -> None:
    """Check the corpus, or drafts at PATH against it; exit 1 if any playbook is wrong."""
    from assistant.terminal import print_audit

    with Improv(load_settings()) as improv:
        today = date.today()
        found = improv.audit(path, today=today, oldest_days=reviewed_within, fast=fast, progress=show_progress)
        if html is not None:
            from assistant.audit.page import write_page

            write_page(found, improv.corpus.needs, html)
    if json_:
        print_json(found.findings)
    else:
        print_audit(found, notes=notes, coverage=coverage)
    sys.exit(NO if found.count("error") else 0)
