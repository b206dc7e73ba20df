"""How well the tokens of a claim find their like among those of its evidence."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from assistant.index.token_states import DEPTHS, TokenReader, TokenStates
from assistant.knowledge.sentences import sentences
from assistant.truth.grounds import Grounds

JUMP = 3
"""Tokens; a reader of the evidence who must go further has met another order."""


def alignment_features(claim: str, grounds: Grounds, reader: TokenReader) -> Iterator[tuple[str, float]]:
    """Named features; `extra` are details that may be used but need not be."""
    said, evidence = reader.read(claim), reader.read(grounds.text)
    parts = [sentence for line in grounds.lines for sentence in sentences(line)] or [grounds.text]
    likeness = [float(said.vector @ reader.read(part).vector) for part in parts]
    whole = float(said.vector @ evidence.vector)
    yield from (("whole", whole), ("nearest", max(whole, *likeness)), ("nearest_part", max(likeness)))
    details = " ".join((*grounds.at_hand, grounds.owner)).strip()
    extra = reader.read(details) if details else None
    for depth, name in enumerate(DEPTHS):
        yield from _at_depth(name.split(".")[0], depth, said, evidence, extra)


def _at_depth(
    name: str, depth: int, said: TokenStates, evidence: TokenStates, extra: TokenStates | None
) -> Iterator[tuple[str, float]]:
    own, cited = said.layers[depth], evidence.layers[depth]
    if not len(own) or not len(cited):
        own = cited = np.ones((1, 1), np.float32)
        extra = None
    known = np.concatenate([cited, extra.layers[depth]]) if extra is not None else cited
    best, back = np.sort((own @ known.T).max(1)), np.sort((own @ cited.T).max(0))
    yield from (
        (f"{name}.mean", float(best.mean())),
        (f"{name}.least", float(best[0])),
        (f"{name}.two_least", float(best[:2].mean())),
        (f"{name}.low_fifth", float(best[: max(1, len(best) // 5)].mean())),
        (f"{name}.back_mean", float(back.mean())),
        (f"{name}.back_low_fifth", float(back[: max(1, len(back) // 5)].mean())),
    )
    if depth == len(DEPTHS) - 1:
        place = (own @ cited.T).argmax(1)
        turned = [place[i] > place[j] for i in range(len(place)) for j in range(i + 1, len(place))]
        yield "turned", float(np.mean(turned)) if turned else 0.0
        yield "jumps", float(np.mean(np.abs(np.diff(place)) > JUMP)) if len(place) > 1 else 0.0
