"""Improv for other assistants: an MCP server over standard input and output with the tools `suggest` and `search`."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Any

from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from pydantic import Field

from assistant.assembly import Improv
from assistant.domain.vocabulary import Lang
from assistant.errors import ImprovError

ABOUT = (
    "Advice for frontline staff in unscripted moments with guests, in Chinese and English. Call `suggest` with what is "
    "happening, in the staff member's words; relay its actions in order, worded as they are. `search` finds passages."
)


def tool_server(improv: Improv) -> MCPServer[Any]:
    """The server; `improv` must be prepared. Errors come back as the tool's error, in one plain sentence."""
    server: MCPServer[Any] = MCPServer("improv", instructions=ABOUT)

    @server.tool()
    def suggest(
        text: Annotated[str, Field(description="What is happening, in one or a few sentences, zh or en.")],
        role: Annotated[str | None, Field(description="The asking person's post at the site, e.g. front_desk.")] = None,
        site: Annotated[str | None, Field(description="Which site; the server's own by default.")] = None,
        lang: Annotated[Lang | None, Field(description="Language of the answer; that of the text by default.")] = None,
        conversation: Annotated[str, Field(description="`conversation` of an earlier answer, to follow up.")] = "",
    ) -> dict[str, Any]:
        """What to do now: goal, actions in order with what to say, options, what to avoid, sources."""
        with _told():
            advice = improv.suggest(text, role=role, site=site, lang=lang, conversation=conversation)
        return dataclasses.asdict(advice)

    @server.tool()
    def search(
        query: Annotated[str, Field(description="What to look for, zh or en.")],
        k: Annotated[int, Field(ge=1, le=50, description="How many passages.")] = 5,
        collection: Annotated[str, Field(description="Which collection of documents.")] = "main",
    ) -> dict[str, Any]:
        """Passages of playbooks, policies and the company's documents that fit best, each with its place."""
        with _told():
            found = improv.search(query, k, collection)
        return {"passages": [dataclasses.asdict(passage) for passage in found]}

    return server


@contextmanager
def _told() -> Iterator[None]:
    """Errors meant for people reach the other assistant in their own words."""
    try:
        yield
    except ImprovError as error:
        raise ToolError(str(error)) from error
