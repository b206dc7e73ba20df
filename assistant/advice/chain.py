"""The advice chain joined: playbooks as they now stand → what ranks them and what advises from them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Literal

from assistant.advice.adviser import Adviser
from assistant.advice.composer import Composer
from assistant.domain.playbook import Playbook
from assistant.index.lexical import Indexing
from assistant.index.ports import Embedder, Vectors
from assistant.index.signals import signal_vectors
from assistant.retrieval.evidence_finder import EvidenceFinder
from assistant.retrieval.learned_cards import read_learned_cards
from assistant.retrieval.recogniser import WEIGHTS, WORDS, Recogniser
from assistant.situation.heads import Heads
from assistant.situation.reader import SituationReader

Part = Literal["words", "vectors", "signals", "alarm", "merging"]
"""Parts that can be left out, to see what each is worth: word search, vectors, signals, the reading of danger, and
the answering of several problems at once. Silence is judged with all of them."""


def build_chain(
    playbooks: Sequence[Playbook],
    vectors: Mapping[str, Vectors],
    heads: Heads,
    embedder: Embedder,
    composer: Composer,
    note_needs: Mapping[str, Sequence[str]],
    indexing: Indexing,
    without: frozenset[Part] = frozenset(),
) -> tuple[EvidenceFinder, Adviser]:
    """`vectors`: of the playbooks' signals, by id, as `embedder.incidents` gives them."""
    recogniser = _recogniser(playbooks, vectors, embedder, indexing, without)
    finder = EvidenceFinder(recogniser, embedder, heads.odds, merging="merging" not in without)
    reader = SituationReader(heads, embedder, recogniser.danger_margin, alarming="alarm" not in without)
    return finder, Adviser(reader, finder, composer, note_needs)


def _recogniser(
    playbooks: Sequence[Playbook],
    vectors: Mapping[str, Vectors],
    embedder: Embedder,
    indexing: Indexing,
    without: frozenset[Part],
) -> Recogniser:
    off = {name for name in WEIGHTS if ("words" if name in WORDS else "vectors") in without}
    weights = {name: 0.0 if name in off else weight for name, weight in WEIGHTS.items()}
    if "signals" in without:
        titled = [replace(p, signals={lang: (title,) for lang, title in p.title.items()}) for p in playbooks]
        return Recogniser(titled, signal_vectors(titled, embedder), weights, indexing=indexing)
    return Recogniser(playbooks, vectors, weights, read_learned_cards(embedder.name), indexing)
