"""Whether a claim may be shown: first what can be told exactly, then its meaning, sentence by sentence."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from assistant.domain.language import language_of
from assistant.knowledge.sentences import sentences
from assistant.truth.facts import FactChecker
from assistant.truth.grounds import Grounds

MARKUP = re.compile(r"[<>{}`|\\]|\*\*|^#|\[[^\]]*\]\(|[\u200b-\u200f\u202a-\u202e\u2060-\u206f]")
"""Plain words only: nothing that a page might render, nothing invisible."""
Meaning = Callable[[str, Grounds], float]
"""How likely it is that a claim says only what its grounds say, 0-1."""
LEAST = 0.5
TWO = 2


@dataclass(frozen=True, slots=True)
class Verdict:
    """`why` names what was not found in the grounds; empty where the claim may be shown."""

    why: tuple[str, ...] = ()

    @property
    def supported(self) -> bool:
        """Whether the claim may be shown."""
        return not self.why


class Verifier:
    """Exact facts and meaning together."""

    def __init__(self, facts: FactChecker, meaning: Meaning) -> None:
        self._facts, self._meaning = facts, meaning

    def verdict(self, claim: str, grounds: Grounds) -> Verdict:
        """Judges every sentence of the claim on its own; one that fails takes the claim with it."""
        if MARKUP.search(claim):
            return Verdict(("markup",))
        if language_of(claim) != grounds.lang:
            return Verdict(("other language",))
        told = sentences(claim)
        why = [fact for sentence in told for fact in self._facts.added(sentence, grounds)]
        if not why:
            # As it was measured: claims of one or two sentences. In a longer one each is judged for itself, too.
            parts = [claim, *(told if len(told) > TWO else ())]
            why = [f"meaning {chance:.2f}" for said in parts if (chance := self._meaning(said, grounds)) < LEAST]
        return Verdict(tuple(dict.fromkeys(why)))
