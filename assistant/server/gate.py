"""Who may change documents, read the gaps, see to training: with a token who shows it, else this machine alone."""

from __future__ import annotations

import hmac
from http import HTTPStatus
from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.server.problems import problem

PLACES = ("/api/documents", "/api/playbooks", "/api/gaps", "/api/pages", "/api/training")
PRIVATE = ("/api/gaps", "/api/pages", "/api/training")
"""Not even to be read: staff's own words and scores stand there, and where pages go."""
ROOMS = "/api/rooms"
"""The list of them tells their links, by which anybody may come in; one room is for whoever has its link."""
READING = {"GET", "HEAD"}
SITES = "/api/sites/"
LISTS = ("/history", "/reservations")
"""What managers alone read of a site: who did what when. Reserving is for staff."""
RELAYED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via")
"""Headers by which a proxy tells that the caller is somebody else than it seems."""


def manages(scope: Scope) -> bool:
    """Whether a request is one that only managers may make."""
    if scope["type"] != "http" or scope["method"] == "OPTIONS":
        return False
    path: str = scope["path"]
    if path.rstrip("/") == ROOMS:
        return scope["method"] in READING
    if path.startswith(SITES):
        return path.endswith(LISTS) if scope["method"] in READING else scope["method"] != "POST"
    places = PRIVATE if scope["method"] in READING else PLACES
    return any(path == place or path.startswith(f"{place}/") for place in places)


class ManagerGate:
    """Stands before the body is read: nobody without a right to can send fifty megabytes."""

    def __init__(self, app: ASGIApp, token: str) -> None:
        self.app = app
        self._token = token.encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it and say how to come in."""
        refusal = self._refusal(scope) if manages(scope) else None
        await (refusal or self.app)(scope, receive, send)

    def _refusal(self, scope: Scope) -> Response | None:
        headers = Headers(scope=scope)
        if not _from_own_page(headers):
            return problem(HTTPStatus.FORBIDDEN, "pages of other origins may not do this; open /console here", "origin")
        if self._token:
            return None if self._shown(headers) else _ask_for_token()
        return None if _from_this_machine(scope, headers) else _only_here()

    def _shown(self, headers: Headers) -> bool:
        scheme, _, given = headers.get("authorization", "").partition(" ")
        # Compared as the bytes that came: a token of any alphabet, and no quicker answer to a nearly right one.
        return scheme.casefold() == "bearer" and hmac.compare_digest(given.strip(" ").encode("latin-1"), self._token)


def _from_own_page(headers: Headers) -> bool:
    """Scripts and programs outside a browser send no origin; a page that is not ours sends its own."""
    origin = headers.get("origin")
    return origin is None or urlsplit(origin).netloc.casefold() == headers.get("host", "").casefold()


def _from_this_machine(scope: Scope, headers: Headers) -> bool:
    """Also by the name that was asked for: a stranger's name that leads here is a stranger's page."""
    address = (scope.get("client") or ("",))[0]
    name = urlsplit(f"//{headers.get('host', '')}").hostname or ""
    relayed = any(header in headers for header in RELAYED)
    return _is_loopback(address) and (name == "localhost" or _is_loopback(name)) and not relayed


def _is_loopback(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False


def _ask_for_token() -> Response:
    detail = "this needs the manager's token, IMPROV_MANAGER_TOKEN on the server; send it as 'Authorization: Bearer …'"
    return problem(HTTPStatus.UNAUTHORIZED, detail, "token", {"WWW-Authenticate": "Bearer"})


def _only_here() -> Response:
    detail = "this is possible on the server's machine only; to manage from elsewhere, set IMPROV_MANAGER_TOKEN there"
    return problem(HTTPStatus.FORBIDDEN, detail, "only-here")
