"""A start takes the signals' vectors from one file, and loses nothing where that file is lost or spoilt."""

import numpy as np
import pytest

from assistant.assembly import open_improv
from assistant.index.chroma import ChromaIndex
from assistant.library.kept_signals import KeptSignals
from assistant.settings import Settings

ASKED = "the guest's room is not ready and he has waited for an hour"


@pytest.fixture
def settings(copied_small_home, small_corpus):
    """Of a home whose models are shared but for the file in question."""
    home = copied_small_home()
    shared = (home / "models").resolve()
    (home / "models").unlink()
    (home / "models").mkdir()
    for part in shared.iterdir():
        if not part.name.startswith("signals-"):
            (home / "models" / part.name).symlink_to(part)
    return Settings(home=home, corpus=small_corpus)


def answered(settings):
    with open_improv(settings) as improv:
        return [action.text for action in improv.suggest(ASKED, record=False).actions]


def kept_file(settings):
    (path,) = settings.models.glob("signals-*.npz")
    return path


def test_the_second_start_leaves_the_engine_alone(settings, monkeypatch):
    first = answered(settings)

    def refuse(self, ids):
        raise AssertionError(f"asked the engine for {len(ids)} vectors")

    monkeypatch.setattr(ChromaIndex, "vectors", refuse)
    assert answered(settings) == first


@pytest.mark.parametrize("spoil", ["gone", "cut off", "another's"])
def test_a_spoilt_file_costs_a_moment_and_no_answer(settings, spoil):
    first = answered(settings)
    path = kept_file(settings)
    whole = path.read_bytes()
    if spoil == "gone":
        path.unlink()
    elif spoil == "cut off":
        path.write_bytes(whole[:5000])
    else:
        path.write_bytes(b"not an archive")
    assert answered(settings) == first
    assert kept_file(settings).read_bytes() == whole


def test_models_do_not_share_a_file(tmp_path):
    KeptSignals("one", tmp_path).keep({"a": np.ones(3, np.float32)})
    assert KeptSignals("another", tmp_path).read() == {}
    assert KeptSignals("one", tmp_path).read()["a"].tolist() == [1, 1, 1]
