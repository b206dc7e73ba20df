"""The product itself, through the one composition root; whole, or with one part left out."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import asdict

from assistant.advice.chain import Part
from assistant.assembly import Improv, open_improv
from assistant.settings import load_settings
from assistant.terminal import show_progress
from evals.answer import Answer
from evals.case import Case
from evals.feasibility.scene import Scene
from evals.feasibility.stage import Stage

WITHOUT: Mapping[str, Part] = {
    "product-no-words": "words",
    "product-no-vectors": "vectors",
    "product-no-signals": "signals",
    "product-no-alarm": "alarm",
    "product-no-merging": "merging",
}
"""The product with one part switched off, by the name of the system."""


def open_product(without: frozenset[Part] = frozenset()) -> Improv:
    """The product with the settings of the environment."""
    return open_improv(load_settings(), show_progress, without)


class Product:
    """What ships."""

    def __init__(self, name: str = "product") -> None:
        self.name = name
        without = frozenset({WITHOUT[name]}) if name in WITHOUT else frozenset[Part]()
        self._improv = open_product(without)
        self._stage = Stage(self._improv)

    @property
    def versions(self) -> dict[str, str]:
        """The encoder's name."""
        return {"encoder": self._improv.embedder.name}

    def answer(self, case: Case) -> Answer:
        """As staff would get it at the case's site on a quiet afternoon; nothing is recorded."""
        scene = Scene(site=case.site or self._improv.settings.site)
        self._stage.set(scene)
        started = time.perf_counter()
        advised = self._improv.advise(case.text, role=None, site=case.site or None, lang=None, conversation="")
        seconds = time.perf_counter() - started
        return Answer.from_advice(
            asdict(advised.answer.advice), seconds, advised.answer.ranked, scene.model_dump(mode="json")
        )

    def close(self) -> None:
        """Give database and index back."""
        self._improv.close()
