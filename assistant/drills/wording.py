"""Better wordings, word for word from a playbook's sentences to say, else from the scenario's ideal replies."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from assistant.domain.drill import Move, Scenario
from assistant.domain.playbook import Playbook
from assistant.domain.vocabulary import Factor, Lang, in_lang
from assistant.drills.matching import Encode
from assistant.drills.moves.heads import Array
from assistant.drills.scoring import FACTOR_OF

FITTING = 0.02
"""Bonus, in cosine, for a sentence that serves the factor that failed."""
FROM_PLAYBOOK = 0.02


@dataclass(frozen=True, slots=True)
class Wording:
    """A sentence with its place. `document` is a playbook's id, or the scenario's for an ideal reply."""

    text: str
    document: str
    title: str
    locator: str
    version: str


class Wordings:
    """The sentences that a scenario's debrief may quote."""

    def __init__(self, scenario: Scenario, playbooks: Iterable[Playbook], lang: Lang, encode: Encode) -> None:
        self._encode = encode
        by_id = {playbook.id: playbook for playbook in playbooks}
        self._entries: list[tuple[Wording, Factor | None]] = []
        for playbook in (by_id[id_] for id_ in scenario.playbooks if id_ in by_id):
            title = in_lang(playbook.title, lang)
            for action in playbook.actions:
                if said := action.say.get(lang):
                    place = in_lang(action.locator, lang)
                    wording = Wording(said, playbook.document, title, place, playbook.version)
                    self._entries.append((wording, action.factor))
        ideal = "ideal" if lang == "en" else "示范说法"
        for text in scenario.ideal.get(lang, ()):
            wording = Wording(text, scenario.id, in_lang(scenario.title, lang), ideal, scenario.version)
            self._entries.append((wording, None))
        self._vectors: Array = encode([wording.text for wording, _ in self._entries])

    def better(self, guest: str, staff: str, move: Move | None, used: Iterable[str]) -> Wording | None:
        """What could have been said to the guest's line instead of `staff`; none that is in `used`."""
        taken = set(used)
        guest_vector, staff_vector = self._encode([guest, staff])
        scores = self._vectors @ guest_vector + 0.5 * self._vectors @ staff_vector
        best: tuple[float, Wording] | None = None
        for (wording, factor), likeness in zip(self._entries, scores, strict=True):
            if wording.text in taken or wording.text == staff:
                continue
            value = float(likeness) + self._bonus(factor, move)
            if best is None or value > best[0]:
                best = value, wording
        return best[1] if best else None

    def first_open(self, wanted: Sequence[str]) -> Wording | None:
        """The sentence nearest to any of `wanted`, things that staff might say."""
        if not wanted or not self._entries:
            return None
        likeness = (self._vectors @ self._encode(list(wanted)).T).max(axis=1)
        return self._entries[int(np.argmax(likeness))][0]

    @staticmethod
    def _bonus(factor: Factor | None, move: Move | None) -> float:
        if factor is None:
            return 0.0
        return FROM_PLAYBOOK + (FITTING if move is not None and FACTOR_OF[move] == factor else 0.0)
