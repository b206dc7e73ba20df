"""The ordinary pipeline: LangChain's Chroma retriever around the same encoder and the same passages."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import chromadb
import numpy as np
from chromadb.config import Settings as ChromaSettings
from langchain_chroma import Chroma
from langchain_core.embeddings import Embeddings

from assistant.assembly import Improv
from assistant.index.ports import Embedder
from assistant.library import MAIN

COLLECTION = "plain"
K = 4
AT_ONCE = 1000


class LangChainEmbeddings(Embeddings):
    """An Embedder as LangChain wants it."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Vectors of passages."""
        vectors: list[list[float]] = self._embedder.passages(texts).tolist()
        return vectors

    def embed_query(self, text: str) -> list[float]:
        """The vector of one question."""
        vector: list[float] = self._embedder.queries([text])[0].tolist()
        return vector


def plain_retriever(improv: Improv, embedder: Embedder, folder: Path) -> Callable[[str], object]:
    """`as_retriever(k=4).invoke` over a copy of the main collection; the vectors are taken over, not made anew."""
    client = chromadb.PersistentClient(str(folder), ChromaSettings(anonymized_telemetry=False))
    collection = client.get_or_create_collection(COLLECTION, embedding_function=None)
    stored = improv.documents.passages(MAIN)
    vectors = improv.library.passage_index(MAIN).vectors([passage.id for passage in stored])
    for start in range(0, len(stored), AT_ONCE):
        part = stored[start : start + AT_ONCE]
        collection.upsert(
            ids=[s.id for s in part],
            embeddings=np.array([vectors[s.id] for s in part], np.float32),
            documents=[s.passage.text for s in part],
            metadatas=[{"document": s.document, "locator": s.passage.locator} for s in part],
        )
    store = Chroma(COLLECTION, LangChainEmbeddings(embedder), client=client)
    return store.as_retriever(search_kwargs={"k": K}).invoke
