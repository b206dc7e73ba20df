"""Writes the bundled encoder as ONNX graphs that compute on blocks of few bits.

The package's own 4-bit blocks are not quantised anew, so nothing is lost; ONNX Runtime's fused operators
(`com.microsoft`) multiply the blocks as they are. `encoder`, input: int64 `input_ids` and `attention_mask`,
shape (batch, tokens); output: float32 `embedding`, shape (batch, 384), mean-pooled, of length 1, and the
states of its lower half, shape (batch, tokens, 384). `incidents` computes another `embedding` from those
states, through upper layers that were trained on incidents.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from assistant.index.bundled.incident_layers import EightBit, IncidentLayers
from assistant.index.bundled.packed_model import BLOCK, FourBit, PackedModel

MICROSOFT = "com.microsoft"
INT8_ACCUMULATION = 4  # MatMulNBits' accuracy_level for activations in int8, as ggml computes too


def write_encoder(model: PackedModel, lower: int, path: Path) -> None:
    """Write the whole encoder (about 75 MB); its second output is the state after its first `lower` layers."""
    graph = _Graph(model)
    state = graph.embeddings(model)
    graph.mask_keys()
    for layer in range(model.layers):
        state = graph.layer(f"l{layer}.", state)
    graph.pool(state)
    outputs = [graph.embedding, graph.states(state_after(lower))]
    onnx.save(graph.whole("encoder", [_integers("input_ids"), _integers("attention_mask")], outputs), str(path))


def write_incidents(layers: IncidentLayers, path: Path) -> None:
    """Write the upper layers for incidents (about 12 MB), which begin where the encoder's lower ones end."""
    graph = _Graph(layers)
    state = state_after(layers.first)
    given = [graph.states(state), _integers("attention_mask")]
    graph.mask_keys()
    graph.constant("one", np.array([1]))
    for layer in range(layers.first, layers.first + layers.count):
        state = graph.layer(f"l{layer}.", state)
    graph.pool(state)
    onnx.save(graph.whole("incidents", given, [graph.embedding]), str(path))


def state_after(layers: int) -> str:
    """The name of the states after that many layers."""
    return f"l{layers - 1}.oln.out"


def _integers(name: str) -> onnx.ValueInfoProto:
    return helper.make_tensor_value_info(name, TensorProto.INT64, ["batch", "tokens"])


class _Graph:
    """Collects nodes and constants; every node is named after its (first) output."""

    def __init__(self, model: PackedModel | IncidentLayers) -> None:
        self.model = model
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []

    @property
    def embedding(self) -> onnx.ValueInfoProto:
        return helper.make_tensor_value_info("embedding", TensorProto.FLOAT, ["batch", self.model.hidden])

    def states(self, name: str) -> onnx.ValueInfoProto:
        return helper.make_tensor_value_info(name, TensorProto.FLOAT, ["batch", "tokens", self.model.hidden])

    def whole(
        self, name: str, inputs: list[onnx.ValueInfoProto], outputs: list[onnx.ValueInfoProto]
    ) -> onnx.ModelProto:
        graph = helper.make_graph(self.nodes, name, inputs, outputs, self.constants)
        opsets = [helper.make_opsetid("", 21), helper.make_opsetid(MICROSOFT, 1)]
        return helper.make_model(graph, opset_imports=opsets, ir_version=10)

    def mask_keys(self) -> None:
        self.node("Cast", ["attention_mask"], "key_mask", to=TensorProto.INT32)

    def node(self, kind: str, inputs: list[str], output: str, domain: str = "", **attributes: object) -> str:
        self.nodes.append(helper.make_node(kind, inputs, [output], output, domain=domain, **attributes))
        return output

    def constant(self, name: str, values: NDArray[np.generic]) -> str:
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def embeddings(self, model: PackedModel) -> str:
        hidden = model.hidden
        words = model.packed["emb.word"]
        # int4 counts from -8: flipping the top bit of a 0-15 nibble gives its two's complement.
        data = TensorProto(name="word", data_type=TensorProto.INT4, dims=[model.vocabulary_size, hidden])
        data.raw_data = _pair_nibbles(words.nibbles.reshape(-1, hidden) ^ np.uint8(8)).tobytes()
        self.constants.append(data)
        scales = self.constant("word.scales", words.scales.reshape(-1, hidden // BLOCK))
        self.node(
            "GatherBlockQuantized",
            ["word", "input_ids", scales],
            "word.rows",
            MICROSOFT,
            gather_axis=0,
            quantize_axis=1,
            block_size=BLOCK,
        )
        # Every token is of type 0, so that one type vector is added to the positions beforehand.
        positions = model.plain["emb.pos"].reshape(-1, hidden) + model.plain["emb.type"][:hidden]
        zero, one = (self.constant(name, np.array([n])) for name, n in (("zero", 0), ("one", 1)))
        self.node("Shape", ["input_ids"], "length", start=1, end=2)
        self.node("Slice", [self.constant("positions", positions[None]), zero, "length", one], "position.rows")
        self.node("Add", ["word.rows", "position.rows"], "sum")
        weights = [self.constant(f"emb.ln.{part}", model.plain[f"emb.ln.{part}"]) for part in "wb"]
        epsilon = model.layer_norm_epsilon
        return self.node("LayerNormalization", ["sum", *weights], "embedded", axis=-1, epsilon=epsilon)

    def layer(self, name: str, state: str) -> str:
        projected = self.linear(state, name + "qkv", [name + part for part in "qkv"], self.model.hidden)
        parts = [projected + part for part in (".q", ".k", ".v")]
        self.nodes.append(helper.make_node("Split", [projected], parts, name + "split", axis=-1, num_outputs=3))
        heads = self.model.heads
        self.node("MultiHeadAttention", [*parts, "", "key_mask"], name + "attended", MICROSOFT, num_heads=heads)
        mixed = self.linear(name + "attended", name + "mixed", [name + "ao"], self.model.hidden)
        between = self.add_and_norm(mixed, state, name + "aln")
        widened = self.linear(between, name + "widened", [name + "fi"], self.model.hidden)
        self.node("Gelu", [widened], name + "activated", MICROSOFT)
        narrowed = self.linear(name + "activated", name + "narrowed", [name + "fo"], self.model.feed_forward)
        return self.add_and_norm(narrowed, between, name + "oln")

    def linear(self, state: str, output: str, names: list[str], inputs: int) -> str:
        """One multiplication for the tensors `names`, stacked along their outputs."""
        packed = [self.model.packed[f"{name}.w"] for name in names]
        bias = np.concatenate([self.model.plain[f"{name}.b"] for name in names])
        shape = (len(bias), inputs // BLOCK)
        bits = 4 if isinstance(packed[0], FourBit) else 8
        blocks = self.constant(output + ".blocks", np.concatenate([_bytes(p) for p in packed]).reshape(*shape, -1))
        scales = self.constant(output + ".scales", np.concatenate([p.scales for p in packed]).reshape(shape))
        return self.node(
            "MatMulNBits",
            [state, blocks, scales, "", "", self.constant(output + ".bias", bias)],
            output,
            MICROSOFT,
            K=inputs,
            N=len(bias),
            bits=bits,
            block_size=BLOCK,
            accuracy_level=INT8_ACCUMULATION,
        )

    def add_and_norm(self, new: str, old: str, name: str) -> str:
        weights = [self.constant(f"{name}.{part}", self.model.plain[f"{name}.{part}"]) for part in "wb"]
        epsilon = self.model.layer_norm_epsilon
        return self.node("SkipLayerNormalization", [new, old, *weights], name + ".out", MICROSOFT, epsilon=epsilon)

    def pool(self, state: str) -> None:
        """Mean over real tokens; the length of the sum falls away in the normalisation."""
        self.node("Cast", ["attention_mask"], "mask", to=TensorProto.FLOAT)
        self.node("Unsqueeze", ["mask", self.constant("axis.2", np.array([2]))], "mask.column")
        self.node("Mul", [state, "mask.column"], "masked")
        self.node("ReduceSum", ["masked", "one"], "pooled", keepdims=0)
        self.node("LpNormalization", ["pooled"], "embedding", axis=-1, p=2)


def _bytes(weights: FourBit | EightBit) -> NDArray[np.uint8]:
    """The blocks as the operator wants them, shape (blocks, bytes)."""
    return _pair_nibbles(weights.nibbles) if isinstance(weights, FourBit) else weights.levels


def _pair_nibbles(nibbles: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Two neighbours a byte along the last axis, the first in the low half."""
    return np.asarray(nibbles[..., 0::2] | (nibbles[..., 1::2] << 4), np.uint8)
