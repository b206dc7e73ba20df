"""Each plain check finds the fault that was planted for it, at its line, and nothing in what is right."""

from __future__ import annotations

import shutil
from datetime import date

import pytest

from assistant.errors import InvalidInput, UnknownName
from assistant.knowledge.checking import check_playbooks
from assistant.knowledge.checks.coverage import BUSINESSES, coverage_of, gaps
from assistant.knowledge.checks.readability import mean_sentence, school_grade, sentences
from assistant.knowledge.checks.sources import names_in
from assistant.knowledge.corpus import Corpus

DAY = date(2026, 11, 23)
HOTEL, FIRE = "hotel.room-not-ready", "emergency.fire-or-smoke"


@pytest.fixture
def corpus(small_corpus, tmp_path):
    """A copy of the small corpus that may be harmed."""
    shutil.copytree(small_corpus, tmp_path / "corpus")
    return Corpus(tmp_path / "corpus")


def plant(corpus, card, *changes):
    """Replace texts of a card once each; gives the line of the first."""
    path = corpus.root / "playbooks" / f"{card}.md"
    text = path.read_text(encoding="utf-8")
    line = text[: text.index(changes[0][0])].count("\n") + 1
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    path.write_text(text, encoding="utf-8")
    return line


def found(corpus, check, card=HOTEL, today=DAY):
    path = corpus.root / "playbooks" / f"{card}.md"
    return [finding for finding in check_playbooks(corpus, path, today) if finding.check == check]


def test_the_small_corpus_has_no_faults_of_its_own(corpus):
    assert list(check_playbooks(corpus, corpus.root / "playbooks", DAY)) == []


def at_line(finding, line):
    assert f".md:{line}: " in finding.message, (line, finding.message)
    assert "; " in finding.message, "it says how to mend it"


def test_a_factor_without_an_action_is_an_error(corpus):
    text = (corpus.root / "playbooks" / f"{HOTEL}.md").read_text(encoding="utf-8")
    section = text[text.index("## Resource integration") : text.index("## Options")]
    plant(corpus, HOTEL, (section, ""))
    (fault,) = found(corpus, "schema")
    assert (fault.level, fault.playbook) == ("error", HOTEL)
    assert "Resource integration" in fault.message


def test_a_missing_translation_is_told_with_its_entry(corpus):
    line = plant(corpus, HOTEL, ("- zh: 直接打给楼层领班，问清这间房几点一定能交，请他们下一间就做。\n", "")) - 6
    (fault,) = found(corpus, "languages")
    at_line(fault, line)
    assert "call-housekeeping" in fault.message
    assert "zh" in fault.message


def test_too_few_signals_and_overlong_texts_are_told(corpus):
    plant(
        corpus, HOTEL, ("    - 大床房全是在清洁", "  # "), ("- en: Look up,", f"- en: {'Look up again. ' * 20}Look up,")
    )
    text = (corpus.root / "playbooks" / f"{HOTEL}.md").read_text(encoding="utf-8")
    start, end = text.index("    - 客人三点"), text.index("    - 客房说再等")
    (corpus.root / "playbooks" / f"{HOTEL}.md").write_text(text[:start] + text[end:], encoding="utf-8")
    assert "fewer than 6 signals in zh" in found(corpus, "signals")[0].message
    assert "own-the-wait" in found(corpus, "length")[0].message


@pytest.mark.parametrize(
    ("english", "chinese", "said"),
    [
        ("Wait 20 minutes first.", "先等10分钟。", "20 minutes in en, but 10 in zh"),
        ("Wait two hours first.", "先等三个小时。", "2 hours in en, but 3 in zh"),
        ("Keep five metres away.", "离开十五米。", "5 metres in en, but 15 in zh"),
        ("Wait twenty minutes.", "等二十分钟。", None),
        ("Wait zero seconds, then 30 seconds.", "等零秒，再等30秒。", None),
        ("Ask two of them.", "问三位客人。", None),
        ("Press for ten minutes.", "一直压着。", None),
    ],
)
def test_times_and_measures_must_agree(corpus, english, chinese, said):
    line = plant(
        corpus, HOTEL, ("- zh: 抬头、", f"- zh: {chinese}抬头、"), ("- en: Look up,", f"- en: {english} Look up,")
    )
    faults = found(corpus, "quantities")
    assert bool(faults) == bool(said)
    if said:
        at_line(faults[0], line)
        assert said in faults[0].message


@pytest.mark.parametrize(
    ("version", "said"),
    [
        ("2025-11-01", "387 days ago"),
        ("2027-01-01", "in the future"),
        ("second edition", "no date"),
        ("2026-02-31", "no date"),
        ("2026-02-28, hotel group edition", None),
    ],
)
def test_review_dates_are_judged_by_the_given_day(corpus, version, said):
    line = plant(corpus, HOTEL, ('version: "2026-11-22"', f'version: "{version}"'))
    faults = found(corpus, "review_date")
    assert bool(faults) == bool(said)
    if said:
        at_line(faults[0], line)
        assert said in faults[0].message
    assert found(corpus, "review_date", today=None) == []


def test_a_danger_card_must_name_a_listed_source(corpus):
    text = (corpus.root / "playbooks" / f"{FIRE}.md").read_text(encoding="utf-8")
    start = text.index("references:")
    listed = text[start : text.index("\n---", start)]
    line = plant(corpus, FIRE, (listed, "references:\n  - For those who know; see SOURCES.md"))
    (fault,) = found(corpus, "sources", FIRE)
    at_line(fault, line)


def test_a_medical_instruction_on_an_ordinary_card_needs_a_source_too(corpus):
    step = "- en: Look up, use the guest's name"
    plant(corpus, HOTEL, (step, step.replace("Look up", "Lay them on their side, look up")))
    (fault,) = found(corpus, "sources")
    assert "own-the-wait: medical advice" in fault.message
    plant(corpus, HOTEL, ("Guest service practice;", "IFRC guidelines;"))
    assert found(corpus, "sources") == []


def test_acronyms_are_no_ordinary_words():
    names = names_in(
        "| guidance | edition |\n| WHO, *Five Keys to Safer Food* | 2006 |\n| 《中华人民共和国消防法》 | 2021 |\n"
    )
    assert names.search("WHO on food")
    assert names.search("《消防法》第五条")
    assert not names.search("people who know")
    assert not names_in("").search("anything")


def test_hard_texts_are_told_by_grade_and_by_sentence(corpus):
    heavy = "Notwithstanding organisational considerations, communicate comprehensively regarding accommodation availability"
    plant(corpus, HOTEL, ("- zh.say: 实在抱歉", f"- zh.say: {'房间还没有好请您多多包涵' * 5}实在抱歉"))
    assert "characters in zh" in found(corpus, "readability")[0].message
    text = (corpus.root / "playbooks" / f"{HOTEL}.md").read_text(encoding="utf-8")
    lines = [
        f"- en: {heavy}." if line.startswith("- en:") and "the room" not in line else line for line in text.splitlines()
    ]
    (corpus.root / "playbooks" / f"{HOTEL}.md").write_text("\n".join(lines), encoding="utf-8")
    assert any("school year" in fault.message for fault in found(corpus, "readability"))


def test_the_grade_is_the_published_formula():
    # 9 words, 39 letters, 1 sentence: 4.71 · 39/9 + 0.5 · 9 − 21.43
    assert school_grade(["The quick brown foxes jumped over the lazy dogs."]) == pytest.approx(3.48, abs=0.01)
    assert school_grade([]) == 0.0
    assert mean_sentence(["请坐。我去问清楚。"]) == pytest.approx(3.5)
    assert sentences("Wait. Don't go! Why?", "en") == ["Wait.", "Don't go!", "Why?"]


def test_ids_are_the_files_names_and_unique(corpus):
    copy = corpus.root / "playbooks" / "hotel.copy.md"
    shutil.copy(corpus.root / "playbooks" / f"{HOTEL}.md", copy)
    errors = [f.message for f in check_playbooks(corpus, None, DAY) if f.level == "error"]
    assert len(errors) == 2
    assert any("differs from the file's name" in message for message in errors)
    assert any("is also that of" in message for message in errors)


def test_nothing_to_check_is_said(corpus, tmp_path):
    with pytest.raises(UnknownName, match="check the path"):
        list(check_playbooks(corpus, tmp_path / "nowhere"))
    (tmp_path / "empty").mkdir()
    with pytest.raises(InvalidInput, match=r"no \.md file"):
        list(check_playbooks(corpus, tmp_path / "empty"))


def test_coverage_counts_own_and_shared_cards_and_tells_the_gaps(improv):
    whole = coverage_of(improv.playbooks(), improv.corpus.needs)
    rows = {row.id: row for row in whole.rows}
    hotel = BUSINESSES.index("hotel")
    assert HOTEL in rows["room"].cells[hotel].own
    assert FIRE in rows["fire"].cells[hotel].shared
    assert not any("no playbook serves the danger" in gap.message for gap in gaps(whole, "x"))
    without = coverage_of([p for p in improv.playbooks() if p.hazard != "fire"], improv.corpus.needs)
    (gap,) = [gap for gap in gaps(without, "corpus/playbooks") if "'fire'" in gap.message]
    assert gap.message == (
        "corpus/playbooks: no playbook serves the danger 'fire'; write one with 'hazard: fire', or drop the word"
    )
