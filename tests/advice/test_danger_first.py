"""In danger the fixed protocol comes first, whatever else the text is about."""

import pytest
from incidents import DANGERS

from assistant.domain.situation import Situation
from assistant.domain.vocabulary import Hazard
from assistant.index.signals import signal_groups
from assistant.retrieval.evidence_finder import GENERAL_DANGER, EvidenceFinder
from assistant.retrieval.recogniser import Recogniser

ELSE = {
    "en": "The guest in room 1208 also wants a refund because the room was not ready and the breakfast was cold. {}",
    "zh": "1208房的客人嫌房间没打扫好、早餐也凉了，一直吵着要退款。{}。",
}
CASES = [
    (hazard, lang, text) for hazard, texts in DANGERS.items() for lang, text in zip(("en", "zh"), texts, strict=True)
]


def hazards_of(improv) -> dict[str, str]:
    return {playbook.id: playbook.hazard for playbook in improv.playbooks()}


def test_every_hazard_of_the_vocabulary_is_asked_about():
    assert set(DANGERS) == set(Hazard.__args__) - {"none"}


@pytest.mark.parametrize(("hazard", "lang", "text"), CASES)
def test_the_protocol_for_the_danger_comes_first(improv, hazard, lang, text):
    advice = improv.suggest(text, record=False)
    card = advice.actions[0].id.split("/")[0]
    assert (advice.situation.hazard, advice.situation.urgency, advice.covered) == (hazard, "now", True)
    assert hazards_of(improv)[card] == hazard or card == "general.danger-first"


@pytest.mark.parametrize(("hazard", "lang", "text"), CASES)
def test_also_behind_an_ordinary_complaint(improv, hazard, lang, text):
    advice = improv.suggest(ELSE[lang].format(text), record=False)
    cards = [action.id.split("/")[0] for action in advice.actions]
    kinds = hazards_of(improv)
    assert kinds[cards[0]] != "none" or cards[0] == "general.danger-first"
    protocol = [n for n, card in enumerate(cards) if card == cards[0]]
    assert protocol == list(range(len(protocol))), "the protocol stays in one piece"
    assert advice.situation.urgency == "now"
    assert advice.sources[0].document == cards[0]


@pytest.mark.parametrize(("hazard", "lang", "text"), CASES)
def test_somebody_is_called_within_the_first_minutes(improv, hazard, lang, text):
    first = improv.suggest(text, record=False).actions[:4]
    assert any(action.owner != "self" or "120" in action.text + action.say for action in first)
    assert first[0].authority == "self", "nobody waits for leave to save a life"


def test_a_danger_without_a_card_gets_the_general_protocol(improv):
    kept = [p for p in improv.playbooks() if p.hazard != "drowning"]
    ids = [id_ for group in signal_groups(kept) for id_ in (*group.ids, group.mean_id)]
    finder = EvidenceFinder(
        Recogniser(kept, improv.library.signal_index().vectors(ids)), improv.embedder, improv.heads.odds
    )
    evidence = finder.find(Situation("a child is drowning", "en", "hotel", "drowning", 0.97), ())
    assert evidence.matches[0].playbook.id == GENERAL_DANGER
    assert evidence.covered


DARK = "power is out in the whole building and people are feeling their way down the dark stairs"


def protocol(improv, text: str, hazard: Hazard):
    return improv.finder().find(Situation(text, "en", "hotel", hazard, 0.9), ()).matches[0].playbook


def test_a_card_that_meets_a_danger_in_its_matter_is_its_protocol(improv):
    for hazard in ("none", "other_danger"):
        card = protocol(improv, DARK, hazard)
        assert (card.id, card.hazard) == ("service.power-cut", hazard)


def test_the_steps_for_a_danger_that_is_not_told_are_no_protocol(improv):
    assert protocol(improv, DARK, "drowning").id == GENERAL_DANGER
