"""Documents in the records: whole or not at all, and every change counted."""

import threading

import pytest
from sqlalchemy import text

from assistant.domain.document import Document, Passage
from assistant.domain.playbook import Action, Avoid, Option, Playbook
from assistant.records.database import open_database
from assistant.records.documents import DocumentStore


@pytest.fixture
def store(engine) -> DocumentStore:
    return DocumentStore(engine)


def document(name: str, *texts: str, version: str = "1") -> Document:
    passages = tuple(Passage(said, f"p. {n}", "en", "Heading") for n, said in enumerate(texts, 1))
    return Document(name, "document", f"Title of {name}", version, passages)


CARD = Playbook(
    id="sop.md#1",
    document="sop.md",
    version="v2",
    title={"zh": "退款"},
    goal={"zh": "说清楚"},
    signals={"zh": ("客人要退款",)},
    actions=(Action("step-1", "immediate_response", {"zh": "先道歉"}, locator={"zh": "第1页"}, within_s=30),),
    options=(Option("o", {"en": "Wait"}, amount=12.5),),
    avoid=(Avoid("a", {"zh": "不要推诿"}),),
    sectors=("hotel", "restaurant"),
    slots={"room": {"en": "the room"}},
)


def test_a_document_comes_back_as_it_went_in(store):
    store.put("main", document("sop.md", "first", "second 第二"), [CARD], "h1", "ingested")
    (info,) = store.infos("main")
    assert (info.name, info.title, info.origin, info.passages, info.playbooks) == (
        "sop.md", "Title of sop.md", "ingested", 2, 1,
    )  # fmt: skip
    assert [stored.passage for stored in store.passages_of("main", "sop.md")] == list(
        document("sop.md", "first", "second 第二").passages
    )
    assert store.playbooks("main") == [CARD]


def test_putting_again_replaces_all_of_the_old(store):
    store.put("main", document("sop.md", "old one", "old two"), [CARD], "h1", "ingested")
    before = {stored.id for stored in store.passages("main")}
    store.put("main", document("sop.md", "new", version="2"), [], "h2", "ingested")
    assert [stored.passage.text for stored in store.passages("main")] == ["new"]
    assert store.playbooks("main") == []
    assert [(info.version, info.content_hash) for info in store.infos()] == [("2", "h2")]
    assert before.isdisjoint(stored.id for stored in store.passages("main"))


def test_a_passage_that_did_not_change_keeps_its_id(store):
    store.put("main", document("sop.md", "same", "old"), [], "h1", "ingested")
    before = [stored.id for stored in store.passages("main")]
    store.put("main", document("sop.md", "same", "new"), [], "h2", "ingested")
    after = [stored.id for stored in store.passages("main")]
    assert (after[0] == before[0], after[1] == before[1]) == (True, False)


def test_what_cannot_be_stored_leaves_the_old_document_whole(store):
    store.put("main", document("sop.md", "old"), [CARD], "h1", "ingested")
    revision = store.revision("main")
    with pytest.raises(UnicodeEncodeError):
        store.put("main", document("sop.md", "fine", "broken \ud83d"), [], "h2", "ingested")
    assert [stored.passage.text for stored in store.passages("main")] == ["old"]
    assert store.playbooks("main") == [CARD]
    assert store.revision("main") == revision


def test_the_same_text_twice_in_a_document_is_two_passages(store):
    store.put("main", document("sop.md", "same", "same"), [], "h", "ingested")
    assert len({stored.id for stored in store.passages("main")}) == 2


def test_collections_hold_the_same_name_apart(store):
    store.put("main", document("sop.md", "for advice"), [CARD], "h", "ingested")
    store.put("archive", document("sop.md", "for search"), [], "h", "ingested")
    assert store.collections() == ["archive", "main"]
    assert store.remove("archive", ["sop.md"]) == 1
    assert store.collections() == ["main"]
    assert [stored.passage.text for stored in store.passages("main")] == ["for advice"]
    assert store.playbooks("main") == [CARD]


def test_removing_takes_the_passages_along(store, engine):
    store.put("main", document("sop.md", "one", "two"), [CARD], "h", "ingested")
    assert store.remove("main", ["sop.md", "never-there"]) == 1
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM passages")).scalar() == 0


def test_every_change_and_only_a_change_raises_the_revision(store):
    seen = [store.revision("main")]
    store.put("main", document("a", "x"), [], "h", "ingested")
    seen.append(store.revision("main"))
    store.put("main", document("a", "x"), [], "h", "ingested")
    seen.append(store.revision("main"))
    store.remove("main", ["a"])
    seen.append(store.revision("main"))
    assert seen == sorted(set(seen))
    store.remove("main", ["a"])
    store.set_fingerprint("main", "f")
    assert store.revision("main") == seen[-1]
    assert store.fingerprint("main") == "f"
    assert store.revision("other") == 0


def test_writers_side_by_side_lose_nothing(url, store):
    """As two commands that ingest at the same time do."""
    failures: list[BaseException] = []

    def write(writer: int) -> None:
        engine = open_database(url)
        try:
            for n in range(10):
                DocumentStore(engine).put("main", document(f"{writer}-{n}", "x"), [], "h", "ingested")
        except BaseException as error:  # noqa: BLE001 - a thread's failure must reach the test
            failures.append(error)
        engine.dispose()

    threads = [threading.Thread(target=write, args=(writer,)) for writer in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert len(store.infos("main")) == 30
    assert store.revision("main") == 30
