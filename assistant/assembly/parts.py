"""The parts that stand on settings and corpus alone: records, checkers, the encoder, what it was trained to read."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.domain.site import Site
from assistant.errors import SetupError
from assistant.knowledge.corpus import Corpus
from assistant.settings import Settings, stay_offline

if TYPE_CHECKING:  # these pull in the heavy libraries, which are imported when a part is first used
    from concurrent.futures import Future

    from chromadb.api import ClientAPI
    from sqlalchemy import Engine

    from assistant.advice.envelope import Envelope
    from assistant.index.chroma import ChromaIndex
    from assistant.index.ports import Embedder
    from assistant.index.states import SpanEncoder
    from assistant.library import Progress
    from assistant.paging.push import PushKeys
    from assistant.records.contents import ContentStore
    from assistant.records.conversations import ConversationStore
    from assistant.records.documents import DocumentStore
    from assistant.records.gaps import GapStore
    from assistant.records.pages import PageStore
    from assistant.records.refinements import RefinementStore
    from assistant.resources.desk import AtHandDesk
    from assistant.resources.staffing import Staffing
    from assistant.situation.heads import Heads
    from assistant.truth.facts import FactChecker
    from assistant.truth.meaning import MeaningChecker


def now() -> datetime:
    """The present moment, with its zone."""
    return datetime.now(UTC)


def silent(_label: str, _done: int, _total: int) -> None:
    """A Progress that shows nothing."""


class Parts:
    """Parts are made when first needed and kept; `close` gives back what they hold."""

    def __init__(self, settings: Settings) -> None:
        stay_offline()
        self.settings = settings
        self.corpus = Corpus(settings.corpus)
        self.clock: Callable[[], datetime] = now
        self._lock = threading.RLock()
        self._progress: Progress = silent

    def close(self) -> None:
        """Give the database and the vector index back."""
        if "engine" in self.__dict__:
            self.engine.dispose()
        self._close_index()

    def _make_home(self) -> Path:
        home = self.settings.home
        try:
            home.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise SetupError(f"IMPROV_HOME={str(home)!r} is no folder to write in ({error.strerror})") from error
        return home

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

    def site(self, name: str) -> Site:
        """A site as its files say. Raises UnknownName."""
        return self.at_hand.site(name)

    @cached_property
    def staff(self) -> Staffing:
        """How much guidance staff get."""
        from assistant.records.staff import StaffStore
        from assistant.resources.staffing import Staffing

        return Staffing(StaffStore(self.engine), lambda: self.clock())  # noqa: PLW0108

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
        from assistant.index.loading import load_tokens
        from assistant.truth.meaning import MeaningChecker, load_judge
        from assistant.truth.wording import rarity_in

        return MeaningChecker(
            load_tokens(self.settings.models), self.facts, rarity_in(self.corpus), load_judge() if fitted else None
        )

    @property
    def embedder(self) -> Embedder:
        """The encoder that the settings name, behind a cache of recent questions."""
        return self._loading.result()

    @cached_property
    def _loading(self) -> Future[Embedder]:
        from assistant.index.loading import load_encoder

        return load_encoder(self.settings.embedding_model, self.settings.models)

    def _spans(self) -> SpanEncoder:
        from assistant.index.loading import load_spans
        from assistant.index.shipped_spans import ShippedSpans
        from assistant.index.states import PooledSpans

        if self.settings.embedding_model != "bundled":
            return PooledSpans(self.embedder)
        return ShippedSpans(load_spans(self.settings.models))

    @cached_property
    def heads(self) -> Heads:
        """The trained heads; trained here if the corpus or the encoder changed since the last time."""
        from assistant.situation.training import HeadTrainer

        trainer = HeadTrainer(self.settings.models, self.corpus, self.embedder)
        return trainer.load_or_train(self._progress)

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
