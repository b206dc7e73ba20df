"""Advice: at once, and as a stream whose first action is there before the rest."""

from __future__ import annotations

import dataclasses
from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.concurrency import run_in_threadpool
from fastapi.sse import EventSourceResponse, ServerSentEvent

from assistant.assembly import Advised
from assistant.domain.advice import Advice
from assistant.server.routes.parts import TheImprov
from assistant.server.schemas import SuggestRequest

router = APIRouter(prefix="/api", tags=["advice"])


def advise(body: SuggestRequest, improv: TheImprov) -> Advised:
    """Runs in a worker thread, and before the stream begins: errors are still proper problems then."""
    return improv.advise(
        body.text,
        role=body.role,
        site=body.site,
        lang=body.lang,
        conversation=body.conversation or "",
        staff=body.staff,
        guidance=body.guidance,
    )


TheAdvised = Annotated[Advised, Depends(advise)]


@router.post("/suggest")
def suggest(advised: TheAdvised, improv: TheImprov) -> Advice:
    """One Advice."""
    improv.record(advised)
    return advised.answer.advice


@router.post("/suggest/stream", response_class=EventSourceResponse)
async def suggest_stream(advised: TheAdvised, improv: TheImprov) -> AsyncIterator[ServerSentEvent]:
    """The same as events: `situation`, `goal`, `action` one each, `option`, `avoid`, `done` (the whole).

    Where a language model is set and improved on it, `refined` (the whole again) follows.
    """
    advice = advised.answer.advice
    whole = dataclasses.asdict(advice)
    frame = {"lang": advice.lang, "covered": advice.covered, "site": advice.site, "guidance": advice.guidance}
    yield _event("situation", {**whole["situation"], **frame})
    yield _event("goal", whole["goal"])
    for name, entries in (("action", "actions"), ("option", "options"), ("avoid", "avoid")):
        for entry in whole[entries]:
            yield _event(name, entry)
    await run_in_threadpool(improv.record, advised)
    yield _event("done", whole)
    refinement = await improv.refine(advised)
    if refinement is not None and refinement.advice is not None:
        yield _event("refined", dataclasses.asdict(refinement.advice))


def _event(name: str, data: object) -> ServerSentEvent:
    return ServerSentEvent(data=data, event=name)
