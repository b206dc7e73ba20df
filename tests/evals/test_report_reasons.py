"""Every reason that a scorer gives is told in the report's language, and names are those of the corpus."""

from __future__ import annotations

import re
from types import SimpleNamespace

import pytest
from report_runs import NAMES, case

from assistant.settings import load_settings
from evals.answer import Answer, AnsweredAction, Citation
from evals.concepts import Concept
from evals.labels import LineLabels
from evals.report.names import shipped_names
from evals.report.reasons import Reason, reason
from evals.scorers import MEASURES
from evals.scorers.measure import Instruments

LIE = AnsweredAction("告诉客人水管爆了", owner="self", sources=("s1",))
LIMIT = SimpleNamespace(id="no-other-guest-data")
WORDS = {
    "explain-honestly": ("immediate_response", "如实"),
    "walk-to-partner": ("resource_integration", "合作"),
    "lie-to-guest": ("must_not", "水管爆了"),
}


def instruments() -> Instruments:
    concepts = {id_: Concept(id=id_, factor=factor, en=id_, zh=id_) for id_, (factor, _) in WORDS.items()}
    envelope = SimpleNamespace(crossed=lambda line, _: (LIMIT,) if "水管" in line else ())
    lines = LineLabels({}, {}, lambda concept, text: WORDS[concept][1] in text)
    return Instruments(concepts, lines, envelope, {("hotel.overbooked", "说"): "告诉客人 3 点"})


def answered(**changes) -> Answer:
    source = Citation("s1", "hotel.overbooked", "说", changes.pop("quote", "告诉客人"))
    values = {"actions": (LIE, LIE), "playbooks": ("hotel.room-not-ready",), "sources": (source,), "hazard": "none"}
    return Answer(**{**values, "covered": True, **changes})


WRONG = {
    "nothing right": (case(1, "zh", authority="manager", owner=("manager", "security")), answered()),
    "nothing named": (case(1, "zh"), answered(playbooks=())),
    "danger not seen": (case(1, "zh", hazard="medical"), answered()),
    "other danger": (case(1, "zh", hazard="medical"), answered(hazard="fire")),
    "false alarm": (case(1, "zh"), answered(hazard="fire")),
    "answered": (case(1, "zh", covered=False, relevant={}), answered()),
    "answered with nothing": (case(1, "zh", covered=False, relevant={}), answered(playbooks=())),
    "silent": (case(1, "zh"), answered(covered=False)),
    "quote not there": (case(1, "zh"), answered(quote="从未写过")),
    "not there": (case(1, "zh"), answered(named=(("no-such", "self"),), scene={})),
    "not to be had": (case(1, "zh"), answered(named=(("accessible-room", "supervisor"),), scene={})),
    "not allowed": (case(1, "zh"), answered(named=(("next-stay-night", "self"),), scene={})),
    "English": (case(1, "zh"), answered(actions=(AnsweredAction("Tell her", owner="self"),))),
}


@pytest.mark.parametrize("name", WRONG)
def test_no_reason_is_left_in_english(name: str):
    item, given = WRONG[name]
    tools, told = instruments(), 0
    for measure in MEASURES:
        score = measure.score(item, given, tools)
        for why in score.why if score else ():
            found = reason(measure.name, why, "zh", NAMES)
            assert not re.search(r"[A-Za-z]", found.text), (measure.name, why, found)
            assert found.text != why
            assert found.line in why
            told += 1
    assert told


def test_every_measure_with_reasons_was_met():
    tools = instruments()
    scores = [(m.name, m.score(item, given, tools)) for item, given in WRONG.values() for m in MEASURES]
    silent = {"ndcg_at_5", "latency", "sentence_length", "first_look"}
    factors = {m.name for m in MEASURES if re.match(r"must_in_\d_", m.name)}
    assert {m.name for m in MEASURES} - {n for n, s in scores if s and s.why} <= silent | factors


def test_an_unknown_form_and_unknown_ids_are_shown_as_they_stand():
    assert reason("hit_at_1", "the moon was full", "zh", NAMES) == Reason("", "the moon was full")
    assert reason("hit_at_1", "own.card came first", "zh", NAMES).text == "排在首位的是 own.card"


def test_names_are_those_of_the_corpus():
    names = shipped_names()
    assert names.playbook("hotel.overbooked", "zh") == "“超售满房，有预订的客人没有房间可住”"
    assert names.role("manager", "en") == "the duty manager"
    assert names.limit("no-lift-in-fire", "en") == "In fire or smoke nobody is sent into a lift"
    assert len(names.playbooks) == len(list((load_settings().corpus / "playbooks").glob("*.md")))
