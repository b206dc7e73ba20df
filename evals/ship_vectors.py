"""Writes what is shipped with the corpus and made from it: `make vectors`, after the corpus has changed."""

from __future__ import annotations

from assistant.assembly import Improv, open_improv
from assistant.drills.moves.examples import read_examples
from assistant.drills.moves.training import ENCODED_AT_ONCE
from assistant.index.loading import load_spans
from assistant.index.ports import Vectors
from assistant.index.shipped import FILE, Kind, write_vectors
from assistant.index.shipped_spans import FILE as SPANS
from assistant.index.shipped_spans import write_spans
from assistant.index.signals import signal_groups
from assistant.index.states import Said, SpanEncoder
from assistant.library import MAIN
from assistant.retrieval.learned_cards import FILE as CARDS
from assistant.retrieval.learned_cards import LearnedCards, write_learned_cards
from assistant.situation.training import HeadTrainer
from assistant.terminal import show_progress
from evals.tuning.cards import learn_cards
from evals.tuning.lessons import PLAYBOOK, SECOND, read_labels


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


def learned_cards(improv: Improv, vectors: dict[tuple[Kind, str], Vectors]) -> LearnedCards:
    """What all lessons together say of each card; those that are not among `vectors` are encoded."""
    labels = read_labels(improv.corpus)
    told = {text: vectors["incident", text] for text in labels[PLAYBOOK] if ("incident", text) in vectors}
    new = [text for text in labels[PLAYBOOK] if text not in told]
    if new:
        told |= zip(new, improv.embedder.incidents(new), strict=True)
    return learn_cards(labels[PLAYBOOK], labels[SECOND], told)


def reply_spans(improv: Improv, encoder: SpanEncoder) -> dict[Said, Vectors]:
    """What the first drill asks the encoder for: the clauses of the example replies."""
    examples = read_examples(improv.corpus.root / "drills" / "moves")
    said = [example.said for example in examples]
    spans: dict[Said, Vectors] = {}
    for start in range(0, len(said), ENCODED_AT_ONCE):
        part = said[start : start + ENCODED_AT_ONCE]
        spans |= zip(part, encoder.spans(part), strict=True)
        show_progress("moves", start + len(part), len(said))
    return spans


def main() -> None:
    """Bring everything up to date and write down what it took."""
    with open_improv(progress=show_progress) as improv:
        vectors = corpus_vectors(improv)
        write_vectors(improv.embedder.name, vectors)
        cards = learned_cards(improv, vectors)
        write_learned_cards(improv.embedder.name, cards)
        encoder = load_spans(improv.settings.models)
        spans = reply_spans(improv, encoder)
        write_spans(encoder.name, spans)
    print(f"{len(vectors)} vectors, {FILE.stat().st_size / 1e6:.1f} MB in {FILE}")
    print(f"{len(cards.playbooks)} cards, {CARDS.stat().st_size / 1e6:.1f} MB in {CARDS}")
    print(f"{len(spans)} replies, {SPANS.stat().st_size / 1e6:.1f} MB in {SPANS}")


if __name__ == "__main__":
    main()
