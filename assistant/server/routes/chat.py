"""An OpenAI-compatible face: any chat client can ask. `POST /v1/chat/completions`, `GET /v1/models`."""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import AsyncIterator, Iterator
from typing import Annotated, Any, Literal

from fastapi import APIRouter
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, ConfigDict, Field

from assistant.advice.plain_text import paragraphs
from assistant.assembly import Advised, Improv
from assistant.errors import InvalidInput
from assistant.server.routes.parts import TheImprov

router = APIRouter(prefix="/v1", tags=["chat"])
MODEL = "improv"
MOST_MESSAGES = 100


class Part(BaseModel):
    """A piece of a message; only text is read."""

    model_config = ConfigDict(extra="ignore")

    type: str
    text: str = ""


class Message(BaseModel):
    """One message; those of the `user` are read."""

    model_config = ConfigDict(extra="ignore")

    role: str
    content: str | list[Part] | None = None

    @property
    def text(self) -> str:
        """The text alone."""
        if isinstance(self.content, list):
            return "\n".join(part.text for part in self.content if part.type == "text")
        return self.content or ""


class ChatRequest(BaseModel):
    """What OpenAI's clients send; settings of a model mean nothing here and are left alone."""

    model_config = ConfigDict(extra="ignore")

    model: Annotated[str, Field(max_length=200)] = MODEL
    messages: Annotated[list[Message], Field(min_length=1, max_length=MOST_MESSAGES)]
    stream: bool = False


@router.get("/models")
def models() -> dict[str, Any]:
    """The one model that there is."""
    return {"object": "list", "data": [{"id": MODEL, "object": "model", "created": 0, "owned_by": "improv"}]}


@router.post("/chat/completions", response_model=None)
async def complete(body: ChatRequest, improv: TheImprov) -> dict[str, Any] | StreamingResponse:
    """Advice on the last message of the user, read with those before it; as a stream where that is asked for."""
    advised = await run_in_threadpool(_advised, body, improv)
    id_, created = f"chatcmpl-{advised.answer.advice.id}", int(time.time())
    if body.stream:
        return StreamingResponse(_stream(id_, created, advised, improv), media_type="text/event-stream")
    await run_in_threadpool(improv.record, advised)
    said = {"role": "assistant", "content": "\n\n".join(paragraphs(advised.answer.advice))}
    choice = {"index": 0, "message": said, "finish_reason": "stop"}
    usage = {"prompt_tokens": 0, "completion_tokens": 0, "total_tokens": 0}
    return _envelope("chat.completion", id_, created, [choice]) | {"usage": usage}


def _advised(body: ChatRequest, improv: Improv) -> Advised:
    texts = [message.text for message in body.messages if message.role == "user" and message.text.strip()]
    if not texts:
        raise InvalidInput("there is no message of the user with text in it; send one")
    return improv.advise(
        texts[-1], role=None, site=None, lang=None, conversation=f"chat-{uuid.uuid4().hex}", earlier=texts[:-1]
    )


async def _stream(id_: str, created: int, advised: Advised, improv: Improv) -> AsyncIterator[str]:
    for delta, finish in _deltas(advised):
        choice = {"index": 0, "delta": delta, "finish_reason": finish}
        chunk = _envelope("chat.completion.chunk", id_, created, [choice])
        yield f"data: {json.dumps(chunk, ensure_ascii=False)}\n\n"
    await run_in_threadpool(improv.record, advised)
    yield "data: [DONE]\n\n"


def _deltas(advised: Advised) -> Iterator[tuple[dict[str, str], Literal["stop"] | None]]:
    for number, paragraph in enumerate(paragraphs(advised.answer.advice)):
        yield ({"role": "assistant", "content": paragraph} if number == 0 else {"content": f"\n\n{paragraph}"}), None
    yield {}, "stop"


def _envelope(kind: str, id_: str, created: int, choices: list[dict[str, Any]]) -> dict[str, Any]:
    return {"id": id_, "object": kind, "created": created, "model": MODEL, "choices": choices}
