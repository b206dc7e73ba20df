"""The whole product in one object: what people ask of it, and the desks that they work at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from assistant.assembly.editions import Editions
from assistant.assembly.parts import now, silent
from assistant.domain.advice import Advice
from assistant.domain.evidence import FoundPassage
from assistant.domain.incident import clean_incident
from assistant.domain.site import Site
from assistant.domain.vocabulary import Guidance, Lang
from assistant.errors import UnknownName
from assistant.settings import Settings, load_settings

if TYPE_CHECKING:  # these pull in the heavy libraries, which are imported when a part is first used
    from assistant.advice.adviser import Answer
    from assistant.advice.chain import Part
    from assistant.audit.audit import Audit
    from assistant.drills.hall import DrillHall
    from assistant.library import Progress
    from assistant.paging.courier import Courier
    from assistant.refinement.refiner import Refinement, Refiner
    from assistant.rooms.desk import RoomDesk
    from assistant.training.desk import TrainingDesk


@dataclass(frozen=True, slots=True)
class Advised:
    """An answer with what is recorded beside it."""

    site: Site
    text: str
    answer: Answer
    staff: str = ""


class Improv(Editions):
    """The whole product in one object. Parts are made when first needed and kept."""

    def __enter__(self) -> Improv:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def suggest(
        self,
        text: str,
        *,
        role: str | None = None,
        site: str | None = None,
        lang: Lang | None = None,
        conversation: str = "",
        staff: str | None = None,
        guidance: Guidance | None = None,
        record: bool = True,
    ) -> Advice:
        """Advice for one incident. Raises InvalidInput for an unusable text, UnknownName for an unknown site."""
        advised = self.advise(
            text, role=role, site=site, lang=lang, conversation=conversation, staff=staff, guidance=guidance
        )
        if record:
            self.record(advised)
        return advised.answer.advice

    def advise(
        self,
        text: str,
        *,
        role: str | None,
        site: str | None,
        lang: Lang | None,
        conversation: str,
        earlier: Sequence[str] | None = None,
        staff: str | None = None,
        guidance: Guidance | None = None,
    ) -> Advised:
        """The same, not yet recorded: a stream shows the first action before it writes anything down.

        `earlier` are the texts before this one, where the caller keeps them; else the records know them.
        """
        from assistant.advice.adviser import AdviceRequest

        tidy = clean_incident(text)
        where = self.at_hand.now(site or self.settings.site)
        request = AdviceRequest(
            text=tidy,
            site=where,
            role=where.role(role),
            lang=lang,
            conversation=conversation,
            earlier=earlier if earlier is not None else self._earlier(conversation) if conversation else (),
            guidance=self.staff.resolve(where, staff, guidance),
        )
        return Advised(where, tidy, self._snapshot().adviser.advise(request), staff or "")

    def record(self, advised: Advised) -> None:
        """Write the turn down, and the gap where nothing covered the incident."""
        advice = advised.answer.advice
        self.conversations.add(advised.site.id, advised.text, advice, advised.answer.ranked[0])
        if advised.staff:
            self.staff.note(advice.id, advised.site.id, advised.staff, advice.guidance)

    async def refine(self, advised: Advised) -> Refinement | None:
        """The same advice in a language model's words; None where none is set. What was sent is written down."""
        from anyio import to_thread

        from assistant.refinement.setup import record_of

        if (refiner := self.refiner) is None:
            return None
        advice, state = advised.answer.advice, advised.answer.situation
        refinement = await refiner.refine(advice, state.text, state.notes)
        if refinement.was_sent:
            await to_thread.run_sync(self.refinements.add, record_of(advice.id, refinement))
        return refinement

    def search(self, query: str, k: int = 10, collection: str = "main") -> list[FoundPassage]:
        """The `k` passages that fit best. Raises InvalidInput, or UnknownName for an unknown collection."""
        from assistant.retrieval.passages import found

        return [found(document) for document in self.retriever(collection).ranked(clean_incident(query), k)]

    def audit(
        self, path: Path | None = None, *, today: date, oldest_days: int, fast: bool, progress: Progress = silent
    ) -> Audit:
        """Check the corpus, or drafts at `path` against it; needs no index, and with `fast` no encoder either."""
        from assistant.audit.audit import audit
        from assistant.audit.kept_vectors import KeptVectors

        if not fast:
            self._make_home()
        vectors = None if fast else KeptVectors(self.embedder, self.settings.models)
        return audit(self.corpus, path, vectors, today=today, oldest_days=oldest_days, progress=progress)

    @cached_property
    def rooms(self) -> RoomDesk:
        """Incident rooms."""
        from assistant.records.rooms import RoomStore
        from assistant.rooms.desk import RoomDesk

        roles, store = self.corpus.roles, RoomStore(self.engine)
        return RoomDesk(store, self.site, roles, self.pages.subscribed, lambda: self.clock())  # noqa: PLW0108

    def open_room(self, advice: str, by: str = "", call: Sequence[str] = ()) -> str:
        """The id of the incident room of an advice that was given; calls whom it pulls in. Raises UnknownName."""
        return self.rooms.open(self.conversations.turn(advice), self.playbooks(), by, call)

    @cached_property
    def courier(self) -> Courier:
        """Who takes pages out."""
        from assistant.paging.addresses import AddressBook
        from assistant.paging.courier import Courier

        book, where = AddressBook(self.settings.paging), self.settings.public_url
        return Courier(self.pages, lambda site: self.site(site).calls, book, self.push_keys, where, now)

    @cached_property
    def refiner(self) -> Refiner | None:
        """What rewords advice, where the settings name a language model."""
        if not self.settings.has_llm:
            return None
        from assistant.refinement.setup import build_refiner
        from assistant.truth.verifier import Verifier

        return build_refiner(
            self.settings, self.corpus, Verifier(self.facts, self.meaning()), self.envelope.crossed, self.refinements,
            lambda: frozenset(p.document for p in self.playbooks() if p.hazard != "none"),
        )  # fmt: skip

    @cached_property
    def drills(self) -> DrillHall:
        """Where drills are played. The first reply ever waits for the recogniser's training, about a minute."""
        from assistant.drills.opening import open_hall
        from assistant.records.drills import DrillStore

        return open_hall(
            self.corpus,
            self.settings.models,
            self.embedder,
            self._spans,
            DrillStore(self.engine),
            self.playbooks,
            self._progress,
        )

    @cached_property
    def training(self) -> TrainingDesk:
        """The trainer's side of drills."""
        from assistant.records.training import TrainingStore
        from assistant.training.desk import TrainingDesk

        return TrainingDesk(TrainingStore(self.engine), self.drills.scenarios, self.playbooks)

    def _earlier(self, conversation: str) -> list[str]:
        try:
            return [turn.text for turn in self.conversations.turns(conversation)]
        except UnknownName:  # the client made the id up itself: the conversation begins now
            return []


def open_improv(
    settings: Settings | None = None, progress: Progress = silent, without: frozenset[Part] = frozenset()
) -> Improv:
    """The product, ready to answer. The first time this builds the index, which takes a minute or two."""
    improv = Improv(settings or load_settings(), without)
    improv.prepare(progress)
    return improv
