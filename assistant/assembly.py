"""The one place where parts are joined. The server, the command line and the evaluation all start here.

from assistant.assembly import open_improv

with open_improv() as improv:
    print(improv.suggest("the room is not ready and the guest is furious").actions[0].text)
"""

from __future__ import annotations

import logging
import shutil
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, TypeVar, cast

from assistant.domain.advice import Advice
from assistant.domain.evidence import FoundPassage
from assistant.domain.incident import clean_incident
from assistant.domain.playbook import Playbook
from assistant.domain.site import Site
from assistant.domain.vocabulary import Factor, Guidance, Lang
from assistant.errors import IndexUnavailable, SetupError, UnknownName
from assistant.knowledge.corpus import Corpus
from assistant.settings import Settings, load_settings, stay_offline

if TYPE_CHECKING:  # these pull in the heavy libraries, which are imported when a part is first used
    from concurrent.futures import Future

    from chromadb.api import ClientAPI
    from sqlalchemy import Engine

    from assistant.advice.adviser import Adviser, Answer
    from assistant.advice.chain import Part
    from assistant.advice.envelope import Envelope
    from assistant.audit.audit import Audit
    from assistant.drills.hall import DrillHall
    from assistant.index.chroma import ChromaIndex
    from assistant.index.ports import Embedder, Vectors
    from assistant.index.states import SpanEncoder
    from assistant.library import Library, Progress
    from assistant.paging.courier import Courier
    from assistant.paging.push import PushKeys
    from assistant.records.contents import ContentStore
    from assistant.records.conversations import ConversationStore
    from assistant.records.documents import DocumentStore
    from assistant.records.gaps import GapStore
    from assistant.records.pages import PageStore
    from assistant.records.refinements import RefinementStore
    from assistant.refinement.refiner import Refinement, Refiner
    from assistant.resources.desk import AtHandDesk
    from assistant.resources.staffing import Staffing
    from assistant.retrieval.evidence_finder import EvidenceFinder
    from assistant.retrieval.passages import PassageRetriever
    from assistant.rooms.desk import RoomDesk
    from assistant.situation.heads import Heads
    from assistant.situation.reader import SituationReader
    from assistant.training.desk import TrainingDesk
    from assistant.truth.facts import FactChecker
    from assistant.truth.meaning import MeaningChecker

log = logging.getLogger("improv.assembly")

T = TypeVar("T")


def _now() -> datetime:
    """The present moment, with its zone."""
    return datetime.now(UTC)


def _silent(_label: str, _done: int, _total: int) -> None:
    """A Progress that shows nothing."""


@dataclass(frozen=True, slots=True)
class _Snapshot:
    """What was built from one edition of the main collection."""

    edition: str
    playbooks: tuple[Playbook, ...]
    vectors: Mapping[str, Vectors]
    finder: EvidenceFinder
    adviser: Adviser


@dataclass(frozen=True, slots=True)
class Advised:
    """An answer with what is recorded beside it."""

    site: Site
    text: str
    answer: Answer
    staff: str = ""


class Improv:
    """The whole product in one object. Parts are made when first needed and kept."""

    def __init__(self, settings: Settings, without: frozenset[Part] = frozenset()) -> None:
        stay_offline()
        self.settings = settings
        self._without = without
        self.corpus = Corpus(settings.corpus)
        self._lock = threading.RLock()
        self._current: _Snapshot | None = None
        self._changing = False
        self._retrievers: dict[str, tuple[str, PassageRetriever]] = {}
        self._progress: Progress = _silent
        self.clock: Callable[[], datetime] = _now

    def __enter__(self) -> Improv:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give the database and the vector index back."""
        if "engine" in self.__dict__:
            self.engine.dispose()
        self._close_index()

    # --- what people ask of it -------------------------------------------------------------

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

    def playbooks(self) -> tuple[Playbook, ...]:
        """Every playbook that advice can draw on now."""
        return self._snapshot().playbooks

    def is_playbook(self, name: str) -> bool:
        """Whether a document of the main collection is a playbook."""
        return any(playbook.id == name for playbook in self.playbooks())

    def finder(self) -> EvidenceFinder:
        """What ranks the playbooks; for those who calibrate it."""
        return self._snapshot().finder

    def reader(self) -> SituationReader:
        """What reads situations; for those who calibrate it."""
        return self._snapshot().adviser.reader

    def audit(
        self, path: Path | None = None, *, today: date, oldest_days: int, fast: bool, progress: Progress = _silent
    ) -> Audit:
        """Check the corpus, or drafts at `path` against it; needs no index, and with `fast` no encoder either."""
        from assistant.audit.audit import audit
        from assistant.audit.kept_vectors import KeptVectors

        if not fast:
            self._make_home()
        vectors = None if fast else KeptVectors(self.embedder, self.settings.models)
        return audit(self.corpus, path, vectors, today=today, oldest_days=oldest_days, progress=progress)

    # --- what managers ask of it ---------------------------------------------------------------

    def change(self, work: Callable[[Library], T], collection: str = "main") -> T:
        """Let `work` change the library; the change counts for every question once this returns.

        Who asks in the meantime is answered from what was there before, without waiting.
        """
        with self._lock:
            current = self._snapshot()
            self._changing = True
            try:
                done = work(self.library)
                self._retrievers.pop(collection, None)
                self.library.activate_due("main")
                edition = self.documents.edition("main")
                if edition != current.edition:
                    self._current = self._build_snapshot(edition, current.vectors)
            finally:
                self._changing = False
            return done

    def rehearsal(self, draft: Playbook) -> Adviser:
        """The advice chain as it would be with this card among the others; nothing is stored."""
        from assistant.index.signals import signal_vectors

        current = self._snapshot()
        joined = self.corpus.accounts.joined_to([draft])
        others = [playbook for playbook in current.playbooks if playbook.id != draft.id]
        vectors = {**current.vectors, **signal_vectors(joined, self.embedder, current.vectors)}
        return self._chain([*others, *joined], vectors)[1]

    # --- getting ready -----------------------------------------------------------------------

    def prepare(self, progress: Progress = _silent) -> None:
        """Bring everything up to date that a question needs; does only what is still missing."""
        from filelock import FileLock

        home = self._make_home()
        # Two first starts in one home would both create tables and both build the index.
        with self._lock, FileLock(home / "prepare.lock"):
            _ = self._loading  # the encoder loads beside the imports that follow
            self._progress = progress
            if self.library.sync_corpus(progress):
                self._retrievers.clear()
            if not self.library.is_indexed("main"):
                self.library.sync_index("main", progress)
            self._snapshot()

    def _make_home(self) -> Path:
        home = self.settings.home
        try:
            home.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise SetupError(f"IMPROV_HOME={str(home)!r} is no folder to write in ({error.strerror})") from error
        return home

    def drop_index(self) -> None:
        """Delete the embedded vector index, broken or not; it is built anew from the records when next needed."""
        with self._lock:
            self._close_index()
            self._retrievers.clear()
            self._current = None
            shutil.rmtree(self.settings.home / "chroma", ignore_errors=True)

    # --- parts -------------------------------------------------------------------------------

    @cached_property
    def engine(self) -> Engine:
        """The database."""
        from assistant.records.database import open_database

        return open_database(self.settings.database)

    @cached_property
    def documents(self) -> DocumentStore:
        """Documents in the records."""
        from assistant.records.documents import DocumentStore

        return DocumentStore(self.engine)

    @cached_property
    def conversations(self) -> ConversationStore:
        """Conversations in the records."""
        from assistant.records.conversations import ConversationStore

        return ConversationStore(self.engine)

    @cached_property
    def at_hand(self) -> AtHandDesk:
        """What is at hand at each site, live."""
        from assistant.records.at_hand import AtHandStore
        from assistant.resources.desk import AtHandDesk

        # Asked for at each question: a test or an evaluation may set another clock.
        return AtHandDesk(self.corpus, lambda: AtHandStore(self.engine), lambda: self.clock())  # noqa: PLW0108

    @cached_property
    def staff(self) -> Staffing:
        """How much guidance staff get."""
        from assistant.records.staff import StaffStore
        from assistant.resources.staffing import Staffing

        return Staffing(StaffStore(self.engine), lambda: self.clock())  # noqa: PLW0108

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
    def pages(self) -> PageStore:
        """Pages on their way, and the phones that are told."""
        from assistant.records.pages import PageStore

        return PageStore(self.engine)

    @cached_property
    def push_keys(self) -> PushKeys:
        """By which push services know this server."""
        from assistant.paging.push import PushKeys

        return PushKeys(self.settings.home, self.settings.public_url)

    @cached_property
    def courier(self) -> Courier:
        """Who takes pages out."""
        from assistant.paging.addresses import AddressBook
        from assistant.paging.courier import Courier

        book, where = AddressBook(self.settings.paging), self.settings.public_url
        return Courier(self.pages, lambda site: self.site(site).calls, book, self.push_keys, where, _now)

    def site(self, name: str) -> Site:
        """A site as its files say. Raises UnknownName."""
        return self.at_hand.site(name)

    @cached_property
    def envelope(self) -> Envelope:
        """The limits that no advice may cross."""
        from assistant.advice.envelope import load_envelope

        return load_envelope(self.corpus)

    @cached_property
    def contents(self) -> ContentStore:
        """What versions of documents hold."""
        from assistant.records.contents import ContentStore

        return ContentStore(self.engine)

    @cached_property
    def gaps(self) -> GapStore:
        """Incidents that nothing covered."""
        from assistant.records.gaps import GapStore

        return GapStore(self.engine)

    @cached_property
    def refinements(self) -> RefinementStore:
        """What a language model made of advice."""
        from assistant.records.refinements import RefinementStore

        return RefinementStore(self.engine)

    @cached_property
    def facts(self) -> FactChecker:
        """What must agree exactly between a sentence and its evidence."""
        from assistant.privacy.names import load_names
        from assistant.truth.facts import load_facts

        return load_facts(self.corpus, load_names(self.corpus).named)

    def meaning(self, *, fitted: bool = True) -> MeaningChecker:
        """What judges whether a sentence says only what its evidence says; to fit it anew, without weights."""
        from assistant.index.bundled import ensure_runtime
        from assistant.index.token_states import TokenReader
        from assistant.truth.meaning import MeaningChecker, load_judge
        from assistant.truth.wording import rarity_in

        reader = TokenReader(ensure_runtime(self.settings.models))
        return MeaningChecker(reader, self.facts, rarity_in(self.corpus), load_judge() if fitted else None)

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

    @property
    def embedder(self) -> Embedder:
        """The encoder that the settings name, behind a cache of recent questions."""
        return self._loading.result()

    @cached_property
    def _loading(self) -> Future[Embedder]:
        from assistant.index.loading import load_encoder

        return load_encoder(self.settings.embedding_model, self.settings.models)

    @cached_property
    def library(self) -> Library:
        """Documents in, index in step."""
        from filelock import FileLock

        from assistant.library import Library

        writing = FileLock(self.settings.home / "index.lock")
        return Library(self.documents, self.embedder, self._open_index, self.corpus, lambda: self._factors_of, writing)

    @cached_property
    def heads(self) -> Heads:
        """The trained heads; trained here if the corpus or the encoder changed since the last time."""
        from assistant.situation.training import HeadTrainer

        trainer = HeadTrainer(self.settings.models, self.corpus, self.embedder)
        return trainer.load_or_train(self._progress)

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

    def _spans(self) -> SpanEncoder:
        from assistant.index.bundled import ensure_runtime
        from assistant.index.loading import THREADS
        from assistant.index.states import OnnxSpans, PooledSpans

        if self.settings.embedding_model != "bundled":
            return PooledSpans(self.embedder)
        return OnnxSpans(ensure_runtime(self.settings.models), THREADS)

    def retriever(self, collection: str) -> PassageRetriever:
        """The passage retriever of a collection, as of its present edition. Raises UnknownName."""
        edition = self.documents.edition(collection)
        known = self._retrievers.get(collection)
        if known is not None and (self._changing or known[0] == edition):
            return known[1]
        with self._lock:
            known = self._retrievers.get(collection)
            if known is None or known[0] != edition:
                if known is not None:
                    self._close_index()
                    self._retrievers.clear()
                self.library.activate_due(collection)
                known = (self.documents.edition(collection), self._build_retriever(collection))
                self._retrievers[collection] = known
            return known[1]

    @cached_property
    def _chroma_client(self) -> ClientAPI:
        from assistant.index.chroma import connect

        return connect(self.settings.home, self.settings.chroma_url)

    def _close_index(self) -> None:
        if "_chroma_client" in self.__dict__:
            from assistant.index.chroma import disconnect

            disconnect(self._chroma_client)
            del self._chroma_client

    def _open_index(self, name: str) -> ChromaIndex:
        from assistant.index.chroma import ChromaIndex

        return ChromaIndex(self._chroma_client, name)

    def _factors_of(self, sentences: Sequence[str]) -> list[Factor]:
        """Which factor each sentence serves, judged by what the playbooks' own actions serve."""
        return [cast(Factor, name) for name in self.heads.factor.best(self.embedder.passages(sentences))]

    def _snapshot(self) -> _Snapshot:
        """The advice chain as of the library's present edition: a document added elsewhere counts at once."""
        edition = self.documents.edition("main")
        current = self._current
        if current is None or (current.edition != edition and not self._changing):
            with self._lock:
                current = self._current
                if current is None or current.edition != edition:
                    if current is not None:  # perhaps another process wrote: an open engine does not see that
                        self._close_index()
                        self._retrievers.clear()
                    self.library.activate_due("main")
                    current = self._current = self._build_snapshot(self.documents.edition("main"))
        return current

    def _build_snapshot(self, edition: str, known: Mapping[str, Vectors] | None = None) -> _Snapshot:
        """`known` are vectors from before: only what is new is read from the index."""
        from assistant.index.signals import signal_groups

        if not self.library.is_indexed("main"):
            self.library.sync_index("main", self._progress)
        playbooks = self.library.playbooks()
        known = known or {}
        wanted = [id_ for group in signal_groups(playbooks) for id_ in (*group.ids, group.mean_id)]
        missing = [id_ for id_ in wanted if id_ not in known]
        found = self._signal_vectors(missing) if missing else {}
        vectors = {id_: found[id_] if id_ in found else known[id_] for id_ in wanted if id_ in found or id_ in known}
        return _Snapshot(edition, tuple(playbooks), vectors, *self._chain(playbooks, vectors))

    def _chain(self, playbooks: Sequence[Playbook], vectors: Mapping[str, Vectors]) -> tuple[EvidenceFinder, Adviser]:
        from assistant.advice.chain import build_chain
        from assistant.advice.composer import Composer

        composer = Composer(self.envelope, self.corpus.roles, self.at_hand.words)
        return build_chain(
            playbooks, vectors, self.heads, self.embedder, composer, self.corpus.note_needs, self._without
        )

    def _signal_vectors(self, ids: Sequence[str]) -> dict[str, Vectors]:
        """What playbooks are recognised by. An index that lost something is rebuilt: the records have it all."""
        try:
            found = self.library.signal_index().vectors(ids)
        except IndexUnavailable as error:
            log.warning("%s; rebuilding the index", error)
            found = {}
        if len(found) < len(set(ids)):
            self.library.rebuild_index("main", self._progress)
            found = self.library.signal_index().vectors(ids)
        return found

    def _build_retriever(self, collection: str) -> PassageRetriever:
        from assistant.retrieval.passages import build_retriever

        if collection not in self.documents.collections():
            known = ", ".join(self.documents.collections()) or "none"
            raise UnknownName(f"there is no collection {collection!r}; known collections: {known}")
        if not self.library.is_indexed(collection):
            self.library.sync_index(collection, self._progress)
        return build_retriever(
            self.documents.passages(collection), self.library.passage_index(collection), self.embedder
        )

    def _earlier(self, conversation: str) -> list[str]:
        try:
            return [turn.text for turn in self.conversations.turns(conversation)]
        except UnknownName:  # the client made the id up itself: the conversation begins now
            return []


def open_improv(
    settings: Settings | None = None, progress: Progress = _silent, without: frozenset[Part] = frozenset()
) -> Improv:
    """The product, ready to answer. The first time this builds the index, which takes a minute or two."""
    improv = Improv(settings or load_settings(), without)
    improv.prepare(progress)
    return improv
