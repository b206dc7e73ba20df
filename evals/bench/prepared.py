"""A home of its own for the bench, with everything in place; the user's own is only copied from."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from assistant.assembly import Improv, open_improv
from assistant.library import MAIN, Progress
from assistant.settings import Settings, load_settings

ROOT = Path(__file__).resolve().parents[2]
COPIED = ("models", "chroma")
"""What is slow to make. The records are read from the corpus anew: nobody's conversations are copied."""


@contextmanager
def prepared_home(progress: Progress) -> Iterator[Path]:
    """A temporary home that holds the shipped corpus alone; made from IMPROV_HOME where there is one."""
    with tempfile.TemporaryDirectory(prefix="improv-bench-", ignore_cleanup_errors=True) as temporary:
        home = Path(temporary) / "home"
        shutil.copytree(load_settings().corpus, _corpus_beside(home))
        own = load_settings().home
        for name in COPIED:
            if (own / name).is_dir():
                shutil.copytree(own / name, home / name, ignore=shutil.ignore_patterns("*.draft"))
        with Improv(settings_for(home)) as improv:
            improv.library.sync_corpus(progress)
            _distrust(improv)
            improv.prepare(progress)
        yield home


def _distrust(improv: Improv) -> None:
    """Have a copied index compared with the new records entry by entry: their revisions may agree by chance."""
    for index in (improv.library.passage_index(MAIN), improv.library.signal_index()):
        if index.state:
            index.mark({**index.state, "revision": -1})


def _corpus_beside(home: Path) -> Path:
    """A copy of the corpus: whoever edits the corpus during the run does not change what is measured."""
    return home.parent / "corpus"


def open_bench(home: Path, progress: Progress) -> Improv:
    """The product on that home, embedded and without a language model, whatever else is configured."""
    return open_improv(settings_for(home), progress)


def settings_for(home: Path) -> Settings:
    """Defaults but for the home and the corpus."""
    return Settings(
        home=home, corpus=_corpus_beside(home), site="demo-hotel", embedding_model="bundled", chroma_url="",
        database_url="", llm_base_url="",
    )  # fmt: skip


def environment(home: Path) -> dict[str, str]:
    """The same for a process of its own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("IMPROV_")}
    return kept | {
        "IMPROV_HOME": str(home),
        "IMPROV_CORPUS": str(_corpus_beside(home)),
        "IMPROV_REQUESTS_PER_MINUTE": "1000000",
        "PYTHONPATH": os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH", "")))),
    }


def improv_command(*arguments: str) -> list[str]:
    """The installed command where there is one beside this Python, else the module."""
    script = Path(sys.executable).with_name("improv")
    return [str(script), *arguments] if script.exists() else [sys.executable, "-m", "assistant.cli", *arguments]
