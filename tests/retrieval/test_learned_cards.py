"""What was learned of the shipped cards speaks for them alone, and never against a card of the company."""

from __future__ import annotations

import numpy as np
import pytest

from assistant.retrieval.evidence_finder import GENERAL, GENERAL_DANGER
from assistant.retrieval.learned_cards import FILE, LearnedCards, read_learned_cards, write_learned_cards
from evals.tuning.cards import learn_cards

CARDS = ("fire", "room", "taxi")


def near(card, drawn):
    vector = np.eye(len(CARDS), 8, dtype=np.float32)[CARDS.index(card)] + drawn.normal(0, 0.2, 8).astype(np.float32)
    return vector / np.linalg.norm(vector)


@pytest.fixture(scope="module")
def learned():
    drawn = np.random.default_rng(0)
    first = {f"{card} {number}": card for card in CARDS for number in range(20)}
    vectors = {text: near(card, drawn) for text, card in first.items()}
    both = {f"fire and taxi {number}": near("fire", drawn) + near("taxi", drawn) for number in range(20)}
    return learn_cards(first | dict.fromkeys(both, "fire"), dict.fromkeys(both, "taxi"), vectors | both)


def test_each_card_is_known_by_what_was_told_of_it(learned):
    drawn = np.random.default_rng(1)
    for card in CARDS:
        assert CARDS[int(learned.scores(near(card, drawn), CARDS).argmax())] == card


def test_what_calls_for_two_cards_tells_of_both_the_first_before_the_second(learned):
    drawn = np.random.default_rng(2)
    fire, room, taxi = learned.scores(near("fire", drawn) + near("taxi", drawn), CARDS)
    assert fire > taxi > room


def test_of_a_card_that_was_not_learned_nothing_is_said_and_it_changes_nothing(learned):
    vector = near("room", np.random.default_rng(3))
    alone, beside = learned.scores(vector, ["room"]), learned.scores(vector, ["own", "room"])
    assert np.isnan(beside[0])
    assert beside[1] == alone[0]


def test_what_was_learned_from_one_models_vectors_is_not_used_with_anothers(learned, tmp_path):
    write_learned_cards("one", learned, tmp_path / "cards.npz")
    assert read_learned_cards("another", tmp_path / "cards.npz") is None
    assert read_learned_cards("one", tmp_path / "none.npz") is None
    read = read_learned_cards("one", tmp_path / "cards.npz")
    assert read.playbooks == learned.playbooks
    assert np.allclose(read.weights, learned.weights, atol=1e-2)


@pytest.mark.skipif(not FILE.exists(), reason="this copy ships nothing learned")
def test_every_shipped_card_is_learned(improv):
    learned = read_learned_cards(improv.embedder.name)
    assert isinstance(learned, LearnedCards), "run `make vectors`: the encoder has changed"
    assert set(learned.playbooks) == {playbook.id for playbook in improv.playbooks()} - {GENERAL, GENERAL_DANGER}
