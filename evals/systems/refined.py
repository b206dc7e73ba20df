"""The product with the language model of `IMPROV_LLM_*`: what the card says once the model's words are in.

Two runs with `IMPROV_PROMPTS` set to two folders compare two wordings of the prompts.
"""

from __future__ import annotations

import asyncio
import time
from dataclasses import asdict

from assistant.assembly import open_improv
from assistant.errors import SetupError
from assistant.refinement.refiner import Refiner
from assistant.settings import load_settings
from assistant.terminal import show_progress
from evals.answer import Answer
from evals.case import Case


class Refined:
    """What ships, refined. Where the model gives nothing, the playbook's advice is the answer, as for staff."""

    name = "product-refined"

    def __init__(self) -> None:
        self._improv = open_improv(load_settings(), show_progress)
        if self._improv.refiner is None:
            self._improv.close()
            raise SetupError("no language model is named; set IMPROV_LLM_BASE_URL and IMPROV_LLM_MODEL")
        self._refiner: Refiner = self._improv.refiner
        self._runner = asyncio.Runner()

    @property
    def versions(self) -> dict[str, str]:
        """The encoder, the model, and the prompt in each language."""
        prompts = {f"prompt.{lang}": prompt.version for lang, prompt in self._refiner.prompts.items()}
        return {"encoder": self._improv.embedder.name, "model": self._refiner.model, **prompts}

    def answer(self, case: Case) -> Answer:
        """As staff would read it in the end; the time is that of the playbook's advice, which they read first."""
        started = time.perf_counter()
        advised = self._improv.advise(case.text, role=None, site=case.site or None, lang=None, conversation="")
        seconds = time.perf_counter() - started
        advice = advised.answer.advice
        refinement = self._runner.run(self._refiner.refine(advice, advised.text))
        return Answer.from_advice(asdict(refinement.advice or advice), seconds, advised.answer.ranked)

    def close(self) -> None:
        """Give connections, database and index back."""
        self._runner.run(self._refiner.endpoint.close())
        self._runner.close()
        self._improv.close()
