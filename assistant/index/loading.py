"""The encoder that the settings name, loaded beside other work, and the bundled one's deeper readers.

Who opens the product once more in a process gets the same ones: nothing ever changes them.
"""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.index.bundled import ensure_runtime
from assistant.index.caching import CachingEmbedder
from assistant.index.onnx_encoder import OnnxEncoder
from assistant.index.ports import Embedder
from assistant.index.sentence_transformers_encoder import SentenceTransformerEncoder
from assistant.index.shipped import ShippedVectors

if TYPE_CHECKING:  # only drills and the checking of a model's words need these
    from assistant.index.states import OnnxSpans
    from assistant.index.token_states import TokenReader

THREADS = 2
"""Threads of the encoder: two halve the wait of one question; more gain nothing on this model's size."""


_loaded: dict[tuple[str, Path], Future[Embedder]] = {}


def load_encoder(model: str, models: Path) -> Future[Embedder]:
    """Load `model` (`bundled`, a path or a hub name) in the background, behind a cache of recent questions.

    `models` is the folder in which the bundled encoder is unpacked. The future raises MissingPart.
    """
    asked = (model, models.resolve())
    known = _loaded.get(asked)
    if known is None or (known.done() and known.exception()):
        known = _loaded[asked] = _load(model, models)
    return known


def load_spans(models: Path) -> OnnxSpans:
    """The bundled encoder for parts of texts."""
    return _spans(models.resolve())


def load_tokens(models: Path) -> TokenReader:
    """The bundled encoder token by token."""
    return _tokens(models.resolve())


@lru_cache(maxsize=1)
def _spans(models: Path) -> OnnxSpans:
    from assistant.index.states import OnnxSpans

    return OnnxSpans(ensure_runtime(models), THREADS)


@lru_cache(maxsize=1)
def _tokens(models: Path) -> TokenReader:
    from assistant.index.token_states import TokenReader

    return TokenReader(ensure_runtime(models))


def _load(model: str, models: Path) -> Future[Embedder]:
    def load() -> Embedder:
        if model != "bundled":
            return CachingEmbedder(SentenceTransformerEncoder(model))
        return CachingEmbedder(ShippedVectors(OnnxEncoder(ensure_runtime(models.resolve()), THREADS)))

    executor = ThreadPoolExecutor(1, thread_name_prefix="encoder")
    future = executor.submit(load)
    executor.shutdown(wait=False)
    if model != "bundled":
        future.exception()  # torch is imported by one thread at a time
    return future
