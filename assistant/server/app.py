"""The FastAPI app around one `Improv`."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import resources
from pathlib import Path

from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware
from fastapi.staticfiles import StaticFiles

from assistant.assembly import Improv
from assistant.server import problems
from assistant.server.gate import ManagerGate
from assistant.server.guards import RateLimit, SecurityHeaders, SizeLimit
from assistant.server.routes import (
    chat,
    conversations,
    documents,
    drills,
    gaps,
    health,
    knowledge,
    pages,
    playbooks,
    rooms,
    sites,
    suggest,
    training,
)
from assistant.server.watch import watching


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    with watching(app.state.improv):
        yield


def create_app(improv: Improv) -> FastAPI:
    """The app; `improv` must be prepared."""
    # The interactive API pages of FastAPI load scripts from elsewhere; /openapi.json is what stays.
    app = FastAPI(title="Improv", version="0.1.0", docs_url=None, redoc_url=None, lifespan=_lifespan)
    app.state.improv = improv
    app.state.feed = rooms.feed_of(improv)
    _ = improv.refiner  # a second or two of imports, which no question shall wait for
    problems.install(app)
    for routes in (
        health,
        suggest,
        chat,
        conversations,
        drills,
        documents,
        playbooks,
        gaps,
        training,
        knowledge,
        sites,
        rooms,
        pages,
    ):
        app.include_router(routes.router)
    app.include_router(training.trainee_router)
    # Not a mount at "/": that would answer GET /api/suggest itself, with 404 where 405 and the method are due.
    app.router.default = StaticFiles(directory=Path(str(resources.files("assistant"))) / "web", html=True)
    app.add_middleware(SizeLimit)
    app.add_middleware(ManagerGate, token=improv.settings.manager_token.get_secret_value())
    app.add_middleware(RateLimit, per_minute=improv.settings.requests_per_minute)
    app.add_middleware(
        CORSMiddleware,
        allow_origins=improv.settings.origins,
        allow_methods=["GET", "POST"],
        allow_headers=["Content-Type", "Authorization"],
    )
    app.add_middleware(SecurityHeaders)
    return app
