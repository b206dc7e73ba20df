"""The MCP server as another assistant meets it: a process of its own, asked by the official client."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

from mcp import ClientSession, StdioServerParameters, stdio_client

ROOT = Path(__file__).resolve().parents[2]


async def talk(home):
    environment = os.environ | {"IMPROV_HOME": str(home), "IMPROV_CORPUS": str(ROOT / "corpus")}
    command = StdioServerParameters(
        command=sys.executable, args=["-m", "assistant.cli", "mcp"], env=environment, cwd=str(ROOT)
    )
    async with stdio_client(command) as (read, write), ClientSession(read, write) as session:
        await session.initialize()
        begun = await session.call_tool("drill", {"scenario": "hotel.room-not-ready-funeral", "lang": "en"})
        drill = {"session": begun.structured_content["session"]}
        return {
            "scenarios": await session.call_tool("drill", {}),
            "begun": begun,
            "turn": await session.call_tool("drill", {**drill, "reply": "Calm down, that is our policy."}),
            "debrief": await session.call_tool("drill", drill),
            "tools": await session.list_tools(),
            "advice": await session.call_tool("suggest", {"text": "客人三点来办入住，房间还没打扫好"}),
            "found": await session.call_tool("search", {"query": "refund without receipt", "k": 3}),
            "empty": await session.call_tool("suggest", {"text": " "}),
            "site": await session.call_tool("suggest", {"text": "room not ready", "site": "moon-base"}),
        }


def test_advice_and_passages_are_there_for_other_assistants(copied_home):
    said = asyncio.run(talk(copied_home()))
    assert {tool.name for tool in said["tools"].tools} == {"suggest", "search", "drill"}
    advice = said["advice"].structured_content
    assert advice["lang"] == "zh"
    assert advice["actions"][0]["id"].startswith("hotel.room-not-ready/")
    assert len(said["found"].structured_content["passages"]) == 3
    assert said["empty"].is_error
    assert "empty" in said["empty"].content[0].text
    assert said["site"].is_error
    assert "moon-base" in said["site"].content[0].text
    assert "hotel.room-not-ready-funeral" in said["scenarios"].structured_content["scenarios"]
    assert said["begun"].structured_content["briefing"]
    assert "policy_wall" in said["turn"].structured_content["moves"]
    assert said["debrief"].structured_content["overall"] < 50
