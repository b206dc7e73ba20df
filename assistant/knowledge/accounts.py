"""Told scenes by which playbooks are recognised, beside the short utterances that stand in the playbooks themselves."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from assistant.domain.playbook import Playbook
from assistant.domain.vocabulary import LANGS, Lang


@dataclass(frozen=True, slots=True)
class Accounts:
    """Accounts by playbook and language. A playbook that is not among them is known by its signals alone."""

    told: Mapping[str, Mapping[Lang, tuple[str, ...]]]

    def joined_to(self, playbooks: Iterable[Playbook]) -> list[Playbook]:
        """The playbooks with their accounts behind their signals."""
        return [self._joined(playbook) for playbook in playbooks]

    @property
    def digest(self) -> str:
        """Changes with any account."""
        return hashlib.sha256(json.dumps(self.told, sort_keys=True).encode()).hexdigest()[:16]

    def _joined(self, playbook: Playbook) -> Playbook:
        # A card that a company wrote itself keeps to what the company says, even under a shipped name.
        told = self.told.get(playbook.id) if playbook.document == playbook.id else None
        if told is None:
            return playbook
        signals = {lang: (*playbook.signals.get(lang, ()), *told.get(lang, ())) for lang in LANGS}
        return replace(playbook, signals={lang: texts for lang, texts in signals.items() if texts})
