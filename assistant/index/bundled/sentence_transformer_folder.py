"""Writes the bundled encoder as an ordinary sentence-transformers folder (float32)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.index.bundled.packed_model import PackedModel, Vocabulary
from assistant.index.bundled.sentencepiece_model import compile_normalisation
from assistant.index.ports import PASSAGE_PROMPT, QUERY_PROMPT

LAYER_PARTS = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}


def _state_dict(model: PackedModel) -> Iterator[tuple[str, NDArray[np.float32]]]:
    """Tensors under Hugging Face's BERT names, in their shapes."""
    hidden = model.hidden
    for ours, theirs in (("word", "word"), ("pos", "position"), ("type", "token_type")):
        yield f"embeddings.{theirs}_embeddings.weight", model.dense(f"emb.{ours}").reshape(-1, hidden)
    # The pooler is not used; zeros keep the loader from warning that it is missing.
    yield "pooler.dense.weight", np.zeros((hidden, hidden), np.float32)
    yield "pooler.dense.bias", np.zeros(hidden, np.float32)
    yield "embeddings.LayerNorm.weight", model.plain["emb.ln.w"]
    yield "embeddings.LayerNorm.bias", model.plain["emb.ln.b"]
    for layer in range(model.layers):
        for ours, theirs in LAYER_PARTS.items():
            weight, bias = model.dense(f"l{layer}.{ours}.w"), model.plain[f"l{layer}.{ours}.b"]
            shaped = weight if "LayerNorm" in theirs else weight.reshape(len(bias), -1)
            yield f"encoder.layer.{layer}.{theirs}.weight", shaped
            yield f"encoder.layer.{layer}.{theirs}.bias", bias


def write_sentence_transformer(model: PackedModel, folder: Path) -> None:
    """Fill `folder` with weights, tokenizer, pooling, norm and prompts of the bundled encoder."""
    folder.mkdir(parents=True, exist_ok=True)
    _write_tokenizer(model.vocabulary, compile_normalisation(model.vocabulary), folder)
    _write_bert(model, folder)
    _write_modules(folder)


def _write_tokenizer(vocabulary: Vocabulary, charsmap: bytes, folder: Path) -> None:
    from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, processors

    pairs = list(zip(vocabulary.pieces, vocabulary.scores, strict=True))
    tokenizer = Tokenizer(models.Unigram(pairs, unk_id=vocabulary.unk))
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.Precompiled(charsmap), normalizers.Strip(), normalizers.Replace(Regex(" {2,}"), " ")]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", special_tokens=[("<s>", vocabulary.bos), ("</s>", vocabulary.eos)]
    )
    tokenizer.save(str(folder / "tokenizer.json"))
    names = {"bos": "<s>", "eos": "</s>", "pad": "<pad>", "unk": "<unk>", "cls": "<s>", "sep": "</s>", "mask": "<mask>"}
    config = {f"{name}_token": token for name, token in names.items()}
    _write_json(
        folder / "tokenizer_config.json",
        config | {"tokenizer_class": "PreTrainedTokenizerFast", "model_max_length": 512},
    )


def _write_bert(model: PackedModel, folder: Path) -> None:
    from safetensors.numpy import save_file

    tensors = {name: np.ascontiguousarray(tensor) for name, tensor in _state_dict(model)}
    save_file(tensors, str(folder / "model.safetensors"), metadata={"format": "pt"})
    _write_json(
        folder / "config.json",
        {
            "model_type": "bert",
            "architectures": ["BertModel"],
            "hidden_size": model.hidden,
            "num_hidden_layers": model.layers,
            "num_attention_heads": model.heads,
            "intermediate_size": model.feed_forward,
            "vocab_size": model.vocabulary_size,
            "max_position_embeddings": model.positions,
            "type_vocab_size": model.token_types,
            "layer_norm_eps": model.layer_norm_epsilon,
            "hidden_act": "gelu",
            "pad_token_id": model.vocabulary.pad,
        },
    )


def _write_modules(folder: Path) -> None:
    """The three files by which sentence-transformers knows pooling, norm, length and prompts."""
    kinds = [("Transformer", ""), ("Pooling", "1_Pooling"), ("Normalize", "2_Normalize")]
    modules = [
        {"idx": i, "name": str(i), "path": path, "type": f"sentence_transformers.models.{kind}"}
        for i, (kind, path) in enumerate(kinds)
    ]
    _write_json(folder / "modules.json", modules)
    _write_json(folder / "sentence_bert_config.json", {"max_seq_length": 512, "do_lower_case": False})
    _write_json(
        folder / "config_sentence_transformers.json",
        {"prompts": {"query": QUERY_PROMPT, "passage": PASSAGE_PROMPT}, "similarity_fn_name": "cosine"},
    )
    (folder / "1_Pooling").mkdir()
    _write_json(
        folder / "1_Pooling" / "config.json",
        {"word_embedding_dimension": 384, "pooling_mode_mean_tokens": True},
    )
    (folder / "2_Normalize").mkdir()


def _write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, indent=1), encoding="utf-8")
