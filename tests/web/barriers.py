"""What axe finds that would keep people out."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page


def axe_finds_nothing(page: Page, state: str) -> None:
    """`state` says in the failure where the page stood."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed").Axe()
    found = axe.run(page, options={"resultTypes": ["violations"]}).response["violations"]
    assert [(v["id"], [node["html"] for node in v["nodes"]][:3]) for v in found] == [], state
