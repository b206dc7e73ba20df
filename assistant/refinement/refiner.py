"""One advice refined: what is sent, what came back, what of it may be shown, and what it cost."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from anyio import to_thread
from langchain_core.messages import HumanMessage, SystemMessage

from assistant.domain.advice import Advice, Timing
from assistant.domain.vocabulary import Lang
from assistant.privacy.masking import Mask
from assistant.privacy.names import NameFinder
from assistant.prompts import Prompt
from assistant.refinement.budget import Budget, Usage
from assistant.refinement.case import Case, case_of
from assistant.refinement.draft import read_draft
from assistant.refinement.endpoint import Endpoint, NoAnswer, Reply, Trouble
from assistant.refinement.merge import Crossed, Merger
from assistant.truth.verifier import Verifier

TASK = "reword_advice"
NOTHING = Usage()
LEAST_ROOM = 64
"""Tokens; an answer in fewer says nothing."""
Outcome = Literal["refined", "unchanged", "garbage", "nothing_to_do", "over_budget"] | Trouble


@dataclass(frozen=True, slots=True)
class Refinement:
    """What became of one advice. `advice` only where words of the model are in it."""

    outcome: Outcome
    advice: Advice | None = None
    model: str = ""
    prompt: str = ""
    usage: Usage = NOTHING
    seconds: float = 0.0
    refused: Sequence[Mapping[str, str]] = field(default_factory=tuple)

    @property
    def was_sent(self) -> bool:
        """Whether anything left this machine."""
        return self.outcome not in {"nothing_to_do", "over_budget", "open"}


@dataclass(frozen=True, slots=True)
class Refiner:
    """Holds what does not change between requests. `crossed` is the envelope's check."""

    endpoint: Endpoint
    model: str
    prompts: Mapping[Lang, Prompt]
    names: NameFinder
    verifier: Verifier
    crossed: Crossed
    budget: Budget
    locked: Callable[[], frozenset[str]]

    async def refine(self, advice: Advice, incident: str, notes: Sequence[str] = ()) -> Refinement:
        """Never raises for what the endpoint does; `outcome` says it."""
        if self.endpoint.rests:
            return Refinement("open", model=self.model)
        if not advice.covered:
            return Refinement("nothing_to_do", model=self.model)
        case = case_of(advice, incident, notes, self.locked())
        if not case.lines:
            return Refinement("nothing_to_do", model=self.model)
        started = time.perf_counter()
        done = await self._ask(advice, case)
        seconds = time.perf_counter() - started
        spent = Timing(round(advice.timing_ms.total + seconds * 1000, 2))
        refined = dataclasses.replace(done.advice, timing_ms=spent) if done.advice else None
        return dataclasses.replace(done, advice=refined, model=self.model, seconds=round(seconds, 3))

    async def _ask(self, advice: Advice, case: Case) -> Refinement:
        prompt = self.prompts[advice.lang]
        mask = Mask(self.names)
        system, user = await to_thread.run_sync(lambda: prompt.filled({"case": case.as_json(mask)}))
        room = await to_thread.run_sync(self.budget.room, system + user)
        if room < LEAST_ROOM:
            return Refinement("over_budget", prompt=prompt.version)
        try:
            reply = await self.endpoint.ask([SystemMessage(system), HumanMessage(user)], room)
        except NoAnswer as error:
            return Refinement(error.trouble, prompt=prompt.version, usage=error.spent)
        return await to_thread.run_sync(self._checked, advice, case, mask, reply)

    def _checked(self, advice: Advice, case: Case, mask: Mask, reply: Reply) -> Refinement:
        prompt = self.prompts[advice.lang].version
        draft = read_draft(reply.text, case.lines)
        if not draft.lines:
            return Refinement("garbage", prompt=prompt, usage=reply.usage)
        merger = Merger(advice, case, mask, self.verifier, self.crossed)
        refined = merger.merged(draft)
        refused = tuple(merger.refused.entries)
        if refined is None:
            return Refinement("unchanged", prompt=prompt, usage=reply.usage, refused=refused)
        named = dataclasses.replace(refined, engine=f"llm:{self.model}")
        return Refinement("refined", named, prompt=prompt, usage=reply.usage, refused=refused)
