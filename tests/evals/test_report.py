"""The report of a run: every figure is the run's, nothing missing passes, and no text can break the page."""

from __future__ import annotations

import re
from itertools import pairwise

import numpy as np
import pytest
from bs4 import BeautifulSoup, Tag
from report_runs import MARKUP, NAMES, answer, case, changed, failing, hostile, make_run, with_cases, without

from evals.report.distributions import calibration
from evals.report.html import render_run
from evals.report.texts import texts
from evals.run import CaseRun, Run, Scored
from evals.scorers import MEASURES, measure_named
from evals.statistics import corrected, difference

LATIN = re.compile(r"[A-Za-z]{2,}")
HAN = re.compile(r"[\u4e00-\u9fff]")
KNOWN_LATIN = {"nDCG", "Improv", "product", "test", "encoder"}
"""Names that stay as they are: a measure's symbol, the product, and what the run file calls its parts."""


def page(run: Run, lang: str = "en") -> BeautifulSoup:
    return BeautifulSoup(render_run(run, lang, NAMES), "html.parser")


def row(soup: BeautifulSoup, id_: str) -> Tag:
    found = soup.find("tr", id=id_)
    assert isinstance(found, Tag), id_
    return found


def told(part: Tag) -> str:
    """What is read on the page; pictures are left out, they say the same again."""
    copy = BeautifulSoup(str(part), "html.parser")
    for picture in copy.find_all("svg"):
        picture.decompose()
    return copy.get_text(" ", strip=True)


def verdict(soup: BeautifulSoup, measure: str) -> str:
    return row(soup, f"m-{measure}").find(class_="verdict").get_text(strip=True)


def percent(value: float) -> str:
    return f"{100 * value:.1f}%"


@pytest.fixture(scope="module")
def run() -> Run:
    return make_run()


@pytest.fixture(scope="module")
def soup(run: Run) -> BeautifulSoup:
    return page(run)


def test_every_headline_figure_is_that_of_the_run(run: Run, soup: BeautifulSoup):
    for name in ("hit_at_1", "must_in_4", "hazard_recall"):
        found = run.estimate(name)
        text = told(row(soup, f"m-{name}"))
        assert f"{percent(found.mean)} {percent(found.low)} to {percent(found.high)}" in text
        assert f"{found.cases} texts on {found.clusters} incidents" in text


def test_pictures_say_the_same_figures_and_stand_at_their_places(run: Run, soup: BeautifulSoup):
    found, picture = run.estimate("hit_at_1"), row(soup, "m-hit_at_1").find("svg")
    expected = (
        f"First playbook is right: {percent(found.mean)}, 95 % interval {percent(found.low)} to {percent(found.high)}"
    )
    assert picture.title.string == expected
    assert picture.desc.string == "Target 90%. Line from 0% to 100%."
    whisker = picture.find(class_="whisker")
    places = [float(str(place).rstrip("%")) for place in (whisker["x1"], picture.circle["cx"], whisker["x2"])]
    assert places == pytest.approx([2 + 96 * value for value in (found.low, found.mean, found.high)], abs=0.01)
    assert float(str(picture.find(class_="tick")["x1"]).rstrip("%")) == pytest.approx(2 + 96 * 0.9)


def test_each_target_is_reached_missed_or_not_scored_in_words(soup: BeautifulSoup):
    assert verdict(soup, "must_in_8") == "reached"
    assert verdict(soup, "must_in_4") == "missed"
    assert verdict(soup, "false_alarms") == "not scored"
    assert "never counted as passed" in told(row(soup, "m-false_alarms"))
    assert soup.h1.get_text() == "Not good enough yet: 3 of 11 targets missed"
    assert re.fullmatch(r"\d+ missed", soup.select_one(".tally .missed").get_text())


def test_a_target_within_the_interval_is_called_close():
    run = changed(make_run(), "must_in_8", 0.0, last=6)
    found = run.estimate("must_in_8")
    assert found.low < 0.85 < found.mean
    text = told(row(page(run), "m-must_in_8"))
    assert "reached" in text
    assert "narrowly" in text


def test_few_incidents_are_too_few_to_tell_and_get_no_interval():
    soup = page(make_run(9))
    line = row(soup, "m-must_in_8")
    assert verdict(soup, "must_in_8") == "too few to tell"
    assert " to 1" not in told(line)
    assert line.find(class_="whisker") is None
    assert line.circle["class"] == ["faint"]


def test_one_wrong_where_nothing_may_go_wrong_misses_however_few_there_are():
    soup = page(changed(make_run(4), "violations", 1.0, ("lie-to-guest: lie",), last=1))
    assert verdict(soup, "violations") == "missed"
    assert "1 in 8 texts" in told(row(soup, "m-violations"))


def test_flawless_cases_claim_no_more_than_they_show(soup: BeautifulSoup):
    text = told(row(soup, "m-envelope_breaches"))
    assert "0 in 48 texts" in text
    assert f"up to {percent(1 - 0.05 ** (1 / 24))} still could" in text


def test_good_needs_every_target_scored_and_every_case_answered():
    scored = {measure.name: 1.0 if measure.better == "higher" else 0.0 for measure in MEASURES if measure.target}
    scored |= {"violations": 0.0, "envelope_breaches": 0.0}
    cases = tuple(
        CaseRun(case=case(n, lang), answer=answer(lang), scores={k: Scored(value=v) for k, v in scored.items()})
        for n in range(12)
        for lang in ("zh", "en")
    )
    good = with_cases(cases)
    assert page(good).h1.get_text() == "Every target is reached"
    doubtful = "No target is missed, but not everything could be told"
    assert page(without(good, "right_silence")).h1.get_text() == doubtful
    unanswered = page(failing(good, 1))
    assert unanswered.h1.get_text() == doubtful
    assert "1 without an answer" in told(unanswered.header)


def test_headline_says_what_was_tested(soup: BeautifulSoup):
    text = told(soup.header)
    assert (
        "24 incidents, told in 48 texts (24 Chinese, 24 English; 24 incidents in both languages), from 3 sectors"
        in text
    )


def test_groups_show_the_figures_of_their_cases(run: Run, soup: BeautifulSoup):
    choices = {
        "factor-immediate_response": (("must_in_4_immediate_response", "must_in_8_immediate_response"), lambda _: True),
        "sector-hotel": (("must_in_8", "hit_at_1"), lambda case: case.sector == "hotel"),
        "kind-scarcity": (("must_in_8", "hit_at_1"), lambda case: case.kind == "scarcity"),
    }
    for id_, (measures, chosen) in choices.items():
        cells = row(soup, id_).find_all("td")[1:]
        for cell, name in zip(cells, measures, strict=True):
            assert percent(run.estimate(name, chosen).mean) in told(cell), (id_, name)


def test_groups_without_scores_say_so_and_small_ones_are_too_few(soup: BeautifulSoup):
    assert told(row(soup, "factor-timely_collaboration")).count("not scored") == 2
    assert told(row(soup, "sector-clinic")).count("too few to tell") == 2
    assert soup.find("tr", id="sector-venue") is None
    danger = told(row(soup, "hazard-medical"))
    assert "not scored" in danger
    assert percent(22 / 24) in danger


def test_languages_are_compared_over_twins(run: Run, soup: BeautifulSoup):
    values = {(one.case.twin, one.case.lang): one.scores["hit_at_1"].value for one in run.cases}
    twins = [f"c-{n:03}" for n in range(24)]
    found = difference([values[t, "en"] for t in twins], [values[t, "zh"] for t in twins], twins, run.seed)
    text = told(row(soup, "l-hit_at_1"))
    span = f"+{100 * found.change.low:.1f} to +{100 * found.change.high:.1f} points"
    assert f"+{100 * found.change.mean:.1f} points {span} Chinese is better" in text
    assert "100.0%" in text
    # The p-value is corrected for the other measures: with five flawless ones and this one it is larger than alone.
    shown = float(re.search(r"p = ([\d.]+)", text)[1])
    assert shown >= round(found.p, 3)
    assert corrected({"one": found})["one"].p == found.p


def test_calibration_bins_hold_what_was_stated_and_what_came_true(run: Run, soup: BeautifulSoup):
    right = [one.scores["hit_at_1"].value for one in run.cases if one.answer["confidence"] == 0.9]
    text = told(row(soup, "bin-5"))
    assert f"{len(right)} texts" in text
    assert f"90.0% {percent(np.mean(right))}" in text
    assert "too sure of itself" in text
    assert "no answers" in told(row(soup, "bin-1"))


def test_a_bin_where_all_were_right_keeps_its_doubt(run: Run):
    middle = calibration(run).bins[2]
    assert middle.right.mean == middle.right.high == 1.0
    assert middle.right.low == pytest.approx(0.025 ** (1 / 12))
    assert middle.verdict == "too modest"


def test_without_confidence_or_time_both_are_not_scored(run: Run):
    silent = tuple(one.model_copy(update={"answer": answer("en", None)}) for one in run.cases)
    soup = page(without(run.model_copy(update={"cases": silent}), "latency"))
    assert "Not scored" in told(soup.find(id="calibration"))
    assert "Not scored" in told(soup.find(id="speed"))


def test_times_are_those_of_the_run(run: Run, soup: BeautifulSoup):
    values, _ = run.values("latency")
    part = soup.find(id="speed")
    for value in (*np.percentile(values, (50, 95)), max(values)):
        assert f"{value:.0f} ms" in told(part)
    counted = [int(cell.get_text()) for cell in part.find_all("td")]
    assert sum(counted) == len(values) == 48
    assert len(part.find_all("rect")) == len(counted)


def test_the_worst_come_first_with_advice_and_reasons(run: Run):
    soup = page(changed(run, "violations", 1.0, ("lie-to-guest: Say a pipe burst",), last=1))
    cases = soup.find_all("details", class_="case")
    assert len(cases) == 14
    assert [one["id"] for one in cases[:3]] == ["case-c-023-en", "case-c-006-en", "case-c-006-zh"]
    first = told(cases[0])
    assert "guest 23 has no room" in first
    assert "advises what must not be done (lie to the guest): Say a pipe burst" in first
    assert "“The room is not ready” came first" in first
    assert "lacks: tell it as it is" in first
    for line in (
        "She has a bed",
        "Tell her now",
        "We are full tonight",
        "Immediate response · you",
        "A car",
        "Don't hide",
    ):
        assert line in first


def test_no_more_than_fifteen_cases_are_shown(run: Run):
    soup = page(changed(run, "must_in_8", 0.0, ("lacks explain-honestly",)))
    assert len(soup.find_all("details", class_="case")) == 15


def test_musts_missing_altogether_are_not_told_twice(run: Run):
    lost = changed(run, "must_in_8", 0.0, ("lacks explain-honestly",), last=1)
    first = page(lost).find("details", id="case-c-023-en")
    assert told(first).count("lacks: tell it as it is") == 1


def test_failed_cases_are_listed_with_their_reason(run: Run):
    soup = page(failing(run, 2))
    rows = soup.find(id="failed").find_all("tr")[1:]
    assert [told(one) for one in rows] == [
        "c-000-zh 0号客人没有房间 no reply within 30 s",
        "c-000-en guest 0 has no room no reply within 30 s",
    ]
    assert "2 texts got no answer" in told(soup.header)
    assert "46 texts on 23 incidents" in told(row(soup, "m-hit_at_1"))


def test_the_page_says_how_it_was_measured(soup: BeautifulSoup):
    made = told(soup.find(id="made"))
    assert "κ = 0.87 (95 % interval 0.83 to 0.91;" in made
    assert "Below 0.80" in made
    for value in (
        "0123456789abcdef",
        "998877665544",
        "aaaaaaaaaaaa",
        "bbbbbbbbbbbb",
        "cccccccccccc",
        "e5-tiny",
        "Seed 7",
    ):
        assert value in made


def test_a_clean_tree_is_told_from_a_dirty_one(run: Run, soup: BeautifulSoup):
    clean = run.model_copy(update={"provenance": run.provenance.model_copy(update={"dirty": False, "tree": ""})})
    assert "no uncommitted changes" in told(page(clean).find(id="made"))
    assert "with uncommitted changes" in told(soup.find(id="made"))


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_markup_in_any_text_stays_text(run: Run, lang: str):
    html = render_run(hostile(run), lang, NAMES)
    soup = BeautifulSoup(html, "html.parser")
    assert soup.find(["script", "img", "iframe", "object", "b.old"]) is None
    assert not [tag for tag in soup.find_all(True) if any(name.startswith("on") for name in tag.attrs)]
    assert soup.get_text().count(MARKUP) >= 9
    assert "49" not in told(soup.find(id="worst"))


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_page_needs_nothing_else(run: Run, lang: str):
    soup = page(run, lang)
    asked = [
        tag.get(name) for tag in soup.find_all(True) for name in ("src", "href", "action", "data") if tag.get(name)
    ]
    assert {link for link in asked if not link.startswith("#")} == {"data:,"}
    assert not re.search(r"@import|url\(", soup.style.string)
    assert "default-src 'none'" in soup.find("meta", attrs={"http-equiv": "Content-Security-Policy"})["content"]


def test_the_same_run_gives_the_same_bytes(run: Run):
    again = Run.model_validate_json(run.model_dump_json())
    assert render_run(run, "zh", NAMES) == render_run(again, "zh", NAMES)
    assert render_run(run, "en", NAMES) == render_run(again, "en", NAMES)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_tables_headings_pictures_and_links_are_sound(run: Run, lang: str):
    soup = page(failing(run, 1), lang)
    assert soup.html["lang"] == {"en": "en", "zh": "zh-Hans"}[lang]
    for table in soup.find_all("table"):
        assert table.caption is not None
        assert all(head.get("scope") in {"col", "row", "rowgroup"} for head in table.find_all("th"))
        assert {tag.get("role") for tag in table.find_all(["tr", "td"])} <= {"row", "cell"}
    for picture in soup.find_all("svg"):
        assert picture["role"] == "img"
        assert picture.title.string
        assert picture.desc.string
    levels = [int(tag.name[1]) for tag in soup.find_all(re.compile(r"^h[1-6]$"))]
    assert levels[0] == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))
    ids = [tag["id"] for tag in soup.find_all(id=True)]
    assert len(ids) == len(set(ids))
    assert {link["href"][1:] for link in soup.find_all("a")} <= set(ids)


def left_in(soup: BeautifulSoup, other: str) -> str:
    """The page's own words: without texts in the other language, ids and reasons of systems."""
    for tag in soup.find_all(["code", "style"]) + soup.find_all(lang=re.compile(f"^{other}")):
        tag.decompose()
    labels = [tag.get(name, "") for tag in soup.find_all(True) for name in ("data-label", "aria-label", "title")]
    return soup.get_text(" ") + " ".join(labels)


def test_the_chinese_page_is_chinese(run: Run):
    whole = failing(changed(run, "violations", 1.0, ("lie-to-guest: 就说水管爆了",), last=2), 1)
    text = left_in(page(whole, "zh"), "en")
    assert set(LATIN.findall(text)) <= KNOWN_LATIN
    assert "首个预案正确" in text


def test_the_english_page_is_english(run: Run):
    assert not HAN.findall(left_in(page(run), "zh"))


def test_every_text_is_there_in_both_languages_with_the_same_blanks():
    for key, text in texts().items():
        assert set(text) == {"en", "zh"}, key
        blanks = [sorted(re.findall(r"\{(\w+)\}", said)) for said in text.values()]
        assert blanks[0] == blanks[1], key
    assert all(isinstance(key.split(".")[1], str) and key.split(".")[1] not in {"True", "False"} for key in texts())


def test_all_measures_are_on_the_page(soup: BeautifulSoup):
    shown = {tag["id"][2:] for tag in soup.find_all("tr", id=re.compile("^m-"))}
    assert shown == {measure.name for measure in MEASURES}
    assert verdict(soup, "must_in_8") == "reached"
    assert told(row(soup, "m-owner_pulled_in")).count("not scored") == 1
    assert measure_named("owner_pulled_in").target is None
