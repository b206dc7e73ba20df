"""What may be said of a line: exact facts first, then meaning. Labelled pairs measure it; these show what is meant."""

from __future__ import annotations

import json

import pytest

from assistant.truth.grounds import Grounds
from assistant.truth.meaning import load_judge
from assistant.truth.quantities import quantities
from assistant.truth.verifier import Verifier

RING = "Ring the floor supervisor, not the general line. Ask for a time you can promise for the room, and have it cleaned next."
SWAP = "请主管马上看有没有已查好的同级或更高房型，能不能换给这位客人。"
MINUTES = (
    "I'm sorry. You booked this and it should be ready. Give me two minutes and I'll come back with an exact time."
)


@pytest.fixture(scope="module")
def verifier(improv):
    return Verifier(improv.facts, improv.meaning())


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("half an hour", {(1800.0, "s")}),
        ("二十分钟", {(1200.0, "s")}),
        ("一刻钟", {(900.0, "s")}),
        ("by 3:30 pm", {(210.0, "clock")}),
        ("下午三点半", {(210.0, "clock")}),
        ("5,000 yuan", {(5000.0, "money")}),
        ("两千块", {(2000.0, "money")}),
        ("四十二位客人", {(42.0, "")}),
        ("尾号7713", {(7713.0, "")}),
        ("forty per cent", {(40.0, "%")}),
        ("百分之三十", {(30.0, "%")}),
        ("wait one moment, 等一下，一起去", set()),
    ],
)
def test_quantities_are_read_in_both_languages(text, found):
    assert quantities(text) == found


@pytest.mark.parametrize(
    ("line", "claim"),
    [
        (MINUTES, "I'm really sorry. You booked this and it should be ready. Please give me two minutes, I'll be back with a time."),
        (SWAP, "立刻找主管，看看有没有查好的同级或更高房型可以换给客人。"),
    ],
)  # fmt: skip
def test_the_same_in_other_words_is_shown(verifier, line, claim):
    assert verifier.verdict(
        claim, Grounds("zh" if line is SWAP else "en", (line,), authority="supervisor" if line is SWAP else "self")
    ).supported


@pytest.mark.parametrize(
    ("line", "claim", "why"),
    [
        (MINUTES, MINUTES.replace("two", "ten"), "quantity 600 s"),
        (RING, RING.replace("floor supervisor", "duty manager"), "person manager"),
        (RING, "Ring the floor supervisor and offer a free night.", "class free"),
        (RING, "Ring Mr Hopkins on the floor.", "name Hopkins"),
        (SWAP, "告诉客人主管会给他免单。", "class free"),
        (SWAP, "不用请示主管，马上给客人换房。", "class no_leave"),
        (RING, "See <b>https://x.example</b>", "markup"),
        (RING, "请直接打给楼层领班。", "other language"),
        (RING, "Bake a cake and sing a song with the children.", ""),
    ],
)
def test_what_the_line_does_not_say_is_not_shown(verifier, line, claim, why):
    verdict = verifier.verdict(claim, Grounds("zh" if line is SWAP else "en", (line,)))
    assert not verdict.supported
    assert why in " ".join(verdict.why)


def test_details_may_come_from_the_incident_and_promises_may_not(verifier):
    incident = "Mrs Hale in 1208 waits since two, says she was promised a refund of 900"
    grounds = Grounds("en", ("Greet the guest by name and say when the room will be ready.",), incident)
    assert verifier.verdict("Greet Mrs Hale by name and say when room 1208 will be ready.", grounds).supported
    assert not verifier.verdict("Greet Mrs Hale by name and give the refund of 900.", grounds).supported


def test_the_weights_fit_the_features(improv):
    checker = improv.meaning()
    named = [name for name, _ in checker.features("Ring the supervisor.", Grounds("en", (RING,)))]
    assert named == list(load_judge().names)
    assert json.dumps(named)
