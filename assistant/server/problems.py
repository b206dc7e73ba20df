"""Errors as RFC 9457 problem documents, translated here and nowhere else."""

from __future__ import annotations

import logging
from http import HTTPStatus

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from assistant.errors import (
    CallerError,
    Conflict,
    ContentError,
    ImprovError,
    InvalidInput,
    SetupError,
    UnknownName,
    UnreadableDocument,
)

MEDIA_TYPE = "application/problem+json"
log = logging.getLogger("improv.server")

STATUS: tuple[tuple[type[ImprovError], HTTPStatus], ...] = (
    (InvalidInput, HTTPStatus.UNPROCESSABLE_ENTITY),
    (UnknownName, HTTPStatus.NOT_FOUND),
    (Conflict, HTTPStatus.CONFLICT),
    (UnreadableDocument, HTTPStatus.UNPROCESSABLE_ENTITY),
    (CallerError, HTTPStatus.BAD_REQUEST),
    (SetupError, HTTPStatus.SERVICE_UNAVAILABLE),
    (ContentError, HTTPStatus.INTERNAL_SERVER_ERROR),
)


def problem(status: HTTPStatus, detail: str, code: str, headers: dict[str, str] | None = None) -> JSONResponse:
    """One problem document. `code` is stable; `detail` is a sentence for people."""
    content = {"type": f"urn:improv:{code}", "title": status.phrase, "status": status.value, "detail": detail}
    return JSONResponse(content, status.value, headers, media_type=MEDIA_TYPE)


def install(app: FastAPI) -> None:
    """Make every error of `app` a problem document."""
    app.add_exception_handler(ImprovError, _improv)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(Exception, _unexpected)


async def _improv(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, ImprovError)
    status = next((s for kind, s in STATUS if isinstance(error, kind)), HTTPStatus.INTERNAL_SERVER_ERROR)
    return problem(status, str(error), error.code)


async def _invalid(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    where = ".".join(str(part) for part in first["loc"] if part != "body")
    message = f"{where}: {first['msg']}" if where else str(first["msg"])
    return problem(HTTPStatus.UNPROCESSABLE_ENTITY, f"{message}; see /openapi.json", InvalidInput.code)


async def _http(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    status, headers = HTTPStatus(error.status_code), dict(error.headers or {})
    detail = str(error.detail)
    if status == HTTPStatus.NOT_FOUND:
        detail = f"there is nothing at {request.url.path[:200]!r}; /openapi.json lists what there is"
    elif status == HTTPStatus.METHOD_NOT_ALLOWED:
        detail = f"{request.method} is not possible here; use {headers.get('Allow', 'another method')}"
    return problem(status, detail, f"http-{status.value}", headers)


async def _unexpected(request: Request, error: Exception) -> JSONResponse:
    log.error("%s %s failed", request.method, request.url.path, exc_info=error)
    detail = "something went wrong on the server; it has been logged. Try again, or use the general protocol."
    return problem(HTTPStatus.INTERNAL_SERVER_ERROR, detail, "internal")
