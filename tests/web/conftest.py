"""A browser for the page and the widget. Where there is none, these tests are skipped."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

sync_api.expect.set_options(timeout=15_000)
ARGUMENTS = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    # So that a made-up origin may embed the widget of a server on this machine.
    "--disable-features=BlockInsecurePrivateNetworkRequests,LocalNetworkAccessChecks",
)


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[sync_api.Browser]:
    """Of one module: while it is open, an event loop runs, beside which no other can."""
    with sync_api.sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=list(ARGUMENTS))
        yield opened
        opened.close()


@pytest.fixture
def context(browser: sync_api.Browser, request: pytest.FixtureRequest) -> Iterator[sync_api.BrowserContext]:
    """A fresh profile; `@pytest.mark.parametrize("context", [{...}], indirect=True)` changes its options."""
    options = {"locale": "en-GB", "viewport": {"width": 1280, "height": 860}, **getattr(request, "param", {})}
    opened = browser.new_context(**options)
    opened.set_default_timeout(15_000)
    yield opened
    opened.close()


@pytest.fixture
def page(context: sync_api.BrowserContext, server_url: str) -> Iterator[sync_api.Page]:
    """The demo page, on which no script may fail."""
    opened = context.new_page()
    failures: list[str] = []
    opened.on("pageerror", lambda error: failures.append(str(error)))
    opened.on("console", lambda said: failures.append(said.text) if "Content Security Policy" in said.text else None)
    opened.goto(server_url)
    opened.locator("improv-chat .launcher").wait_for()
    yield opened
    assert failures == []
