"""`ingest` and `corpus`: documents in, out, listed and checked."""

from __future__ import annotations

import json
import os
import shutil
import sys
from pathlib import Path

import pytest

import assistant

POLICY = """# Umbrella lending

Lend every guest a yellow umbrella from the cupboard behind the concierge desk when it rains.

Note the room number in the umbrella book, and ask for the umbrella back at check-out.
"""


@pytest.fixture
def folder(write, tmp_path):
    """A handbook with good files and every kind of bad one."""
    write("handbook/umbrellas.md", POLICY)
    write("handbook/front/雨伞.txt", "下雨时请把黄色雨伞借给客人，并登记房号。\n\n退房时收回雨伞。")
    write("handbook/empty.txt", "")
    write("handbook/broken.pdf", b"%PDF-1.7 this is no PDF")
    write("handbook/broken.docx", b"PK\x03\x04 cut off")
    write("handbook/picture.png", b"\x89PNG\r\n")
    write("handbook/.hidden.txt", "not for anybody")
    return tmp_path / "handbook"


def test_folder_with_broken_files_is_taken_in_without_them(improv_command, folder):
    result = improv_command("ingest", str(folder), "--collection", "handbook", "--json")
    assert result.exit_code == 0
    reports = {report["file"]: report for report in json.loads(result.stdout)}
    assert {name: report["status"] for name, report in reports.items()} == {
        "umbrellas.md": "added",
        "front/雨伞.txt": "added",
        "empty.txt": "rejected",
        "broken.pdf": "rejected",
        "broken.docx": "rejected",
        "picture.png": "rejected",
    }
    assert all(name.split("/")[-1] in r["reason"] for name, r in reports.items() if r["status"] == "rejected")
    found = json.loads(improv_command("search", "它下雨了，借伞", "--collection", "handbook", "--json").stdout)
    assert {passage["document"] for passage in found[:3]} == {"umbrellas.md", "front/雨伞.txt"}


def test_ingest_again_changes_nothing_and_a_changed_file_replaces_the_old(improv_command, folder):
    arguments = ("ingest", str(folder / "umbrellas.md"), "--collection", "again")
    assert improv_command(*arguments).stdout.split() == ["added", "umbrellas.md"]
    assert improv_command(*arguments).stdout.split() == ["unchanged", "umbrellas.md"]
    (folder / "umbrellas.md").write_text(POLICY.replace("yellow", "purple"))
    assert improv_command(*arguments).stdout.split() == ["replaced", "umbrellas.md"]
    found = json.loads(improv_command("search", "umbrella colour", "--collection", "again", "--json").stdout)
    assert any("purple" in passage["text"] for passage in found)
    assert not any("yellow" in passage["text"] for passage in found)


@pytest.mark.skipif(sys.platform != "linux", reason="file names are Unicode elsewhere")
def test_file_whose_name_is_not_utf8_is_taken_in(improv_command, tmp_path):
    (tmp_path / os.fsdecode(b"caf\xe9.txt")).write_text("The kitchen closes when the last espresso is served.\n")
    assert improv_command("ingest", str(tmp_path), "--collection", "old").stdout.split() == ["added", "caf\\xe9.txt"]
    found = json.loads(improv_command("search", "espresso", "--collection", "old", "--json").stdout)
    assert found[0]["document"] == "caf\\xe9.txt"


def test_nothing_usable_is_exit_2_and_the_reason_stands_beside_each_file(improv_command, folder):
    result = improv_command("ingest", str(folder / "broken.pdf"), str(folder / "empty.txt"), "--collection", "none")
    assert result.exit_code == 2
    assert result.stdout.count("rejected") == 2
    assert "Traceback" not in result.stderr


def test_empty_folder_is_exit_2(improv_command, tmp_path):
    result = improv_command("ingest", str(tmp_path))
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.strip().endswith("no file in what was given")


def test_ingested_document_is_listed_shown_and_removed(improv_command, write):
    improv_command("ingest", str(write("lending.md", POLICY)))
    listed = {info["name"]: info for info in json.loads(improv_command("corpus", "list", "--json").stdout)}
    assert listed["lending.md"]["origin"] == "ingested"
    assert listed["hotel.room-not-ready"]["origin"] == "shipped"
    shown = json.loads(improv_command("corpus", "show", "lending.md", "--json").stdout)
    assert any("yellow umbrella" in section["text"] for section in shown["sections"])
    assert improv_command("corpus", "remove", "lending.md").exit_code == 0
    assert improv_command("corpus", "show", "lending.md").exit_code == 2
    documents = {p["document"] for p in json.loads(improv_command("search", "yellow umbrella", "--json").stdout)}
    assert "lending.md" not in documents


def test_ingested_document_feeds_advice(improv_command, write):
    steps = "# Lost umbrella\n\nIf a guest loses a yellow umbrella, apologise at once. Then call the concierge desk.\n"
    improv_command("ingest", str(write("umbrella-lost.md", steps)))
    advice = json.loads(improv_command("suggest", "guest lost the yellow umbrella we lent her", "--json").stdout)
    assert "umbrella-lost.md" in {source["document"] for source in advice["sources"]}


def test_shipped_corpus_passes_its_own_check(improv_command):
    shipped = Path(assistant.__file__).parents[1] / "corpus"
    result = improv_command("corpus", "check", "--json", IMPROV_CORPUS=str(shipped))
    assert [finding for finding in json.loads(result.stdout) if finding["level"] == "error"] == []
    assert result.exit_code == 0


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("hazard: none", "hazard: dragons", "dragons"),
        ("- owner: housekeeping", "- owner: butler", "butler"),
        ("- within_s: ", "- within_s: soon ", "soon"),
        ("## Avoid · 避免", "## Beware", "Beware"),
        ("version:", "version: : ", "YAML"),
    ],
)
def test_check_of_a_broken_playbook_names_file_line_and_mend(improv_command, small_corpus, tmp_path, old, new, named):
    text = (small_corpus / "playbooks" / "hotel.room-not-ready.md").read_text(encoding="utf-8")
    broken = tmp_path / "hotel.room-not-ready.md"
    broken.write_text(text.replace(old, new, 1), encoding="utf-8")
    line = text[: text.index(old)].count("\n") + 1
    result = improv_command("corpus", "check", str(tmp_path))
    assert result.exit_code == 1
    errors = [row for row in result.stdout.splitlines() if row.startswith("error:")]
    assert any(f"{broken}:{line}: " in row and named in row and ("; " in row or "should" in row) for row in errors)
    assert result.stdout.splitlines()[-1].startswith(f"{len(errors)} errors")


def test_check_without_faults_is_exit_0(improv_command, small_corpus, tmp_path):
    shutil.copy(small_corpus / "playbooks" / "hotel.room-not-ready.md", tmp_path)
    assert improv_command("corpus", "check", str(tmp_path)).exit_code == 0
