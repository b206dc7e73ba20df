"""Advice: at once, and as a stream whose first action is there before the rest."""

from __future__ import annotations

import dataclasses
from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.sse import EventSourceResponse, ServerSentEvent

from assistant.domain.advice import Advice
from assistant.server.routes.parts import TheImprov
from assistant.server.schemas import SuggestRequest

router = APIRouter(prefix="/api", tags=["advice"])


def advise(body: SuggestRequest, improv: TheImprov) -> Advice:
    """Runs in a worker thread, and before the stream begins: errors are still proper problems then."""
    return improv.suggest(
        body.text, role=body.role, site=body.site, lang=body.lang, conversation=body.conversation or ""
    )


Advised = Annotated[Advice, Depends(advise)]


@router.post("/suggest")
def suggest(advice: Advised) -> Advice:
    """One Advice."""
    return advice


@router.post("/suggest/stream", response_class=EventSourceResponse)
async def suggest_stream(advice: Advised) -> AsyncIterator[ServerSentEvent]:
    """The same as events: `situation`, `goal`, `action` one each, `option`, `avoid`, `done` (the whole)."""
    whole = dataclasses.asdict(advice)
    yield _event("situation", {**whole["situation"], "lang": advice.lang, "covered": advice.covered})
    yield _event("goal", whole["goal"])
    for name, entries in (("action", "actions"), ("option", "options"), ("avoid", "avoid")):
        for entry in whole[entries]:
            yield _event(name, entry)
    yield _event("done", whole)


def _event(name: str, data: object) -> ServerSentEvent:
    return ServerSentEvent(data=data, event=name)
