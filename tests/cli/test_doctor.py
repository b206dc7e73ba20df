"""`improv doctor` finds what is wrong and repairs what can be rebuilt."""

from __future__ import annotations

import json
import shutil

import pytest

QUERY = ("search", "house key and a drink while waiting", "-k", "3", "--json")


@pytest.fixture
def copied(copied_small_home):
    """A home of which all but the models may be harmed."""
    return copied_small_home()


def findings(result):
    """Part → whether it is healthy and what is said."""
    rows = [line.split("  ", 1) for line in result.stdout.splitlines()]
    return {text.split(":")[0].strip(): (state.strip() == "ok", text) for state, text in rows}


def test_healthy_installation_is_exit_0_and_every_part_is_named(improv_command):
    result = improv_command("doctor")
    assert result.exit_code == 0, result.stdout
    found = findings(result)
    assert found.keys() == {"corpus", "database", "encoder", "index", "site", "answer", "language model"}
    assert all(healthy for healthy, _ in found.values())
    assert "rebuilt" not in result.stdout


def no_folder(home):
    shutil.rmtree(home / "chroma")


def rubbish(home):
    (home / "chroma" / "chroma.sqlite3").write_bytes(b"rubbish" * 100)


@pytest.mark.parametrize("harm", [no_folder, rubbish])
def test_lost_or_broken_index_is_rebuilt_from_the_records(improv_command, improv_process, copied, harm):
    before = improv_command(*QUERY)
    harm(copied)
    if harm is rubbish:  # a lost index is rebuilt by any command; a broken one only by this one
        refused = improv_command(*QUERY, IMPROV_HOME=str(copied))
        assert (refused.exit_code, refused.stdout) == (2, "")
        assert "improv doctor" in refused.stderr
        assert "Traceback" not in refused.stderr
    repaired = improv_process("doctor", IMPROV_HOME=str(copied))
    assert "Traceback" not in repaired.stderr
    assert repaired.returncode == 0, repaired.stdout
    assert "built" in findings(repaired)["index"][1]
    after = improv_command(*QUERY, IMPROV_HOME=str(copied))
    assert json.loads(after.stdout) == json.loads(before.stdout)


def test_unknown_site_is_found_and_the_rest_still_examined(improv_command):
    result = improv_command("doctor", IMPROV_SITE="atlantis")
    assert result.exit_code == 1
    found = findings(result)
    assert not found["site"][0]
    assert "atlantis" in found["site"][1]
    assert found["index"][0]
