"""Several matters told in one breath: one card, in the order of doing."""

from assistant.advice.selection import FIRST, choose_actions
from assistant.domain.evidence import Match
from assistant.domain.playbook import Action, Playbook


def card(name: str, *steps: tuple[str, str, int]) -> Playbook:
    actions = tuple(Action(id_, factor, {"en": id_.replace("-", " ")}, within_s=due) for id_, factor, due in steps)
    return Playbook(name, name, "1", {"en": name}, {"en": "Calm."}, {"en": ("x",)}, actions)


ROOM = card(
    "room",
    ("own-wait", "immediate_response", 30),
    ("housekeeping", "timely_collaboration", 60),
    ("rush", "intention_creation", 120),
    ("seat", "resource_integration", 300),
)
TAXI = card("taxi", ("take-number", "immediate_response", 10), ("rank-warden", "timely_collaboration", 200))


def names(*playbooks: Playbook) -> list[str]:
    return [one.action.id for one in choose_actions([Match(playbook, 0.9) for playbook in playbooks], "en")]


def test_the_main_matter_begins_though_the_other_has_a_quicker_step():
    assert names(ROOM, TAXI)[0] == "own-wait"
    assert names(TAXI, ROOM)[0] == "take-number"


def test_behind_the_first_step_whatever_is_due_sooner_comes_first():
    assert names(ROOM, TAXI)[:FIRST] == ["own-wait", "take-number", "housekeeping", "rush"]


def test_every_matter_is_among_the_first_steps():
    slow = card("late", ("form", "immediate_response", 900))
    assert "form" in names(ROOM, slow)[:FIRST]
