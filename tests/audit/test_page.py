"""The page: self-contained, safe, readable by everyone."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from assistant.assembly import Improv
from assistant.audit.names import BUSINESSES as BUSINESS_NAMES
from assistant.audit.names import DANGERS as DANGER_NAMES
from assistant.audit.page import render_page, write_page
from assistant.errors import InvalidInput
from assistant.knowledge.checks.coverage import BUSINESSES, DANGERS
from assistant.settings import Settings


@pytest.fixture(scope="module")
def audit(small_corpus, tmp_path_factory):
    root = tmp_path_factory.mktemp("page") / "corpus"
    shutil.copytree(small_corpus, root)
    path = root / "playbooks" / "hotel.room-not-ready.md"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('"2026-11-22"', '"<script>alert(1)</script>"'), encoding="utf-8")
    with Improv(Settings(home=root, corpus=root)) as improv:
        return improv.audit(today=date(2026, 11, 23), oldest_days=365, fast=True, progress=lambda *_: None)


@pytest.fixture(scope="module")
def page(audit, improv):
    return BeautifulSoup(render_page(audit, improv.corpus.needs), "lxml")


def test_it_reaches_for_nothing_and_runs_nothing(page):
    assert page.find_all(["script", "link", "img", "iframe"]) == []
    assert not re.search(r"https?://|url\(", str(page))
    assert "<script>alert(1)</script>" in page.get_text(), "what a card says is shown as text"


def test_every_finding_stands_on_it(page, audit):
    shown = [item.get_text() for item in page.find_all("li")]
    assert len(shown) == len(audit.findings) > 0
    assert all(any(finding.message in text for text in shown) for finding in audit.findings)


def test_the_table_has_headers_both_ways_and_says_where_nothing_is(page, audit):
    table = page.find("table")
    assert table.find("caption")
    assert len(table.find_all("th", scope="col")) == len(BUSINESSES) + 1
    assert len(table.find_all("th", scope="row")) == len(audit.coverage.rows) + 1
    row = next(r for r in table.find_all("tr") if "missing child" in r.get_text().lower())
    assert {cell.get_text() for cell in row.find_all("td")} == {"none"}


def test_the_picture_has_a_name_and_a_square_for_each_cell(page, audit):
    picture = page.find("svg")
    assert picture["role"] == "img"
    assert page.find(id=picture["aria-labelledby"].split()[0]).get_text()
    assert len(picture.find_all("rect", class_="frame")) == len(BUSINESSES) * len(audit.coverage.rows)


def test_it_is_made_for_phones_and_for_the_dark(page):
    assert "width=device-width" in page.find("meta", attrs={"name": "viewport"})["content"]
    style = page.find("style").get_text()
    assert "prefers-color-scheme: dark" in style
    assert page.find(class_="scroll")["tabindex"] == "0", "a wide table scrolls by keyboard too"


def test_every_business_and_danger_has_a_name_in_both_languages():
    for names, words in ((BUSINESS_NAMES, BUSINESSES), (DANGER_NAMES, DANGERS)):
        assert set(names) == set(words)
        assert all(set(name) == {"en", "zh"} for name in names.values())


def test_a_place_that_cannot_be_written_is_said(audit, improv, tmp_path):
    write_page(audit, improv.corpus.needs, tmp_path / "page.html")
    assert (tmp_path / "page.html").stat().st_size > 1000
    with pytest.raises(InvalidInput, match="a folder that exists"):
        write_page(audit, improv.corpus.needs, Path(tmp_path) / "no" / "page.html")
