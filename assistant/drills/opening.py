"""Puts a drill hall together from a corpus, a home and an encoder."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from filelock import FileLock

from assistant.domain.playbook import Playbook
from assistant.domain.vocabulary import LANGS, Lang
from assistant.drills.hall import Content, DrillHall, Learned
from assistant.drills.library import ScenarioLibrary
from assistant.drills.lines import load_lines
from assistant.drills.moves.examples import Example, read_examples
from assistant.drills.moves.heads import Array
from assistant.drills.moves.recogniser import MoveReader
from assistant.drills.moves.training import MoveTrainer
from assistant.drills.rubric import read_rubric
from assistant.index.ports import Embedder
from assistant.index.states import SpanEncoder
from assistant.knowledge.corpus import Corpus
from assistant.records.drills import DrillStore
from assistant.situation.training import Progress, VectorFile

BACKGROUND = 120
"""Texts of ordinary service talk by language: against them likeness to a scenario's examples is judged."""


def open_hall(
    corpus: Corpus,
    models: Path,
    embedder: Embedder,
    spans: Callable[[], SpanEncoder],
    store: DrillStore,
    playbooks: Callable[[], Sequence[Playbook]],
    progress: Progress,
) -> DrillHall:
    """Opens at once; the recogniser is trained or loaded when first needed. Raises ContentError."""
    folder = corpus.root / "drills"

    def learn() -> Learned:
        with FileLock(models.parent / "drills.lock"):
            reader = move_reader(corpus, models, spans(), progress)
            vectors = VectorFile(models / f"drills-{_safe(embedder.name)}.npz", embedder.queries)
            examples = read_examples(folder / "moves")
            texts = {lang: _background(examples, lang) for lang in LANGS}
            known = vectors.encode([text for said in texts.values() for text in said], progress)
            return Learned(reader, {lang: _stacked(known, said) for lang, said in texts.items()})

    content = Content(
        ScenarioLibrary(folder / "scenarios", {path.stem for path in (corpus.root / "playbooks").glob("*.md")}),
        load_lines(folder / "lines"),
        read_rubric(corpus.load("drills/debrief.yaml"), str(folder / "debrief.yaml")),
        playbooks,
    )
    return DrillHall(content, store, embedder.queries, learn)


def move_reader(corpus: Corpus, models: Path, spans: SpanEncoder, progress: Progress) -> MoveReader:
    """The recogniser of moves alone."""
    trainer = MoveTrainer(models, corpus.root / "drills" / "moves", spans)
    return MoveReader(trainer.load_or_train(progress), spans)


def _background(examples: Sequence[Example], lang: Lang) -> list[str]:
    own = [example.staff for example in examples if example.lang == lang]
    return own[:: max(1, len(own) // BACKGROUND)][:BACKGROUND]


def _stacked(known: Mapping[str, Array], texts: Sequence[str]) -> Array:
    import numpy as np

    return np.stack([known[text] for text in texts])


def _safe(name: str) -> str:
    return "".join(sign if sign.isalnum() else "-" for sign in name)
