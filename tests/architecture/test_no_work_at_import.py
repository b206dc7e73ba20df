"""Importing the product costs little and does nothing: heavy libraries load when a part is first used."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
from imports import PACKAGE

HEAVY = ["torch", "transformers", "sentence_transformers", "chromadb", "sklearn", "onnxruntime", "onnx", "fastapi"]
HEAVY += ["langchain_core", "langchain_chroma", "langchain_text_splitters", "sqlalchemy", "numpy", "bm25s", "rjieba"]
QUICK = ["assistant.cli", "assistant.assembly"]


def run(code, folder, **variables):
    """What the code prints as JSON, run by a fresh interpreter in an empty folder."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("IMPROV_")} | variables
    command = [sys.executable, "-c", code]
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("module", QUICK)
def test_importing_loads_no_heavy_library(module, tmp_path):
    code = f"import json, sys, {module}; print(json.dumps([name for name in {HEAVY} if name in sys.modules]))"
    assert run(code, tmp_path) == []


def test_importing_everything_writes_nothing_and_reaches_for_nothing(tmp_path):
    code = """
import importlib, json, pkgutil, sys
seen = []
def watch(event, args):
    if event in {"socket.connect", "socket.getaddrinfo", "subprocess.Popen"}:
        seen.append(f"{event} {args}")
    if event == "open" and isinstance(args[1], str) and set(args[1]) & set("wax+"):
        seen.append(f"{event} {args}")
sys.dont_write_bytecode = True
sys.addaudithook(watch)
import assistant
skipped = {"assistant.records.migrations.env"}  # runs under Alembic alone
for module in pkgutil.walk_packages(assistant.__path__, "assistant."):
    if module.name not in skipped:
        importlib.import_module(module.name)
print(json.dumps([line for line in seen if "/dev/null" not in line]))
"""
    assert run(code, tmp_path) == []
    assert list(tmp_path.iterdir()) == []


def test_the_default_path_never_loads_torch_or_the_hub(home, tmp_path):
    code = """
import json, sys
from assistant.assembly import open_improv
with open_improv() as improv:
    improv.suggest("room not ready", record=False)
    improv.search("refund")
print(json.dumps(sorted({"torch", "transformers", "sentence_transformers", "sklearn"} & sys.modules.keys())))
"""
    assert run(code, tmp_path, IMPROV_HOME=str(home), IMPROV_CORPUS=str(PACKAGE.parent / "corpus")) == []
