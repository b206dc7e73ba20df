"""Likeness of texts for checking: cosines after the mean of all texts of the language is taken away.

Raw cosines of this encoder lie between 0.75 and 0.95 whatever is compared; centred ones spread over -0.3…1.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.index.ports import Vectors

Scores = NDArray[np.float32]
ROWS_AT_ONCE = 512


def centred(vectors: Vectors) -> Vectors:
    """Rows of length 1 after the mean row is taken away. Shape kept, (texts, dimension)."""
    moved = vectors - vectors.mean(axis=0)
    lengths = np.linalg.norm(moved, axis=1, keepdims=True)
    return np.asarray(moved / np.maximum(lengths, 1e-6), np.float32)


def neighbour_means(asked: Vectors, others: Vectors, count: int) -> Scores:
    """For each row of `asked`, the mean cosine to its `count` nearest rows of `others` but the one of its own place.

    Both have shape (texts, dimension); the answer has shape (texts,), zeros where there is no other row.
    """
    count = min(count, len(others) - 1)
    means = np.zeros(len(asked), np.float32)
    if count < 1:
        return means
    for start in range(0, len(asked), ROWS_AT_ONCE):
        block = asked[start : start + ROWS_AT_ONCE] @ others.T
        places = np.arange(len(block))
        block[places, start + places] = -np.inf
        means[start : start + len(block)] = np.partition(block, -count, axis=1)[:, -count:].mean(axis=1)
    return means


def pairs_above(rows: Sequence[Vectors], bound: float) -> list[tuple[int, int, float]]:
    """Places (first < second) whose cosine, averaged over the languages both have, is at least `bound`.

    `rows` holds one matrix a language, shape (texts, dimension), NaN in the rows of texts that lack it.
    """
    found: list[tuple[int, int, float]] = []
    total = len(rows[0])
    for start in range(0, total, ROWS_AT_ONCE):
        blocks = np.stack([matrix[start : start + ROWS_AT_ONCE] @ matrix.T for matrix in rows])
        shared = np.isfinite(blocks)
        means = np.where(shared, blocks, 0.0).sum(axis=0) / np.maximum(shared.sum(axis=0), 1)
        for row, column in np.argwhere(means >= bound):
            if start + row < column:
                found.append((int(start + row), int(column), float(means[row, column])))
    return found
