"""Whose say it needs, and the details of the incident in the words of the card."""

import dataclasses

import pytest

from assistant.advice.composer import Composer
from assistant.advice.envelope import load_envelope
from assistant.domain.evidence import Evidence, Match
from assistant.domain.playbook import Action, Option, Playbook
from assistant.domain.situation import Situation

FREE = Action("free", "immediate_response", {"en": "Say sorry for the room."}, within_s=10)
BOSS = Action(
    "boss", "timely_collaboration", {"en": "Close the desk."}, owner="manager", authority="manager", within_s=20
)
MONEY = [
    Action(f"gives-{amount}", "resource_integration", {"en": f"Give {amount}."}, amount=amount, within_s=amount)
    for amount in (150, 500, 2500, 9000)
]


def card(*actions: Action, options: tuple[Option, ...] = (), **more) -> Playbook:
    located = tuple(dataclasses.replace(a, locator={"en": a.id}) for a in actions)
    return Playbook(
        "own.card", "own.card", "1", {"en": "Own"}, {"en": "Calm."}, {"en": ("x",)}, located, options, **more
    )


@pytest.fixture
def ask(improv):
    """Composes one card for a role and returns authorities by action."""
    composer = Composer(load_envelope(improv.corpus), improv.corpus.roles)

    def compose(playbook: Playbook, role: str | None = None, details=None, site: str = "demo-hotel"):
        where = improv.site(site)
        situation = Situation("text", "en", "hotel", details=details or {})
        evidence = Evidence((Match(playbook, 0.9),), 0.9, True)
        return composer.compose(situation, evidence, where, where.roles.get(role or ""), "id", "talk")

    return compose


def authorities(advice) -> dict[str, str]:
    return {action.id.split("/")[1]: action.authority for action in advice.actions}


def test_money_needs_the_say_of_who_may_give_it_here(ask):
    assert authorities(ask(card(FREE, *MONEY))) == {
        "free": "self",
        "gives-150": "self",
        "gives-500": "supervisor",
        "gives-2500": "manager",
        "gives-9000": "manager",
    }


def test_the_same_money_needs_more_say_at_a_smaller_site(ask):
    assert authorities(ask(card(FREE, *MONEY), site="demo-restaurant"))["gives-150"] == "supervisor"


def test_the_cards_own_word_holds_even_without_money(ask):
    assert authorities(ask(card(FREE, BOSS)))["boss"] == "manager"
    assert authorities(ask(card(FREE, BOSS), "front_desk"))["boss"] == "manager"


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        ("front_desk", ["self", "supervisor", "manager", "manager", "manager"]),
        ("housekeeper", ["self", "supervisor", "manager", "manager", "manager"]),
        ("supervisor", ["self", "self", "manager", "manager", "manager"]),
        ("manager", ["self", "self", "self", "manager", "self"]),
        ("president", ["self", "supervisor", "manager", "manager", "manager"]),
    ],
)
def test_what_lies_within_ones_own_power_is_ones_own(ask, role, expected):
    told = authorities(ask(card(FREE, BOSS, *MONEY), role))
    assert [told[name] for name in ("gives-150", "gives-500", "gives-2500", "gives-9000", "boss")] == expected


def test_options_are_held_to_the_same_limits(ask):
    option = Option("o", {"en": "Have the night for free."}, amount=700, locator={"en": "o"})
    assert ask(card(FREE, options=(option,))).options[0].authority == "supervisor"
    assert ask(card(FREE, options=(option,)), "manager").options[0].authority == "self"


def test_a_higher_post_never_needs_more_say_over_the_real_cards(improv):
    text = "guest demands the whole stay for free because the room was not ready"
    by_role = {role: improv.suggest(text, role=role, record=False) for role in ("front_desk", "supervisor", "manager")}
    assert all(action.authority == "self" for action in by_role["manager"].actions)
    asked = [sum(a.authority != "self" for a in by_role[role].actions) for role in by_role]
    assert asked == sorted(asked, reverse=True)


def test_a_named_room_stands_in_the_action_and_not_in_the_quote(improv):
    advice = improv.suggest("room 1208 is not ready and the guest is furious at the desk", record=False)
    assert any("room 1208" in action.text + action.say for action in advice.actions)
    assert all("1208" not in source.quote for source in advice.sources)
    zh = improv.suggest("1208房还没打扫好，客人在前台等着发火", record=False)
    assert any("1208房" in action.text + action.say for action in zh.actions)
    assert all("1208" not in source.quote for source in zh.sources)


def test_a_detail_replaces_the_first_mention_only_and_whole_words_only(ask):
    action = dataclasses.replace(FREE, text={"en": "The room and the roommate: clean the room, then the room again."})
    advice = ask(card(action, slots={"room": {"en": "the room"}}), details={"room": "room 7"})
    assert advice.actions[0].text == "Room 7 and the roommate: clean the room, then the room again."


def test_a_detail_without_a_slot_and_a_slot_without_a_detail_change_nothing(ask):
    playbook = card(FREE, slots={"table": {"en": "the room"}})
    assert ask(playbook, details={"room": "room 7"}).actions[0].text == "Say sorry for the room."


def test_a_detail_is_put_in_as_text_and_not_as_a_pattern(ask):
    playbook = card(FREE, slots={"room": {"en": "the room"}})
    assert ask(playbook, details={"room": r"\1 \g<0>"}).actions[0].text == r"Say sorry for \1 \g<0>."
