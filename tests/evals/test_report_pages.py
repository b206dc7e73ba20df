"""The pages in a browser: no barrier, no request, no sideways scrolling. Skipped where there is no browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

from playwright.sync_api import Browser, sync_playwright
from report_runs import NAMES, changed, failing, make_run

from evals.compare import compare
from evals.report.html import render_comparison, render_run

LOOKS = {"desk by day": ("light", 1180), "phone by night": ("dark", 320)}


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--no-first-run"])
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Both reports in both languages, with everything on them that can be there."""
    run = failing(changed(make_run(), "violations", 1.0, ("lie-to-guest: Say a pipe burst",), last=1), 1)
    made = tmp_path_factory.mktemp("reports")
    for lang in ("en", "zh"):
        (made / f"run-{lang}.html").write_text(render_run(run, lang, NAMES), encoding="utf-8")
        comparison = compare(make_run(), changed(run, "must_in_8", 0.0, ("lacks explain-honestly",), lang="zh"))
        (made / f"comparison-{lang}.html").write_text(render_comparison(comparison, lang, NAMES), encoding="utf-8")
    return made


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("name", ["run-en", "run-zh", "comparison-en", "comparison-zh"])
def test_no_barriers_no_requests_and_no_sideways_scrolling(browser: Browser, folder: Path, name: str, look: str):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed").Axe()
    scheme, width = LOOKS[look]
    # The page's own policy forbids scripts; the checker is one.
    page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme, bypass_csp=True)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((folder / f"{name}.html").as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") == width
    found = axe.run(page).response["violations"]
    assert [(v["id"], [node["html"] for node in v["nodes"]]) for v in found] == []
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    page.close()
