"""Writes the bundled vocabulary as a SentencePiece model.

Loading it takes a quarter of the memory that the same vocabulary takes as `tokenizer.json`.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from assistant.index.bundled.packed_model import Vocabulary


def compile_normalisation(vocabulary: Vocabulary) -> bytes:
    """The normalisation map in the compiled form that SentencePiece and tokenizers both read."""
    from sentencepiece import SentencePieceNormalizer, set_min_log_level
    from sentencepiece.sentencepiece_model_pb2 import ModelProto

    set_min_log_level(2)
    lines = (
        f"{code_point:X}\t{' '.join(f'{ord(c):X}' for c in text)}"
        for code_point, text in sorted(vocabulary.normalisation.items())
    )
    with tempfile.TemporaryDirectory() as folder:
        rules = Path(folder) / "rules.tsv"
        rules.write_text("\n".join(lines) + "\n", encoding="utf-8")
        compiled = ModelProto()
        compiled.ParseFromString(SentencePieceNormalizer(rule_tsv=str(rules)).serialized_model_proto())
    return bytes(compiled.normalizer_spec.precompiled_charsmap)


def write_sentencepiece(vocabulary: Vocabulary, path: Path) -> None:
    """Write the vocabulary to `path`, piece ids as in the encoder."""
    from sentencepiece.sentencepiece_model_pb2 import ModelProto

    proto = ModelProto()
    special = {vocabulary.bos, vocabulary.eos, vocabulary.pad, len(vocabulary.pieces) - 1}
    kinds = ModelProto.SentencePiece
    for index, (piece, score) in enumerate(zip(vocabulary.pieces, vocabulary.scores, strict=True)):
        kind = kinds.UNKNOWN if index == vocabulary.unk else kinds.CONTROL if index in special else kinds.NORMAL
        proto.pieces.add(piece=piece, score=score, type=kind)
    proto.trainer_spec.model_type = proto.trainer_spec.UNIGRAM
    for name in ("unk", "bos", "eos", "pad"):
        setattr(proto.trainer_spec, f"{name}_id", getattr(vocabulary, name))
    proto.normalizer_spec.precompiled_charsmap = compile_normalisation(vocabulary)
    path.write_bytes(proto.SerializeToString())
