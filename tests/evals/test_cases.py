"""The curated cases: what a writer gets wrong is said in words, and what is shipped is sound."""

import json
from collections import Counter
from dataclasses import replace

import pytest

from assistant.errors import ContentError
from assistant.knowledge.corpus import Corpus
from assistant.settings import load_settings
from evals.answer import AnsweredAction
from evals.case import SCHEMA, case_schema, read_cases
from evals.checking import check_cases
from evals.labels import entry_texts, line_labels, reworded, write_wording
from evals.overlap import grams, overlaps, worked_with

CASE = """
- id: hotel-900-en
  split: dev
  lang: en
  sector: hotel
  kind: failure
  difficulty: easy
  text: "no towels in 4"
  relevant: {hotel.room-dirty-or-bugs: 3}
  hazard: none
  covered: true
  owner: []
  authority: self
  criteria: [{need: must, concept: apologise}]
"""


def written(tmp_path, text):
    (tmp_path / "some.yaml").write_text(text, encoding="utf-8")
    return read_cases.__wrapped__(tmp_path)


def test_a_sound_case_is_read(tmp_path):
    (case,) = written(tmp_path, CASE)
    assert case.cluster == case.id == "hotel-900-en"
    assert case.criteria[0].concept == "apologise"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("kind: failure", "kind: quarrel", "kind"),
        ("difficulty: easy", "dificulty: easy", "dificulty"),
        ("covered: true", "covered: false", "covered"),
        (": 3}", ": 2}", "grade"),
        ("hotel-900-en", "hotel-900", "-en"),
        ("need: must", "need: perhaps", "need"),
    ],
)
def test_a_fault_is_named_with_file_and_case(tmp_path, old, new, said):
    with pytest.raises(ContentError) as raised:
        written(tmp_path, CASE.replace(old, new))
    assert "some.yaml" in str(raised.value)
    assert said in str(raised.value)


def test_an_id_is_used_once(tmp_path):
    with pytest.raises(ContentError, match="hotel-900-en"):
        written(tmp_path, CASE + CASE)


def test_a_twin_needs_its_other_half(tmp_path):
    with pytest.raises(ContentError, match="hotel-900"):
        written(tmp_path, CASE.replace("  split:", "  twin: hotel-900\n  split:"))


def test_shipped_cases_are_many_and_of_every_kind():
    cases = read_cases()
    assert len(cases) >= 240
    langs = Counter(case.lang for case in cases)
    assert langs["zh"] == langs["en"]
    assert len({case.twin for case in cases if case.twin}) >= 60
    assert len({case.sector for case in cases}) >= 8
    assert all(count >= 5 for count in Counter(case.kind for case in cases).values())
    lengths = sorted(len(case.text) for case in cases)
    assert lengths[0] < 25
    assert lengths[-1] > 400


def test_everything_that_is_looked_at_in_the_shipped_cases_is_right():
    assert [finding.text for finding in check_cases() if finding.wrong] == []


def test_the_schema_in_the_folder_is_that_of_the_code_and_says_what_is_required():
    assert SCHEMA.read_text(encoding="utf-8") == case_schema()
    case = json.loads(case_schema())["$defs"]["Case"]
    assert {"id", "split", "text", "relevant", "hazard", "criteria"} <= set(case["required"])
    assert case["additionalProperties"] is False


def test_copied_wording_is_found_in_both_languages(tmp_path):
    (case,) = written(tmp_path, CASE.replace("no towels in 4", "the guest in four says there are no towels again"))
    assert overlaps([case], ["the guest in four says there are no towels again, what now"])[0].share == 1.0
    assert overlaps([case], ["somebody else wrote something else"])[0].share == 0.0
    assert set(grams("房间里没有毛巾")) == {"房间里没有毛巾"}
    assert list(grams("no towels")) == []


def test_a_reworded_line_is_not_scored_until_its_labels_were_looked_at(tmp_path):
    (card,) = (
        playbook for playbook in Corpus(load_settings().corpus).playbooks() if playbook.id == "hotel.room-not-ready"
    )
    first = card.actions[0]
    name = f"{card.id}/{first.id}"
    reversed_ = replace(first, text={lang: f"{text} Or do not." for lang, text in first.text.items()})
    changed = replace(card, actions=(reversed_, *card.actions[1:]))
    assert line_labels([card]).labelled(AnsweredAction(first.text["en"], id=name)) is not None
    assert line_labels([changed]).labelled(AnsweredAction(reversed_.text["en"], id=name)) is None
    noted = tmp_path / "wording.json"
    write_wording(entry_texts([card]), noted)
    assert reworded(entry_texts([changed]), noted) == {name}
    write_wording(entry_texts([changed]), noted)
    assert not reworded(entry_texts([changed]), noted)


def test_incidents_for_development_are_among_what_the_product_was_worked_on_with():
    cases = read_cases()
    known = set(worked_with(cases))
    assert {case.text for case in cases if case.split == "dev"} <= known
    assert not {case.text for case in cases if case.split == "test"} & known
