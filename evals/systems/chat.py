"""Any OpenAI-compatible chat model, asked directly: bare, or with what retrieval found put before it."""

from __future__ import annotations

import re
import time

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import HumanMessage, SystemMessage
from openai import OpenAIError

from assistant.domain.vocabulary import Lang
from evals.answer import Answer, AnsweredAction
from evals.case import Case
from evals.errors import SystemFailed
from evals.systems.system import System

ASKED: dict[Lang, str] = {
    "en": "You help frontline staff. Say what to do about the incident in the next minutes: at most eight short steps, "
    "one a line, most urgent first, nothing else.",
    "zh": "你协助一线服务人员。针对下面的事件，说出接下来几分钟该做什么：最多八步，一行一步，最急的在前，不要写别的。",
}
CONTEXT: dict[Lang, str] = {"en": "Excerpts from the handbook:", "zh": "手册摘录："}
MARK = re.compile(r"^\s*(?:[-*•]|\d+[.)、．]|[（(]\d+[)）])\s*")
MOST = 8


class Chat:
    """A chat model as adviser. `context`: the system whose lines are given to it as excerpts, if any."""

    def __init__(self, name: str, model: BaseChatModel, named: str, context: System | None = None) -> None:
        self.name = name
        self._model, self._named, self._context = model, named, context

    @property
    def versions(self) -> dict[str, str]:
        """The model as it is named to its server, and what gave the context."""
        context = {"context": self._context.name, **self._context.versions} if self._context else {"context": "none"}
        return {"model": self._named, **context}

    def answer(self, case: Case) -> Answer:
        """The model's lines as actions. Raises SystemFailed where the model gives none."""
        started = time.perf_counter()
        known = self._context.answer(case) if self._context else None
        excerpts = "\n".join(known.lines) if known else ""
        asked = f"{CONTEXT[case.lang]}\n{excerpts}\n\n{case.text}" if excerpts else case.text
        try:
            reply = self._model.invoke([SystemMessage(ASKED[case.lang]), HumanMessage(asked)])
        except OpenAIError as error:
            raise SystemFailed(f"the model {self.name} did not answer ({error})") from error
        lines = [MARK.sub("", line).strip() for line in str(reply.text).splitlines()]
        return Answer(
            actions=tuple(AnsweredAction(line) for line in lines if line)[:MOST],
            playbooks=known.playbooks if known else (),
            seconds=time.perf_counter() - started,
        )

    def close(self) -> None:
        """Close what gave the context."""
        if self._context:
            self._context.close()
