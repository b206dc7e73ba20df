"""Writes the vectors that are shipped with the corpus: `make vectors`, after the corpus has changed."""

from __future__ import annotations

from assistant.assembly import Improv, open_improv
from assistant.index.ports import Vectors
from assistant.index.shipped import FILE, Kind, write_vectors
from assistant.index.signals import signal_groups
from assistant.library import MAIN
from assistant.situation.training import HeadTrainer
from assistant.terminal import show_progress


def corpus_vectors(improv: Improv) -> dict[tuple[Kind, str], Vectors]:
    """What a first start asks the encoder for, by text: passages, signals, lessons of the heads."""
    library, documents = improv.library, improv.documents
    shipped = {info.name for info in documents.infos() if info.collection == MAIN and info.kind != "document"}
    stored = [one for one in documents.passages(MAIN) if one.document in shipped]
    passages = library.passage_index(MAIN).vectors([one.id for one in stored])
    groups = list(signal_groups(improv.playbooks()))
    signals = library.signal_index().vectors([id_ for group in groups for id_ in group.ids])
    trainer = HeadTrainer(improv.settings.models, improv.corpus, improv.embedder)
    lessons = trainer.lessons(show_progress)
    return {
        **{("passage", one.passage.indexed_text): passages[one.id] for one in stored if one.id in passages},
        **{("incident", text): vector for text, vector in lessons.told.items()},
        **{("passage", text): vector for text, vector in lessons.lines.items()},
        **{
            ("incident", text): signals[id_]
            for group in groups
            for id_, text in zip(group.ids, group.texts, strict=True)
            if id_ in signals
        },
    }


def main() -> None:
    """Bring everything up to date and write down what it took."""
    with open_improv(progress=show_progress) as improv:
        vectors = corpus_vectors(improv)
        write_vectors(improv.embedder.name, vectors)
    print(f"{len(vectors)} vectors, {FILE.stat().st_size / 1e6:.1f} MB in {FILE}")


if __name__ == "__main__":
    main()
