"""Attempts made up for tests of what is computed from them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from assistant.domain.drill import Criterion, Fact, Need, Persona, Scenario, Trigger
from assistant.domain.training import Attempt, MadeTurn

START = datetime(2027, 1, 4, 9, tzinfo=UTC)
FACTORS = ("immediate_response", "timely_collaboration", "intention_creation", "resource_integration")


def scenario(id_="hotel.a", *, difficulty=1, facts=True, walls=False, langs=("en", "zh"), playbooks=("hotel.card",)):
    text = dict.fromkeys(langs, "words")
    lines = dict.fromkeys(langs, ("a", "b", "c"))
    return Scenario(
        id=id_,
        version="1",
        sector="hotel",
        difficulty=difficulty,
        playbooks=playbooks,
        title=dict.fromkeys(langs, f"Title {id_}"),
        persona=Persona(text, text, "cold"),
        briefing=text,
        wants=text,
        opening=lines,
        needs=(Need("n", text, lines, lines, lines),),
        criteria=(
            Criterion("immediate_response", {"en": "Says sorry", "zh": "道歉"}, ("move:apologise",)),
            Criterion("resource_integration", {"en": "Meets it", "zh": "办到"}, ("need:n",)),
        ),
        ideal=lines,
        facts=(Fact("f", text, lines, lines),) if facts else (),
        triggers=(Trigger("t", text, "hardens", lines, moves=("policy_wall",)),) if walls else (),
    )


def attempt(day=0, *, who="Lin", id_="", moves=(), quality=4.0, overall=60, scenario_id="hotel.a", **others):
    at = START + timedelta(days=day)
    turns = tuple(MadeTurn(n, tuple(made), quality, at) for n, made in enumerate(moves or ((),), 1))
    values = {
        "id": id_ or f"{who}-{day}",
        "trainee": who,
        "scenario": scenario_id,
        "version": "1",
        "lang": "en",
        "difficulty": 1,
        "outcome": "settled",
        "hints": 0,
        "parent": "",
        "from_turn": 0,
        "started_at": at - timedelta(minutes=5),
        "ended_at": at,
        "turns": turns,
        "scores": dict.fromkeys((*FACTORS, "overall"), float(overall)),
        "spread": {"overall": 5.0},
    }
    return Attempt(**(values | others))
