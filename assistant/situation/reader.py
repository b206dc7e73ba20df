"""Incident → Situation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

import numpy as np

from assistant.domain.language import language_of
from assistant.domain.site import Site
from assistant.domain.situation import Situation
from assistant.domain.vocabulary import GuestState, Hazard, Lang, Sector, Urgency
from assistant.index.ports import Embedder
from assistant.situation.clauses import clauses
from assistant.situation.details import read_details
from assistant.situation.heads import Array, Heads

DANGER_THRESHOLD = 0.5
CLAUSE_THRESHOLD = 0.8
"""A part of a text lacks what surrounds it, so it takes more to raise the alarm."""
SURE_OF_SECTOR = 0.5


@dataclass(frozen=True, slots=True)
class Reading:
    """A situation with what retrieval needs of the same work: the parts of the text."""

    situation: Situation
    parts: tuple[str, ...]


class SituationReader:
    """Reads language, sector, hazard, urgency, mood, needs and details from one text."""

    def __init__(self, heads: Heads, embedder: Embedder) -> None:
        self._heads = heads
        self._embedder = embedder

    def read(self, text: str, site: Site, lang: Lang | None = None) -> Reading:
        """`lang` is the language of the answer, where the caller wants another than the text's."""
        parts = tuple(clauses(text))
        vectors = self._embedder.queries([text, *parts])
        whole = vectors[:1]
        hazard, probability = self._hazard(vectors)
        answer = lang or language_of(text)
        urgency = cast(Urgency, self._heads.urgency.best(whole)[0])
        return Reading(
            Situation(
                text=text,
                lang=answer,
                sector=self._sector(whole, site),
                hazard=hazard,
                hazard_probability=probability,
                urgency="now" if hazard != "none" else urgency,
                guest_state=cast(GuestState, self._heads.guest_state.best(whole)[0]),
                needs=self._heads.likely_needs(whole[0])[:4],
                details=read_details(text, answer),
            ),
            parts,
        )

    def _hazard(self, vectors: Array) -> tuple[Hazard, float]:
        """The likeliest danger of the text or of any part of it, or `none`."""
        danger = self._heads.danger.probability(vectors)
        thresholds = np.full(len(danger), CLAUSE_THRESHOLD, np.float32)
        thresholds[0] = DANGER_THRESHOLD
        worst = int((danger / thresholds).argmax())
        if danger[worst] < thresholds[worst]:
            return "none", float(danger[0])
        kind = self._heads.hazard.best(vectors[worst : worst + 1])[0]
        return cast(Hazard, kind), float(danger[worst])

    def _sector(self, vector: Array, site: Site) -> Sector:
        """What the text says where it says it clearly, else the site's own sector."""
        chances = self._heads.sector.probabilities(vector)[0]
        best = int(chances.argmax())
        sector = cast(Sector, self._heads.sector.classes[best])
        if sector == "any" or chances[best] < SURE_OF_SECTOR:
            return site.sectors[0]
        return sector
