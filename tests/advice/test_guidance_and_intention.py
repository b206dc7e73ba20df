"""How much is laid down for whom, what the aim meets, and options that are possible with what is at hand."""

from __future__ import annotations

import dataclasses

import pytest

from assistant.advice.composer import Composer
from assistant.advice.envelope import load_envelope
from assistant.domain.evidence import Evidence, Match
from assistant.domain.situation import Situation
from assistant.domain.vocabulary import FACTORS, GUIDANCES

CARD = "hotel.room-not-ready"
FIRE = "emergency.fire-or-smoke"
ROOMS = {"clean-rooms", "spare-room-upgrade", "accessible-room", "sister-hotel"}


@pytest.fixture
def ask(improv):
    """Composes one card of the corpus for a role, with some of what is at hand away."""
    composer = Composer(load_envelope(improv.corpus), improv.corpus.roles, improv.at_hand.words)

    def compose(card: str, guidance="balanced", *, away=(), role="front_desk", lang="en", text="text", load=None):
        site = improv.site("demo-hotel")
        things = tuple(
            dataclasses.replace(r, available=r.available and r.id not in away, load=(load or {}).get(r.id, 0))
            for r in site.resources
        )
        here = dataclasses.replace(site, resources=things)
        playbook = next(p for p in improv.playbooks() if p.id == card)
        evidence = Evidence((Match(playbook, 0.9),), 0.9, True)
        situation = Situation(text, lang, "hotel", needs=("waiting_place",))
        return composer.compose(situation, evidence, here, here.roles.get(role), "id", "talk", guidance)

    return compose


def words(advice) -> int:
    return sum(len((action.text + action.say).split()) for action in advice.actions)


def test_the_modes_really_differ(ask):
    enable, balanced, empower = (ask(CARD, guidance) for guidance in ("enable", "balanced", "empower"))
    assert len(empower.actions) < len(enable.actions) < len(balanced.actions)
    assert words(empower) < words(enable) < words(balanced)
    assert len(enable.options) < len(balanced.options) < len(empower.options)
    assert any(action.say for action in enable.actions)
    assert not any(action.say for action in empower.actions)
    assert [limit.amount for limit in empower.limits] == [200, 800, 3000]
    assert not enable.limits


@pytest.mark.parametrize("guidance", GUIDANCES)
def test_every_mode_keeps_all_factors_and_its_sources(ask, guidance):
    advice = ask(CARD, guidance)
    assert {action.factor for action in advice.actions} == set(FACTORS)
    assert all(entry.sources for entry in (advice.goal, *advice.actions, *advice.options))


def test_a_short_order_and_its_detail_are_the_words_of_the_card(ask):
    whole = {action.id: action.text for action in ask(CARD, "balanced").actions}
    split = [action for action in ask(CARD, "enable").actions if action.detail]
    assert split
    assert all(f"{action.text} {action.detail}" == whole[action.id] for action in split)


@pytest.mark.parametrize("guidance", GUIDANCES)
def test_danger_knows_one_way_only(ask, guidance):
    assert ask(FIRE, guidance).actions == ask(FIRE, "balanced").actions


def test_the_aim_names_the_needs_of_this_guest_and_what_is_gained(ask):
    assert ask(CARD).goal.needs[0].id == "waiting_place"
    for lang in ("en", "zh"):
        assert all(need.name and need.gain for need in ask(CARD, lang=lang).goal.needs)


def test_options_differ_in_kind_and_what_makes_them_possible_is_named(ask):
    options = ask(CARD, "empower").options
    assert {option.kind for option in options} == {"guest_chooses", "guest_joins_in", "we_do_it"}
    assert {thing.id for option in options for thing in option.resources} & ROOMS


def test_an_option_that_needs_what_is_not_there_is_not_offered(ask):
    assert "guest_chooses" in {option.kind for option in ask(CARD).options}
    full = ask(CARD, "empower", away=ROOMS)
    assert "guest_chooses" not in {option.kind for option in full.options}
    assert full.options
    named = {thing.id for entry in (*full.actions, *full.options) for thing in entry.resources}
    assert not named & ROOMS


def test_who_interprets_speaks_what_the_incident_names(ask):
    words = "a French guest, nobody understands him; he speaks no English"
    advice = ask(CARD, text=words)
    named = {thing.id for entry in (*advice.actions, *advice.options) for thing in entry.resources}
    assert not named & {"korean-receptionist", "japanese-concierge", "sign-language-colleague"}


def test_combinations_explain_themselves_and_others_trade_something_off(ask):
    for card in (CARD, "hotel.overbooked"):
        first, *others = ask(card).combinations
        assert first.kind == "usual"
        named = {thing.id for action in ask(card).actions for thing in action.resources}
        assert {thing.id for thing in first.resources} == named
        assert {id_ for ids in first.actions.values() for id_ in ids} == named
        assert len(others) <= 2
        for combination in (first, *others):
            assert "\n" not in combination.text
            assert combination.resources[0].name in combination.text
    assert ask(FIRE).combinations[1:] == ()
