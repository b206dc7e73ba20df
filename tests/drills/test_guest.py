"""The guest as a pure state machine: resists pleasantness, remembers harm, needs what is needed."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from assistant.domain.drill import DIFFICULTIES, HARMING, MOVES
from assistant.domain.vocabulary import LANGS
from assistant.drills.guest import step
from assistant.drills.lines import Voice, load_lines
from assistant.drills.scenario_reader import read_scenario, scenario_files
from assistant.drills.scoring import fold, score
from assistant.drills.state import FoundMove, Heard, opening_state

CORPUS = Path(__file__).resolve().parents[2] / "corpus"
PLAYBOOKS = {path.stem for path in (CORPUS / "playbooks").glob("*.md")}
SCENARIOS = {
    path.stem: read_scenario(path.read_text(encoding="utf-8"), path.name, PLAYBOOKS)
    for path in scenario_files(CORPUS / "drills" / "scenarios")
}
HOTEL, ALLERGY = SCENARIOS["hotel.room-not-ready-funeral"], SCENARIOS["restaurant.nut-allergy"]


def heard(*moves, quality=3.0, **touched):
    found = tuple(FoundMove(move, move, 0.9) for move in moves)
    return Heard(text=f"{moves}{touched}", moves=found, quality=quality, **touched)


POLITE = heard("apologise", "acknowledge_feeling", quality=3.0)
ASKS = heard("clarifying_question", "take_ownership", quality=4.5, facts=("funeral",))
SERVES = heard("offer_remedy", "follow_up_promise", quality=4.5, needs=("when", "change", "car"))


@pytest.mark.parametrize("name", SCENARIOS)
def test_politeness_alone_settles_nothing(name):
    scenario = SCENARIOS[name]
    end = fold(scenario, 3, [POLITE] * 20)[-1]
    assert end.outcome in {"left", "harm"}


def test_asking_and_then_serving_settles_it():
    assert fold(HOTEL, 3, [ASKS, SERVES])[-1].outcome == "settled"


def test_what_was_never_asked_for_stays_open_however_kind_the_rest():
    served = heard("take_ownership", "apologise", "acknowledge_feeling", "offer_remedy", quality=4.5, needs=("when",))
    calms = heard("offer_remedy", quality=4.0, triggers=("condolence",))
    states = fold(HOTEL, 3, [served, calms, heard("confirm_agreement", quality=4.0)])
    assert states[-1].outcome == "open"
    assert not states[-1].facts


@pytest.mark.parametrize("move", HARMING)
def test_harm_costs_trust_that_never_wholly_returns(move):
    hurt = fold(HOTEL, 2, [heard(move, quality=1.5)])[-1]
    assert hurt.trust < opening_state(HOTEL, 2).trust
    assert hurt.ceiling < 100
    later = fold(HOTEL, 1, [heard(move, quality=1.5), *[ASKS, SERVES] * 5])[-1]
    assert later.trust <= later.ceiling < 100


def test_in_danger_only_the_urgent_act_in_time_helps():
    kind = heard("acknowledge_feeling", "offer_remedy", quality=4.0)
    acts = heard("involve_colleague", quality=4.5, urgent=("call", "pen"))
    assert fold(ALLERGY, 2, [kind, kind])[-1].outcome == "harm"
    assert fold(ALLERGY, 2, [kind, acts])[-1].outcome is None


def test_saying_the_same_again_counts_for_nothing():
    repeated = Heard(SERVES.text, SERVES.moves, SERVES.quality, needs=SERVES.needs, echo=True)
    assert not any(fold(HOTEL, 2, [ASKS, repeated])[-1].met.values())


def test_harder_is_harder():
    trusts = [fold(HOTEL, level, [ASKS])[-1].trust for level in DIFFICULTIES]
    assert trusts == sorted(trusts, reverse=True)


def test_good_scores_above_thin_above_harmful():
    def overall(replies):
        return score(HOTEL, replies, fold(HOTEL, 2, replies)).overall

    thin, harmful = heard("explain_facts", quality=3.0), heard("blame_guest", quality=1.4)
    assert overall([ASKS, SERVES]) > overall([thin, ASKS, thin]) > overall([harmful] * 4)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", SCENARIOS)
def test_a_guest_never_repeats_a_line_and_is_the_same_for_the_same_seed(name, lang):
    scenario, stock = SCENARIOS[name], load_lines(CORPUS / "drills" / "lines")

    def session(seed):
        dice, voice = random.Random(seed), Voice(stock, scenario, lang, seed)
        state, said = opening_state(scenario, 1), [voice.opening()]
        while not state.ended:
            moves = dice.sample(MOVES, dice.choice((0, 1, 1, 2)))
            stepped = step(scenario, 1, state, heard(*moves, quality=dice.uniform(2, 4.5)))
            state = stepped.state
            said += voice.say(stepped.cues, state, said)
        return said

    for seed in range(8):
        said = session(seed)
        assert len(said) == len(set(said))
        assert "…" not in {line.strip("…") or "…" for line in said}
        assert said == session(seed)
