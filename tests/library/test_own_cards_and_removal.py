"""A company's own card goes before the shipped one, and what is removed is gone."""

import pytest
from shelf import SOP

from assistant.errors import Conflict, UnknownName
from assistant.library import remove_own

CARD = "hotel.room-not-ready"


@pytest.fixture
def own_card(shelf):
    """The shipped card with a first action of the company's own, to be taken in under the same id."""
    shipped = (shelf.corpus / "playbooks" / f"{CARD}.md").read_text(encoding="utf-8")
    return shelf.write(f"{CARD}.md", shipped.replace("Look up, use", "Offer the Lakeside lemonade, use"))


def first_words(library) -> str:
    (card,) = [playbook for playbook in library.store.playbooks("main") if playbook.id == CARD]
    return card.actions[0].text["en"].split(",")[0]


def test_a_card_of_the_same_id_replaces_the_shipped_one(shelf, own_card):
    with shelf.open() as library:
        library.sync_corpus()
        assert first_words(library) == "Look up"
        (report,) = library.ingest([own_card])
        assert report.status == "replaced"
        assert first_words(library) == "Offer the Lakeside lemonade"
        assert library.is_sound("main")


def test_the_own_card_stays_when_the_corpus_changes(shelf, own_card):
    with shelf.open() as library:
        library.sync_corpus()
        list(library.ingest([own_card]))
        other = shelf.corpus / "playbooks" / "emergency.choking.md"
        other.write_text(other.read_text(encoding="utf-8") + "\n", encoding="utf-8")
        assert library.sync_corpus() is True
        assert first_words(library) == "Offer the Lakeside lemonade"


def test_the_shipped_card_comes_back_when_the_own_one_is_removed(shelf, own_card):
    with shelf.open() as library:
        library.sync_corpus()
        list(library.ingest([own_card]))
        library.remove(CARD)
    with shelf.open() as library:
        library.sync_corpus()
        library.sync_index("main")
        assert first_words(library) == "Look up"
        assert library.is_sound("main")


def test_the_shipped_card_is_kept_as_the_version_to_go_back_to(shelf, own_card):
    with shelf.open() as library:
        library.sync_corpus()
        list(library.ingest([own_card]))
        assert [(v.number, v.origin, v.status) for v in library.versions(CARD)] == [
            (1, "shipped", "archived"),
            (2, "ingested", "active"),
        ]
        library.activate(CARD, 1)
        assert first_words(library) == "Look up"
        assert library.sync_corpus() is False
        assert library.is_sound("main")


def test_the_shipped_card_is_back_at_once_where_a_manager_removes_the_own_one(shelf, own_card):
    with shelf.open() as library:
        library.sync_corpus()
        list(library.ingest([own_card]))
        remove_own(library, CARD)
        assert first_words(library) == "Look up"
        assert library.is_sound("main")
        with pytest.raises(Conflict, match="comes with the product"):
            remove_own(library, CARD)


def test_a_removed_document_is_found_no_more(shelf, sop):
    shelf.write("bicycles.md", SOP.replace("towel", "bicycle"))
    with shelf.open() as library:
        list(library.ingest([shelf.files]))
        library.remove("pool/towels.md")
        assert shelf.found(library, "pool towels") == ["bicycles.md"]
        assert [playbook.document for playbook in library.store.playbooks("main")] == ["bicycles.md"]
        assert library.is_sound("main")


def test_removal_without_a_collection_reaches_all_of_them(shelf, sop):
    with shelf.open() as library:
        list(library.ingest([shelf.files]))
        list(library.ingest([shelf.files], "archive"))
        library.remove("pool/towels.md")
        assert library.store.infos() == []
        assert library.passage_index("archive").ids() == set()


def test_removal_from_one_collection_leaves_the_others(shelf, sop):
    with shelf.open() as library:
        list(library.ingest([shelf.files]))
        list(library.ingest([shelf.files], "archive"))
        library.remove("pool/towels.md", "archive")
        assert [info.collection for info in library.store.infos()] == ["main"]
        assert library.is_sound("main")


def test_an_unknown_document_is_named(shelf, sop):
    with shelf.open() as library:
        list(library.ingest([shelf.files]))
        with pytest.raises(UnknownName, match=r"'nothing\.md'.*improv corpus list"):
            library.remove("nothing.md")
        with pytest.raises(UnknownName):
            library.remove("pool/towels.md", "archive")


def test_a_removed_document_can_be_taken_in_again(shelf, sop):
    with shelf.open() as library:
        list(library.ingest([shelf.files]))
        library.remove("pool/towels.md")
        (report,) = library.ingest([shelf.files])
        assert report.status == "added"
        assert shelf.found(library, "pool towels") == ["pool/towels.md"]
