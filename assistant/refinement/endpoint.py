"""Any OpenAI-compatible endpoint as a LangChain chat model, with structured output where it can give that."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any, Literal

import httpx2
import openai
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessageChunk, BaseMessage

from assistant.refinement.breaker import Breaker
from assistant.refinement.budget import Usage, estimate_tokens
from assistant.refinement.draft import MOST_CHARACTERS, SCHEMA

log = logging.getLogger("improv.llm")

Trouble = Literal["open", "timeout", "unreachable", "refused", "failed"]
FAILURES = 3
"""Requests in a row after which the endpoint is left alone for a while."""
REST_S = 30.0
RETRIES = 1
TEMPERATURE = 0.2
FORMS: tuple[dict[str, Any], ...] = (
    {"type": "json_schema", "json_schema": {"name": "advice", "strict": True, "schema": SCHEMA}},
    {"type": "json_object"},
    {},
)
"""Ways to ask for JSON, the strictest first; an endpoint that rejects one is asked the next way from then on."""


class NoAnswer(Exception):
    """The endpoint gave nothing to use. `trouble` says in one word why; `spent` is what it cost all the same."""

    def __init__(self, trouble: Trouble, detail: str = "", spent: Usage | None = None) -> None:
        super().__init__(detail or trouble)
        self.trouble = trouble
        self.spent = spent or Usage()


@dataclass(frozen=True, slots=True)
class Reply:
    """What came: whole, or as much as came before the connection or the time ended."""

    text: str
    usage: Usage
    whole: bool = True


@dataclass(slots=True)
class _Heard:
    """Grows while the answer streams in."""

    prompt: str
    parts: list[str] = field(default_factory=list)
    counted: Usage | None = None

    def take(self, chunk: AIMessageChunk) -> None:
        self.parts.append(str(chunk.text))
        if chunk.usage_metadata is not None:
            self.counted = Usage(chunk.usage_metadata["input_tokens"], chunk.usage_metadata["output_tokens"])

    @property
    def text(self) -> str:
        return "".join(self.parts)

    @property
    def usage(self) -> Usage:
        if self.counted is not None and self.counted.tokens:
            return self.counted
        return Usage(estimate_tokens(self.prompt), estimate_tokens(self.text) if self.parts else 0)


class Endpoint:
    """One model behind one address, with a circuit breaker before it."""

    def __init__(
        self,
        model: BaseChatModel,
        client: httpx2.AsyncClient,
        *,
        timeout_s: float,
        failures: int = FAILURES,
        rest_s: float = REST_S,
    ) -> None:
        self._model, self._client, self._timeout_s = model, client, timeout_s
        self._form = 0
        self._breaker = Breaker(failures, rest_s)

    @property
    def rests(self) -> bool:
        """Whether the breaker is open: nothing would be sent now."""
        return self._breaker.is_open

    async def close(self) -> None:
        """Give the connections back; on the event loop that asked."""
        await self._client.aclose()

    async def ask(self, messages: list[BaseMessage], most_tokens: int) -> Reply:
        """One answer. Raises NoAnswer; what had come when the time ran out or the line was cut is an answer."""
        if not self._breaker.admit():
            raise NoAnswer("open")
        heard = _Heard("\n".join(str(message.text) for message in messages))
        try:
            async with asyncio.timeout(self._timeout_s):
                await self._hear(messages, most_tokens, heard)
        except (openai.OpenAIError, httpx2.HTTPError, TimeoutError) as error:
            self._breaker.failed()
            if heard.text:
                return Reply(heard.text, heard.usage, whole=False)
            raise self._no_answer(error, heard) from error
        self._breaker.succeeded()
        return Reply(heard.text, heard.usage)

    async def _hear(self, messages: list[BaseMessage], most_tokens: int, heard: _Heard) -> None:
        while True:
            form = self._form
            try:
                async for chunk in self._stream(messages, most_tokens, FORMS[form]):
                    heard.take(chunk)
                    if sum(map(len, heard.parts)) > MOST_CHARACTERS:
                        return
            except (openai.BadRequestError, openai.UnprocessableEntityError) as error:
                if form + 1 == len(FORMS):
                    raise
                log.info("the endpoint takes no %s (%s)", FORMS[form]["type"], error)
                self._form = max(self._form, form + 1)
            else:
                return

    def _stream(
        self, messages: list[BaseMessage], most_tokens: int, form: dict[str, Any]
    ) -> AsyncIterator[AIMessageChunk]:
        asked: dict[str, Any] = {"max_tokens": most_tokens}
        if form:
            # As a plain field: the client's own reading of it throws a cut-off answer away, and hides what it cost.
            asked["extra_body"] = {"response_format": form}
        return self._model.astream(messages, **asked)

    def _no_answer(self, error: BaseException, heard: _Heard) -> NoAnswer:
        trouble, spent = trouble_of(error), heard.usage if heard.parts else Usage()
        log.warning("no answer from the language model (%s: %s); the playbook's words stand", trouble, error)
        return NoAnswer(trouble, str(error), spent)


def trouble_of(error: BaseException) -> Trouble:
    """One word for what went wrong."""
    if isinstance(error, TimeoutError | openai.APITimeoutError):
        return "timeout"
    if isinstance(error, openai.AuthenticationError | openai.PermissionDeniedError | openai.NotFoundError):
        return "refused"
    if isinstance(error, openai.APIConnectionError | httpx2.HTTPError):
        return "unreachable"
    return "failed"


def open_endpoint(base_url: str, name: str, key: str, *, timeout_s: float, **breaker: Any) -> Endpoint:  # noqa: ANN401
    """A model at an address, by LangChain's interface for OpenAI-compatible ones; nothing is sent yet.

    `breaker`: `failures` and `rest_s` of the circuit breaker.
    """
    from langchain_openai import ChatOpenAI

    client = httpx2.AsyncClient(timeout=timeout_s)  # of its own: a shared one would live on with its event loop
    model = ChatOpenAI(
        base_url=base_url,
        model=name,
        api_key=lambda: key or "none",
        temperature=TEMPERATURE,
        timeout=timeout_s,
        max_retries=RETRIES,
        stream_usage=True,
        http_async_client=client,
    )
    return Endpoint(model, client, timeout_s=timeout_s, **breaker)
