"""`improv site`: what is at hand at a site. Thin: parses, asks, prints."""

from __future__ import annotations

from pathlib import Path

import click

from assistant.assembly import Improv
from assistant.commands.options import as_json
from assistant.commands.output import fail, print_json
from assistant.settings import load_settings


@click.group("site")
def site_group() -> None:
    """What is at hand at a site."""


@site_group.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--site", help="Into which site; default IMPROV_SITE.")
@as_json
def site_import(file: Path, site: str | None, json_: bool) -> None:
    """Add a list of resources and people (CSV, Excel) to a site; one a row."""
    from assistant.resources.importing import import_resources

    with Improv(load_settings()) as improv:
        report = import_resources(improv.corpus, site or improv.settings.site, file)
    if json_:
        print_json(report)
    else:
        for status in ("added", "changed", "unchanged"):
            for id_ in getattr(report, status):
                click.echo(f"{status:>9}  {id_}")
        for number, reason in report.rejected.items():
            click.echo(f" rejected  row {number} ({reason})")
    if report.rejected and not (report.added or report.changed or report.unchanged):
        fail("nothing was taken in; the reason stands beside each row")


@site_group.command("show")
@click.argument("site", required=False)
@as_json
def site_show(site: str | None, json_: bool) -> None:
    """Show what is at hand at a site now."""
    with Improv(load_settings()) as improv:
        found = improv.at_hand.standings(site or improv.settings.site)
        if json_:
            print_json(
                [{"id": one.resource.id, "status": one.status, "free": one.free, "until": one.until} for one in found]
            )
            return
        for one in found:
            left = "" if one.free is None else f"{one.free} free"
            until = f"until {one.until:%a %H:%M}" if one.until else ""
            click.echo(f"{one.status:<9} {one.resource.id:<28} {left:<8} {until}".rstrip())
