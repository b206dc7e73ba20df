"""The command line. Thin: parses, asks `Improv`, prints. Heavy imports happen in the commands that need them."""

from __future__ import annotations

import dataclasses
import logging
import sys
from datetime import datetime
from pathlib import Path
from typing import Any, cast

import click

from assistant.assembly import open_improv
from assistant.commands.batch import answer_lines, read_lines
from assistant.commands.corpus import corpus
from assistant.commands.drills import drill
from assistant.commands.options import as_json, in_collection, valid_from, valid_until, validity_of
from assistant.commands.output import NO, fail, print_json, print_remarks
from assistant.commands.site import site_group
from assistant.domain.advice import Advice
from assistant.domain.vocabulary import GUIDANCES, Guidance, Lang
from assistant.errors import ImprovError
from assistant.settings import load_settings
from assistant.terminal import print_advice, show_progress
from evals.commands import evaluation


class _Commands(click.Group):
    """Translates errors once: one plain sentence on standard error and an exit status, never a traceback."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except ImprovError as error:
            fail(str(error))
        except BrokenPipeError:  # the reader of our output went away, as `head` does
            sys.exit(0)
        except KeyboardInterrupt:
            click.echo("stopped", err=True)
            sys.exit(130)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="improv-assistant")
def main() -> None:
    """The assistant that stands beside frontline staff when the script runs out."""
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr, format="%(levelname)s %(name)s: %(message)s")


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="Port to listen on.")
def serve(host: str, port: int) -> None:
    """Serve the pages and the HTTP interface."""
    import uvicorn

    from assistant.server.app import create_app

    with open_improv(progress=show_progress) as improv:
        shown = "127.0.0.1" if host in {"0.0.0.0", "::"} else host
        click.echo(f"Improv is ready at http://{shown}:{port}/ (Ctrl+C stops it)", err=True)
        # Rooms are watched for as long as their page is open: the server does not wait for that when it stops.
        uvicorn.run(
            create_app(improv),
            host=host,
            port=port,
            log_level="warning",
            access_log=False,
            timeout_graceful_shutdown=2,
        )


@main.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@in_collection
@valid_from
@valid_until
@click.option("--replace", is_flag=True, help="A file of the name of another is its new version.")
@as_json
def ingest(
    paths: tuple[Path, ...],
    collection: str,
    valid_from: datetime | None,
    valid_until: datetime | None,
    replace: bool,
    json_: bool,
) -> None:
    """Take files or folders into the knowledge base."""
    validity = validity_of(valid_from, valid_until)
    with open_improv(progress=show_progress) as improv:
        reports = []
        for report in improv.library.ingest(paths, collection, show_progress, validity=validity, replace=replace):
            reports.append(report)
            if not json_:
                click.echo(f"{report.status:>9}  {report.file}{f' ({report.reason})' if report.reason else ''}")
                print_remarks(report.remarks)
        if json_:
            print_json(reports)
        if reports and all(report.status == "rejected" for report in reports):
            fail("nothing was taken in; the reason stands beside each file")
        if not reports:
            fail("there is no file in what was given")


@main.command()
@click.argument("query", required=False)
@click.option("-k", default=10, show_default=True, type=click.IntRange(1, 1000), help="How many passages.")
@click.option("--batch", type=click.Path(path_type=Path), help='JSON lines {"id", "query"}.')
@in_collection
@as_json
def search(query: str | None, k: int, batch: Path | None, collection: str, json_: bool) -> None:
    """Search passages."""
    lines = read_lines(batch) if batch is not None else []
    if batch is None and query is None:
        fail("give a query, or --batch FILE")
    with open_improv(progress=show_progress) as improv:

        def results(text: str) -> list[dict[str, Any]]:
            found = improv.search(text, k, collection)
            return [{"rank": rank, **dataclasses.asdict(passage)} for rank, passage in enumerate(found, 1)]

        if query is None or batch is not None:
            improv.retriever(collection)
            answer_lines(lines, "query", lambda text: {"results": results(text)})
            return
        answers = results(query)
        if json_:
            print_json(answers)
        else:
            for answer in answers:
                click.echo(f"{answer['rank']:>2}. {answer['score']:.3f}  {answer['document']} · {answer['locator']}")
                click.echo(f"    {' '.join(answer['text'].split())[:160]}")
        sys.exit(0 if answers else NO)


@main.command()
@click.argument("text", required=False)
@click.option("--role", help="Your role at the site, e.g. front_desk.")
@click.option("--site", help="Which site; default IMPROV_SITE.")
@click.option("--lang", type=click.Choice(["zh", "en"]), help="Language of the answer; default that of the text.")
@click.option("--staff", help="Your staff id; its guidance then applies.")
@click.option("--guidance", type=click.Choice(GUIDANCES), help="How much is laid down; default that of staff or site.")
@click.option("--batch", type=click.Path(path_type=Path), help='JSON lines {"id", "text"}.')
@as_json
def suggest(
    text: str | None,
    role: str | None,
    site: str | None,
    lang: str | None,
    staff: str | None,
    guidance: Guidance | None,
    batch: Path | None,
    json_: bool,
) -> None:
    """Say what to do about an incident."""
    lines = read_lines(batch) if batch is not None else []
    if batch is None and text is None:
        fail("give the incident in quotes, or --batch FILE")
    with open_improv(progress=show_progress) as improv:

        def advise(incident: str) -> Advice:
            return improv.suggest(
                incident, role=role, site=site, lang=cast(Lang | None, lang), staff=staff, guidance=guidance
            )

        if text is None or batch is not None:
            improv.site(site or improv.settings.site)
            answer_lines(lines, "text", lambda incident: {"advice": dataclasses.asdict(advise(incident))})
            return
        advice = advise(text)
        if json_:
            print_json(advice)
        else:
            print_advice(advice)


@main.command()
def mcp() -> None:
    """Serve other assistants over standard input and output (Model Context Protocol)."""
    from assistant.tools import tool_server

    with open_improv(progress=show_progress) as improv:
        tool_server(improv).run("stdio")


@main.command()
def doctor() -> None:
    """Check the installation, index and configuration, and repair what is safe to repair."""
    from assistant.doctor import examine

    settings = load_settings()
    healthy = True
    for finding in examine(settings, show_progress):
        healthy = healthy and finding.healthy
        click.echo(f"{'ok ' if finding.healthy else 'BAD'}  {finding.text}")
    sys.exit(0 if healthy else NO)


main.add_command(corpus)
main.add_command(drill)
main.add_command(site_group)
main.add_command(evaluation)


if __name__ == "__main__":
    main()
