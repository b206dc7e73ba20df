"""The vector index: what goes in is found, filtered, replaced and forgotten, and survives reopening."""

import numpy as np
import pytest

from assistant.errors import IndexUnavailable
from assistant.index.chroma import WRITE_BATCH, ChromaIndex, connect
from assistant.index.ports import IndexEntry, PassageIndex


@pytest.fixture
def client(tmp_path):
    return connect(tmp_path, "")


@pytest.fixture
def index(client) -> ChromaIndex:
    return ChromaIndex(client, "some-passages")


def entries(*ids: str, lang: str = "en") -> list[IndexEntry]:
    return [IndexEntry(id_, id_, {"document": f"of-{id_}", "lang": lang}) for id_ in ids]


def directions(*angles: float) -> np.ndarray:
    turned = np.radians(angles)
    return np.stack([np.cos(turned), np.sin(turned), np.zeros(len(angles))], axis=1).astype(np.float32)


def test_the_nearest_comes_first_with_its_cosine(index):
    assert isinstance(index, PassageIndex)
    index.add(entries("far", "near", "middle"), directions(90, 10, 60))
    hits = index.search(directions(0)[0], 3)
    assert [hit.id for hit in hits] == ["near", "middle", "far"]
    assert [hit.score for hit in hits] == pytest.approx(np.cos(np.radians([10, 60, 90])), abs=1e-5)


def test_asking_for_more_than_there_is_gives_what_there_is(index):
    assert index.search(directions(0)[0], 5) == []
    index.add(entries("one"), directions(0))
    assert [hit.id for hit in index.search(directions(0)[0], 5)] == ["one"]


def test_a_filter_admits_only_what_it_names(index):
    index.add(entries("en"), directions(0))
    index.add(entries("zh", lang="zh"), directions(80))
    assert [hit.id for hit in index.search(directions(0)[0], 5, {"lang": "zh"})] == ["zh"]


def test_the_same_id_is_overwritten_not_doubled(index):
    index.add(entries("a", "b"), directions(0, 90))
    index.add(entries("a"), directions(85))
    assert index.ids() == {"a", "b"}
    np.testing.assert_allclose(index.vectors(["a"])["a"], directions(85)[0], atol=1e-6)


def test_removed_entries_are_found_no_more_and_unknown_ids_do_no_harm(index):
    index.add(entries("a", "b", "c"), directions(0, 5, 10))
    index.remove(["a", "never-there"])
    index.remove([])
    assert index.ids() == {"b", "c"}
    assert [hit.id for hit in index.search(directions(0)[0], 3)] == ["b", "c"]


def test_more_entries_than_one_write_holds_are_all_kept(index):
    many = [f"id-{i}" for i in range(WRITE_BATCH + 7)]
    index.add(entries(*many), directions(*np.linspace(0, 180, len(many))))
    assert index.ids() == set(many)
    index.remove(many[: WRITE_BATCH + 2])
    assert index.ids() == set(many[WRITE_BATCH + 2 :])


def test_vectors_of_unknown_ids_are_left_out(index):
    index.add(entries("a"), directions(0))
    assert set(index.vectors(["a", "nobody"])) == {"a"}


def test_the_mark_and_the_entries_survive_reopening(client, index, tmp_path):
    assert dict(index.state) == {}
    index.add(entries("a"), directions(0))
    index.mark({"encoder": "e5", "revision": 3})
    again = ChromaIndex(connect(tmp_path, ""), "some-passages")
    assert dict(again.state) == {"encoder": "e5", "revision": 3}
    assert again.ids() == {"a"}


def test_the_mark_replaces_the_one_before(index):
    index.mark({"encoder": "e5", "revision": 3})
    index.mark({"encoder": "e5", "revision": 4})
    assert dict(index.state) == {"encoder": "e5", "revision": 4}


def test_clearing_forgets_entries_and_mark_and_lets_another_dimension_in(index):
    index.add(entries("a"), directions(0))
    index.mark({"encoder": "small", "revision": 1})
    index.clear()
    assert index.ids() == set()
    assert dict(index.state) == {}
    index.add(entries("b"), np.eye(1, 7, dtype=np.float32))
    assert index.ids() == {"b"}


def test_indexes_of_one_client_do_not_mix(client, index):
    other = ChromaIndex(client, "other-passages")
    index.add(entries("a"), directions(0))
    assert other.ids() == set()
    assert other.search(directions(0)[0], 3) == []


def test_a_question_that_the_index_cannot_take_is_an_index_fault(index):
    index.add(entries("a"), directions(0))
    with pytest.raises(IndexUnavailable, match="improv doctor"):
        index.search(np.ones(5, np.float32), 1)


@pytest.mark.parametrize("url", ["not a url", "http://127.0.0.1:9"])
def test_a_server_that_is_not_there_is_named(tmp_path, url):
    with pytest.raises(IndexUnavailable) as fault:
        connect(tmp_path, url)
    assert url in str(fault.value)
