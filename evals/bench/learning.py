"""Taking documents in: passages a second, and the index of the shipped corpus from nothing."""

from __future__ import annotations

import time
from pathlib import Path

from assistant.assembly import Improv
from assistant.index.bundled import ensure_runtime, ensure_sentence_transformer
from assistant.index.loading import THREADS
from assistant.index.onnx_encoder import OnnxEncoder
from assistant.library import MAIN, Progress, silent
from evals.bench.encoder_process import EncoderProcess
from evals.bench.material import write_folders
from evals.bench.prepared import environment, open_bench
from evals.bench.rows import Row, Section, row
from evals.bench.samples import REST_S, Samples

ROUNDS = 3
TORCH, OURS, INGEST = "sentence-transformers, torch fp32, encoding", "ours, encoding", "ours, ingest of a folder"


def measure_ingest(home: Path, passages: int) -> Section:
    """Three rounds of about `passages` passages each, in turns with the encoders alone."""
    rates: dict[str, list[float]] = {TORCH: [], OURS: [], INGEST: []}
    encoder = OnnxEncoder(ensure_runtime(home / "models"), THREADS)
    folder = ensure_sentence_transformer(home / "models")
    with open_bench(home, silent) as improv, EncoderProcess("torch", folder, environment(home)) as torch:
        for number, path in enumerate(write_folders(home.parent / "documents", ROUNDS, passages)):
            collection = f"bench-{number}"
            spent = _ingest(improv, path, collection)
            stored = improv.documents.passages(collection)
            texts = [s.passage.indexed_text for s in stored]
            rates[INGEST].append(len(texts) / spent)
            rates[TORCH].append(1000 * len(texts) / torch.passages(texts))
            rates[OURS].append(len(texts) / _seconds(encoder, texts))
    base = Samples(tuple(rates[TORCH]))
    rows = [row(name, "/s", Samples(tuple(values)), base, tail=False) for name, values in rates.items()]
    return Section("Passages of about 100 tokens (ratio to torch; more is better)", rows)


def measure_build(home: Path, progress: Progress) -> Section:
    """Everything that the first start does: encoder, records, heads, index."""
    started = time.perf_counter()
    with open_bench(home, progress) as improv:
        spent = time.perf_counter() - started
        entries = len(improv.documents.passages(MAIN)) + len(improv.library.signal_index().ids())
    return Section(
        "First start, from nothing",
        [Row("encoder, records, heads and index", "s", spent), Row("entries in the index", "", entries)],
    )


def _ingest(improv: Improv, path: Path, collection: str) -> float:
    time.sleep(REST_S)
    started = time.perf_counter()
    rejected = [report for report in improv.library.ingest([path], collection) if report.status != "added"]
    spent = time.perf_counter() - started
    if rejected:
        raise RuntimeError(f"{rejected[0].file} was {rejected[0].status}: {rejected[0].reason}")
    return spent


def _seconds(encoder: OnnxEncoder, texts: list[str]) -> float:
    time.sleep(REST_S)
    started = time.perf_counter()
    encoder.passages(texts)
    return time.perf_counter() - started
