"""Search over passages: ranked, within the named collection only, in both languages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import InvalidInput, UnknownName
from assistant.index.ports import IndexHit
from assistant.retrieval.passages import fuse

HITS = st.lists(
    st.builds(IndexHit, st.sampled_from("abcdef"), st.floats(0, 1)), max_size=6, unique_by=lambda hit: hit.id
)


@pytest.fixture(scope="module")
def archive(own_improv, tmp_path_factory):
    folder = tmp_path_factory.mktemp("archive")
    (folder / "pool.md").write_text(
        "# Pool\n\n## Opening\n\nThe rooftop pool opens at seven and closes at ten.\n\n"
        "## 毛巾\n\n毛巾凭房卡领取，用后放入蓝色篮子。\n",
        encoding="utf-8",
    )
    list(own_improv.library.ingest([folder], "archive"))
    return own_improv


def test_only_the_named_collection_is_searched(archive):
    question = "when does the rooftop pool close?"
    assert {hit.document for hit in archive.search(question, 10, "archive")} == {"pool.md"}
    assert "pool.md" not in {hit.document for hit in archive.search(question, 20)}


def test_a_question_in_one_language_finds_the_passage_in_the_other(archive):
    assert "蓝色篮子" in archive.search("where do used pool towels go?", 1, "archive")[0].text
    assert "seven" in archive.search("几点可以去游泳？", 1, "archive")[0].text


def test_an_answer_can_be_cited(archive):
    (hit,) = archive.search("毛巾放哪里", 1, "archive")
    assert (hit.document, hit.title) == ("pool.md", "Pool")
    assert "毛巾" in hit.locator


def test_answers_are_ranked_no_more_than_asked_for_and_each_once(improv):
    hits = improv.search("the booked room is not ready", 7)
    assert len(hits) == 7
    scores = [hit.score for hit in hits]
    assert scores == sorted(scores, reverse=True)
    assert all(0.0 <= score <= 1.0 for score in scores)
    assert len({(hit.document, hit.locator, hit.text) for hit in hits}) == 7
    assert hits[0].document == "hotel.room-not-ready"


def test_an_unknown_collection_is_named_with_the_known_ones(archive):
    with pytest.raises(UnknownName, match=r"'nowhere'.*archive, main"):
        archive.search("pool", 3, "nowhere")


def test_an_empty_question_is_refused(improv):
    with pytest.raises(InvalidInput):
        improv.search("  \n", 3)


def test_the_retriever_speaks_langchain(improv):
    documents = improv.retriever("main").invoke("guest found a hair in the soup")
    assert documents
    assert {"id", "document", "title", "locator", "version", "score"} <= set(documents[0].metadata)


@given(HITS, HITS)
def test_fused_scores_stay_between_zero_and_one_and_lose_nobody(dense, words):
    scores = fuse(dense, words)
    assert set(scores) == {hit.id for hit in (*dense, *words)}
    assert all(0.0 <= score <= 1.0 + 1e-9 for score in scores.values())
