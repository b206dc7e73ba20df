"""Reading → Evidence: which playbooks answer the incident, or that none does."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from assistant.domain.evidence import Evidence, Match
from assistant.domain.language import language_of
from assistant.domain.playbook import Playbook
from assistant.domain.situation import Situation
from assistant.domain.vocabulary import SECTORS, Sector
from assistant.index.ports import Embedder
from assistant.retrieval import coverage
from assistant.retrieval.recogniser import Recogniser, Recognition
from assistant.situation.clauses import weight
from assistant.situation.heads import Odds

GENERAL = "general.first-minute"
"""The protocol for incidents that no playbook covers."""
GENERAL_DANGER = "general.danger-first"
"""The protocol for a danger that has no card of its own."""
OTHER_SECTOR = 0.6
"""Standard deviations that a card of a sector foreign to text and site must win by."""
BY_WHOLE, BY_NEAREST_PART, BY_PARTS = 0.5, 0.25, 0.25
"""What the whole text, the part nearest to a card and the mean of all parts weigh: evals/DECISIONS.md."""
MOST_PROBLEMS = 3
NEAREST = 5
KIND_WEIGHT = 0.5
"""Standard deviations for each e-fold in the probability of a card's kind of danger."""
LEAST_CHANCE = 0.05
"""Below this a kind of danger is not considered: evals/DECISIONS.md, “Reading danger”."""
HARDLY_DANGEROUS = 0.2
"""Below this probability of danger a card for dangers does not answer: something else is locked, lost or loud."""
SURE_OF_PART = 0.6
LEAD_OF_PART = 1.0
"""What a part of a text must show to count as a problem of its own."""
SURE_ALONE = 0.9
"""What a part must show to be answered where nothing fits the whole: torn out, many a sentence is like some card."""
OddsOf = Callable[[np.ndarray], Odds]


@dataclass(frozen=True)
class _Ranking:
    recognition: Recognition
    fused: np.ndarray
    place: int
    words: float
    odds: Odds

    def chance(self, place: int) -> float:
        """How probable it is that the card at `place` answers the text."""
        return coverage.probability(self.recognition, place, self.words, self.odds)

    @cached_property
    def probability(self) -> float:
        """The chance of the card that fits best."""
        return self.chance(self.place)


class EvidenceFinder:
    """Ranks playbooks for an incident and its parts."""

    def __init__(self, recogniser: Recogniser, embedder: Embedder, odds: OddsOf, *, merging: bool = True) -> None:
        """`odds` says how likely it is that a text, given its vector, tells of an incident that playbooks are about.

        Without `merging` one incident is answered by one playbook.
        """
        self._recogniser = recogniser
        self._embedder = embedder
        self._odds = odds
        self._merging = merging
        self._place = {playbook.id: i for i, playbook in enumerate(recogniser.playbooks)}
        self._general = np.array([p.id in {GENERAL, GENERAL_DANGER} for p in recogniser.playbooks], bool)
        self._hazards = np.array([p.hazard for p in recogniser.playbooks])

    def find(
        self, situation: Situation, parts: Sequence[str], sectors: Sequence[Sector] = (), *, strict: bool = False
    ) -> Evidence:
        """Evidence for the whole text, then for parts that are problems of their own.

        `sectors` are the site's; cards of other sectors are held back, and with `strict` left out.
        A hazard puts its protocol first, whatever else the text is about.
        """
        allowed = {situation.sector, *sectors, "any"}
        whole, *ranked = rankings = self._rankings([situation.text, *parts], allowed, strict)
        if situation.hazard == "none" and situation.hazard_probability < HARDLY_DANGEROUS:
            whole = self._without_dangers(whole)
        places = self._problems(whole, ranked)
        if whole.probability < coverage.COVERED:
            sure = {part.place for part in ranked if part.probability >= SURE_ALONE}
            places = [place for place in places[1:] if place in sure]
        covered = bool(places)
        matches = [self._match(whole, place) for place in places]
        if situation.hazard != "none":
            protocol = self._protocol(rankings, situation)
            others = [match for match in matches if match.playbook.id != protocol.playbook.id]
            confidence = max(whole.probability, situation.hazard_probability)
            return Evidence((protocol, *others[: MOST_PROBLEMS - 1]), confidence, True, self._nearest(whole))
        if not covered:
            general = self._match(whole, self._place[GENERAL]) if GENERAL in self._place else None
            nearest = self._match(whole, whole.place)
            shown = tuple(match for match in (general, nearest) if match)
            return Evidence(shown, whole.probability, False, self._nearest(whole))
        return Evidence(tuple(matches), whole.probability, True, self._nearest(whole))

    def coverage_features(self, text: str, parts: Sequence[str]) -> tuple[Playbook, list[float]]:
        """The best card whatever its sector, and what `coverage` judges it by; for those who calibrate it."""
        whole = self._rankings([text, *parts], set(SECTORS), strict=False)[0]
        features = coverage.features(whole.recognition, whole.place, whole.words, whole.odds)
        return self._recogniser.playbooks[whole.place], features

    def _rankings(self, texts: Sequence[str], allowed: set[Sector], strict: bool) -> list[_Ranking]:
        """Of the whole text with its parts weighed in, then of each part alone; `texts` in that order."""
        vectors = self._embedder.incidents(texts)
        alone, *parts = (self._rank(text, vector, allowed, strict) for text, vector in zip(texts, vectors, strict=True))
        return [_together(alone, parts), *parts]

    def _rank(self, text: str, vector: np.ndarray, allowed: set[Sector], strict: bool) -> _Ranking:
        recognition = self._recogniser.recognise(text, vector, language_of(text))
        foreign = np.array([not allowed.intersection(p.sectors) for p in self._recogniser.playbooks], bool)
        held_back = np.where(foreign, np.inf if strict else OTHER_SECTOR, 0.0)
        fused = np.where(self._general, -np.inf, recognition.fused - held_back)
        return _Ranking(recognition, fused, int(fused.argmax()), weight(text), self._odds(vector))

    def _without_dangers(self, ranking: _Ranking) -> _Ranking:
        fused = np.where(self._hazards == "none", ranking.fused, -np.inf)
        return ranking if np.isneginf(fused).all() else replace(ranking, fused=fused, place=int(fused.argmax()))

    def _nearest(self, whole: _Ranking) -> tuple[str, ...]:
        best = np.argsort(-whole.fused, kind="stable")[:NEAREST]
        return tuple(self._recogniser.playbooks[place].id for place in best)

    def _problems(self, whole: _Ranking, parts: Sequence[_Ranking]) -> list[int]:
        """Places of the playbooks of all problems in the incident, the main one first."""
        places = [whole.place]
        for part in parts if self._merging else ():
            lead = part.fused[part.place] - part.fused[places].max()
            # Out of its context many a harmless part sounds dangerous; danger is the reader's to tell.
            if self._hazards[part.place] != "none":
                continue
            if part.place not in places and part.probability >= SURE_OF_PART and lead >= LEAD_OF_PART:
                places.append(part.place)
        return places[:MOST_PROBLEMS]

    def _protocol(self, rankings: Sequence[_Ranking], situation: Situation) -> Match:
        """The card that fits text and danger best; the general one where none is like what is told.

        A card that meets this danger within an ordinary matter is a protocol here like one that is for nothing else.
        """
        chances = situation.hazard_chances or {situation.hazard: 1.0}
        cards = self._recogniser.playbooks
        likely = np.array([max(chances.get(danger, 0.0) for danger in (p.hazard, *p.dangers)) for p in cards])
        fits = rankings[0].fused + KIND_WEIGHT * np.log(np.maximum(likely, LEAST_CHANCE))
        fitting = np.where((likely >= LEAST_CHANCE) & ~self._general, fits, -np.inf)
        place = int(fitting.argmax())
        unlike = max(ranking.chance(place) for ranking in rankings) < coverage.COVERED
        if np.isneginf(fitting[place]) or unlike:  # the steps for another danger mislead
            place = self._place.get(GENERAL_DANGER, place)
        match = self._match(max(rankings, key=lambda ranking: ranking.fused[place]), place)
        if match.playbook.hazard != "none" or not match.playbook.dangers:
            return match
        meant = max(match.playbook.dangers, key=lambda danger: chances.get(danger, 0.0))
        return replace(match, playbook=replace(match.playbook, hazard=meant))

    def _match(self, ranking: _Ranking, place: int) -> Match:
        playbook: Playbook = self._recogniser.playbooks[place]
        signals = self._recogniser.signals
        signal = signals[ranking.recognition.best_signal[place]] if signals else ""
        fused = float(ranking.recognition.fused[place])
        # Standard deviations above the average card, squeezed into 0-1 for people.
        return Match(playbook, float(np.clip(fused / 6.0, 0.0, 1.0)), signal)


def _together(alone: _Ranking, parts: Sequence[_Ranking]) -> _Ranking:
    """The ranking of a whole text, its parts weighed in: a sentence amid others is blurred in the whole's vector."""
    said = np.array([part.fused for part in parts or [alone]])
    fused = BY_WHOLE * alone.fused + BY_NEAREST_PART * said.max(axis=0) + BY_PARTS * said.mean(axis=0)
    return replace(alone, fused=fused, place=int(fused.argmax()))
