"""Examines an installation part by part and repairs what can be rebuilt without loss."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from assistant.assembly import Improv
from assistant.errors import ImprovError, IndexUnavailable
from assistant.library import MAIN, Progress
from assistant.settings import Settings

QUESTION = "a guest is waiting"


@dataclass(frozen=True, slots=True)
class Finding:
    """One part examined."""

    healthy: bool
    text: str


def examine(settings: Settings, progress: Progress) -> Iterator[Finding]:
    """One finding a part: corpus, database, encoder, index, site, language model."""
    improv = Improv(settings)
    for name, check in (
        ("corpus", lambda: _corpus(improv)),
        ("database", lambda: _database(improv)),
        ("encoder", lambda: _encoder(improv)),
        ("index", lambda: _index(improv, progress)),
        ("site", lambda: f"{improv.site(settings.site).id}"),
        ("answer", lambda: _answer(improv)),
        ("language model", lambda: settings.llm_base_url or "none set; none is needed"),
    ):
        yield _examined(name, check)
    improv.close()


def _examined(name: str, check: Callable[[], str]) -> Finding:
    try:
        return Finding(True, f"{name}: {check()}")
    except ImprovError as error:
        return Finding(False, f"{name}: {error}")


def _corpus(improv: Improv) -> str:
    count = sum(1 for _ in improv.corpus.documents())
    return f"{count} documents in {improv.corpus.root}"


def _database(improv: Improv) -> str:
    return f"{len(improv.documents.infos())} documents in {improv.engine.url.render_as_string()}"


def _encoder(improv: Improv) -> str:
    return f"{improv.embedder.name}, {improv.embedder.queries([QUESTION]).shape[1]} dimensions"


def _index(improv: Improv, progress: Progress) -> str:
    try:
        return _repair(improv, progress)
    except IndexUnavailable:
        if improv.settings.chroma_url:
            raise
        # The embedded index holds nothing that the records do not: a broken one is replaced.
        improv.drop_index()
        return f"was broken; built anew. {_repair(improv, progress)}"


def _repair(improv: Improv, progress: Progress) -> str:
    improv.library.sync_corpus(progress)
    repaired = []
    for collection in improv.documents.collections():
        if not improv.library.is_sound(collection):
            improv.library.rebuild_index(collection, progress)
            repaired.append(collection)
    entries = len(improv.library.passage_index(MAIN).ids())
    return f"{entries} passages in {MAIN}" + (f"; rebuilt: {', '.join(repaired)}" if repaired else "")


def _answer(improv: Improv) -> str:
    improv.prepare()
    advice = improv.suggest(QUESTION, record=False)
    return f"{len(advice.actions)} actions in {advice.timing_ms.total} ms"
