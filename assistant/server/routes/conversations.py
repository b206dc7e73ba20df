"""Conversations as they were, and what was ticked off in them."""

from __future__ import annotations

from fastapi import APIRouter
from pydantic import TypeAdapter

from assistant.domain.advice import Advice
from assistant.server.routes.parts import TheImprov
from assistant.server.schemas import ConversationAnswer, DoneAnswer, DoneRequest, TurnAnswer

router = APIRouter(prefix="/api", tags=["conversations"])
_ADVICE = TypeAdapter(Advice)


@router.get("/conversations/{conversation}")
def conversation(conversation: str, improv: TheImprov) -> ConversationAnswer:
    """All turns, oldest first, with the advice as it was shown last."""
    turns = improv.conversations.turns(conversation)
    answered = [
        TurnAnswer(text=t.text, advice=_ADVICE.validate_python(t.refined or t.advice), done=t.done) for t in turns
    ]
    return ConversationAnswer(id=conversation, turns=answered)


@router.post("/advice/{advice}/done")
def done(advice: str, body: DoneRequest, improv: TheImprov) -> DoneAnswer:
    """Tick an action off, or untick it."""
    return DoneAnswer(done=improv.conversations.mark_done(advice, body.action, done=body.done))
