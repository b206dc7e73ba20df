"""A server of its own for tests that change what it stands on."""

from __future__ import annotations

from pathlib import Path

CORPUS = Path(__file__).resolve().parents[2] / "corpus"
CARD = "hotel.room-not-ready"
SOP = b"# Pool towels\n\n1. Ask the guest for the room card before handing out a pool towel.\n2. Call the pool supervisor.\n"


def shipped_text(card: str = CARD) -> str:
    return (CORPUS / "playbooks" / f"{card}.md").read_text(encoding="utf-8")


def upload(api, name, content, **query):
    headers = {"Content-Type": "application/octet-stream"}
    return api.post("/api/documents", params={"name": name, **query}, content=content, headers=headers)


def own_card(id_: str, **changes: str) -> str:
    """The shipped card under an id and with words of the company's own."""
    text = shipped_text().replace(f"id: {CARD}", f"id: {id_}")
    for old, new in changes.items():
        text = text.replace(old.replace("_", " "), new)
    return text
