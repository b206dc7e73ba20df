"""Shipped rows of clauses are those of the encoder, and only for the replies and the cuts that they were made of."""

from __future__ import annotations

import numpy as np
import pytest

from assistant.drills.moves.examples import read_examples
from assistant.index.shipped_spans import FILE, ShippedSpans, write_spans
from assistant.index.states import Said

KNOWN = Said("I am sorry. I will call her.", "Where is my room?", ((0, 12), (12, 28)))
OTHER_CUT = Said(KNOWN.text, KNOWN.before, ((0, 28),))
OTHER_LINE = Said(KNOWN.text, "Where is my car?", KNOWN.spans)


class Counting:
    """An encoder that counts what it is asked for. Its first dimension is a thousand times as long as the others."""

    name = "counting"

    def __init__(self):
        self.asked = []

    def spans(self, said):
        self.asked += said
        return [self.rows(one) for one in said]

    def rows(self, said):
        drawn = np.random.default_rng(sum(map(ord, said.text + said.before))).normal(size=(len(said.spans), 768))
        return (drawn * np.array([1000.0, *[1.0] * 767])).astype(np.float32)


@pytest.fixture
def shipped(tmp_path):
    encoder = Counting()
    write_spans("counting", {KNOWN: encoder.rows(KNOWN)}, tmp_path / "rows.npz")
    return ShippedSpans(encoder, tmp_path / "rows.npz"), encoder


def test_a_known_reply_is_not_encoded_and_others_keep_their_places(shipped):
    spans, encoder = shipped
    first, known, last = spans.spans([OTHER_CUT, KNOWN, OTHER_LINE])
    assert encoder.asked == [OTHER_CUT, OTHER_LINE]
    assert (first == encoder.rows(OTHER_CUT)).all()
    assert (last == encoder.rows(OTHER_LINE)).all()
    exact = encoder.rows(KNOWN)
    assert np.abs(known - exact).max(axis=0) == pytest.approx(0, abs=4.0)
    assert np.abs(known - exact)[:, 1:].max() < 0.02


def test_rows_of_another_model_or_none_are_left_alone(tmp_path):
    encoder = Counting()
    write_spans("another", {KNOWN: encoder.rows(KNOWN)}, tmp_path / "rows.npz")
    for path in (tmp_path / "rows.npz", tmp_path / "none.npz"):
        encoder.asked.clear()
        ShippedSpans(encoder, path).spans([KNOWN])
        assert encoder.asked == [KNOWN]


@pytest.mark.skipif(not FILE.exists(), reason="this copy ships no vectors")
def test_the_shipped_file_holds_the_rows_of_the_example_replies(improv):
    said = [example.said for example in read_examples(improv.corpus.root / "drills" / "moves")]
    encoder = Counting()
    encoder.name = improv._spans().name
    rows = ShippedSpans(encoder).spans(said)
    assert len(encoder.asked) < 0.02 * len(said), "run `make vectors`: the corpus has changed"
    sample = [i for i in range(0, len(said), 97) if said[i] not in encoder.asked]
    exact = improv._spans()._inner.spans([said[i] for i in sample])
    for i, expected in zip(sample, exact, strict=True):
        likeness = (rows[i] * expected).sum(axis=1)
        assert (likeness > 0.999 * np.linalg.norm(rows[i], axis=1) * np.linalg.norm(expected, axis=1)).all()
