"""The index can always be brought back in step with the records, whatever stopped the last run."""

import numpy as np
import pytest
from shelf import SOP, statuses

from assistant.index.signals import signal_groups


class ShorterEncoder:
    """Another encoder: the bundled one, cut to its first 64 dimensions."""

    name = "bundled-cut-to-64"

    def __init__(self, whole) -> None:
        self._whole = whole

    def queries(self, texts):
        return self._cut(self._whole.queries(texts))

    def passages(self, texts):
        return self._cut(self._whole.passages(texts))

    def incidents(self, texts):
        return self._cut(self._whole.incidents(texts))

    @staticmethod
    def _cut(vectors):
        short = vectors[:, :64]
        return (short / np.linalg.norm(short, axis=1, keepdims=True)).astype(np.float32)


@pytest.fixture
def filled(shelf, sop):
    """The shelf with its corpus and one procedure in place."""
    with shelf.open() as library:
        library.sync_corpus()
        list(library.ingest([shelf.files]))
        assert library.is_sound("main")
    return shelf


def test_a_run_killed_before_the_index_followed_is_mended_by_the_next(shelf, sop):
    shelf.write("bicycles.md", SOP.replace("towel", "bicycle"))
    with shelf.open() as library:
        reports = library.ingest([shelf.files])
        next(reports)
        next(reports)  # both files are in the records; the process ends before the index is touched
        del reports
    with shelf.open() as library:
        assert not library.is_indexed("main")
        library.sync_index("main")
        assert library.is_sound("main")
        assert set(shelf.found(library, "bicycles and towels for guests")) == {"bicycles.md", "pool/towels.md"}


def test_a_run_killed_between_two_files_keeps_the_first_and_goes_on_with_the_second(shelf, sop):
    shelf.write("bicycles.md", SOP.replace("towel", "bicycle"))
    with shelf.open() as library:
        next(library.ingest([shelf.files]))
    with shelf.open() as library:
        assert statuses(list(library.ingest([shelf.files]))) == {"bicycles.md": "unchanged", "pool/towels.md": "added"}
        assert library.is_sound("main")


def test_entries_that_went_missing_and_entries_of_nobody_are_set_right(filled):
    with filled.open() as library:
        index = library.passage_index("main")
        index.remove(sorted(index.ids())[:5])
        signals = library.signal_index()
        signals.remove(sorted(signals.ids())[:5])
        assert library.is_indexed("main")
        assert not library.is_sound("main")
        library.rebuild_index("main")
        assert library.is_sound("main")


def test_an_index_that_is_gone_is_built_again_from_the_records(filled, tmp_path):
    with filled.open() as library:
        wanted = library.passage_index("main").ids()
        library.passage_index("main").clear()
        library.signal_index().clear()
    with filled.open() as library:
        assert not library.is_indexed("main")
        library.sync_index("main")
        assert library.passage_index("main").ids() == wanted
        assert library.is_sound("main")


def test_another_encoder_means_another_index(filled):
    with filled.open(ShorterEncoder(filled.embedder)) as library:
        assert not library.is_indexed("main")
        library.sync_index("main")
        assert library.is_sound("main")
        (vector,) = library.passage_index("main").vectors(sorted(library.passage_index("main").ids())[:1]).values()
        assert vector.shape == (64,)
        groups = list(signal_groups(library.store.playbooks("main")))
        assert all(len(v) == 64 for v in library.signal_index().vectors([g.mean_id for g in groups]).values())
    with filled.open() as library:
        assert not library.is_indexed("main")


def test_a_second_start_finds_nothing_to_do(filled):
    with filled.open() as library:
        before = library.store.revision("main")
        assert library.sync_corpus() is False
        assert library.is_indexed("main")
        assert library.store.revision("main") == before


def test_a_changed_and_a_deleted_card_follow_at_the_next_start(filled):
    card = filled.corpus / "playbooks" / "hotel.room-not-ready.md"
    card.write_text(card.read_text(encoding="utf-8").replace("Look up, use", "Stand up, use"), encoding="utf-8")
    (filled.corpus / "playbooks" / "emergency.choking.md").unlink()
    with filled.open() as library:
        assert library.sync_corpus() is True
        library.sync_index("main")
        assert library.is_sound("main")
        texts = [stored.passage.text for stored in library.store.passages_of("main", "hotel.room-not-ready")]
        assert any(text.startswith("Stand up, use") for text in texts)
        assert library.store.passages_of("main", "emergency.choking") == []
        assert library.store.passages_of("main", "pool/towels.md"), "what a company took in is not the corpus's to drop"


def test_an_index_of_another_database_is_not_taken_for_this_ones(filled):
    """The database is lost, another card takes the place of one, and just as many changes bring it back."""
    for path in filled.folder.glob("improv.db*"):
        path.unlink()
    old, new = "emergency.choking", "emergency.seizure"
    card = filled.corpus / "playbooks" / f"{old}.md"
    card.with_name(f"{new}.md").write_text(card.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    card.unlink()
    with filled.open() as library:
        library.sync_corpus()
        list(library.ingest([filled.files]))
        assert library.is_sound("main")
