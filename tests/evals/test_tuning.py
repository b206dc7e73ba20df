"""The layers for incidents: trained in torch, shipped as small files, run on ONNX Runtime, all the same."""

import numpy as np
import pytest
from onnxruntime import InferenceSession

from assistant.index.bundled.incident_layers import EightBit, read_incident_layers, write_incident_layers
from assistant.index.bundled.onnx_graph import state_after, write_incidents
from assistant.knowledge.corpus import Corpus
from evals.tuning.lessons import UNKNOWN, Lessons, read_lessons, told_together
from evals.tuning.mean import mean_of
from evals.tuning.network import Encoder, Network, exported, padded
from evals.tuning.train import batches, embedded, train

TEXTS = [
    "room not ready and she is furious",
    "客人的房间还没好",
    "smoke on the third floor",
    "三楼走廊有烟",
    "who won the match last night",
    "昨晚球赛谁赢了",
]


@pytest.fixture(scope="module")
def trained(unpacked_models):
    encoder = Encoder(unpacked_models)
    encoder.upper = encoder.upper[:2]  # two of the six layers learn six texts as well, in a third of the time
    lessons = Lessons(
        TEXTS,
        {
            "playbook": ["fire", "room"],
            "second": ["fire", "room"],
            "hazard": ["fire", "none"],
            "topic": ["beside", "incident"],
            "known": ["False", "True"],
        },
        {
            "playbook": [1, 1, 0, 0, UNKNOWN, UNKNOWN],
            "second": [UNKNOWN] * 6,
            "hazard": [1, 1, 0, 0, 1, 1],
            "topic": [1, 1, 1, 1, 0, 0],
            "known": [1, 1, 1, 1, 0, 0],
        },
    )
    losses = []
    states = encoder.lower_states(TEXTS)
    network = train(encoder, lessons, 100, lambda step, steps, loss: losses.append(loss))
    return encoder, network, states, losses


def test_training_draws_together_what_calls_for_the_same_card(trained):
    _, network, states, losses = trained
    vectors = embedded(network, states)
    likeness = vectors @ vectors.T
    assert losses[-1] < losses[0]
    assert likeness[0, 1] > likeness[0, 2:].max() + 0.2
    assert likeness[2, 3] > likeness[2, [0, 1, 4, 5]].max() + 0.2


def test_what_is_shipped_computes_what_was_trained(trained, tmp_path):
    encoder, network, states, _ = trained
    write_incident_layers(exported(network, encoder), tmp_path / "layers.npz")
    layers = read_incident_layers(tmp_path / "layers.npz")
    write_incidents(layers, tmp_path / "incidents.onnx")
    given, mask = padded(states)
    session = InferenceSession(str(tmp_path / "incidents.onnx"), providers=["CPUExecutionProvider"])
    (run,) = session.run(
        None, {state_after(layers.first): given.numpy(), "attention_mask": mask.numpy().astype(np.int64)}
    )
    assert (run * embedded(network, states)).sum(axis=1).min() > 0.995


def test_a_training_goes_on_where_an_earlier_one_ended(trained, unpacked_models):
    encoder, network, states, _ = trained
    onward = Encoder(unpacked_models)
    onward.upper = onward.upper[:2]
    onward.go_on_from(exported(network, encoder))
    begun = Network(onward.upper, onward.config.hidden_size, {"playbook": 2})
    assert (embedded(begun, states) * embedded(network, states)).sum(axis=1).min() > 0.995


def test_the_mean_of_editions_lies_between_them(trained, unpacked_models):
    encoder, network, _, _ = trained
    ends = [
        exported(network, encoder),
        exported(Network(Encoder(unpacked_models).upper[:2], 384, {"playbook": 2}), encoder),
    ]
    mean = mean_of(ends)
    for name, held in mean.packed.items():
        one, other = (end.packed[name].dense() for end in ends)
        assert np.abs(held.dense() - (one + other) / 2).max() <= np.abs(np.stack([one, other])).max() / 200, name
    for name, held in mean.plain.items():
        assert held == pytest.approx((ends[0].plain[name] + ends[1].plain[name]) / 2, abs=1e-6), name


def test_what_no_edition_was_trained_on_is_seen_more_often(improv):
    title = improv.playbooks()[0].title["en"]
    lessons = read_lessons(Corpus(improv.settings.corpus), {title, "told by nobody"}.__contains__)
    assert [lessons.texts[place] for place in lessons.new] == [title]
    states = [np.zeros((1, 1))] * len(TEXTS)
    seen = [place for batch in batches(states, [*range(len(TEXTS)), 2, 2], passes=2) for place in batch]
    assert sorted(seen) == sorted(2 * [0, 1, 2, 2, 2, 3, 4, 5])


def test_two_lessons_told_in_one_breath_keep_what_is_true_of_the_whole():
    fire, smell, room, chat = (
        "Smoke comes out of room 4.",
        "The soup smells odd.",
        "Her room is not ready.",
        "Nice hat!",
    )
    given = {
        "playbook": {fire: "emergency.fire", room: "hotel.room"},
        "second": {},
        "hazard": {fire: "fire", smell: "none", room: "none", chat: "none"},
        "topic": {fire: "incident", room: "incident", chat: "beside"},
        "known": {fire: "True", room: "True", chat: "False"},
    }
    for text, labels in told_together(given).items():
        told = [one for one in (fire, smell, room, chat) if one in text]
        main = fire if fire in told else room
        assert len(told) == 2, text
        assert labels == {"playbook": given["playbook"][main], "hazard": given["hazard"][main]} | {
            "topic": "incident",
            "known": "True",
        } | ({"second": "hotel.room"} if told == [fire, room] else {})


def test_eight_bits_hold_a_weight_to_a_hundredth_of_its_block():
    weights = np.random.default_rng(0).normal(size=320).astype(np.float32)
    held = EightBit.of(weights).dense()
    blocks = np.abs(weights).reshape(-1, 32).max(axis=1)
    assert (np.abs(held - weights).reshape(-1, 32).max(axis=1) < blocks / 100).all()


def test_lessons_know_every_playbook_and_leave_unknown_what_nobody_said(improv):
    lessons = read_lessons(Corpus(improv.settings.corpus))
    ids = {playbook.id for playbook in improv.playbooks() if not playbook.id.startswith("general.")}
    assert set(lessons.classes["playbook"]) == ids
    assert {len(labels) for labels in lessons.labels.values()} == {len(lessons.texts)}
    for task, labels in lessons.labels.items():
        classes = set(range(len(lessons.classes[task])))
        assert set(labels) - {UNKNOWN} <= classes if task == "second" else set(labels) - {UNKNOWN} == classes
        assert UNKNOWN in labels
