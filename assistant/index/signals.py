"""What a playbook is recognised by, as index entries: its signals, its title, and their mean."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from assistant.domain.playbook import Playbook
from assistant.domain.vocabulary import LANGS, Lang
from assistant.index.ports import Embedder, IndexEntry, Vectors

MEAN = "mean"
SIGNAL = "signal"


@dataclass(frozen=True, slots=True)
class SignalGroup:
    """The utterances of one playbook in one language. `ids` belong to `texts`, `mean_id` to their mean."""

    playbook: str
    lang: Lang
    texts: tuple[str, ...]
    ids: tuple[str, ...]
    mean_id: str


def signal_groups(playbooks: Sequence[Playbook]) -> Iterator[SignalGroup]:
    """One group for each playbook and language that it has utterances in."""
    for playbook in playbooks:
        for lang in LANGS:
            said = playbook.signals.get(lang, ())
            title = playbook.title.get(lang)
            texts = tuple(dict.fromkeys((*said, title) if title else said))
            if texts:
                ids = tuple(_id(playbook.id, lang, text) for text in texts)
                yield SignalGroup(playbook.id, lang, texts, ids, _id(playbook.id, lang, MEAN, *texts))


def index_group(
    group: SignalGroup, embedder: Embedder, known: Mapping[str, Vectors] | None = None
) -> tuple[list[IndexEntry], Vectors]:
    """Entries and vectors of a group, its mean last; what is `known` by its id is not encoded again."""
    vectors = _encoded(group, embedder, known or {})
    mean = vectors.mean(axis=0)
    mean /= np.linalg.norm(mean)
    entries = [
        IndexEntry(id_, text, {"playbook": group.playbook, "lang": group.lang, "kind": SIGNAL})
        for id_, text in zip(group.ids, group.texts, strict=True)
    ]
    entries.append(IndexEntry(group.mean_id, "", {"playbook": group.playbook, "lang": group.lang, "kind": MEAN}))
    return entries, np.vstack([vectors, mean])


def _encoded(group: SignalGroup, embedder: Embedder, known: Mapping[str, Vectors]) -> Vectors:
    by_text = {text: known[id_] for id_, text in zip(group.ids, group.texts, strict=True) if id_ in known}
    fresh = [text for text in group.texts if text not in by_text]
    if fresh:
        by_text |= zip(fresh, embedder.incidents(fresh), strict=True)
    return np.stack([by_text[text] for text in group.texts])


def signal_vectors(
    playbooks: Sequence[Playbook], embedder: Embedder, known: Mapping[str, Vectors] | None = None
) -> dict[str, Vectors]:
    """Vectors by index id, encoded here and now instead of kept in an index."""
    vectors: dict[str, Vectors] = {}
    for group in signal_groups(playbooks):
        entries, rows = index_group(group, embedder, known)
        vectors |= zip((entry.id for entry in entries), rows, strict=True)
    return vectors


def _id(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:32]
