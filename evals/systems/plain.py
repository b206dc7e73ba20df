"""What a team would build in an afternoon: LangChain with Chroma and top-k, or BM25 alone, over the same playbooks."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import TYPE_CHECKING
from uuid import uuid4

from langchain_core.embeddings import Embeddings

from assistant.assembly import open_improv
from assistant.domain.language import language_of
from assistant.settings import load_settings
from assistant.terminal import show_progress
from evals.answer import Answer
from evals.case import Case
from evals.systems.handbook import MOST, Chunk, answer_from, chunks_of, signals_of, steps_of

if TYPE_CHECKING:
    from langchain_chroma import Chroma

    from assistant.domain.playbook import Playbook
    from assistant.index.ports import Embedder


class PlainChroma:
    """LangChain's Chroma store over handbook chunks, the eight nearest. The encoder is the product's own."""

    name = "langchain-chroma"

    def __init__(self) -> None:
        with open_improv(load_settings(), show_progress) as improv:
            self._embedder: Embedder = improv.embedder
            self._playbooks = improv.playbooks()
        self._pieces = self._cut(self._playbooks)
        self._store = _chroma(self._embedder, self._pieces)

    @property
    def versions(self) -> dict[str, str]:
        """The encoder's name."""
        return {"encoder": self._embedder.name}

    def answer(self, case: Case) -> Answer:
        """The eight nearest chunks. It cannot say that nothing fits, nor that there is danger."""
        started = time.perf_counter()
        return answer_from(self._nearest(case.text, MOST), time.perf_counter() - started)

    def close(self) -> None:
        """Drop the collection."""
        self._store.delete_collection()

    def _cut(self, playbooks: tuple[Playbook, ...]) -> list[Chunk]:
        return chunks_of(playbooks)

    def _nearest(self, text: str, count: int) -> list[Chunk]:
        return [self._pieces[int(document.id or 0)] for document in self._store.similarity_search(text, k=count)]


class PlainSignals(PlainChroma):
    """The same store over titles and signals; advice is what the nearest playbook says, from its beginning."""

    name = "langchain-chroma-signals"

    def answer(self, case: Case) -> Answer:
        """The first eight lines of the playbook with the nearest signal."""
        started = time.perf_counter()
        near = self._nearest(case.text, len(self._playbooks))
        ranked = tuple(dict.fromkeys(piece.playbook for piece in near))
        first = next(playbook for playbook in self._playbooks if playbook.id == ranked[0])
        return answer_from(steps_of(first, case.lang)[:MOST], time.perf_counter() - started, ranked)

    def _cut(self, playbooks: tuple[Playbook, ...]) -> list[Chunk]:
        return signals_of(playbooks)


class PlainBM25:
    """BM25 over the chunks in the question's language; words as the product cuts them."""

    name = "bm25"

    def __init__(self) -> None:
        from assistant.index.lexical import LexicalIndex

        with open_improv(load_settings(), show_progress) as improv:
            self._chunks = chunks_of(improv.playbooks())
        self._index = LexicalIndex([str(number) for number in range(len(self._chunks))], [c.text for c in self._chunks])

    @property
    def versions(self) -> dict[str, str]:
        """Nothing but itself."""
        return {}

    def answer(self, case: Case) -> Answer:
        """The eight chunks that share most with the text."""
        started = time.perf_counter()
        lang = language_of(case.text)
        hits = self._index.search(case.text, MOST * 4)
        chosen = [chunk for hit in hits if (chunk := self._chunks[int(hit.id)]).lang == lang][:MOST]
        return answer_from(chosen, time.perf_counter() - started)

    def close(self) -> None:
        """Nothing is open."""


def _chroma(embedder: Embedder, chunks: Sequence[Chunk]) -> Chroma:
    """A store of its own in memory; the place of a chunk is its id."""
    import chromadb
    from chromadb.config import Settings
    from langchain_chroma import Chroma

    store = Chroma(
        f"handbook-{uuid4().hex}",
        client=chromadb.EphemeralClient(Settings(anonymized_telemetry=False)),
        embedding_function=_Encoder(embedder),
        collection_metadata={"hnsw:space": "cosine"},
    )
    store.add_texts([chunk.text for chunk in chunks], ids=[str(number) for number in range(len(chunks))])
    return store


class _Encoder(Embeddings):
    """The product's encoder as LangChain wants one."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return [list(map(float, row)) for row in self._embedder.passages(texts)]

    def embed_query(self, text: str) -> list[float]:
        return list(map(float, self._embedder.queries([text])[0]))
