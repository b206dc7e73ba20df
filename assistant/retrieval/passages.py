"""Query → ranked passages: a LangChain retriever over Chroma (dense) and BM25, fused."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document as LangChainDocument
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from assistant.domain.evidence import FoundPassage
from assistant.errors import IndexUnavailable
from assistant.index.lexical import LexicalIndex
from assistant.index.ports import Embedder, IndexHit, PassageIndex, Vectors
from assistant.records.documents import StoredPassage

log = logging.getLogger("improv.retrieval")

DENSE_WEIGHT = 0.9
"""Share of the vector score; the rest is words. Earned: evals/DECISIONS.md, “Weights of search”."""
CANDIDATES = 50


class PassageRetriever(BaseRetriever):
    """`invoke(query)` gives LangChain documents; metadata: id, document, title, locator, version, score."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    index: PassageIndex
    lexical: LexicalIndex
    embedder: Embedder
    passages: Mapping[str, LangChainDocument]
    k: int = 10

    def _get_relevant_documents(
        self,
        query: str,
        *,
        run_manager: CallbackManagerForRetrieverRun,  # noqa: ARG002 (LangChain's signature)
    ) -> list[LangChainDocument]:
        return self.ranked(query, self.k)

    def ranked(self, query: str, k: int) -> list[LangChainDocument]:
        """The `k` best passages, best first."""
        wanted = max(CANDIDATES, k)
        vector = self.embedder.queries([query])[0]
        scores = fuse(self._nearest(vector, wanted), self.lexical.search(query, wanted))
        best = sorted(scores.items(), key=lambda item: (-item[1], item[0]))
        return [self._document(id_, score) for id_, score in best if id_ in self.passages][:k]

    def _nearest(self, vector: Vectors, k: int) -> list[IndexHit]:
        try:
            return self.index.search(vector, k)
        except IndexUnavailable as error:
            log.warning("searching by words alone: %s", error)
            return []

    def _document(self, id_: str, score: float) -> LangChainDocument:
        known = self.passages[id_]
        return LangChainDocument(page_content=known.page_content, metadata={**known.metadata, "score": score})


def build_retriever(stored: Sequence[StoredPassage], index: PassageIndex, embedder: Embedder) -> PassageRetriever:
    """The retriever of one collection: `stored` is what its `index` holds."""
    return PassageRetriever(
        index=index,
        lexical=LexicalIndex([s.id for s in stored], [s.passage.indexed_text for s in stored]),
        embedder=embedder,
        passages={
            s.id: LangChainDocument(
                page_content=s.passage.text,
                metadata={
                    "id": s.id,
                    "document": s.document,
                    "title": s.title,
                    "version": s.version,
                    "locator": s.passage.locator,
                },
            )
            for s in stored
        },
    )


def fuse(dense: Sequence[IndexHit], words: Sequence[IndexHit]) -> dict[str, float]:
    """Weighted sum of scores normalised to 0-1 within each list.

    Over rank fusion this keeps how far apart answers are; an id that one list lacks gets its lowest.
    """
    low = min((hit.score for hit in dense), default=0.0)
    span = max((hit.score for hit in dense), default=0.0) - low
    top = max((hit.score for hit in words), default=0.0)
    scores = {hit.id: DENSE_WEIGHT * ((hit.score - low) / span if span else 1.0) for hit in dense}
    for hit in words:
        scores[hit.id] = scores.get(hit.id, 0.0) + (1 - DENSE_WEIGHT) * (hit.score / top if top else 0.0)
    return scores


def found(document: LangChainDocument) -> FoundPassage:
    """The domain's form of one answer."""
    known = document.metadata
    return FoundPassage(
        document=known["document"],
        title=known["title"],
        version=known["version"],
        locator=known["locator"],
        text=document.page_content,
        score=round(float(known["score"]), 4),
    )
