"""A scripted OpenAI-compatible server on loopback: each request takes the next answer of the script."""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import uvicorn
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, StreamingResponse

EN = "room 1208 is not ready and Mrs Hale is furious"
ZH = "客人三点来办入住，1208房还没打扫好，周女士已经发火了"
Say = Callable[[dict[str, Any]], str]
"""From what the model was given (the case) to what it answers."""


@dataclass
class Script:
    """What the server does. `say` may look at the case; `pause_s` stands before every piece."""

    say: Say = lambda _case: ""
    status: int = 200
    pause_s: float = 0.0
    cut_after: int | None = None
    forms: tuple[str, ...] = ("json_schema", "json_object", "none")
    seen: list[dict[str, Any]] = field(default_factory=list)

    @property
    def cases(self) -> list[dict[str, Any]]:
        return [case_in(body) for body in self.seen]


def case_in(body: dict[str, Any]) -> dict[str, Any]:
    return json.loads(body["messages"][-1]["content"])


def echo(case: dict[str, Any], change: Callable[[str], str] = lambda text: text) -> str:
    """An answer in the asked form that says every line again, changed."""
    parts: dict[str, Any] = {"goal": "", "actions": [], "options": [], "avoid": []}
    for line in case["lines"]:
        text = change(line["text"])
        if line["id"] == "g":
            parts["goal"] = text
        else:
            kind = {"a": "actions", "o": "options", "v": "avoid"}[line["id"][0]]
            parts[kind].append({"from": [line["id"]], "text": text, "say": line.get("say", "")})
    return json.dumps(parts, ensure_ascii=False)


def create(script: Script) -> FastAPI:
    app = FastAPI()

    @app.post("/v1/chat/completions")
    async def complete(request: Request):
        body = await request.json()
        script.seen.append(body)
        form = body.get("response_format", {}).get("type", "none")
        if form not in script.forms:
            return JSONResponse({"error": {"message": f"no {form} here"}}, 400)
        if script.status != 200:
            return JSONResponse({"error": {"message": "refused"}}, script.status)
        assert body["stream"] is True
        return StreamingResponse(_pieces(script, script.say(case_in(body))), media_type="text/event-stream")

    return app


async def _pieces(script: Script, text: str) -> AsyncIterator[str]:
    for start in range(0, len(text) or 1, 40):
        if script.cut_after is not None and start >= script.cut_after:
            raise ConnectionResetError("cut")
        await asyncio.sleep(script.pause_s)
        yield _chunk({"content": text[start : start + 40]})
    yield _chunk({}, "stop")
    usage = {"prompt_tokens": 700, "completion_tokens": 300, "total_tokens": 1000}
    yield f"data: {json.dumps({'id': 'c', 'object': 'chat.completion.chunk', 'created': 1, 'model': 'm', 'choices': [], 'usage': usage})}\n\n"
    yield "data: [DONE]\n\n"


def _chunk(delta: dict[str, str], finish: str | None = None) -> str:
    choice = {"index": 0, "delta": {"role": "assistant", **delta}, "finish_reason": finish}
    body = {"id": "c", "object": "chat.completion.chunk", "created": 1, "model": "m", "choices": [choice]}
    return f"data: {json.dumps(body, ensure_ascii=False)}\n\n"


@contextmanager
def serving(script: Script) -> Iterator[str]:
    """The base URL for `IMPROV_LLM_BASE_URL`."""
    server = uvicorn.Server(uvicorn.Config(create(script), host="127.0.0.1", port=0, log_level="critical"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}/v1"
    finally:
        server.should_exit = True
        thread.join(10)
