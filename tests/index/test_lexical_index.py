"""Search by words: Chinese and English, and corpora with nothing in them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.index import lexical
from assistant.index.lexical import KeptIndexes, LexicalIndex

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


ROOMS = ["the room is not ready", "房间还没打扫好", "the soup is cold"]


def kept_in(folder):
    """As another process finds the folder: what this one remembers is forgotten."""
    lexical._shared.cache_clear()
    return KeptIndexes(folder).index(list("abc"), ROOMS)


def test_an_index_is_read_as_it_was_kept(tmp_path, monkeypatch):
    first = kept_in(tmp_path / "words")
    monkeypatch.setattr(lexical, "_scored", None)  # nothing is counted again
    again = kept_in(tmp_path / "words")
    for asked in ("is the room ready", "房间打扫好了吗", "no such word"):
        assert again.scores(asked).tolist() == first.scores(asked).tolist()
        assert again.ceiling(asked) == first.ceiling(asked)
    assert again.search("cold soup", 3) == first.search("cold soup", 3) != []


@pytest.mark.parametrize("harm", ["gone", "cut short", "rubbish"])
def test_a_kept_index_that_cannot_be_read_is_made_anew(tmp_path, harm):
    first = kept_in(tmp_path / "words")
    (path,) = (tmp_path / "words").iterdir()
    for file in path.iterdir():
        if harm == "gone":
            file.unlink()
        else:
            file.write_bytes(file.read_bytes()[:9] if harm == "cut short" else b"rubbish")
    assert kept_in(tmp_path / "words").scores("room").tolist() == first.scores("room").tolist()
    assert len(list(path.iterdir())) > 3  # and kept again


def test_where_nothing_can_be_kept_the_index_is_made_all_the_same(tmp_path):
    (tmp_path / "words").write_text("a file where the folder should be")
    assert kept_in(tmp_path / "words").search("soup", 1)[0].id == "c"


def test_only_the_latest_indexes_are_kept(tmp_path):
    for number in range(lexical.KEPT + 3):
        KeptIndexes(tmp_path).index(["a"], [f"room number{number}"])
    assert len(list(tmp_path.iterdir())) == lexical.KEPT
