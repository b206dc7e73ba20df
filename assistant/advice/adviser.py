"""The advice chain: a LangChain runnable from a request to Advice."""

from __future__ import annotations

import dataclasses
import time
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from langchain_core.runnables import Runnable, RunnableLambda

from assistant.advice.composer import Composer
from assistant.domain.advice import Advice, Timing
from assistant.domain.evidence import Evidence
from assistant.domain.site import Role, Site
from assistant.domain.situation import Situation
from assistant.domain.vocabulary import Guidance, Lang
from assistant.retrieval.evidence_finder import GENERAL_DANGER, EvidenceFinder
from assistant.situation.reader import Reading, SituationReader


@dataclass(frozen=True, slots=True)
class AdviceRequest:
    """One incident, with the site as of now and the asking person's frame; `earlier`: the texts before it, in order."""

    text: str
    site: Site
    role: Role | None = None
    lang: Lang | None = None
    conversation: str = ""
    earlier: Sequence[str] = ()
    guidance: Guidance = "balanced"


@dataclass(frozen=True, slots=True)
class _Step:
    """What flows through the chain; each stage adds its part."""

    request: AdviceRequest
    reading: Reading
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """The advice, and the ids of the playbooks nearest to the incident, for the record of gaps and for evaluation."""

    advice: Advice
    ranked: tuple[str, ...]


class Adviser:
    """situation → evidence → composed advice → checks."""

    def __init__(self, reader: SituationReader, finder: EvidenceFinder, composer: Composer) -> None:
        self.reader, self._finder, self._composer = reader, finder, composer
        self.chain: Runnable[AdviceRequest, Answer] = (
            RunnableLambda(self._read) | RunnableLambda(self._find) | RunnableLambda(self._compose)
        )

    def advise(self, request: AdviceRequest) -> Answer:
        """One incident answered; `timing_ms.total` covers the whole chain."""
        started = time.perf_counter()
        answer = self.chain.invoke(request)
        spent = Timing(round((time.perf_counter() - started) * 1000, 2))
        return dataclasses.replace(answer, advice=dataclasses.replace(answer.advice, timing_ms=spent))

    def _read(self, request: AdviceRequest) -> _Step:
        return _Step(request, self.reader.read(request.text, request.site, request.lang))

    def _find(self, step: _Step) -> _Step:
        evidence = self._evidence(step.reading, step.request)
        if not evidence.covered and step.request.earlier:
            # A follow-up such as “he refused the voucher” says little alone: read it with what went before.
            joined = "\n".join([*step.request.earlier[-2:], step.request.text])
            reading = self.reader.read(joined, step.request.site, step.reading.situation.lang)
            return _Step(step.request, reading, self._evidence(reading, step.request))
        return dataclasses.replace(step, evidence=evidence)

    def _evidence(self, reading: Reading, request: AdviceRequest) -> Evidence:
        return self._finder.find(reading.situation, reading.parts, request.site.sectors)

    def _compose(self, step: _Step) -> Answer:
        assert step.evidence is not None
        advice = self._composer.compose(
            _named_by(step.evidence, step.reading.situation),
            step.evidence,
            step.request.site,
            step.request.role,
            uuid.uuid4().hex,
            step.request.conversation or uuid.uuid4().hex,
            step.request.guidance,
        )
        return Answer(advice, step.evidence.ranked)


def _named_by(evidence: Evidence, situation: Situation) -> Situation:
    """Where danger was read, its kind is that of the protocol that is shown."""
    protocol = evidence.matches[0].playbook
    if situation.hazard == "none" or protocol.hazard == "none" or protocol.id == GENERAL_DANGER:
        return situation
    return dataclasses.replace(situation, hazard=protocol.hazard)
