"""A small library of its own for each test."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from shelf import SOP, Remembering, Shelf

SHIPPED = Path(__file__).resolve().parents[2] / "corpus"
FEW = ("general.first-minute", "general.danger-first", "hotel.room-not-ready", "emergency.choking")


@pytest.fixture(scope="session")
def remembering(improv) -> Remembering:
    return Remembering(improv.embedder)


@pytest.fixture
def shelf(tmp_path, improv, remembering) -> Shelf:
    corpus = tmp_path / "corpus"
    (corpus / "playbooks").mkdir(parents=True)
    for name in FEW:
        shutil.copy(SHIPPED / "playbooks" / f"{name}.md", corpus / "playbooks")
    for name in ("roles.yaml", "needs.yaml"):
        shutil.copy(SHIPPED / name, corpus)
    (tmp_path / "files").mkdir()

    def factors(sentences):
        return improv.heads.factor.best(remembering.passages(sentences))

    return Shelf(tmp_path, remembering, factors)


@pytest.fixture
def sop(shelf) -> Path:
    return shelf.write("pool/towels.md", SOP)
