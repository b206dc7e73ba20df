"""Taking files in: what happens to each is said, twice changes nothing, and a bad file harms no other."""

import os

import pytest
from shelf import SOP, statuses

from assistant.errors import UnknownName


def test_a_folder_goes_in_under_the_paths_below_it(shelf, sop):
    shelf.write("late.txt", "Late arrivals: keep the kitchen open until the last guest has eaten.")
    with shelf.open() as library:
        reports = list(library.ingest([shelf.files]))
        assert statuses(reports) == {"late.txt": "added", "pool/towels.md": "added"}
        assert {info.name for info in library.store.infos("main")} == {"late.txt", "pool/towels.md"}
        assert shelf.found(library, "how do we hand out pool towels?")[0] == "pool/towels.md"


def test_taking_the_same_in_again_changes_nothing(shelf, sop):
    with shelf.open() as library:
        list(library.ingest([shelf.files]))
        before = (library.store.revision("main"), library.passage_index("main").ids())
        assert statuses(list(library.ingest([shelf.files]))) == {"pool/towels.md": "unchanged"}
        assert (library.store.revision("main"), library.passage_index("main").ids()) == before


def test_a_changed_file_replaces_all_that_came_from_the_old(shelf, sop):
    with shelf.open() as library:
        list(library.ingest([shelf.files]))
        old = library.passage_index("main").ids()
        shelf.write("pool/towels.md", "# Bicycles\n\n1. Note the number of the bicycle that the guest takes.\n")
        assert statuses(list(library.ingest([shelf.files]))) == {"pool/towels.md": "replaced"}
        assert old.isdisjoint(library.passage_index("main").ids())
        assert library.is_sound("main")
        assert [p.title for p in library.store.playbooks("main")] == [{"en": "Bicycles"}]


def test_a_bad_file_is_named_and_the_others_go_in(shelf, sop):
    shelf.write("broken.pdf", b"%PDF-1.7 not really")
    shelf.write("broken.docx", b"PK\x03\x04 not a zip")
    shelf.write("picture.png", b"\x89PNG\r\n\x1a\n\x00\x00")
    shelf.write("empty.md", "")
    with shelf.open() as library:
        reports = {report.file: report for report in library.ingest([shelf.files])}
        rejected = {name for name, report in reports.items() if report.status == "rejected"}
        assert rejected == {"broken.pdf", "broken.docx", "picture.png", "empty.md"}
        assert all(reports[name].reason and "Traceback" not in reports[name].reason for name in rejected)
        assert reports["pool/towels.md"].status == "added"
        assert shelf.found(library, "pool towels") == ["pool/towels.md"]


def test_a_file_that_turned_bad_leaves_what_was_known(shelf, sop):
    with shelf.open() as library:
        list(library.ingest([shelf.files]))
        sop.write_bytes(b"\x00\x01\x02" * 50)
        (report,) = library.ingest([shelf.files])
        assert report.status == "rejected"
        assert shelf.found(library, "pool towels") == ["pool/towels.md"]
        assert library.is_sound("main")


def test_a_card_with_faults_is_rejected_with_its_lines_and_not_taken_as_prose(shelf):
    card = (shelf.corpus / "playbooks" / "hotel.room-not-ready.md").read_text(encoding="utf-8")
    shelf.write("hotel.room-not-ready.md", card.replace("owner: housekeeping", "owner: the_butler"))
    with shelf.open() as library:
        library.sync_corpus()
        (report,) = library.ingest([shelf.files])
        assert report.status == "rejected"
        assert "the_butler" in report.reason
        assert "roles.yaml" in report.reason
        assert library.store.passages_of("main", "hotel.room-not-ready")


@pytest.mark.skipif(os.geteuid() == 0, reason="the administrator may read every file")
def test_a_file_that_may_not_be_read_is_rejected(shelf, sop):
    sop.chmod(0)
    with shelf.open() as library:
        (report,) = library.ingest([sop])
        assert (report.status, "permission" in report.reason) == ("rejected", True)


def test_a_path_that_is_not_there_changes_nothing(shelf, sop):
    with shelf.open() as library:
        with pytest.raises(UnknownName, match="nowhere"):
            list(library.ingest([sop, shelf.files / "nowhere"]))
        assert library.store.infos() == []


def test_hidden_files_and_folders_stay_out(shelf, sop):
    shelf.write(".git/config.md", SOP)
    shelf.write("pool/.draft.md", SOP)
    with shelf.open() as library:
        assert statuses(list(library.ingest([shelf.files]))) == {"pool/towels.md": "added"}


def test_other_collections_are_searched_by_name_and_give_no_advice(shelf, sop):
    with shelf.open() as library:
        list(library.ingest([shelf.files], "archive"))
        assert library.store.collections() == ["archive"]
        assert library.store.playbooks("archive") == []
        assert library.store.playbooks("main") == []
        assert shelf.found(library, "pool towels", "archive") == ["pool/towels.md"]
        assert shelf.found(library, "pool towels", "main") == []


def test_what_a_procedure_orders_stands_word_for_word_in_its_document(shelf, sop):
    with shelf.open() as library:
        list(library.ingest([sop]))
        said = "\n".join(stored.passage.text for stored in library.store.passages("main"))
        actions = [action for playbook in library.store.playbooks("main") for action in playbook.actions]
        assert len(actions) == 3
        assert all(text in said for action in actions for text in action.text.values())
