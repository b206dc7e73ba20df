"""What the assistant stands on: documents to read, situations to tap, passages to search."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from assistant.domain.evidence import FoundPassage
from assistant.domain.vocabulary import Lang, in_lang
from assistant.errors import UnknownName
from assistant.server.routes.parts import TheImprov
from assistant.server.schemas import DocumentAnswer, QuickSituation, Section, SituationsAnswer

router = APIRouter(prefix="/api", tags=["knowledge"])
MOST_SITUATIONS = 6


@router.get("/documents/{name:path}")
def document(name: str, improv: TheImprov, lang: Lang | None = None) -> DocumentAnswer:
    """A document of the main collection; with `lang`, its passages in that language where it has any."""
    stored = improv.documents.passages_of("main", name)
    if not stored:
        raise UnknownName(f"there is no document {name!r}")
    wanted = [s for s in stored if s.passage.lang == lang] or stored
    return DocumentAnswer(
        id=name,
        title=wanted[0].passage.heading if improv.is_playbook(name) else stored[0].title,
        version=stored[0].version,
        sections=[Section(locator=s.passage.locator, text=s.passage.text) for s in wanted],
    )


@router.get("/situations")
def situations(improv: TheImprov, lang: Lang = "zh", site: str | None = None) -> SituationsAnswer:
    """Typical situations of the site's sector, each with a sentence as staff would type it."""
    sectors = improv.site(site or improv.settings.site).sectors
    own = [p for p in improv.playbooks() if p.sectors[0] == sectors[0] and p.hazard == "none" and p.signals.get(lang)]
    quick = [
        QuickSituation(id=p.id, title=in_lang(p.title, lang), text=p.signals[lang][0]) for p in own[:MOST_SITUATIONS]
    ]
    return SituationsAnswer(situations=quick)


@router.get("/search")
def search(
    improv: TheImprov,
    q: Annotated[str, Query(max_length=4000)],
    k: Annotated[int, Query(ge=1, le=100)] = 10,
    collection: str = "main",
) -> list[FoundPassage]:
    """Ranked passages."""
    return improv.search(q, k, collection)
