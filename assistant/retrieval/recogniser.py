"""Which playbook fits an incident: signals by vector, what was learned of all cards, whole cards by words, fused.

The vectors come from the index once and stay in memory: every card is scored exactly, in a
tenth of a millisecond, and scores can be set against those of all other cards.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.domain.language import language_of
from assistant.domain.playbook import Playbook
from assistant.domain.vocabulary import LANGS, Lang
from assistant.index.lexical import Indexing, LexicalIndex
from assistant.index.ports import Vectors
from assistant.index.signals import signal_groups
from assistant.retrieval.learned_cards import LearnedCards

Scores = NDArray[np.float32]

WEIGHTS: Mapping[str, float] = {"mean": 0.2, "learned": 0.75, "best": 0.3, "card_words": 0.3, "signal_words": 0.15}
"""Earned by a recorded run: evals/DECISIONS.md, “Weights of recognition”."""
WORDS = {"card_words", "signal_words"}
"""The columns that words speak in; vectors speak in the others."""
UNLEARNED = 1.1
"""What the mean counts for a card of which nothing was learned, set against what was learned of the others."""
ACROSS = 1.5
"""Weight of the other language's mean for a card that lacks the text's: nothing else can speak for it."""
NUMBER = re.compile(r"\d{3,}")
"""A room, flight or order number says nothing about what is the matter, yet is the rarest word of all."""
KEPT = 64
"""Recognitions remembered."""


@dataclass(frozen=True, slots=True)
class Recognition:
    """Scores of one text against every playbook, in the order of `Recogniser.playbooks`.

    `fused` is in standard deviations above the average card. The rest is raw: cosines of the mean and
    of the best signal in the text's language and of the mean in the other one (NaN where a card has
    none), and the share of the text's words, weighed by rarity, that the card and its nearest signal
    contain (about 0-1). `best_signal` numbers `Recogniser.signals`.
    """

    fused: Scores
    mean: Scores
    best: Scores
    other_lang: Scores
    card_share: Scores
    signal_share: Scores
    best_signal: NDArray[np.intp]


class Recogniser:
    """Scores all playbooks at once. Immutable; build a new one when the library changes."""

    def __init__(
        self,
        playbooks: Sequence[Playbook],
        vectors: Mapping[str, Vectors],
        weights: Mapping[str, float] = WEIGHTS,
        learned: LearnedCards | None = None,
        indexing: Indexing = LexicalIndex,
    ) -> None:
        """`vectors` by index id, as `index.signals` names them; groups without vectors are left out."""
        self._weights = weights
        self._learned = learned
        self.playbooks = tuple(playbooks)
        place = {playbook.id: i for i, playbook in enumerate(self.playbooks)}
        groups = [group for group in signal_groups(playbooks) if group.mean_id in vectors]
        dimension = len(next(iter(vectors.values()))) if vectors else 0
        self.signals = [text for group in groups for text in group.texts]
        self._owner = np.array([place[group.playbook] for group in groups for _ in group.texts], np.intp)
        self._langs = np.array([group.lang for group in groups for _ in group.texts], dtype="<U2")
        self._vectors = np.array([vectors[id_] for group in groups for id_ in group.ids], np.float32).reshape(
            -1, dimension
        )
        self._means = {
            lang: _matrix(
                {place[group.playbook]: vectors[group.mean_id] for group in groups if group.lang == lang},
                len(place),
                dimension,
            )
            for lang in LANGS
        }
        self._dangers = np.array([playbook.hazard != "none" for playbook in self.playbooks], bool)
        self._recent: dict[tuple[str, Lang], Recognition] = {}
        self._signal_words = indexing([str(owner) for owner in self._owner], [_words(text) for text in self.signals])
        self._card_words = indexing([p.id for p in self.playbooks], [_all_words(p) for p in self.playbooks])

    def danger_margin(self, text: str, vector: Vectors) -> float:
        """How much nearer `text` is to the nearest card for a danger than to the nearest other card.

        In standard deviations of the fused score; negative for ordinary incidents, 0 where one kind is missing.
        """
        fused = self.recognise(text, vector, language_of(text)).fused
        dangers, others = fused[self._dangers], fused[~self._dangers]
        return float(dangers.max() - others.max()) if len(dangers) and len(others) else 0.0

    def recognise(self, text: str, vector: Vectors, lang: Lang) -> Recognition:
        """Score every playbook for `text`, whose incident vector (shape (dimension,)) is given."""
        known = self._recent.get((text, lang))
        if known is None:
            known = self._recent[text, lang] = self._recognise(text, vector, lang)
            if len(self._recent) > KEPT:  # reading and retrieval ask about the same text in turn
                self._recent.clear()
        return known

    def _recognise(self, text: str, vector: Vectors, lang: Lang) -> Recognition:
        count = len(self.playbooks)
        other: Lang = "en" if lang == "zh" else "zh"
        words = _words(text)
        cosines = self._vectors @ vector
        best, best_signal = self._best(cosines, lang, count)
        columns = {
            "mean": self._means[lang] @ vector,
            "best": best,
            "card_words": self._card_words.scores(words),
            "signal_words": _maximum(self._signal_words.scores(words), self._owner, count),
        }
        spread = {name: _standardise(column) for name, column in columns.items()}
        spread["learned"] = self._spread_of_learned(vector, spread["mean"])
        fused = sum(weight * np.nan_to_num(spread[name]) for name, weight in self._weights.items())
        across = self._means[other] @ vector
        fused = np.where(np.isnan(columns["mean"]), ACROSS * np.nan_to_num(_standardise(across)), fused)
        return Recognition(
            fused=np.asarray(fused, np.float32),
            mean=columns["mean"],
            best=best,
            other_lang=across,
            card_share=columns["card_words"] / max(self._card_words.ceiling(words), 1e-6),
            signal_share=columns["signal_words"] / max(self._signal_words.ceiling(words), 1e-6),
            best_signal=best_signal,
        )

    def _spread_of_learned(self, vector: Vectors, mean: Scores) -> Scores:
        if self._learned is None:
            return UNLEARNED * mean
        learned = self._learned.scores(vector, [playbook.id for playbook in self.playbooks])
        return np.where(np.isnan(learned), UNLEARNED * mean, learned)

    def _best(self, cosines: Scores, lang: Lang, count: int) -> tuple[Scores, NDArray[np.intp]]:
        """The best signal of each playbook: its cosine in `lang` (NaN without one), and its number in any."""
        best = _maximum(np.where(self._langs == lang, cosines, np.float32(-np.inf)), self._owner, count)
        best[np.isneginf(best)] = np.nan
        order = np.argsort(cosines, kind="stable")
        best_signal = np.zeros(count, np.intp)
        best_signal[self._owner[order]] = order  # the last, hence best, one wins
        return best, best_signal


def _matrix(rows: Mapping[int, Vectors], count: int, dimension: int) -> Vectors:
    matrix = np.full((count, dimension), np.nan, np.float32)
    for place, row in rows.items():
        matrix[place] = row
    return matrix


def _all_words(playbook: Playbook) -> str:
    """Everything that a card says to recognise it by and to do, in all its languages, one line each."""
    said = [text for texts in playbook.signals.values() for text in texts]
    acts = [text for action in playbook.actions for text in action.text.values()]
    return "\n".join(map(_words, [*playbook.title.values(), *playbook.goal.values(), *said, *acts]))


def _words(text: str) -> str:
    return NUMBER.sub(" ", text)


def _maximum(values: Scores, owner: NDArray[np.intp], count: int) -> Scores:
    highest = np.full(count, -np.inf if len(values) else 0.0, np.float32)
    np.maximum.at(highest, owner, values)
    return highest


def _standardise(column: Scores) -> Scores:
    if np.isnan(column).all():
        return column
    finite = np.where(np.isneginf(column), np.nan, column)
    return np.asarray((finite - np.nanmean(finite)) / (np.nanstd(finite) + 1e-6), np.float32)
