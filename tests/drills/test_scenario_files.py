"""Scenario files: faults are named with line and mend, and the shipped ones can be played."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.domain.drill import MANNERS
from assistant.domain.vocabulary import LANGS, SECTORS
from assistant.drills.events import EVENTS
from assistant.drills.library import ScenarioLibrary
from assistant.drills.lines import ANY, load_lines
from assistant.drills.scenario_reader import read_scenario, scenario_files
from assistant.errors import InvalidScenario

DRILLS = Path(__file__).resolve().parents[2] / "corpus" / "drills"
PLAYBOOKS = {path.stem for path in (DRILLS.parent / "playbooks").glob("*.md")}
TEXT = (DRILLS / "scenarios" / "hotel.room-not-ready-funeral.yaml").read_text(encoding="utf-8")


def read(text):
    return read_scenario(text, "mine.yaml", PLAYBOOKS)


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("manner: loud", "manner: wild", r"mine\.yaml:12: persona\.manner: should be 'loud'"),
        ("after: funeral", "after: wedding", r"needs\.1\.after: there is no fact 'wedding'"),
        ("    strength: 3", "    strenght: 3", r"triggers\.0\.strenght: is no field"),
        ("hotel.room-not-ready,", "hotel.nowhere,", r"there is no playbook 'hotel\.nowhere'"),
        ("  sorry_again:", "  sorri:", r"lines\.sorri: is no event"),
        ('"fact:funeral"', '"fact:nothing"', r"criteria\.1\.met_by: 'fact:nothing' is nothing in this scenario"),
        ('  zh: "马上给她房卡。"\n', "", r"mine\.yaml:\d+: wants: has no 'zh'"),
        ("title:", "title", r"mine\.yaml:\d+: this is not YAML"),
    ],
)
def test_a_fault_is_named_with_its_line_and_the_mend(old, new, fault):
    assert old in TEXT
    text = TEXT.replace(old, new)
    with pytest.raises(InvalidScenario, match=fault):
        read(text)


def test_shipped_scenarios_are_many_and_of_every_business():
    scenarios = [
        read_scenario(path.read_text(encoding="utf-8"), path.name, PLAYBOOKS)
        for path in scenario_files(DRILLS / "scenarios")
    ]
    assert len(scenarios) >= 40
    assert {scenario.sector for scenario in scenarios} >= {*SECTORS} - {"any"}
    assert {scenario.persona.manner for scenario in scenarios} == {*MANNERS}
    assert {scenario.true_claim for scenario in scenarios} == {"right", "partly", "wrong"}
    assert sum(bool(scenario.urgent) for scenario in scenarios) >= 4
    assert all({*scenario.langs} == {*LANGS} for scenario in scenarios)


def test_a_broken_file_is_named_and_the_others_can_be_played(tmp_path):
    (tmp_path / "hotel.room-not-ready-funeral.yaml").write_text(TEXT, encoding="utf-8")
    (tmp_path / "mine.yaml").write_text(TEXT.replace("manner: loud", "manner: wild"), encoding="utf-8")
    library = ScenarioLibrary(tmp_path, PLAYBOOKS)
    assert [scenario.id for scenario in library.all()] == ["hotel.room-not-ready-funeral"]
    assert "mine.yaml:12" in library.faults()[0]
    with pytest.raises(InvalidScenario):
        library.get("mine")
    (tmp_path / "mine.yaml").write_text(TEXT.replace("id: hotel.room-not-ready-funeral", "id: mine"), encoding="utf-8")
    assert library.get("mine").persona.manner == "loud"


def test_every_event_has_lines_for_any_guest_in_both_languages():
    stock = load_lines(DRILLS / "lines").by_manner
    for event in EVENTS:
        for lang in LANGS:
            assert len(stock[ANY][event][lang]) >= 3, (event, lang)
    assert {*stock} == {ANY, *MANNERS}
