"""What stands before the routes: size and rate limits, security headers. Plain ASGI, so streams stay streams."""

from __future__ import annotations

import math
import time
from http import HTTPStatus

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.knowledge.faults import MAX_BYTES
from assistant.server.gate import manages
from assistant.server.problems import problem

MOST_BYTES = 64 * 1024
CARD_BYTES = 256 * 1024
MANAGING = 5
"""How many times as often a manager's page may ask: it checks what is typed, and sends files one by one. So may drills:
a class behind one address practises together."""
CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "font-src 'self'",
        "manifest-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    )
)
SECURITY_HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
SPEAKING = "camera=(), microphone=(self), geolocation=()"
"""On the drills' pages a trainee may speak instead of typing, if the browser can listen and is asked to."""


class SecurityHeaders:
    """Adds the headers to every answer. The widget's files may be loaded by other origins."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and put the headers on the answer's start."""

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if scope["path"].startswith("/drills/"):
                    headers["Permissions-Policy"] = SPEAKING
                for name, value in SECURITY_HEADERS.items():
                    headers.setdefault(name, value)
                if scope["path"].endswith(".js"):
                    headers.setdefault("Cross-Origin-Resource-Policy", "cross-origin")
            await send(message)

        await self.app(scope, receive, with_headers if scope["type"] == "http" else send)


class SizeLimit:
    """Refuses bodies over 64 KiB, announced or not; a playbook's text and a file may be larger."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Read the body within the limit, then replay it to the app."""
        if scope["type"] != "http" or scope["method"] in {"GET", "HEAD", "OPTIONS"}:
            await self.app(scope, receive, send)
            return
        most = _most_bytes(scope)
        announced = Headers(scope=scope).get("content-length", "0")
        body, more = bytearray(), True
        too_large = announced.isdigit() and int(announced) > most
        while more and not too_large:
            message = await receive()
            if message["type"] == "http.disconnect":
                return
            body += message.get("body", b"")
            more = message.get("more_body", False)
            too_large = len(body) > most
        if too_large:
            await problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, _too_large(most), "too-large")(scope, receive, send)
            return
        sent = False

        async def replay() -> Message:
            nonlocal sent
            if not sent:
                sent = True
                return {"type": "http.request", "body": bytes(body), "more_body": False}
            return await receive()

        await self.app(scope, replay, send)


def _most_bytes(scope: Scope) -> int:
    if scope["method"] == "POST" and scope["path"] == "/api/documents":
        return MAX_BYTES
    return CARD_BYTES if scope["path"].startswith("/api/playbooks") else MOST_BYTES


def _too_large(most: int) -> str:
    if most == MAX_BYTES:
        return f"the file is larger than {most >> 20} MB; divide it into smaller files"
    return f"the request is larger than {most // 1024} KiB; shorten the text"


class RateLimit:
    """At most so many changing requests a minute from one address; what managers and drills do is counted apart."""

    def __init__(self, app: ASGIApp, per_minute: int) -> None:
        self.app = app
        self._items = {False: RateLimitItemPerMinute(per_minute), True: RateLimitItemPerMinute(per_minute * MANAGING)}
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer 429 with the seconds to wait."""
        if scope["type"] == "http" and (scope["method"] == "POST" or manages(scope)):
            purpose = "manages" if manages(scope) else "drills" if scope["path"].startswith("/api/drills") else ""
            item, address = self._items[bool(purpose)], (scope.get("client") or ("unknown",))[0]
            key = f"{address} {purpose}".strip()
            if not self._limiter.hit(item, key):
                reset = self._limiter.get_window_stats(item, key).reset_time
                wait = max(1, math.ceil(reset - time.time()))
                detail = f"too many requests from this device; try again in {wait} seconds"
                answer = problem(HTTPStatus.TOO_MANY_REQUESTS, detail, "rate", {"Retry-After": str(wait)})
                await answer(scope, receive, send)
                return
        await self.app(scope, receive, send)
