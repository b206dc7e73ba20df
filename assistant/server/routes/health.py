"""Whether the server can answer."""

from __future__ import annotations

from fastapi import APIRouter

from assistant.server.routes.parts import TheImprov
from assistant.server.schemas import HealthAnswer

router = APIRouter(prefix="/api", tags=["health"])


@router.get("/health")
def health(improv: TheImprov) -> HealthAnswer:
    """`ok` once questions are answered."""
    return HealthAnswer(status="ok", playbooks=len(improv.playbooks()), encoder=improv.embedder.name)
