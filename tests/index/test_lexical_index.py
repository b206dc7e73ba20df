"""Search by words: Chinese and English, and corpora with nothing in them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.index.lexical import LexicalIndex

TEXTS = {
    "room": "The room is not ready and housekeeping is late",
    "lift": "A guest is stuck in the lift between two floors",
    "refund-zh": "客人要求全额退款，收银台已经吵起来了",
    "room-zh": "房间还没打扫好，客人在大堂等",
    "mixed": "客人的 Wi-Fi 密码不能用",
}


@pytest.fixture(scope="module")
def index() -> LexicalIndex:
    return LexicalIndex(list(TEXTS), list(TEXTS.values()))


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("rooms", "room"),
        ("stuck in LIFTS", "lift"),
        ("退款", "refund-zh"),
        ("打扫房间", "room-zh"),
        ("wi-fi密码", "mixed"),
        ("ＷＩ－ＦＩ", "mixed"),
    ],
)
def test_the_text_that_shares_the_words_comes_first(index, question, found):
    assert index.search(question, 3)[0].id == found


@pytest.mark.parametrize("question", ["submarine", "潜水艇", "", "…", "!!"])
def test_no_shared_word_finds_nothing(index, question):
    assert index.search(question, 3) == []
    assert not index.scores(question).any()


def test_no_more_than_asked_for_and_best_first(index):
    hits = index.search("客人 房间 大堂 guest", 2)
    assert len(hits) == 2
    assert hits[0].score >= hits[1].score > 0


@pytest.mark.parametrize("texts", [[], [""], ["…", "!!"]])
def test_a_corpus_without_words_answers_with_nothing(texts):
    empty = LexicalIndex([str(i) for i in range(len(texts))], texts)
    assert empty.search("guest 客人", 5) == []
    assert empty.scores("guest").tolist() == [0.0] * len(texts)
    assert empty.ceiling("") == 0.0


def test_a_rare_word_weighs_more_than_one_that_every_text_holds():
    index = LexicalIndex(["a", "b", "c"], ["guest lift", "guest room", "guest bill"])
    assert index.search("guest lift", 3)[0].id == "a"
    assert index.ceiling("lift") > index.ceiling("guest")


def test_the_share_of_a_question_falls_with_words_that_no_text_holds(index):
    known, foreign = "stuck in the lift", "stuck in the lift with a purple giraffe"
    shares = [index.scores(text).max() / index.ceiling(text) for text in (known, foreign)]
    assert shares[1] < shares[0]


@given(st.text())
def test_any_text_can_be_asked(index, text):
    scores = index.scores(text)
    assert scores.shape == (len(TEXTS),)
    assert np.isfinite(scores).all()
    assert (scores >= 0).all()
    assert index.ceiling(text) >= 0
