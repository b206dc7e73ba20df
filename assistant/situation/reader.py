"""Incident → Situation."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import cast

import numpy as np

from assistant.domain.language import language_of
from assistant.domain.site import Site
from assistant.domain.situation import Situation
from assistant.domain.vocabulary import GuestState, Hazard, Lang, Sector, Urgency
from assistant.index.ports import Embedder
from assistant.situation import alarm
from assistant.situation.clauses import clauses
from assistant.situation.details import read_details
from assistant.situation.heads import NEW, Array, Heads
from assistant.situation.orders import apart

SURE_OF_SECTOR = 0.7
DangerMargin = Callable[[str, Array], float]


@dataclass(frozen=True, slots=True)
class Reading:
    """A situation with what retrieval needs of the same work: the parts of the text.

    `note` is the kind of note that the text would be on an incident told before (`new`: none).
    """

    situation: Situation
    parts: tuple[str, ...]
    note: str = NEW


class SituationReader:
    """Reads language, sector, hazard, urgency, mood, needs and details from one text."""

    def __init__(self, heads: Heads, embedder: Embedder, danger_margin: DangerMargin, *, alarming: bool = True) -> None:
        """`danger_margin` says how much nearer a text is to the cards for dangers than to the others.

        Without `alarming` no danger is ever read.
        """
        self._heads = heads
        self._embedder = embedder
        self._danger_margin = danger_margin
        self._alarming = alarming

    def read(self, text: str, site: Site, lang: Lang | None = None) -> Reading:
        """`lang` is the language of the answer, where the caller wants another than the text's."""
        report, orders = apart(text)
        parts = tuple(clauses(report))
        heard = [report, *parts]
        vectors = self._embedder.incidents(heard)
        whole = vectors[:1]
        chances, probability = self._hazard(heard, vectors) if self._alarming else ({}, 0.0)
        for order in orders if self._alarming else ():  # danger counts wherever it is told
            told, how_likely = self._hazard([order], self._embedder.incidents([order]))
            if how_likely > probability:
                chances, probability = told, how_likely
        hazard: Hazard = max(chances, key=chances.__getitem__) if chances else "none"
        answer = lang or language_of(text)
        urgency = cast(Urgency, self._heads.urgency.best(whole)[0])
        return Reading(
            Situation(
                text=report,
                lang=answer,
                sector=self._sector(whole, site),
                hazard=hazard,
                hazard_probability=probability,
                hazard_chances=chances,
                urgency="now" if hazard != "none" else urgency,
                guest_state=cast(GuestState, self._heads.guest_state.best(whole)[0]),
                needs=self._heads.likely_needs(whole[0])[:4],
                details=read_details(text, answer),
            ),
            parts,
            self._heads.note_kind(whole[0]),
        )

    def danger_evidence(self, texts: Sequence[str], vectors: Array) -> Array:
        """What `alarm` weighs of a text and its parts, shape (texts, 3)."""
        margins = [self._danger_margin(text, vector) for text, vector in zip(texts, vectors, strict=True)]
        return np.column_stack([self._heads.hazard.log_odds(texts, vectors), np.array(margins, np.float32)])

    def _hazard(self, texts: Sequence[str], vectors: Array) -> tuple[dict[Hazard, float], float]:
        """Which danger the text or a part of it tells of, by probability (empty: none), and how likely any is."""
        evidence = self.danger_evidence(texts, vectors)
        probability = alarm.probability(evidence, self._heads.odds(vectors[0]).incident)
        if probability < alarm.ALARM:
            return {}, probability
        # The loudest part says it most plainly; the whole says what it is a part of.
        kinds = [self._heads.hazard.chances(texts[i], vectors[i]) for i in (0, alarm.loudest(evidence))]
        return {cast(Hazard, name): (kinds[0][name] + kinds[1][name]) / 2 for name in kinds[0]}, probability

    def _sector(self, vector: Array, site: Site) -> Sector:
        """What the text says where it says it clearly, else the site's own sector."""
        chances = self._heads.sector.probabilities(vector)[0]
        best = int(chances.argmax())
        sector = cast(Sector, self._heads.sector.classes[best])
        if sector == "any" or chances[best] < SURE_OF_SECTOR:
            return site.sectors[0]
        return sector
