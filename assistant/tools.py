"""Improv for other assistants: an MCP server over standard input and output: `suggest`, `search`, `drill`."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Any

from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from pydantic import Field

from assistant.assembly import Improv
from assistant.domain.vocabulary import Lang, in_lang
from assistant.errors import ImprovError

ABOUT = (
    "Advice for frontline staff in unscripted moments with guests, in Chinese and English. Call `suggest` with what is "
    "happening, in the staff member's words; relay its actions in order, worded as they are. `search` finds passages. "
    "`drill` rehearses such a moment with a simulated guest: list, start, reply turn by turn, debrief."
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

    @server.tool()
    def drill(
        scenario: Annotated[str, Field(description="Begin this scenario; its id is in the list.")] = "",
        session: Annotated[str, Field(description="`session` of a drill that goes on.")] = "",
        reply: Annotated[str, Field(description="What the trainee says to the guest, word for word.")] = "",
        lang: Annotated[Lang | None, Field(description="Language of the guest.")] = None,
        difficulty: Annotated[int | None, Field(ge=1, le=3, description="1 gentle, 2 usual, 3 hard.")] = None,
    ) -> dict[str, Any]:
        """Rehearse with a simulated guest.

        With nothing given, the list; with `scenario`, a start; with `session` and `reply`, a turn; with `session`
        alone, the debrief.
        """
        with _told():
            if session and reply:
                taken, _ = improv.drills.turn(session, reply)
                moves = [found.move for found in taken.moves]
                return {"session": session, "guest": taken.guest, "moves": moves, "outcome": taken.state.outcome}
            if session:
                return dataclasses.asdict(improv.drills.debrief(session))
            if scenario:
                begun = improv.drills.start(scenario, lang=lang, difficulty=difficulty)
                return {"session": begun.id, "briefing": begun.briefing, "guest": begun.guest}
            return {"scenarios": {one.id: in_lang(one.title, lang or "en") for one in improv.drills.scenarios()}}

    return server


@contextmanager
def _told() -> Iterator[None]:
    """Errors meant for people reach the other assistant in their own words."""
    try:
        yield
    except ImprovError as error:
        raise ToolError(str(error)) from error
