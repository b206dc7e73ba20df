"""What the tests of encoders and indexes share."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.domain.language import language_of
from assistant.index.bundled import ensure_runtime, ensure_sentence_transformer
from assistant.index.onnx_encoder import OnnxEncoder
from assistant.knowledge.corpus import Corpus

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def encoder(home: Path) -> OnnxEncoder:
    """The bundled encoder as the product runs it."""
    return OnnxEncoder(ensure_runtime(home / "models"), threads=2)


@pytest.fixture(scope="session")
def sentence_transformer_folder(unpacked_models: Path) -> Path:
    """The same model as a sentence-transformers folder."""
    return ensure_sentence_transformer(unpacked_models)


@pytest.fixture(scope="session")
def sentences() -> list[str]:
    """Thirty Chinese and thirty English incidents as staff type them."""
    texts = [incident["text"] for incident in Corpus(ROOT / "corpus").load("situations/incidents.yaml")["incidents"]]
    return [text for lang in ("zh", "en") for text in [t for t in texts if language_of(t) == lang][:30]]
