"""Trains the heads from the examples in `corpus/situations` and from the shipped playbooks themselves.

The examples are data that managers may extend; training takes seconds once they are encoded, and
happens when the corpus or the encoder changed. A card that a company edited or added is recognised
by its signals; it teaches the heads nothing, so that an edit never waits for a training.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from assistant.domain.playbook import Playbook
from assistant.domain.vocabulary import LANGS
from assistant.index.ports import Embedder
from assistant.knowledge.corpus import Corpus
from assistant.situation.heads import (
    BESIDE,
    CARD,
    INCIDENT,
    NEW,
    NO_CARD,
    NO_HAZARD,
    Array,
    HazardHead,
    Heads,
    LinearHead,
    WordHead,
    word_features,
)
from assistant.situation.storage import load_trained, read_arrays, save_trained, write_arrays

Labelled = tuple[str, str]
"""A text and its label."""
Progress = Callable[[str, int, int], None]
FORMAT = "11"
"""Change it when the way of training changes: heads trained the old way are then trained anew."""
ENCODED_AT_ONCE = 256
BESIDE_GROUPS = ("follow_ups", "beside_the_point")
"""Groups of `harmless.yaml` that tell of no incident; the others do, or only sound dangerous."""


def hazard_examples(corpus: Corpus, playbooks: Iterable[Playbook]) -> list[Labelled]:
    """Texts with their hazard, `none` where nobody is in danger."""
    return [*_dangers(corpus), *_harmless(corpus), *_signals(playbooks)]


def _dangers(corpus: Corpus) -> Iterator[Labelled]:
    for hazard, by_lang in corpus.load("situations/hazards.yaml").items():
        for texts in by_lang.values():
            yield from ((text, hazard) for text in texts)
    for hazard, pair in _pairs(corpus):
        yield pair["danger"], hazard


def _harmless(corpus: Corpus) -> Iterator[Labelled]:
    for name in ("harmless", "no_playbook"):
        for by_lang in corpus.load(f"situations/{name}.yaml").values():
            for texts in by_lang.values():
                yield from ((text, NO_HAZARD) for text in texts)
    for _, pair in _pairs(corpus):
        yield pair["harmless"], NO_HAZARD
    yield from ((text, NO_HAZARD) for text, _ in two_matters(corpus))
    for incident in corpus.load("situations/incidents.yaml")["incidents"]:
        yield incident["text"], NO_HAZARD


def topic_examples(corpus: Corpus, playbooks: Sequence[Playbook]) -> list[Labelled]:
    """Texts that tell of an incident, and texts about nothing that a playbook could answer."""
    harmless = corpus.load("situations/harmless.yaml")
    return [
        *((text, INCIDENT) for text, _ in (*_dangers(corpus), *_signals(playbooks))),
        *((text, INCIDENT) for playbook in playbooks for text in playbook.title.values()),
        *((text, INCIDENT) for texts in corpus.load("situations/terse.yaml")["terse"].values() for text in texts),
        *((incident["text"], INCIDENT) for incident in corpus.load("situations/incidents.yaml")["incidents"]),
        *((pair["harmless"], INCIDENT) for _, pair in _pairs(corpus) if "matter" in pair),
        *((text, INCIDENT) for text, _ in two_matters(corpus)),
        *((text, BESIDE) for group in BESIDE_GROUPS for texts in harmless[group].values() for text in texts),
    ]


def known_examples(corpus: Corpus, playbooks: Sequence[Playbook]) -> list[Labelled]:
    """Texts that a playbook is about, and matters of the workplace that none is."""
    matters = corpus.load("situations/no_playbook.yaml").values()
    cards = {playbook.id for playbook in playbooks}
    return [
        *((text, CARD) for text, _ in _signals(playbooks)),
        *((pair["harmless"], CARD) for _, pair in _pairs(corpus) if pair.get("matter") in cards),
        *((text, CARD) for text, matters in two_matters(corpus) if matters[0] in cards),
        *((text, NO_CARD) for by_lang in matters for texts in by_lang.values() for text in texts),
    ]


def note_examples(corpus: Corpus, playbooks: Iterable[Playbook]) -> list[Labelled]:
    """Notes on an incident told before, by kind; and incidents, which stand for themselves."""
    kinds = corpus.load("situations/follow_ups.yaml")["kinds"]
    notes = [(text, kind) for kind, entry in kinds.items() for lang in LANGS for text in entry[lang]]
    return [*notes, *((text, NEW) for text, _ in _signals(playbooks))]


def pair_cards(corpus: Corpus) -> list[tuple[str, tuple[str, ...]]]:
    """Dangers and their harmless twins, each with the playbooks that are for it, where somebody said which.

    The first is for the danger, the second for the ordinary matter that it is told in.
    """
    pairs = [pair for _, pair in _pairs(corpus)]
    dangers = [(pair["danger"], (pair["card"], *_other_matter(pair))) for pair in pairs if "card" in pair]
    return [*dangers, *((pair["harmless"], (pair["matter"],)) for pair in pairs if "matter" in pair)]


def _other_matter(pair: dict[str, str]) -> tuple[str, ...]:
    return (pair["matter"],) if pair.get("matter", pair["card"]) != pair["card"] else ()


def two_matters(corpus: Corpus) -> list[tuple[str, tuple[str, ...]]]:
    """Two ordinary matters told in one breath, each with its two playbooks, the main one first."""
    return [(told["text"], tuple(told["matters"])) for told in corpus.load("situations/two_matters.yaml")["told"]]


def _pairs(corpus: Corpus) -> Iterator[tuple[str, dict[str, str]]]:
    for path in sorted((corpus.root / "situations" / "pairs").glob("*.yaml")):
        yield from ((path.stem, pair) for pair in corpus.load(f"situations/pairs/{path.name}")["pairs"])


def _signals(playbooks: Iterable[Playbook]) -> Iterator[Labelled]:
    for playbook in playbooks:
        for texts in playbook.signals.values():
            yield from ((text, playbook.hazard) for text in texts)


class HeadTrainer:
    """Keeps trained heads and the vectors of their examples in a folder, so that only new texts are encoded."""

    def __init__(self, folder: Path, corpus: Corpus, embedder: Embedder) -> None:
        self._folder, self._corpus, self._embedder = folder, corpus, embedder

    def load_or_train(self, progress: Progress) -> Heads:
        """The heads for the present corpus and encoder."""
        path = self._folder / f"heads-{_key(self._embedder.name, FORMAT, self._corpus.lesson_fingerprint())}.npz"
        if not path.exists():
            examples = _examples(self._corpus, self._corpus.playbooks())
            save_trained(_train(examples, self._encoded(examples, progress)), path)
            for old in set(self._folder.glob("heads-*.npz")) - {path}:
                old.unlink(missing_ok=True)
        return load_trained(Heads, path)

    def lessons(self, progress: Progress) -> Lessons:
        """All texts that the heads learn from, with their vectors."""
        return self._encoded(_examples(self._corpus, self._corpus.playbooks()), progress)

    def _encoded(self, examples: _Examples, progress: Progress) -> Lessons:
        name = _key(self._embedder.name)
        told = VectorFile(self._folder / f"examples-{name}.npz", self._embedder.incidents)
        lines = VectorFile(self._folder / f"lines-{name}.npz", self._embedder.passages)
        return Lessons(told.encode(examples.told(), progress), lines.encode(examples.lines(), progress))


@dataclass(frozen=True, slots=True)
class Lessons:
    """Vectors by text: what staff tell, as incidents, and lines of playbooks, as passages."""

    told: dict[str, Array]
    lines: dict[str, Array]


@dataclass(frozen=True, slots=True)
class _Examples:
    hazards: list[Labelled]
    topics: list[Labelled]
    known: list[Labelled]
    sectors: list[Labelled]
    factors: list[Labelled]
    incidents: list[dict[str, Any]]
    needs: list[str]
    notes: list[Labelled]

    def told(self) -> list[str]:
        pairs = (*self.hazards, *self.topics, *self.known, *self.sectors, *self.notes)
        return [*(text for text, _ in pairs), *(incident["text"] for incident in self.incidents)]

    def lines(self) -> list[str]:
        return [text for text, _ in self.factors]


def _examples(corpus: Corpus, playbooks: Sequence[Playbook]) -> _Examples:
    incidents = corpus.load("situations/incidents.yaml")["incidents"]
    said = [
        (text, playbook.sectors[0])
        for playbook in playbooks
        if playbook.sectors != ("any",)
        for texts in playbook.signals.values()
        for text in texts
    ]
    return _Examples(
        hazards=hazard_examples(corpus, playbooks),
        topics=topic_examples(corpus, playbooks),
        known=known_examples(corpus, playbooks),
        sectors=said + [(incident["text"], incident["sector"]) for incident in incidents],
        factors=[(text, a.factor) for p in playbooks for a in p.actions for text in a.text.values()],
        incidents=incidents,
        needs=sorted(corpus.needs),
        notes=note_examples(corpus, playbooks),
    )


class VectorFile:
    """Vectors of example texts on disk, by text."""

    def __init__(self, path: Path, encode: Callable[[Sequence[str]], Array]) -> None:
        self._path, self._encode = path, encode

    def encode(self, texts: Sequence[str], progress: Progress) -> dict[str, Array]:
        """The vector of each text; those that are new are encoded and kept."""
        known = self._load()
        missing = [text for text in dict.fromkeys(texts) if _key(text) not in known]
        for start in range(0, len(missing), ENCODED_AT_ONCE):
            part = missing[start : start + ENCODED_AT_ONCE]
            known |= zip(map(_key, part), self._encode(part), strict=True)
            progress("examples", start + len(part), len(missing))
        if missing:
            write_arrays(self._path, {"keys": np.array(list(known)), "vectors": np.stack(list(known.values()))})
        return {text: known[_key(text)] for text in texts}

    def _load(self) -> dict[str, Array]:
        stored = read_arrays(self._path)
        return dict(zip(stored["keys"].tolist(), stored["vectors"], strict=True)) if stored else {}


def _train(examples: _Examples, lessons: Lessons) -> Heads:
    def fit(labelled: Sequence[Labelled], vectors: dict[str, Array] = lessons.told) -> LinearHead:
        return _fit_linear(np.stack([vectors[text] for text, _ in labelled]), [label for _, label in labelled])

    def read(name: str) -> list[Labelled]:
        return [(incident["text"], incident[name]) for incident in examples.incidents]

    dangers = [(text, label) for text, label in examples.hazards if label != NO_HAZARD]
    alarming = [(text, str(label != NO_HAZARD)) for text, label in examples.hazards]
    incident_vectors = np.stack([lessons.told[incident["text"]] for incident in examples.incidents])
    return Heads(
        hazard=HazardHead(fit(examples.hazards), _fit_words(alarming), _fit_words(dangers)),
        topic=fit(examples.topics),
        known=fit(examples.known),
        sector=fit(examples.sectors),
        urgency=fit(read("urgency")),
        guest_state=fit(read("guest_state")),
        factor=fit(examples.factors, lessons.lines),
        needs=_fit_needs(incident_vectors, [incident["needs"] for incident in examples.incidents], examples.needs),
        note=fit(examples.notes),
    )


def _fit_linear(vectors: Array, labels: Sequence[str], strength: float = 10.0) -> LinearHead:
    from sklearn.linear_model import LogisticRegression

    centre = vectors.mean(axis=0)  # a common part of all vectors, which would only slow the fitting down
    model = LogisticRegression(C=strength, max_iter=2000, class_weight="balanced").fit(vectors - centre, labels)
    weights, bias = model.coef_, model.intercept_ - model.coef_ @ centre
    if len(model.classes_) == 2:  # scikit-learn keeps one row for two classes
        weights, bias = np.vstack([-weights, weights]) / 2, np.concatenate([-bias, bias]) / 2
    return LinearHead(tuple(map(str, model.classes_)), weights.astype(np.float32), bias.astype(np.float32))


def _fit_needs(vectors: Array, needs: Sequence[Sequence[str]], known: Sequence[str]) -> LinearHead:
    from sklearn.linear_model import LogisticRegression

    rows, biases, classes = [], [], []
    for need in known:
        wanted = np.array([need in given for given in needs])
        if wanted.sum() < 5:  # too few examples to learn from
            continue
        model = LogisticRegression(C=10.0, max_iter=2000, class_weight="balanced").fit(vectors, wanted)
        rows.append(model.coef_[0])
        biases.append(model.intercept_[0])
        classes.append(need)
    return LinearHead(tuple(classes), np.array(rows, np.float32), np.array(biases, np.float32))


def _vectorizer() -> Any:
    from sklearn.feature_extraction.text import TfidfVectorizer

    return TfidfVectorizer(analyzer=word_features, min_df=2, sublinear_tf=True)


def _fit_words(labelled: Sequence[Labelled]) -> WordHead:
    """With two classes one row is kept, that of the second in alphabetical order."""
    from sklearn.linear_model import LogisticRegression

    vectorizer = _vectorizer()
    features = vectorizer.fit_transform([text for text, _ in labelled])
    model = LogisticRegression(C=10.0, max_iter=2000).fit(features, [label for _, label in labelled])
    return WordHead(
        classes=tuple(map(str, model.classes_[-len(model.coef_) :])),
        vocabulary={feature: int(column) for feature, column in vectorizer.vocabulary_.items()},
        rarity=vectorizer.idf_.astype(np.float32),
        weights=model.coef_.astype(np.float32),
        bias=model.intercept_.astype(np.float32),
    )


def _key(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:24]
