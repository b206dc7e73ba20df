"""Drafts of scenarios and the check of scenario files."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import yaml

from assistant.domain.drill import Scenario
from assistant.drills.scenario_reader import read_scenario
from assistant.knowledge.corpus import Corpus
from assistant.training.anonymous import without_names
from assistant.training.checking import check, faults_of
from assistant.training.drafting import draft, read_stock, scenario_id

CORPUS = Corpus(Path(__file__).resolve().parents[2] / "corpus")
PLAYBOOKS = CORPUS.playbooks()
IDS = {playbook.id for playbook in PLAYBOOKS}
STOCK = read_stock(CORPUS.load("drills/draft.yaml"), "draft.yaml")
TODAY = date(2027, 1, 4)
CARD = next(playbook for playbook in PLAYBOOKS if playbook.id == "hotel.room-not-ready")


@pytest.mark.parametrize("playbook", PLAYBOOKS, ids=lambda playbook: playbook.id)
def test_every_playbook_gives_a_draft_that_lacks_wordings_at_most(playbook):
    text = draft(playbook, STOCK, TODAY)
    faults = list(faults_of(text, "draft", IDS))
    assert [one.message for one in faults if " lines, at least " not in one.message] == []
    assert yaml.safe_load(text)["playbooks"] == [playbook.id]


def test_a_draft_says_what_the_playbook_says():
    scenario: Scenario = read_scenario(draft(CARD, STOCK, TODAY), "draft", IDS)
    said = {line for action in CARD.actions for line in action.say.values()}
    assert set(scenario.ideal["en"]) | set(scenario.ideal["zh"]) <= said
    assert all(need.met_by["en"][0] in said for need in scenario.needs)
    assert scenario.id == scenario_id(CARD) == "hotel.room-not-ready-drill"


@pytest.mark.parametrize(
    ("text", "gone", "kept"),
    [
        (
            "Mr Peter Jansen from room 1208 shouted at Maria, his mail is p.jansen@post.example, booking LH-4821",
            ("Jansen", "1208", "Maria", "post.example", "LH-4821"),
            ("shouted at",),
        ),
        ("The guest named Ayşe Kaya rang +31 6 1234 5678 twice", ("Kaya", "1234"), ("rang", "twice")),
        ("1208房的王建国先生冲小李发火，电话13812345678", ("1208", "王建国", "小李", "138"), ("先生", "发火")),
        ("I'm sure the TV was broken on Monday at 3 pm", (), ("I'm", "TV", "Monday", "3 pm")),
    ],
)
def test_names_and_numbers_leave_an_incident_and_the_matter_stays(text, gone, kept):
    cleaned = without_names(text)
    assert [word for word in gone if word in cleaned.text] == []
    assert [word for word in kept if word not in cleaned.text] == []
    assert bool(cleaned.removed) == bool(gone)


def test_the_check_names_file_line_and_mend(tmp_path):
    good = draft(CARD, STOCK, TODAY)
    (tmp_path / "hotel.room-not-ready-drill.yaml").write_text(good, encoding="utf-8")
    assert check(tmp_path, IDS).faults == ()
    (tmp_path / "other.yaml").write_text(good, encoding="utf-8")
    (tmp_path / "bad.yaml").write_text(good.replace("sector: hotel", "sector: moon"), encoding="utf-8")
    bad, other = check(tmp_path, IDS).faults
    assert (bad.file, bad.line) == ("bad.yaml", 5)
    assert "sector" in bad.message
    assert "same name" in other.message


def test_the_shipped_scenarios_pass():
    checked = check(CORPUS.root / "drills" / "scenarios", IDS)
    assert checked.faults == ()
    assert checked.files >= 40
