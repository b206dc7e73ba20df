"""The whole product, built from nothing and asked in both languages, on a machine that reaches only itself."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

# An audit hook sees every attempt of the interpreter, also those that bypass the `socket` module.
PRELUDE = """
import sys
attempts = []
LOOPBACK = {"127.0.0.1", "::1", "localhost", None, ""}
def watch(event, arguments):
    if event in {"socket.connect", "socket.sendto", "socket.sendmsg"}:
        address = arguments[1] if len(arguments) > 1 else None
        host = address[0] if isinstance(address, tuple) else None
    elif event in {"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"}:
        host = arguments[0]
    else:
        return
    if host not in LOOPBACK:
        attempts.append(f"{event} {host}")
        raise OSError(f"no network: {host}")
sys.addaudithook(watch)
"""

WORK = """
import json, os
from pathlib import Path
from assistant.assembly import open_improv
with open_improv() as improv:
    advice = [improv.suggest(text) for text in ("客人三点来办入住，房间还没打扫好", "smoke in the corridor, alarm ringing")]
    reports = [report.status for report in improv.library.ingest([Path("handbook.txt")])]
    found = [improv.search(text, 3) for text in ("yellow umbrella", "黄色雨伞")]
print(json.dumps({
    "langs": [given.lang for given in advice],
    "actions": [len(given.actions) for given in advice],
    "reports": reports,
    "documents": [answer[0].document for answer in found],
    "attempts": attempts,
    "telemetry": {name: os.environ.get(name) for name in (
        "HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE", "HF_HUB_DISABLE_TELEMETRY", "ANONYMIZED_TELEMETRY", "DO_NOT_TRACK",
        "LANGCHAIN_TRACING_V2", "LANGSMITH_TRACING")},
}))
"""

REACH_OUT = """
import socket, urllib.request
for reach in (lambda: urllib.request.urlopen("http://example.org/", timeout=3),
              lambda: socket.create_connection(("192.0.2.1", 80), 3),
              lambda: socket.getaddrinfo("huggingface.co", 443)):
    try:
        reach()
    except OSError:
        pass
print(len(attempts))
"""


def run(code, folder, **variables):
    clean = {
        name: value for name, value in os.environ.items() if not name.startswith(("IMPROV_", "HF_", "TRANSFORMERS_"))
    }
    for name in ("ANONYMIZED_TELEMETRY", "DO_NOT_TRACK", "LANGCHAIN_TRACING_V2", "LANGSMITH_TRACING"):
        clean.pop(name, None)
    command = [sys.executable, "-c", PRELUDE + code]
    done = subprocess.run(
        command, cwd=folder, env=clean | variables, capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def outcome(small_home, small_corpus, tmp_path_factory):
    """What came of a first start with an empty index, two questions, an ingested file and two searches."""
    folder = tmp_path_factory.mktemp("offline")
    # The encoder is there, unpacked from its package; database and index are made here.
    (folder / "home").mkdir()
    (folder / "home" / "models").symlink_to((small_home / "models").resolve(), target_is_directory=True)
    text = "Lend every guest a yellow umbrella when it rains.\n\n下雨时，把黄色雨伞借给每位客人。\n"
    (folder / "handbook.txt").write_text(text, encoding="utf-8")
    return run(WORK, folder, IMPROV_HOME=str(folder / "home"), IMPROV_CORPUS=str(small_corpus))


def test_the_watch_itself_notices_every_way_out(tmp_path):
    assert run(REACH_OUT, tmp_path) == 3


def test_everything_works_without_a_network(outcome):
    assert outcome["langs"] == ["zh", "en"]
    assert all(count >= 4 for count in outcome["actions"])
    assert outcome["reports"] == ["added"]
    assert outcome["documents"] == ["handbook.txt", "handbook.txt"]


def test_nothing_even_tries_to_reach_the_network(outcome):
    assert outcome["attempts"] == []


def test_telemetry_and_hubs_of_the_libraries_are_switched_off(outcome):
    told = outcome["telemetry"]
    assert {name for name, value in told.items() if value == "1"} == {
        "HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE", "HF_HUB_DISABLE_TELEMETRY", "DO_NOT_TRACK",
    }  # fmt: skip
    assert {value.lower() for value in told.values() if value != "1"} == {"false"}
