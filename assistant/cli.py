"""The command line. Thin: parses, asks `Improv`, prints. Heavy imports happen in the commands that need them."""

from __future__ import annotations

import dataclasses
import json
import logging
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NoReturn, cast

import click

from assistant.assembly import open_improv
from assistant.domain.advice import Advice
from assistant.domain.vocabulary import Lang
from assistant.errors import ImprovError, InvalidInput
from assistant.settings import load_settings
from assistant.terminal import print_advice, show_progress
from evals.commands import evaluation

BAD_INPUT = 2
NO = 1

as_json = click.option("--json", "json_", is_flag=True, help="Print JSON alone.")
in_collection = click.option("--collection", default="main", show_default=True, help="Which collection.")


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
    click.echo(json.dumps(value, ensure_ascii=False, indent=2, default=dataclasses.asdict))


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
@as_json
def ingest(paths: tuple[Path, ...], collection: str, json_: bool) -> None:
    """Take files or folders into the knowledge base."""
    with open_improv(progress=show_progress) as improv:
        reports = []
        for report in improv.library.ingest(paths, collection, show_progress):
            reports.append(report)
            if not json_:
                click.echo(f"{report.status:>9}  {report.file}{f' ({report.reason})' if report.reason else ''}")
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
            click.echo(f"{info.collection:<8} {info.kind:<9} {info.name:<52} {info.title}")


@corpus.command("show")
@click.argument("name")
@as_json
def corpus_show(name: str, json_: bool) -> None:
    """Show the passages of one document."""
    with open_improv(progress=show_progress) as improv:
        found = [i for i in improv.documents.infos() if i.name == name]
        if not found:
            _fail(f"there is no document {name!r}; `improv corpus list` shows what there is")
        passages = improv.documents.passages_of(found[0].collection, name)
        if json_:
            sections = [dataclasses.asdict(stored.passage) for stored in passages]
            _print_json({**dataclasses.asdict(found[0]), "sections": sections})
            return
        click.echo(f"{found[0].title}  (version {found[0].version})")
        for stored in passages:
            click.echo(f"\n[{stored.passage.locator}]\n{stored.passage.text}")


@corpus.command("remove")
@click.argument("name")
@click.option("--collection", default=None, help="Only from this collection.")
def corpus_remove(name: str, collection: str | None) -> None:
    """Remove a document, from the index too."""
    with open_improv(progress=show_progress) as improv:
        improv.library.remove(name, collection)
        click.echo(f"removed {name}")


@corpus.command("check")
@click.argument("path", required=False, type=click.Path(path_type=Path))
@as_json
def corpus_check(path: Path | None, json_: bool) -> None:
    """Check playbooks; exit 1 if any is wrong."""
    from assistant.knowledge.checking import check_playbooks
    from assistant.knowledge.corpus import Corpus

    settings = load_settings()
    findings = list(check_playbooks(Corpus(settings.corpus), path))
    if json_:
        _print_json(findings)
    else:
        for finding in findings:
            click.echo(f"{finding.level}: {finding.message}")
        errors = sum(finding.level == "error" for finding in findings)
        click.echo(f"{errors} errors, {len(findings) - errors} warnings")
    sys.exit(NO if any(finding.level == "error" for finding in findings) else 0)


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


main.add_command(evaluation)


def _answer_lines(lines: Iterable[str], key: str, answer: Callable[[str], dict[str, Any]]) -> None:
    """One JSON line out for each line in; a bad line gives an error and the rest go on."""
    for line in lines:
        answered = json.dumps(_answer_line(line, key, answer), ensure_ascii=False)
        # An id may hold half a character, which only its escape can carry.
        click.echo(answered.encode("utf-8", "backslashreplace").decode("utf-8"))


def _answer_line(line: str, key: str, answer: Callable[[str], dict[str, Any]]) -> dict[str, Any]:
    id_: object = None
    try:
        given = json.loads(line)
        if not isinstance(given, dict):
            raise InvalidInput(f'the line is not a JSON object; write {{"id": …, "{key}": …}}')
        id_ = given.get("id")
        if not isinstance(given.get(key), str):
            raise InvalidInput(f"the line has no text under {key!r}")
        return {"id": id_, **answer(given[key])}
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
