"""Trains the recogniser of moves from the labelled utterances, one language apart from the other.

Takes seconds once the examples are encoded; happens when examples, encoder or the way of training changed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from assistant.domain.drill import MOVES
from assistant.domain.vocabulary import LANGS, Lang
from assistant.drills.moves.clauses import clause_spans
from assistant.drills.moves.examples import Example, fingerprint, read_examples
from assistant.drills.moves.heads import (
    WIDTH,
    Array,
    Kernel,
    MoveHeads,
    QualityHead,
    Terms,
    bells,
    evidence,
    gram_features,
    word_features,
)
from assistant.errors import ContentError
from assistant.index.states import SpanEncoder
from assistant.situation.storage import load_trained, save_trained, write_arrays

Progress = Callable[[str, int, int], None]
FORMAT = "3"
"""Change it when the way of training changes."""
GAMMA = 0.3
"""Width of the bells, per dimension."""
EVIDENCE_GAMMA = 0.6
STIFFNESS = 0.5
"""How little quality follows single examples (ridge)."""
FOLDS = 3
LEAST_EXAMPLES = 60
ENCODED_AT_ONCE = 128
OVERLAP = 0.5
"""Share of a clause, or of the quoted words, that must coincide for the clause to show the move."""


class MoveTrainer:
    """Keeps trained heads and the vectors of their examples in a folder."""

    def __init__(self, folder: Path, examples: Path, encoder: SpanEncoder) -> None:
        self._folder, self._examples, self._encoder = folder, examples, encoder

    def load_or_train(self, progress: Progress) -> dict[Lang, MoveHeads]:
        """The heads by language, for the present examples and encoder."""
        key = _key(self._encoder.name, FORMAT, fingerprint(self._examples))
        paths = {lang: self._folder / f"moves-{lang}-{key}.npz" for lang in LANGS}
        if not all(path.exists() for path in paths.values()):
            examples = read_examples(self._examples)
            vectors = self.vectors(examples, progress)
            for lang, path in paths.items():
                chosen = [i for i, example in enumerate(examples) if example.lang == lang]
                heads = train([examples[i] for i in chosen], [vectors[i] for i in chosen])
                save_trained(heads, path)
            for old in set(self._folder.glob("moves-??-*.npz")) - set(paths.values()):
                old.unlink(missing_ok=True)
        return {lang: load_trained(MoveHeads, path) for lang, path in paths.items()}

    def vectors(self, examples: Sequence[Example], progress: Progress) -> list[Array]:
        """For each example one row a clause; what was encoded before is read from the folder."""
        path = self._folder / f"move-examples-{_key(self._encoder.name)}.npz"
        known = _read_rows(path)
        missing = [example for example in examples if _key(example.guest, example.staff) not in known]
        for start in range(0, len(missing), ENCODED_AT_ONCE):
            part = missing[start : start + ENCODED_AT_ONCE]
            said = [example.said for example in part]
            known |= zip((_key(one.before, one.text) for one in said), self._encoder.spans(said), strict=True)
            progress("moves", start + len(part), len(missing))
        if missing:
            _write_rows(path, known)
        return [known[_key(example.guest, example.staff)].astype(np.float32) for example in examples]


def _write_rows(path: Path, rows: Mapping[str, Array]) -> None:
    counts = np.array([len(row) for row in rows.values()], np.int32)
    stacked = np.concatenate(list(rows.values())).astype(np.float16)
    write_arrays(path, {"keys": np.array(list(rows)), "counts": counts, "rows": stacked})


def _read_rows(path: Path) -> dict[str, Array]:
    if not path.exists():
        return {}
    with np.load(path, allow_pickle=False) as stored:
        cut = np.split(stored["rows"], np.cumsum(stored["counts"])[:-1])
        return dict(zip(stored["keys"].tolist(), cut, strict=True))


@dataclass(frozen=True, slots=True)
class _Material:
    """Clauses of all examples in one row each: `owner` is the example's number, `shows` (clauses, moves)."""

    clauses: tuple[str, ...]
    owner: np.ndarray
    vectors: Array
    shows: np.ndarray
    examples: Sequence[Example]

    @property
    def makes(self) -> np.ndarray:
        """Shape (examples, moves)."""
        return np.array([[move in example.moves for move in MOVES] for example in self.examples])

    def strongest(self, decisions: Array) -> Array:
        """The highest decision of any clause, shape (examples, moves)."""
        best = np.full((len(self.examples), WIDTH), -np.inf, np.float32)
        np.maximum.at(best, self.owner, decisions)
        return best

    def means(self) -> Array:
        """The mean vector of each example's clauses."""
        summed = np.zeros((len(self.examples), self.vectors.shape[1]), np.float32)
        np.add.at(summed, self.owner, self.vectors)
        return np.asarray(summed / np.bincount(self.owner, minlength=len(self.examples))[:, None], np.float32)

    def evidence(self, decisions: Array) -> Array:
        """Shape (examples, moves + 2)."""
        rows = []
        for number in range(len(self.examples)):
            own = np.flatnonzero(self.owner == number)
            rows.append(evidence(decisions[own], [self.clauses[i] for i in own]))
        return np.stack(rows)


def train(examples: Sequence[Example], vectors: Sequence[Array]) -> MoveHeads:
    """Heads for one language. Raises ContentError where there is too little to learn from."""
    if len(examples) < LEAST_EXAMPLES:
        raise ContentError(
            f"corpus/drills/moves holds {len(examples)} examples of one language, at least {LEAST_EXAMPLES} are needed"
        )
    material = _material(examples, vectors)
    centre, scale = material.vectors.mean(axis=0), material.vectors.std(axis=0) + 1e-6
    given = np.asarray((material.vectors - centre) / scale, np.float32)
    gamma = GAMMA / given.shape[1]
    lengths = _lengths(given)
    likeness = bells(given, given, lengths, gamma)
    folds = _folds(len(examples))[material.owner]
    unseen = np.zeros((len(material.clauses), WIDTH), np.float32)
    for fold in range(FOLDS):
        inside, outside = np.flatnonzero(folds != fold), np.flatnonzero(folds == fold)
        meaning, bias = _fit_meaning(likeness[np.ix_(inside, inside)], material.shows[inside])
        terms = _TermFit([material.clauses[i] for i in inside], material.shows[inside])
        unseen[outside] = likeness[np.ix_(outside, inside)] @ meaning.T + bias
        unseen[outside] += terms.decision([material.clauses[i] for i in outside])
    slopes, offsets, thresholds = _calibrated(material.strongest(unseen), material.makes)
    meaning, bias = _fit_meaning(likeness, material.shows)
    terms = _TermFit(material.clauses, material.shows)
    return MoveHeads(
        by_meaning=Kernel(given, lengths, meaning, bias, centre, scale, gamma),
        by_grams=terms.grams(),
        by_words=terms.words(),
        term_bias=terms.bias,
        slopes=slopes,
        offsets=offsets,
        thresholds=thresholds,
        quality=_fit_quality(material, unseen),
    )


def _material(examples: Sequence[Example], vectors: Sequence[Array]) -> _Material:
    clauses, owner, shows = [], [], []
    for number, example in enumerate(examples):
        for start, end in clause_spans(example.staff):
            clauses.append(example.staff[start:end].strip())
            owner.append(number)
            shows.append([_shows(example, move, start, end) for move in MOVES])
    return _Material(tuple(clauses), np.array(owner), np.concatenate(list(vectors)), np.array(shows), examples)


def _shows(example: Example, move: str, start: int, end: int) -> bool:
    for quote in example.moves.get(move, ()):  # type: ignore[call-overload]
        place = example.staff.find(quote)
        while place >= 0:
            shared = min(end, place + len(quote)) - max(start, place)
            if shared > 0 and shared >= OVERLAP * min(end - start, len(quote)):
                return True
            place = example.staff.find(quote, place + 1)
    return False


def _folds(examples: int) -> np.ndarray:
    """A fold for each example: clauses of one reply stay together."""
    return np.random.default_rng(0).permutation(examples) % FOLDS


def _fit_meaning(likeness: Array, shows: np.ndarray) -> tuple[Array, Array]:
    """Weights (moves, examples) and bias (moves,) of one support vector machine a move."""
    from sklearn.svm import SVC

    weights, bias = np.zeros((WIDTH, len(likeness)), np.float32), np.full(WIDTH, -1.0, np.float32)
    for number in range(WIDTH):
        if 0 < shows[:, number].sum() < len(shows):
            machine = SVC(C=5.0, kernel="precomputed", class_weight="balanced", cache_size=500)
            machine.fit(likeness, shows[:, number])
            weights[number, machine.support_] = machine.dual_coef_[0]
            bias[number] = machine.intercept_[0]
    return weights, bias


class _TermFit:
    """Linear machines on characters and words."""

    def __init__(self, clauses: Sequence[str], shows: np.ndarray) -> None:
        from scipy.sparse import hstack
        from sklearn.svm import LinearSVC

        self._grams, self._words = _vectorizer(gram_features), _vectorizer(word_features)
        given = hstack([self._grams.fit_transform(clauses), self._words.fit_transform(clauses)]).tocsr()
        self._weights, self.bias = np.zeros((WIDTH, given.shape[1]), np.float32), np.full(WIDTH, -1.0, np.float32)
        for number in range(WIDTH):
            if 0 < shows[:, number].sum() < len(shows):
                machine = LinearSVC(C=0.5, class_weight="balanced", random_state=0).fit(given, shows[:, number])
                self._weights[number], self.bias[number] = machine.coef_[0], machine.intercept_[0]

    def decision(self, clauses: Sequence[str]) -> Array:
        """Shape (clauses, moves)."""
        from scipy.sparse import hstack

        given = hstack([self._grams.transform(clauses), self._words.transform(clauses)]).tocsr()
        return np.asarray(given @ self._weights.T + self.bias, np.float32)

    def grams(self) -> Terms:
        """The part for characters."""
        return _terms(self._grams, self._weights[:, : len(self._grams.vocabulary_)])

    def words(self) -> Terms:
        """The part for words."""
        return _terms(self._words, self._weights[:, len(self._grams.vocabulary_) :])


def _vectorizer(features: Callable[[str], list[str]]) -> Any:  # noqa: ANN401 (of an untyped package)
    from sklearn.feature_extraction.text import TfidfVectorizer

    return TfidfVectorizer(analyzer=features, min_df=2, sublinear_tf=True)


def _terms(vectorizer: Any, weights: Array) -> Terms:  # noqa: ANN401 (of an untyped package)
    vocabulary = {feature: int(column) for feature, column in vectorizer.vocabulary_.items()}
    return Terms(vocabulary, vectorizer.idf_.astype(np.float32), weights)


def _calibrated(decisions: Array, makes: np.ndarray) -> tuple[Array, Array, Array]:
    """From decisions on replies not learned from to chances, and the chance from which a move counts as found."""
    from sklearn.linear_model import LogisticRegression

    slopes, offsets = np.ones(WIDTH, np.float32), np.zeros(WIDTH, np.float32)
    for number in range(WIDTH):
        if 0 < makes[:, number].sum() < len(makes):
            fit = LogisticRegression(C=10.0).fit(decisions[:, number : number + 1], makes[:, number])
            slopes[number], offsets[number] = fit.coef_[0, 0], fit.intercept_[0]
    chances = 1.0 / (1.0 + np.exp(-(decisions * slopes + offsets)))
    grid = np.arange(0.2, 0.65, 0.01)
    scores = np.array([[_f1(chances[:, n] >= at, makes[:, n]) for at in grid] for n in range(WIDTH)])
    shared = grid[scores.mean(axis=0).argmax()]
    # Few examples make a move's own best threshold a matter of luck: it is drawn half-way to the shared one.
    return slopes, offsets, np.asarray((grid[scores.argmax(axis=1)] + shared) / 2, np.float32)


def _f1(found: np.ndarray, true: np.ndarray) -> float:
    both = (found & true).sum()
    return float(2 * both / max(1, found.sum() + true.sum()))


def _fit_quality(material: _Material, unseen: Array) -> QualityHead:
    """Ridge on two kernels; evidence is that of heads that had not seen the reply, as it will be in use."""
    levels = np.array([example.quality for example in material.examples], np.float32)
    means, signs = material.means(), material.evidence(unseen)
    meaning, evident = _standard(means, GAMMA), _standard(signs, EVIDENCE_GAMMA)
    likeness = bells(meaning.support, meaning.support, meaning.lengths, meaning.gamma)
    likeness += bells(evident.support, evident.support, evident.lengths, evident.gamma)
    folds, guessed = _folds(len(levels)), np.zeros(len(levels), np.float32)
    for fold in range(FOLDS):
        inside, outside = np.flatnonzero(folds != fold), np.flatnonzero(folds == fold)
        weights = _ridge(likeness[np.ix_(inside, inside)], levels[inside] - levels[inside].mean())
        guessed[outside] = likeness[np.ix_(outside, inside)] @ weights + levels[inside].mean()
    weights = _ridge(likeness, levels - levels.mean())[None]
    return QualityHead(
        by_meaning=_weighted(meaning, weights, float(levels.mean())),
        by_evidence=_weighted(evident, weights, 0.0),
        spread=float(np.sqrt(np.mean((guessed - levels) ** 2))),
    )


def _lengths(support: Array) -> Array:
    return np.asarray((support**2).sum(axis=1), np.float32)


def _standard(given: Array, width: float) -> Kernel:
    centre, scale = given.mean(axis=0), given.std(axis=0) + 1e-6
    support = np.asarray((given - centre) / scale, np.float32)
    empty = np.zeros((1, len(given)), np.float32)
    return Kernel(support, _lengths(support), empty, np.zeros(1, np.float32), centre, scale, width / given.shape[1])


def _weighted(kernel: Kernel, weights: Array, bias: float) -> Kernel:
    given = np.array([bias], np.float32)
    return Kernel(
        kernel.support, kernel.lengths, weights.astype(np.float32), given, kernel.centre, kernel.scale, kernel.gamma
    )


def _ridge(likeness: Array, values: Array) -> Array:
    return np.asarray(
        np.linalg.solve(likeness + STIFFNESS * np.eye(len(likeness), dtype=np.float32), values), np.float32
    )


def _key(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:24]
