"""A follow-up is read with what went before, and what nothing covered is noted as a gap."""

import pytest

FIRST = "the booked room is still not ready and the guest has been waiting in the lobby for two hours"


def cards(advice) -> set[str]:
    return {action.id.split("/")[0] for action in advice.actions}


@pytest.mark.parametrize(
    ("first", "more"),
    [
        (FIRST, "still nothing, what now"),
        ("客人三点来办入住，房间还没打扫好，在大堂等了两个小时", "他还是不肯，怎么办"),
    ],
)
def test_a_follow_up_is_read_with_what_went_before(improv, first, more):
    assert improv.suggest(more, record=False).covered is False, "alone it says too little"
    began = improv.suggest(first)
    followed = improv.suggest(more, conversation=began.conversation)
    assert followed.conversation == began.conversation
    assert followed.covered
    assert "hotel.room-not-ready" in cards(followed)
    assert [turn.text for turn in improv.conversations.turns(began.conversation)] == [first, more]


def test_a_new_problem_in_a_conversation_stands_for_itself(improv):
    began = improv.suggest(FIRST)
    other = improv.suggest("a waiter spilled red wine all over a lady's dress", conversation=began.conversation)
    assert cards(other) == {"restaurant.spill-on-guest"}


def test_danger_in_a_follow_up_goes_first(improv):
    began = improv.suggest(FIRST)
    advice = improv.suggest("now he collapsed and is not breathing", conversation=began.conversation)
    assert advice.situation.hazard == "medical"
    assert next(iter(cards(advice) - {"hotel.room-not-ready"})).startswith("emergency.")
    assert advice.actions[0].id.startswith("emergency.")


def test_a_conversation_that_the_client_named_begins_with_its_first_text(improv):
    advice = improv.suggest(FIRST, conversation="tablet-7")
    assert advice.conversation == "tablet-7"
    assert [turn.text for turn in improv.conversations.turns("tablet-7")] == [FIRST]


def test_every_advice_is_recorded_as_it_was_given_unless_told_otherwise(improv):
    advice = improv.suggest(FIRST)
    (turn,) = improv.conversations.turns(advice.conversation)
    assert turn.advice["id"] == advice.id
    assert [action["text"] for action in turn.advice["actions"]] == [action.text for action in advice.actions]
    before = improv.conversations.gaps()
    improv.suggest("write a poem about the sea", record=False)
    assert improv.conversations.gaps() == before


def test_a_gap_is_noted_with_the_very_words_and_newest_first(improv):
    texts = ["what is the capital of Mongolia?", "帮我写一首关于大海的诗"]
    for text in texts:
        assert improv.suggest(text).covered is False
    assert improv.conversations.gaps()[:2] == texts[::-1]
