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
def archive(small_improv, tmp_path_factory):
    folder = tmp_path_factory.mktemp("archive")
    (folder / "pool.md").write_text(
        "# Pool\n\n## Hours\n\nThe rooftop pool opens at seven and closes at ten.\n\n"
        "## Towels\n\nUsed towels go into the blue basket by the door.\n",
        encoding="utf-8",
    )
    (folder / "zh").mkdir()
    (folder / "zh" / "停车.md").write_text(
        "# 停车\n\n## 收费\n\n住店客人停车每晚三十元。\n\n## 充电\n\n地下一层有六个充电桩。\n", encoding="utf-8"
    )
    list(small_improv.library.ingest([folder / "pool.md"], "archive"))
    list(small_improv.library.ingest([folder / "zh"], "停车"))
    return small_improv


def test_only_the_named_collection_is_searched(archive):
    question = "when does the rooftop pool close?"
    assert {hit.document for hit in archive.search(question, 10, "archive")} == {"pool.md"}
    assert "pool.md" not in {hit.document for hit in archive.search(question, 20)}


def test_a_question_in_one_language_finds_the_passage_in_the_other(archive):
    assert "blue basket" in archive.search("用过的毛巾放哪里？", 1, "archive")[0].text
    assert "closes at ten" in archive.search("泳池几点关门？", 1, "archive")[0].text
    assert "充电桩" in archive.search("where can I charge my electric car?", 1, "停车")[0].text
    assert "三十元" in archive.search("how much is parking per night?", 1, "停车")[0].text


def test_an_answer_can_be_cited(archive):
    (hit,) = archive.search("充电", 1, "停车")
    assert (hit.document, hit.title, hit.locator) == ("停车.md", "停车", "充电")


def test_answers_are_ranked_no_more_than_asked_for_and_each_once(improv):
    hits = improv.search("the booked room is not ready", 7)
    assert len(hits) == 7
    scores = [hit.score for hit in hits]
    assert scores == sorted(scores, reverse=True)
    assert all(0.0 <= score <= 1.0 for score in scores)
    assert len({(hit.document, hit.locator, hit.text) for hit in hits}) == 7
    assert hits[0].document == "hotel.room-not-ready"


def test_an_unknown_collection_is_named_with_the_known_ones(archive):
    with pytest.raises(UnknownName, match=r"'nowhere'.*archive, main, 停车"):
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
