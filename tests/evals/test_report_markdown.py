"""Comments for pull requests: the same figures, in a form that no text can break."""

from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup
from markdown_it import MarkdownIt
from report_runs import MARKUP, NAMES, changed, failing, hostile, make_run, without

from evals.compare import compare
from evals.report.markdown import code, comparison_markdown, run_markdown


def shown(text: str) -> BeautifulSoup:
    return BeautifulSoup(MarkdownIt("gfm-like", {"linkify": False}).disable("linkify").render(text), "html.parser")


def test_a_run_as_a_short_table():
    run = make_run()
    soup = shown(run_markdown(run, "en", NAMES))
    rows = {
        cells[0]: cells for cells in ([c.get_text() for c in tr.find_all("td")] for tr in soup.find_all("tr")) if cells
    }
    found = run.estimate("hit_at_1")
    figures = f"{100 * found.mean:.1f}% ({100 * found.low:.1f}% to {100 * found.high:.1f}%)"
    assert rows["First playbook is right"][1:3] == [figures, "at least 90%"]
    assert rows["Musts met within 8 actions"][3] == "✅ reached"
    assert rows["False alarms"] == ["False alarms", "not scored", "at most 4%", "⬜ not scored"]
    assert len(rows) == 11
    assert soup.find("strong").get_text() == "Not good enough yet: 3 of 11 targets missed"
    assert "κ = 0.87 (0.83 to 0.91)" in soup.get_text()
    assert "0123456789abcdef" in soup.get_text()


def test_the_worst_and_the_failed_are_folded_away():
    text = run_markdown(failing(make_run(), 2), "en", NAMES)
    assert "<summary>2 texts without an answer</summary>" in text
    assert "- `c-000-en`: `no reply within 30 s`" in text
    assert "“The room is not ready” came first" in text


def test_a_comparison_with_its_gate_gains_and_losses():
    before = make_run()
    after = changed(changed(before, "hit_at_1", 1.0), "must_in_8", 0.5, ("lacks explain-honestly",), lang="zh")
    text = comparison_markdown(compare(before, after), "en", NAMES)
    assert "**⛔ The gate stays shut**" in text
    assert "- Musts met within 8 actions: 100.0% → 75.0%, p = 0.002" in text
    assert "❌ worse, p = 0.002" in text
    assert "<summary>First playbook is right · Gained on 12 texts</summary>" in text
    assert "  - Before: “The room is not ready” came first" in text
    assert "The first 5 of 24" in text


def test_an_open_gate_and_a_measure_that_is_no_longer_scored():
    before = make_run()
    assert "**✅ The gate opens**" in comparison_markdown(compare(before, before), "en", NAMES)
    text = comparison_markdown(compare(before, without(before, "citation_support")), "en", NAMES)
    assert "**⛔ The gate stays shut**" in text
    assert "⬜ Lines supported by their source: scored before, not scored now: never counted as passed" in text


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_no_text_breaks_out(lang: str):
    text = run_markdown(hostile(make_run()), lang, NAMES)
    assert text.count("<details>") == text.count("\n</details>\n")
    soup = shown(text)
    assert soup.find(["img", "script", "a"]) is None
    assert [strong.get_text() for strong in soup.find_all("strong")] == [soup.find("strong").get_text()]
    assert all(len(tr.find_all(["td", "th"])) == 4 for tr in soup.find_all("tr"))
    assert "@someone" not in re.sub(r"<code>.*?</code>", "", str(soup), flags=re.S)


def test_ids_of_systems_neither_link_nor_mention():
    item = changed(make_run(), "hit_at_1", 0.0, ("https://evil.example/@someone#7 came first",))
    text = re.sub(r"`[^`]*`", "", run_markdown(item, "en", NAMES))
    assert "evil.example" in text
    assert not re.search(r"://|@someone|#7", text)


@pytest.mark.parametrize("text", [MARKUP, "`", "``` a", "a\nb", "", "x`y``z"])
def test_a_code_span_holds_any_text(text: str):
    soup = shown(f"a {code(text)} b")
    assert [tag.name for tag in soup.find_all(True)] == ["p", "code"]
    assert soup.code.get_text().strip() == " ".join(text.split())


def test_long_texts_are_cut():
    assert len(code("long " * 1000)) < 300


def test_the_chinese_comment_is_chinese():
    text = re.sub(r"`[^`]*`", "", run_markdown(make_run(), "zh", NAMES))
    text = re.sub(r"</?(details|summary)>", "", text)
    assert set(re.findall(r"[A-Za-z]{2,}", text)) <= {"nDCG", "Improv"}


def test_the_same_run_gives_the_same_text():
    assert run_markdown(make_run(), "zh", NAMES) == run_markdown(make_run(), "zh", NAMES)
