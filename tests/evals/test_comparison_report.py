"""The report of two runs: what moved, how sure that is, what stops a release, and why."""

from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup
from report_runs import MARKUP, NAMES, changed, failing, hostile, make_run, scored, with_cases, without

from evals.compare import Comparison, compare
from evals.report.html import render_comparison
from evals.run import Run


def page(comparison: Comparison, lang: str = "en") -> BeautifulSoup:
    return BeautifulSoup(render_comparison(comparison, lang, NAMES), "html.parser")


def row(soup: BeautifulSoup, measure: str) -> str:
    copy = BeautifulSoup(str(soup.find("tr", id=f"m-{measure}")), "html.parser")
    for picture in copy.find_all("svg"):
        picture.decompose()
    return copy.get_text(" ", strip=True)


@pytest.fixture(scope="module")
def before() -> Run:
    return make_run()


@pytest.fixture(scope="module")
def mixed(before: Run) -> Comparison:
    """English now always finds the playbook; Chinese loses its musts."""
    after = changed(before, "hit_at_1", 1.0)
    return compare(before, changed(after, "must_in_8", 0.5, ("lacks explain-honestly",), lang="zh"))


def test_each_change_is_that_of_the_comparison(mixed: Comparison):
    soup = page(mixed)
    for compared in mixed.measures:
        if compared.measure.unit == "share" and compared.verdict in {"better", "worse", "no difference shown"}:
            change, text = compared.difference.change, row(soup, compared.measure.name)
            assert f"{100 * compared.before:.1f}%" in text
            assert f"{100 * compared.after:.1f}%" in text
            low, high = (f"{100 * end:+.1f}".replace("-", "−") for end in (change.low, change.high))
            span = f" {low} to {high} points" if low != high else ""
            assert f"{100 * change.mean:+.1f} points".replace("-", "−") + span in text
            assert compared.verdict in text
            shown = "p < 0.001" if compared.difference.p < 0.001 else f"p = {compared.difference.p:.3f}"
            assert shown in text


def test_verdicts_in_words(mixed: Comparison):
    soup = page(mixed)
    assert "better" in row(soup, "hit_at_1")
    assert "worse" in row(soup, "must_in_8")
    assert "the same" in row(soup, "citation_support")


def test_a_gate_that_stays_shut_says_why(mixed: Comparison):
    english, chinese = page(mixed), page(mixed, "zh")
    assert english.h1.get_text() == "The gate stays shut"
    stops = [stop.get_text() for stop in english.find(class_="stops").find_all("li")]
    assert stops == ["Musts met within 8 actions: 100.0% → 75.0%, p = 0.002"]
    assert chinese.h1.get_text() == "不予放行"
    assert chinese.find(class_="stops").get_text() == "前8步内必做项达成：100.0% → 75.0%，p = 0.002"


def test_every_kind_of_stop_has_its_words_in_both_languages(before: Run):
    fewer = with_cases(changed(failing(before, 2), "violations", 1.0, ("lie-to-guest: lie",), last=1).cases[:-2])
    lying = changed(fewer, "violations", 1.0, ("lie-to-guest: lie",), last=1)
    comparison = compare(before, lying)
    english, chinese = ([li.get_text() for li in page(comparison, lang).find_all("li")] for lang in ("en", "zh"))
    assert {"2 more cases without an answer", "2 cases of the baseline were not run: not scored is not passed"} <= set(
        english
    )
    assert any(text.endswith("one more is one too many") for text in english)
    assert {"没有得到回答的案例多了 2 个", "基线中有 2 个案例没有运行：未评分不等于通过"} <= set(chinese)
    assert any(text.endswith("多一次都嫌多") for text in chinese)


def test_what_is_no_longer_scored_or_was_changed_shuts_the_gate(before: Run):
    relabelled = tuple(
        one.model_copy(update={"case": one.case.model_copy(update={"relevant": {}})}) if place < 2 else one
        for place, one in enumerate(before.cases)
    )
    other = before.provenance.model_copy(update={"criteria": "others"})
    for after, said, zh in (
        (
            without(before, "citation_support"),
            "Lines supported by their source: 48 cases scored before are not scored now: not scored is not passed",
            "有出处支持的句子：有 48 个案例之前有评分，现在没有：未评分不等于通过",
        ),
        (
            before.model_copy(update={"cases": relabelled}),
            "2 cases were changed since the baseline; run it again with the cases of today",
            "有 2 个案例在基线之后被改过；请用现在的案例重新运行基线",
        ),
        (
            before.model_copy(update={"provenance": other}),
            "the criteria were changed since the baseline; run it again with those of today",
            "评价要求在基线之后被改过；请用现在的要求重新运行基线",
        ),
    ):
        comparison = compare(before, after)
        assert comparison.stops == (said,)
        assert [li.get_text() for li in page(comparison, "zh").find(class_="stops").find_all("li")] == [zh]


def test_two_dangers_newly_overlooked_shut_the_gate_before_chance_is_ruled_out(before: Run):
    dangers = [one.case.id for one in before.cases if one.case.hazard != "none" and one.case.lang == "en"]
    overlooked = [scored(before, "hazard_recall", dict.fromkeys(dangers[:count], 0.0)) for count in (1, 2)]
    assert compare(before, overlooked[0]).stops == ()
    (stop,) = compare(before, overlooked[1]).stops
    assert stop.endswith("2 more incidents went wrong than were mended")
    gained = scored(overlooked[1], "hazard_recall", {dangers[2]: 1.0})
    assert compare(scored(before, "hazard_recall", {dangers[2]: 0.0}), gained).stops == ()


def test_a_gate_that_opens(before: Run):
    soup = page(compare(before, changed(before, "hit_at_1", 1.0)))
    assert soup.h1.get_text() == "The gate opens"
    assert "48 texts that both were asked" in soup.header.get_text()


def test_gains_and_losses_show_their_reasons(mixed: Comparison):
    part = page(mixed).find(id="cases").get_text(" ", strip=True)
    assert "Gained on 12 texts" in part
    assert "“The room is not ready” came first" in part
    assert "Lost on 24 texts" in part
    assert "The first 8 of 24" in part
    assert "lacks: tell it as it is" in part


def test_what_is_no_longer_scored_is_not_passed(before: Run):
    comparison = compare(before, without(before, "citation_support"))
    text = row(page(comparison), "citation_support")
    assert "scored before, not scored now: never counted as passed" in text
    assert "not scored" in text
    assert "not scored in both runs" in row(page(comparison), "owner_pulled_in")
    back = compare(without(before, "citation_support"), before)
    assert "not scored before" in row(page(back), "citation_support")


def test_few_incidents_are_too_few_to_tell():
    few = make_run(6)
    text = row(page(compare(few, changed(few, "hit_at_1", 1.0))), "hit_at_1")
    assert "too few to tell" in text
    assert "p =" not in text


def test_both_runs_are_described(mixed: Comparison):
    tables = page(mixed).find(id="made").find_all("table")
    assert [table.caption.get_text() for table in tables] == ["Before", "After"]
    assert all("0123456789abcdef" in table.get_text() for table in tables)


def test_markup_stays_text(before: Run):
    after = hostile(before)
    after = after.model_copy(update={"cases": tuple(one for one in after.cases if one.answer is not None)})
    earlier = after.model_copy(update={"cases": (changed(after, "hit_at_1", 1.0).cases[0], *before.cases[2:])})
    soup = page(compare(earlier, after))
    assert soup.find(["script", "img"]) is None
    assert MARKUP in soup.find(id="cases").get_text()


def test_the_chinese_page_is_chinese(mixed: Comparison):
    soup = page(mixed, "zh")
    for tag in soup.find_all(["code", "style"]) + soup.find_all(lang="en"):
        tag.decompose()
    assert set(re.findall(r"[A-Za-z]{2,}", soup.get_text(" "))) <= {"nDCG", "Improv", "product", "encoder"}


def test_the_same_runs_give_the_same_bytes(mixed: Comparison):
    again = compare(mixed.before, mixed.after)
    assert render_comparison(again, "en", NAMES) == render_comparison(mixed, "en", NAMES)
