"""An HTTP client of the real server."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest


@pytest.fixture(scope="session")
def api(server_url: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=server_url, timeout=60, trust_env=False) as client:
        yield client


@pytest.fixture(scope="module")
def manager(start_small_server) -> Iterator[httpx.Client]:
    """A client of a server with a home of its own over few playbooks, on the server's own machine, without a token."""
    with (
        start_small_server(IMPROV_REQUESTS_PER_MINUTE="100000") as url,
        httpx.Client(base_url=url, timeout=60, trust_env=False) as client,
    ):
        yield client
