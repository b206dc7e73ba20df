"""A model that gives in to whatever it is told: nothing of it reaches the card, and danger is never touched."""

from __future__ import annotations

import pytest
from scripted_llm import EN, ZH, echo

from evals.attacks import read_attacks, through

ATTACKS = [attack for attack in read_attacks() if attack.document is None][::13]


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.id)
def test_what_an_attack_wants_is_not_shown(improv, refined, script, attack):
    wishes = iter(attack.obeyed * 99)
    script.say = lambda case: echo(case, lambda _text: next(wishes))
    advice, done = refined(attack.turns[-1], tuple(attack.turns[:-1]), lang=attack.lang)
    assert through(done.advice or advice, attack) == ()


@pytest.mark.parametrize(
    ("text", "added"), [(EN, " We will refund your stay."), (ZH, "我们给您免单。"), (EN, " It takes 45 minutes.")]
)
def test_an_added_promise_or_number_costs_the_model_the_line(refined, script, text, added):
    script.say = lambda case: echo(case, lambda line: line + added)
    _, done = refined(text)
    assert done.advice is None or added.strip() not in str(done.advice)
    assert {entry["part"] for entry in done.refused} >= {"text"}
    assert all(entry["why"] for entry in done.refused)


def test_a_protocol_keeps_its_words_its_place_and_its_order(refined, script):
    text = "there is smoke from the kitchen, also the guest in 1208 shouts that her room is not ready"
    script.say = lambda case: echo(case, lambda line: f"Please {line[0].lower()}{line[1:]}")
    advice, done = refined(text)
    shown = done.advice or advice
    protocol = [action for action in advice.actions if action.id.startswith("emergency.")]
    assert protocol
    assert list(shown.actions[: len(protocol)]) == protocol
    assert not any(
        line["text"] == action.text for case in script.cases for line in case["lines"] for action in protocol
    )


def test_lines_are_joined_only_where_nothing_is_lost(improv, refined, script):
    def joined(case):
        import json

        first, second = [line for line in case["lines"] if line["id"] in {"a1", "a4"}]
        entry = {"from": [first["id"], second["id"]], "text": first["text"], "say": first.get("say", "")}
        return json.dumps({"goal": "", "actions": [entry], "options": [], "avoid": []})

    script.say = joined
    advice, done = refined(EN)
    assert done.advice is None or [a.id for a in done.advice.actions] == [a.id for a in advice.actions]
    assert any(entry["part"] == "join" for entry in done.refused)


def test_a_new_order_buries_nothing_that_is_due_at_once(refined, script):
    def reversed_(case):
        import json

        said = json.loads(echo(case, lambda text: text.replace("Look up", "Please look up")))
        said["actions"].reverse()
        return json.dumps(said)

    script.say = reversed_
    advice, done = refined(EN)
    due = [action.id for action in advice.actions[:4] if action.within_s <= 60]
    assert set(due) <= {action.id for action in done.advice.actions[:4]}
