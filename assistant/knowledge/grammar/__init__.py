"""How Chinese and English tell people to do something. Patterns only; `instructions.py` reads with them."""

from collections.abc import Mapping

from assistant.domain.vocabulary import Lang
from assistant.knowledge.grammar.chinese import CHINESE
from assistant.knowledge.grammar.english import ENGLISH
from assistant.knowledge.grammar.grammar import Grammar

GRAMMARS: Mapping[Lang, Grammar] = {"en": ENGLISH, "zh": CHINESE}

__all__ = ["GRAMMARS", "Grammar"]
