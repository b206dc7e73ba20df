"""Shipped vectors are those of the encoder, serve the texts of the corpus, and never stand in the way of others."""

from __future__ import annotations

import numpy as np
import pytest

from assistant.index.shipped import FILE, ShippedVectors, key_of, shipped_keys, write_vectors
from assistant.index.signals import signal_groups


class Counting:
    """An encoder that counts what it is asked for; vectors are made from the text alone."""

    name = "counting"

    def __init__(self):
        self.asked = []

    def queries(self, texts):
        self.asked += texts
        return np.stack([self.vector(text) for text in texts])

    passages = incidents = queries

    def vector(self, text):
        drawn = np.random.default_rng(sum(map(ord, text))).normal(size=384).astype(np.float32)
        return drawn / np.linalg.norm(drawn)


@pytest.fixture
def shipped(tmp_path):
    encoder = Counting()
    write_vectors(
        "counting", {("query", text): encoder.vector(text) for text in ("known", "认识的")}, tmp_path / "v.npz"
    )
    return ShippedVectors(encoder, tmp_path / "v.npz"), encoder


def test_known_texts_are_not_encoded_and_unknown_ones_are(shipped):
    vectors, encoder = shipped
    rows = vectors.queries(["known", "new", "认识的"])
    assert encoder.asked == ["new"]
    for row, text in zip(rows, ("known", "new", "认识的"), strict=True):
        assert row @ encoder.vector(text) > 0.9999
        assert np.linalg.norm(row) == pytest.approx(1, abs=1e-5)


def test_a_query_is_no_passage(shipped):
    vectors, encoder = shipped
    vectors.passages(["known"])
    assert encoder.asked == ["known"]


def test_vectors_of_another_model_or_none_are_left_alone(tmp_path):
    encoder = Counting()
    write_vectors("another", {("query", "known"): encoder.vector("known")}, tmp_path / "v.npz")
    for path in (tmp_path / "v.npz", tmp_path / "none.npz"):
        encoder.asked.clear()
        ShippedVectors(encoder, path).queries(["known"])
        assert encoder.asked == ["known"]


def test_the_keys_tell_which_texts_are_held_whatever_model_they_are_of(shipped, tmp_path):
    assert shipped_keys("query", tmp_path / "v.npz") == {key_of("known"), key_of("认识的")}
    assert shipped_keys("passage", tmp_path / "v.npz") == shipped_keys("query", tmp_path / "none.npz") == frozenset()


@pytest.mark.skipif(not FILE.exists(), reason="this copy ships no vectors")
def test_the_shipped_file_holds_the_vectors_of_the_signals(improv):
    texts = [text for group in signal_groups(improv.playbooks()) for text in group.texts]
    encoder = Counting()
    encoder.name = improv.embedder.name
    rows = ShippedVectors(encoder).incidents(texts)
    assert len(encoder.asked) < 0.02 * len(texts), "run `make vectors`: the corpus has changed"
    sample = [i for i in range(0, len(texts), 97) if texts[i] not in encoder.asked]
    exact = improv.embedder._inner._inner.incidents([texts[i] for i in sample])
    assert ((rows[sample] * exact).sum(axis=1) > 0.999).all()
