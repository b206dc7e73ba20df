"""How the ids in a run are called in words: playbooks, roles, limits and criteria, each in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from assistant.advice.envelope import load_envelope
from assistant.domain.vocabulary import Lang, Text, in_lang
from assistant.knowledge.corpus import Corpus
from assistant.settings import load_settings
from evals.concepts import load_concepts


@dataclass(frozen=True, slots=True)
class Names:
    """Titles by id. An id that is not here is shown as it stands."""

    playbooks: Mapping[str, Text] = field(default_factory=dict)
    roles: Mapping[str, Text] = field(default_factory=dict)
    limits: Mapping[str, Text] = field(default_factory=dict)
    concepts: Mapping[str, Text] = field(default_factory=dict)

    def playbook(self, id_: str, lang: Lang) -> str:
        """Its title, in quotes."""
        return f"“{in_lang(self.playbooks[id_], lang)}”" if id_ in self.playbooks else id_

    def role(self, id_: str, lang: Lang) -> str:
        """As pages call it."""
        return in_lang(self.roles[id_], lang) if id_ in self.roles else id_.replace("_", " ")

    def limit(self, id_: str, lang: Lang) -> str:
        """The limit in its own words."""
        return in_lang(self.limits[id_], lang).rstrip("。.") if id_ in self.limits else id_

    def concept(self, id_: str, lang: Lang) -> str:
        """What a criterion asks for."""
        return in_lang(self.concepts[id_], lang).rstrip("。.") if id_ in self.concepts else id_.replace("-", " ")


@lru_cache(maxsize=1)
def shipped_names() -> Names:
    """The names of the corpus and the criteria in use."""
    corpus = Corpus(load_settings().corpus)
    return Names(
        playbooks={card.id: card.title for card in corpus.playbooks()},
        roles=corpus.roles,
        limits={limit.id: limit.text for limit in load_envelope(corpus).limits},
        concepts={concept.id: {"en": concept.en, "zh": concept.zh} for concept in load_concepts().values()},
    )
