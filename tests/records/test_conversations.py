"""What was asked and advised, what was ticked off, and the gaps that showed."""

import threading

import pytest

from assistant.errors import UnknownName
from assistant.records.conversations import ConversationStore


@pytest.fixture
def store(engine) -> ConversationStore:
    return ConversationStore(engine)


def in_threads(jobs):
    """Run all jobs at once; what they raised."""
    failures = []

    def run(job):
        try:
            job()
        except Exception as error:  # noqa: BLE001 - a thread's failure must reach the test
            failures.append(error)

    threads = [threading.Thread(target=run, args=(job,)) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return failures


def test_turns_come_back_oldest_first_with_the_public_advice(store, advice):
    for number in range(3):
        store.add("demo-hotel", f"text {number}", advice(f"a{number}"), "")
    turns = store.turns("talk")
    assert [turn.text for turn in turns] == ["text 0", "text 1", "text 2"]
    assert turns[0].advice["situation"]["needs"] == ["room"]
    assert turns[0].advice["goal"]["text"] == "让客人安心等"
    assert turns[0].done == ()


def test_conversations_do_not_mix(store, advice):
    store.add("demo-hotel", "one", advice("a", "first"), "")
    store.add("demo-hotel", "two", advice("b", "second"), "")
    assert [turn.text for turn in store.turns("second")] == ["two"]


def test_an_unknown_conversation_is_named(store):
    with pytest.raises(UnknownName, match="'nowhere'"):
        store.turns("nowhere")


def test_ticks_are_kept_in_the_order_in_which_things_were_done(store, advice):
    store.add("demo-hotel", "text", advice("a", actions=3), "")
    store.mark_done("a", "card/step-2", done=True)
    assert store.mark_done("a", "card/step-1", done=True) == ("card/step-2", "card/step-1")
    assert store.turns("talk")[0].done == ("card/step-2", "card/step-1")


def test_ticking_twice_counts_once_and_unticking_takes_it_back(store, advice):
    store.add("demo-hotel", "text", advice("a"), "")
    store.mark_done("a", "card/step-1", done=True)
    assert store.mark_done("a", "card/step-1", done=True) == ("card/step-1",)
    assert store.mark_done("a", "card/step-1", done=False) == ()
    assert store.mark_done("a", "card/step-1", done=False) == ()
    assert store.turns("talk")[0].done == ()


def test_only_actions_of_that_advice_can_be_ticked(store, advice):
    store.add("demo-hotel", "text", advice("a", actions=1), "")
    with pytest.raises(UnknownName, match="card/step-2"):
        store.mark_done("a", "card/step-2", done=True)
    with pytest.raises(UnknownName, match="'b'"):
        store.mark_done("b", "card/step-1", done=True)


def test_ticks_from_several_fingers_at_once_are_all_kept(store, advice):
    store.add("demo-hotel", "text", advice("a", actions=8), "")
    wanted = {f"card/step-{n}" for n in range(1, 9)}
    jobs = [lambda action=action: store.mark_done("a", action, done=True) for action in sorted(wanted)]
    assert in_threads(jobs) == []
    assert set(store.turns("talk")[0].done) == wanted


def test_first_messages_sent_twice_at_once_are_both_kept(store, advice):
    jobs = [lambda n=n: store.add("demo-hotel", f"text {n}", advice(f"a{n}", "brand-new"), "") for n in range(8)]
    assert in_threads(jobs) == []
    assert {turn.text for turn in store.turns("brand-new")} == {f"text {n}" for n in range(8)}


def test_only_what_nothing_covered_is_a_gap_newest_first(store, advice):
    store.add("demo-hotel", "covered", advice("a"), "")
    store.add("demo-hotel", "first gap", advice("b", covered=False), "hotel.overbooked")
    store.add("demo-hotel", "second gap", advice("c", covered=False), "hotel.overbooked")
    assert store.gaps() == ["second gap", "first gap"]
