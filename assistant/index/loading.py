"""The encoder that the settings name, loaded beside other work."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from assistant.index.bundled import ensure_runtime
from assistant.index.caching import CachingEmbedder
from assistant.index.onnx_encoder import OnnxEncoder
from assistant.index.ports import Embedder
from assistant.index.sentence_transformers_encoder import SentenceTransformerEncoder
from assistant.index.shipped import ShippedVectors

THREADS = 2
"""Threads of the encoder: two halve the wait of one question; more gain nothing on this model's size."""


_loaded: dict[tuple[str, Path], Future[Embedder]] = {}


def load_encoder(model: str, models: Path) -> Future[Embedder]:
    """Load `model` (`bundled`, a path or a hub name) in the background, behind a cache of recent questions.

    `models` is the folder in which the bundled encoder is unpacked. The future raises MissingPart. Who opens the
    product once more in a process gets the same encoder: nothing ever changes it.
    """
    asked = (model, models.resolve())
    known = _loaded.get(asked)
    if known is None or (known.done() and known.exception()):
        known = _loaded[asked] = _load(model, models)
    return known


def _load(model: str, models: Path) -> Future[Embedder]:
    def load() -> Embedder:
        if model != "bundled":
            return CachingEmbedder(SentenceTransformerEncoder(model))
        return CachingEmbedder(ShippedVectors(OnnxEncoder(ensure_runtime(models), THREADS)))

    executor = ThreadPoolExecutor(1, thread_name_prefix="encoder")
    future = executor.submit(load)
    executor.shutdown(wait=False)
    if model != "bundled":
        future.exception()  # torch is imported by one thread at a time
    return future
