"""Chroma, embedded in the process or as a server, behind the port `PassageIndex`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlparse

import chromadb
import numpy as np
from chromadb.api import ClientAPI
from chromadb.api.client import Client
from chromadb.api.shared_system_client import SharedSystemClient
from chromadb.config import Settings as ChromaSettings
from chromadb.errors import ChromaError

from assistant.errors import IndexUnavailable
from assistant.index.ports import IndexEntry, IndexHit, Vectors

WRITE_BATCH = 1000


def connect(home: Path, url: str) -> ClientAPI:
    """A client of the server at `url`, or of the embedded engine under `home` where `url` is empty.

    Raises IndexUnavailable where neither can be opened.
    """
    quiet = ChromaSettings(anonymized_telemetry=False)
    try:
        if not url:
            folder = home / "chroma"
            folder.mkdir(parents=True, exist_ok=True)
            return chromadb.PersistentClient(path=str(folder), settings=quiet)
        parts = urlparse(url)
        if not parts.hostname:
            raise IndexUnavailable(f"IMPROV_CHROMA_URL={url!r} is not a URL; write it as http://host:port")
        port = parts.port or (443 if parts.scheme == "https" else 8000)
        return chromadb.HttpClient(host=parts.hostname, port=port, ssl=parts.scheme == "https", settings=quiet)
    except (ChromaError, ValueError, OSError) as error:
        where = url or str(home / "chroma")
        # Chroma keeps what failed to start, and would fail on it again after a repair.
        SharedSystemClient.clear_system_cache()
        raise IndexUnavailable(f"the vector index at {where} cannot be opened ({error}); run improv doctor") from error


def disconnect(client: ClientAPI) -> None:
    """Let the engine go; its files may be moved or deleted after that."""
    if isinstance(client, Client):
        client.close()


@contextmanager
def _answering() -> Iterator[None]:
    try:
        yield
    except ChromaError as error:
        raise IndexUnavailable(f"the vector index did not answer ({error}); run improv doctor") from error


class ChromaIndex:
    """One Chroma collection with cosine likeness. Vectors always come from outside."""

    def __init__(self, client: ClientAPI, name: str) -> None:
        self._client, self._name = client, name
        self._collection = self._open()

    @_answering()
    def _open(self) -> chromadb.Collection:
        return self._client.get_or_create_collection(
            self._name,
            # Without this Chroma loads, and tries to download, an English-only model of its own.
            embedding_function=None,
            configuration={"hnsw": {"space": "cosine", "ef_construction": 200, "ef_search": 200}},
        )

    @property
    def state(self) -> Mapping[str, Any]:
        """What `mark` stored last; empty for a new index."""
        return self._collection.metadata or {}

    @_answering()
    def mark(self, state: Mapping[str, str | int]) -> None:
        """Store with the index what it was built from."""
        self._collection.modify(metadata=dict(state))

    @_answering()
    def clear(self) -> None:
        """Drop everything, for instance because the encoder changed."""
        self._client.delete_collection(self._name)
        self._collection = self._open()

    @_answering()
    def add(self, entries: Sequence[IndexEntry], vectors: Vectors) -> None:
        """Store entries; an id that is there already is overwritten."""
        for start in range(0, len(entries), WRITE_BATCH):
            part = entries[start : start + WRITE_BATCH]
            self._collection.upsert(
                ids=[entry.id for entry in part],
                embeddings=vectors[start : start + WRITE_BATCH],
                metadatas=[dict(entry.metadata) for entry in part],
            )

    @_answering()
    def remove(self, ids: Iterable[str]) -> None:
        """Forget entries; unknown ids are ignored."""
        gone = list(ids)
        for start in range(0, len(gone), WRITE_BATCH):
            self._collection.delete(ids=gone[start : start + WRITE_BATCH])

    @_answering()
    def ids(self) -> set[str]:
        """Every id in the index."""
        return set(self._collection.get(include=[])["ids"])

    @_answering()
    def vectors(self, ids: Sequence[str]) -> dict[str, Vectors]:
        """Stored vectors by id, shape (dimension,); unknown ids are left out."""
        found = self._collection.get(ids=list(ids), include=["embeddings"])
        rows = np.asarray(found["embeddings"], np.float32)
        return dict(zip(found["ids"], rows, strict=True))

    @_answering()
    def search(self, vector: Vectors, k: int, where: Mapping[str, object] | None = None) -> list[IndexHit]:
        """The `k` entries nearest to `vector` (shape (dimension,)) among those that `where` admits."""
        answer = self._collection.query(
            query_embeddings=np.asarray(vector, np.float32)[None],
            n_results=k,
            where=cast(Any, where) or None,
            include=["distances"],
        )
        distances = (answer["distances"] or [[]])[0]
        pairs = zip(answer["ids"][0], distances, strict=True)
        return [IndexHit(id_, 1.0 - float(distance)) for id_, distance in pairs]
