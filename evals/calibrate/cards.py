"""Cards of the corpus as others would have them: in one language, or taken for a company's own."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from assistant.assembly import Improv
from assistant.domain.playbook import Playbook
from assistant.domain.vocabulary import LANGS, Lang
from assistant.index.signals import signal_vectors
from assistant.retrieval.evidence_finder import EvidenceFinder
from assistant.retrieval.learned_cards import LearnedCards, read_learned_cards
from assistant.retrieval.recogniser import Recogniser

DRAWS = 5
OWN_SIGNALS = 2
"""A company's document says once or twice when it applies; the cards that we ship have a dozen signals."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A finder for texts in `lang` to which the playbooks `own` are a company's: one language, nothing learned."""

    lang: Lang
    own: frozenset[str]
    finder: EvidenceFinder


def with_own_cards(improv: Improv) -> Iterator[Drawn]:
    """Finders by draw and language; each playbook is a company's own in one of `DRAWS` draws."""
    playbooks = improv.playbooks()
    names = [playbook.id for playbook in playbooks if not playbook.id.startswith("general.")]
    learned = read_learned_cards(improv.embedder.name)
    for draw in range(DRAWS):
        own = frozenset(names[draw::DRAWS])
        left = learned and _without(learned, own)
        for lang in LANGS:
            cards = [in_one_language(p, lang, OWN_SIGNALS) if p.id in own else p for p in playbooks]
            recogniser = Recogniser(cards, signal_vectors(cards, improv.embedder), learned=left)
            yield Drawn(lang, own, EvidenceFinder(recogniser, improv.embedder, improv.heads.odds))


def in_one_language(playbook: Playbook, lang: Lang, most: int | None = None) -> Playbook:
    """The card as if it were written in `lang` alone, with the first `most` of its signals."""
    signals = {lang: playbook.signals.get(lang, ())[:most]}
    return replace(playbook, signals=signals, title={lang: playbook.title[lang]})


def _without(learned: LearnedCards, own: Collection[str]) -> LearnedCards:
    kept = [place for place, name in enumerate(learned.playbooks) if name not in own]
    return LearnedCards(tuple(learned.playbooks[place] for place in kept), learned.weights[kept], learned.bias[kept])
