"""The upper layers as a network in torch, begun where the bundled encoder stands, with one head a task."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional

from assistant.index.bundled import ensure_sentence_transformer
from assistant.index.bundled.incident_layers import MATRICES, EightBit, IncidentLayers
from assistant.index.bundled.sentence_transformer_folder import LAYER_PARTS
from assistant.index.onnx_encoder import PAD
from assistant.index.ports import QUERY_PROMPT

FIRST = 6
"""Layers below stay as they are, of 12."""
MOST_TOKENS = 200
AT_ONCE = 64
TEMPERATURE = 0.05
"""Of the cosines between a text and the playbooks."""
SCALE = 8.0
"""Vectors have length 1; the heads learn faster from longer ones."""
States = NDArray[np.float16]


class Encoder:
    """The bundled encoder in torch: token ids, the states of its lower layers, its upper ones to train."""

    def __init__(self, models: Path) -> None:
        from transformers import BertModel

        folder = ensure_sentence_transformer(models)
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.enable_truncation(MOST_TOKENS)
        bert: Any = BertModel.from_pretrained(folder, add_pooling_layer=False, attn_implementation="sdpa")
        self.config = bert.config
        self._embeddings, self._lower = bert.embeddings.eval(), bert.encoder.layer[:FIRST].eval()
        self.upper: nn.ModuleList = bert.encoder.layer[FIRST:]

    def go_on_from(self, layers: IncidentLayers) -> None:
        """Begin where an earlier training ended instead of where the encoder stands."""
        for number, layer in enumerate(self.upper, FIRST):
            shapes = {name: tensor.shape for name, tensor in layer.state_dict().items()}
            earlier: dict[str, NDArray[np.float32]] = {}
            for ours, theirs in LAYER_PARTS.items():
                matrix = layers.packed.get(f"l{number}.{ours}.w")
                earlier[f"{theirs}.weight"] = matrix.dense() if matrix else layers.plain[f"l{number}.{ours}.w"]
                earlier[f"{theirs}.bias"] = layers.plain[f"l{number}.{ours}.b"]
            layer.load_state_dict({name: torch.tensor(flat).reshape(shapes[name]) for name, flat in earlier.items()})

    def lower_states(self, texts: Sequence[str]) -> list[States]:
        """For each text its states below the layers that are trained, shape (tokens, 384)."""
        found: list[States] = [np.empty(0, np.float16)] * len(texts)
        order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
        with torch.no_grad(), half_precision():
            for start in range(0, len(order), AT_ONCE):
                batch = order[start : start + AT_ONCE]
                ids = [self._ids(texts[i]) for i in batch]
                padded = nn.utils.rnn.pad_sequence([torch.tensor(row) for row in ids], True, PAD)
                states = _through(self._lower, self._embeddings(padded), padded != PAD)
                for row, i in enumerate(batch):
                    found[i] = states[row, : len(ids[row])].half().numpy()
        return found

    def _ids(self, text: str) -> list[int]:
        ids: list[int] = self._tokenizer.encode(QUERY_PROMPT + text.strip()).ids
        return ids


class Network(nn.Module):
    """Upper layers, mean pooling, and a head for each task; playbooks are compared by cosine."""

    def __init__(self, upper: nn.ModuleList, hidden: int, classes: dict[str, int]) -> None:
        super().__init__()
        self.upper = upper
        self.dropout = nn.Dropout(0.1)
        self.playbooks = nn.Parameter(torch.zeros(classes["playbook"], hidden))
        self.heads = nn.ModuleDict({t: nn.Linear(hidden, n) for t, n in classes.items() if t != "playbook"})

    def embed(self, states: Tensor, mask: Tensor) -> Tensor:
        """Vectors of length 1, shape (texts, hidden)."""
        raised = _through(self.upper, states, mask)
        weight = mask.unsqueeze(-1).float()
        return functional.normalize((raised * weight).sum(1) / weight.sum(1), dim=1)

    def logits(self, vectors: Tensor) -> dict[str, Tensor]:
        """For each task, shape (texts, classes)."""
        given = self.dropout(vectors) * SCALE
        likeness = functional.normalize(vectors, dim=1) @ functional.normalize(self.playbooks, dim=1).T
        return {"playbook": likeness / TEMPERATURE, **{task: head(given) for task, head in self.heads.items()}}


def half_precision() -> torch.autocast:
    """Where the processor has it, bfloat16 takes half of the time; what is kept is hardly finer."""
    return torch.autocast("cpu", dtype=torch.bfloat16)


def padded(states: Sequence[States]) -> tuple[Tensor, Tensor]:
    """Stacked states of several texts, shape (texts, tokens, 384), and which of them are real."""
    rows = [torch.from_numpy(row).float() for row in states]
    lengths = torch.tensor([len(row) for row in rows])
    stacked = nn.utils.rnn.pad_sequence(rows, batch_first=True)
    return stacked, torch.arange(stacked.shape[1])[None] < lengths[:, None]


def exported(network: Network, encoder: Encoder) -> IncidentLayers:
    """The trained layers as they are shipped."""
    config = encoder.config
    packed: dict[str, EightBit] = {}
    plain: dict[str, NDArray[np.float32]] = {}
    for number, layer in enumerate(network.upper, FIRST):
        weights = {name: tensor.detach().float().numpy() for name, tensor in layer.state_dict().items()}
        for ours, theirs in LAYER_PARTS.items():
            plain[f"l{number}.{ours}.b"] = weights[f"{theirs}.bias"]
            if ours in MATRICES:
                packed[f"l{number}.{ours}.w"] = EightBit.of(weights[f"{theirs}.weight"])
            else:
                plain[f"l{number}.{ours}.w"] = weights[f"{theirs}.weight"]
    return IncidentLayers(
        first=FIRST,
        count=len(network.upper),
        hidden=config.hidden_size,
        heads=config.num_attention_heads,
        feed_forward=config.intermediate_size,
        layer_norm_epsilon=config.layer_norm_eps,
        packed=packed,
        plain=plain,
    )


def _through(layers: nn.ModuleList, states: Tensor, mask: Tensor) -> Tensor:
    unseen = (1 - mask[:, None, None, :].to(states.dtype)) * -1e9
    for layer in layers:
        states = layer(states, unseen)
    return states
