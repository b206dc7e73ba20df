"""Playbooks as managers write them: listed, opened as text, checked, tried, saved."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

from fastapi import APIRouter, Query

from assistant.advice.adviser import AdviceRequest
from assistant.authoring.drafts import Draft, read_draft, require_playbook, text_of
from assistant.authoring.trial import Heard, hear, heard
from assistant.domain.incident import clean_incident
from assistant.domain.playbook import Playbook
from assistant.domain.vocabulary import Lang, Text
from assistant.errors import Conflict
from assistant.library import MAIN, save_card
from assistant.records.documents import DocumentInfo
from assistant.server.manager_schemas import (
    CheckAnswer,
    DraftRequest,
    HeardLine,
    PlaybookLine,
    PlaybooksAnswer,
    PlaybookText,
    PreviewAnswer,
    PreviewRequest,
    SaveAnswer,
    SaveRequest,
)
from assistant.server.routes.parts import TheImprov

router = APIRouter(prefix="/api/playbooks", tags=["playbooks"])


@router.get("")
def playbooks(improv: TheImprov) -> PlaybooksAnswer:
    """All playbooks, those made from documents too, whether they apply today or not."""
    infos = {info.name: info for info in improv.documents.infos(MAIN)}
    earlier, today = improv.contents.earlier(MAIN), improv.documents.today()
    return PlaybooksAnswer(
        playbooks=[
            _line(card, infos[name], 1 + earlier.get(name, 0), applies=infos[name].validity.holds_on(today))
            for name, cards in improv.contents.cards(MAIN).items()
            if name in infos
            for card in cards
        ],
        roles=dict(improv.corpus.roles),
        needs=dict(improv.corpus.needs),
    )


@router.post("/check")
def check(body: DraftRequest, improv: TheImprov) -> CheckAnswer:
    """What is wrong with a text, with line and mend; nothing is stored."""
    draft = _draft(body.text, improv)
    card = draft.playbook
    return CheckAnswer(
        ok=card is not None, id=card.id if card else "", title=card.title if card else {}, notes=draft.notes
    )


@router.post("/preview")
def preview(body: PreviewRequest, improv: TheImprov) -> PreviewAnswer:
    """The advice that a text would give, and which of its own signals would find it; nothing is stored."""
    card = require_playbook(_draft(body.text, improv))
    adviser, site = improv.rehearsal(card), improv.site(body.site or improv.settings.site)
    asked = clean_incident(body.incident or _first_signal(card, body.lang))
    answer = adviser.advise(AdviceRequest(asked, site))
    titles = {known.id: known.title for known in improv.playbooks()} | {card.id: card.title}
    return PreviewAnswer(
        heard=[_heard(one, titles) for one in hear(adviser, card, site)] if body.signals else [],
        asked=_heard(heard(answer, card, asked, answer.advice.lang), titles),
        advice=answer.advice,
    )


@router.post("")
def save(body: SaveRequest, improv: TheImprov) -> SaveAnswer:
    """Save a text as the new active version of its card; it counts for every question from now on."""
    card = require_playbook(_draft(body.text, improv))
    report = improv.change(lambda library: save_card(library, body.text, card, body.base))
    if report.status == "rejected":
        raise Conflict(report.reason)
    return SaveAnswer(id=card.id, status=report.status, number=improv.library.find(card.id, MAIN).number)


@router.get("/{id}")
def playbook(id: str, improv: TheImprov, number: int | None = Query(None, ge=1)) -> PlaybookText:
    """A playbook as text to edit, the active version where no number is given."""
    contents = improv.contents.of(MAIN, id, number)
    info = contents.info
    return PlaybookText(
        id=id, text=text_of(improv.corpus, id, contents), number=info.number, status=info.status, origin=info.origin
    )


def _draft(text: str, improv: TheImprov) -> Draft:
    return read_draft(text, improv.corpus, improv.envelope)


def _first_signal(card: Playbook, lang: Lang) -> str:
    said = card.signals.get(lang) or next(iter(card.signals.values()))
    return said[0]


def _heard(one: Heard, titles: Mapping[str, Text]) -> HeardLine:
    return HeardLine(**dataclasses.asdict(one), title=titles.get(one.leading, {}))


def _line(card: Playbook, info: DocumentInfo, versions: int, *, applies: bool) -> PlaybookLine:
    return PlaybookLine(
        id=card.id,
        document=card.document,
        title=card.title,
        sectors=card.sectors,
        hazard=card.hazard,
        actions=len(card.actions),
        signals={lang: len(said) for lang, said in card.signals.items()},
        version=card.version,
        number=info.number,
        origin=info.origin,
        versions=versions,
        applies=applies,
    )
