"""The command line. Thin: parses, asks `Improv`, prints. Heavy imports happen in the commands that need them."""

from __future__ import annotations

import dataclasses
import json
import logging
import sys
from collections.abc import Callable, Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Any, NoReturn, cast

import click

from assistant.assembly import Improv, open_improv
from assistant.domain.advice import Advice
from assistant.domain.document import Remark, Validity
from assistant.domain.vocabulary import Lang
from assistant.drills_files import check_command, draft_command
from assistant.errors import ImprovError, InvalidInput
from assistant.settings import load_settings
from assistant.terminal import print_advice, show_progress
from evals.commands import evaluation

BAD_INPUT = 2
NO = 1

REMARKS = {
    "hidden": "hidden text left out",
    "order": "order to the assistant left out",
    "unread": "not read",
    "recognised": "to be checked",
}

as_json = click.option("--json", "json_", is_flag=True, help="Print JSON alone.")
in_collection = click.option("--collection", default="main", show_default=True, help="Which collection.")
of_collection = click.option(
    "--collection", default=None, help="Of this collection; default main, or the one it is in."
)
in_tongue = click.option(
    "--lang", type=click.Choice(["en", "zh"]), default="en", show_default=True, help="Language of the guest."
)
DAY = click.DateTime(["%Y-%m-%d"])
valid_from = click.option("--valid-from", type=DAY, metavar="YYYY-MM-DD", help="First day on which it applies.")
valid_until = click.option("--valid-until", type=DAY, metavar="YYYY-MM-DD", help="Last day on which it applies.")


class _Commands(click.Group):
    """Translates errors once: one plain sentence on standard error and an exit status, never a traceback."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except ImprovError as error:
            _fail(str(error))
        except BrokenPipeError:  # the reader of our output went away, as `head` does
            sys.exit(0)
        except KeyboardInterrupt:
            click.echo("stopped", err=True)
            sys.exit(130)


def _fail(message: str, status: int = BAD_INPUT) -> NoReturn:
    click.echo(f"improv: {message}", err=True)
    sys.exit(status)


def _print_json(value: object) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=2, default=_plain))


def _plain(value: Any) -> object:  # noqa: ANN401 (whatever JSON does not know)
    return value.isoformat() if isinstance(value, date) else dataclasses.asdict(value)


def _validity(first: datetime | None, last: datetime | None) -> Validity | None:
    """The days given on the command line, or None where none is."""
    if first is None and last is None:
        return None
    return Validity(first.date() if first else None, last.date() if last else None)


def _print_remarks(remarks: Iterable[Remark]) -> None:
    for remark in remarks:
        where = f" ({remark.locator})" if remark.locator else ""
        click.echo(f"           {REMARKS[remark.kind]}{where}: {remark.text}")


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
        uvicorn.run(create_app(improv), host=host, port=port, log_level="warning", access_log=False)


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
    validity = _validity(valid_from, valid_until)
    with open_improv(progress=show_progress) as improv:
        reports = []
        for report in improv.library.ingest(paths, collection, show_progress, validity=validity, replace=replace):
            reports.append(report)
            if not json_:
                click.echo(f"{report.status:>9}  {report.file}{f' ({report.reason})' if report.reason else ''}")
                _print_remarks(report.remarks)
        if json_:
            _print_json(reports)
        if reports and all(report.status == "rejected" for report in reports):
            _fail("nothing was taken in; the reason stands beside each file")
        if not reports:
            _fail("there is no file in what was given")


@main.group()
def corpus() -> None:
    """What is in the knowledge base."""


@corpus.command("list")
@as_json
def corpus_list(json_: bool) -> None:
    """List all documents."""
    with open_improv(progress=show_progress) as improv:
        infos = improv.documents.infos()
        if json_:
            _print_json(infos)
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
            _print_json({**dataclasses.asdict(info), "sections": sections})
            return
        click.echo(f"{info.title}  (version {info.number}, {info.version}; {info.validity})")
        _print_remarks(info.remarks)
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
            _print_json(versions)
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
            _print_json(active)
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
def corpus_validity(
    name: str, valid_from: datetime | None, valid_until: datetime | None, collection: str | None, json_: bool
) -> None:
    """Set the days on which a document applies; without any it applies always."""
    with open_improv(progress=show_progress) as improv:
        improv.library.set_validity(name, _validity(valid_from, valid_until) or Validity(), collection)
        info = improv.library.find(name, collection)
        if json_:
            _print_json(info)
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
            _print_json({"removed": name})
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
        _print_json(found.findings)
    else:
        print_audit(found, notes=notes, coverage=coverage)
    sys.exit(NO if found.count("error") else 0)


@main.command()
@click.argument("query", required=False)
@click.option("-k", default=10, show_default=True, type=click.IntRange(1, 1000), help="How many passages.")
@click.option("--batch", type=click.Path(path_type=Path), help='JSON lines {"id", "query"}.')
@in_collection
@as_json
def search(query: str | None, k: int, batch: Path | None, collection: str, json_: bool) -> None:
    """Search passages."""
    lines = _lines(batch) if batch is not None else []
    if batch is None and query is None:
        _fail("give a query, or --batch FILE")
    with open_improv(progress=show_progress) as improv:

        def results(text: str) -> list[dict[str, Any]]:
            found = improv.search(text, k, collection)
            return [{"rank": rank, **dataclasses.asdict(passage)} for rank, passage in enumerate(found, 1)]

        if query is None or batch is not None:
            improv.retriever(collection)
            _answer_lines(lines, "query", lambda text: {"results": results(text)})
            return
        answers = results(query)
        if json_:
            _print_json(answers)
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
@click.option("--batch", type=click.Path(path_type=Path), help='JSON lines {"id", "text"}.')
@as_json
def suggest(
    text: str | None, role: str | None, site: str | None, lang: str | None, batch: Path | None, json_: bool
) -> None:
    """Say what to do about an incident."""
    lines = _lines(batch) if batch is not None else []
    if batch is None and text is None:
        _fail("give the incident in quotes, or --batch FILE")
    with open_improv(progress=show_progress) as improv:

        def advise(incident: str) -> Advice:
            return improv.suggest(incident, role=role, site=site, lang=cast(Lang | None, lang))

        if text is None or batch is not None:
            improv.site(site or improv.settings.site)
            _answer_lines(lines, "text", lambda incident: {"advice": dataclasses.asdict(advise(incident))})
            return
        advice = advise(text)
        if json_:
            _print_json(advice)
        else:
            print_advice(advice)


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


@main.group()
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
            _print_json([{key: getattr(scenario, key) for key in keys} for scenario in scenarios])
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
            _fail("nothing was said", NO)
        if json_:
            _print_json(made)


@drill.command("assess")
@click.option("--batch", required=True, type=click.Path(path_type=Path), help='JSON lines {"id", "guest", "staff"}.')
@as_json
def drill_assess(batch: Path, json_: bool) -> None:  # noqa: ARG001 (it prints JSON lines in any case)
    """Say which moves each reply makes, and how good it is: 1 to 5."""
    lines = _lines(batch)
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

        _answer_objects(lines, "staff", judge)


drill.add_command(draft_command)
drill.add_command(check_command)
main.add_command(evaluation)


def _answer_lines(lines: Iterable[str], key: str, answer: Callable[[str], dict[str, Any]]) -> None:
    """The same for answers that need one text alone."""
    _answer_objects(lines, key, lambda given: answer(given[key]))


def _answer_objects(lines: Iterable[str], key: str, answer: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    """One JSON line out for each line in; a bad line gives an error and the rest go on."""
    for line in lines:
        answered = json.dumps(_answer_line(line, key, answer), ensure_ascii=False)
        # An id may hold half a character, which only its escape can carry.
        click.echo(answered.encode("utf-8", "backslashreplace").decode("utf-8"))


def _answer_line(line: str, key: str, answer: Callable[[dict[str, Any]], dict[str, Any]]) -> dict[str, Any]:
    id_: object = None
    try:
        given = json.loads(line)
        if not isinstance(given, dict):
            raise InvalidInput(f'the line is not a JSON object; write {{"id": …, "{key}": …}}')
        id_ = given.get("id")
        if not isinstance(given.get(key), str):
            raise InvalidInput(f"the line has no text under {key!r}")
        return {"id": id_, **answer(given)}
    except json.JSONDecodeError as error:
        return {"id": id_, "error": f"the line is not JSON ({error.msg}, column {error.colno})"}
    except (ValueError, RecursionError) as error:  # a number of thousands of digits, endless nesting
        return {"id": id_, "error": f"the line is not JSON that can be read ({error})"}
    except ImprovError as error:
        return {"id": id_, "error": str(error)}


def _lines(path: Path) -> list[str]:
    try:
        text = sys.stdin.read() if str(path) == "-" else path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise InvalidInput(f"{path} cannot be read ({error.strerror}); check the path") from error
    except UnicodeDecodeError as error:
        raise InvalidInput(f"{path} is not UTF-8 text; save it as UTF-8") from error
    # Not splitlines: JSON strings may hold line separators of other kinds.
    return [line for line in text.split("\n") if line.strip()]


if __name__ == "__main__":
    main()
