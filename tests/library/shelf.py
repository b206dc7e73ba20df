"""A small library on disk: real records, real Chroma, the real encoder, four playbooks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from datetime import date
from pathlib import Path

import numpy as np

from assistant.index.chroma import ChromaIndex, connect
from assistant.index.ports import Embedder, Vectors
from assistant.knowledge.corpus import Corpus
from assistant.library import FileReport, Library
from assistant.records.database import open_database
from assistant.records.documents import DocumentStore

SOP = """# Pool towels

## Handing out towels

1. Ask the guest for the room card before handing out a pool towel.
2. Write the room number into the towel book at once.
3. Call the pool supervisor when more than four towels are wanted.
"""


class Remembering:
    """The real encoder, asked once for each text of the session."""

    def __init__(self, encoder: Embedder) -> None:
        self._encoder, self.name = encoder, encoder.name
        self._known: dict[tuple[str, str], Vectors] = {}

    def queries(self, texts: Sequence[str]) -> Vectors:
        return self._vectors("queries", texts)

    def passages(self, texts: Sequence[str]) -> Vectors:
        return self._vectors("passages", texts)

    def incidents(self, texts: Sequence[str]) -> Vectors:
        return self._vectors("incidents", texts)

    def _vectors(self, kind: str, texts: Sequence[str]) -> Vectors:
        missing = [text for text in dict.fromkeys(texts) if (kind, text) not in self._known]
        vectors = getattr(self._encoder, kind)(missing) if missing else ()
        self._known |= {(kind, text): vector for text, vector in zip(missing, vectors, strict=True)}
        return np.stack([self._known[kind, text] for text in texts])


class Shelf:
    """A library that can be closed and opened again as a new process would."""

    def __init__(self, folder: Path, embedder: Embedder, factors: Callable[[Sequence[str]], list[str]]) -> None:
        self.folder, self.embedder, self.factors = folder, embedder, factors
        self.corpus, self.files = folder / "corpus", folder / "files"

    @contextmanager
    def open(self, embedder: Embedder | None = None, today: date | None = None) -> Iterator[Library]:
        engine = open_database(f"sqlite:///{self.folder / 'improv.db'}")
        client = connect(self.folder, "")
        yield Library(
            DocumentStore(engine, (lambda: today) if today else date.today),
            embedder or self.embedder,
            lambda name: ChromaIndex(client, name),
            Corpus(self.corpus),
            lambda: self.factors,
            nullcontext(),
        )
        engine.dispose()

    def write(self, name: str, text: str | bytes) -> Path:
        """A file among those to ingest."""
        path = self.files / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return path

    def found(self, library: Library, question: str, collection: str = "main") -> list[str]:
        """Documents nearest to a question in the index, best first, each once."""
        owner = {stored.id: stored.document for stored in library.store.passages(collection)}
        hits = library.passage_index(collection).search(self.embedder.queries([question])[0], 10)
        return list(dict.fromkeys(owner.get(hit.id, f"orphan {hit.id}") for hit in hits))


def statuses(reports: Sequence[FileReport]) -> dict[str, str]:
    """What became of each file."""
    return {report.file: report.status for report in reports}
