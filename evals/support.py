"""Fits the checker of meaning (`assistant/truth/meaning.py`) on labelled pairs, and says how well it holds.

    python -m evals.support            # measure, by folds: no pair is judged by what was fitted on its evidence
    python -m evals.support --write    # and write the checker fitted on all pairs

A pair counts as shown where the exact facts agree and the meaning is likely enough, as in the product. Beside the
labelled pairs two kinds are made of them, so that the checker learns more than how they were written: lines that are
kept as they are or nearly so (supported), and the claims of other lines (unsupported).
"""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import yaml
from pydantic import TypeAdapter
from sklearn.metrics import f1_score
from sklearn.model_selection import GroupKFold
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC

from assistant.assembly import open_improv
from assistant.domain.vocabulary import LANGS, Authority, Lang
from assistant.index.ports import Embedder
from assistant.knowledge.sentences import sentences
from assistant.truth.facts import FactChecker
from assistant.truth.grounds import Grounds
from assistant.truth.meaning import Judge, MeaningChecker, save_judge
from assistant.truth.verifier import LEAST
from evals.case import Strict

PAIRS = Path(__file__).with_name("cases") / "support"
FOLDS = 10
SLACK, GAMMA = 10.0, 0.01
"""Of the machine: see “Support” in DECISIONS.md for what was tried."""
COUNTS = {"kept": 0.3, "stranger": 0.4}
"""How much a made pair counts beside a labelled one."""
STEP = 37
"""Claims this far apart in the file seldom cite the same card."""
POLITE = {"en": ("Please ", "Now, ", "Kindly ", "Then "), "zh": ("请", "请您", "麻烦", "现在就")}
Array = np.ndarray


class Pair(Strict):
    """A claim and what it cites; `kind` says what was done to it."""

    id: str
    lang: Lang
    kind: str
    supported: bool
    evidence: tuple[str, ...]
    claim: str
    incident: str = ""
    resources: tuple[str, ...] = ()
    owner: str = ""
    authority: Authority = "self"

    @property
    def grounds(self) -> Grounds:
        """What the checker is given."""
        return Grounds(self.lang, self.evidence, self.incident, self.resources, self.owner, self.authority)

    def made(self, kind: str, claim: str) -> Pair:
        """Another claim on the same evidence."""
        return self.model_copy(update={"kind": kind, "claim": claim, "supported": kind == "kept"})


def read_pairs() -> list[Pair]:
    """All labelled pairs."""
    read = TypeAdapter(list[Pair]).validate_python
    return [p for lang in LANGS for p in read(yaml.safe_load((PAIRS / f"{lang}.yaml").read_text(encoding="utf-8")))]


def strangers(pairs: list[Pair], embedder: Embedder) -> list[Pair]:
    """Each evidence with the claim of any other, and with that of the likest other: a model may say anything."""
    found = []
    for lang in LANGS:
        own = [pair for pair in pairs if pair.lang == lang]
        lines, claims = (
            embedder.passages(texts) for texts in ([" ".join(p.evidence) for p in own], [p.claim for p in own])
        )
        same = np.array([[pair.evidence == other.evidence for other in own] for pair in own])
        likest = np.where(same, -1.0, lines @ claims.T).argmax(axis=1)
        for place, pair in enumerate(own):
            others = (own[(place + STEP) % len(own)], own[likest[place]])
            found += [pair.made("stranger", other.claim) for other in others if other.evidence != pair.evidence]
    return found


def kept(pairs: list[Pair]) -> list[Pair]:
    """Every line as it is, said more politely, and one sentence of it."""
    found = {}
    for number, pair in enumerate(pairs):
        for line in pair.evidence[:2]:
            polite = POLITE[pair.lang][number % 4]
            lowered = line if pair.lang == "zh" or line.startswith(("I ", "I'")) else line[0].lower() + line[1:]
            told = sentences(line)
            for claim in (line, polite + lowered, told[number % len(told)]):
                found[pair.evidence, claim] = pair.made("kept", claim)
    return list(found.values())


@dataclass(frozen=True, slots=True)
class Table:
    """One row a pair."""

    pairs: list[Pair]
    names: tuple[str, ...]
    features: Array
    exact: Array

    def where(self, kind: str) -> Array:
        """Which pairs are of a made kind, or `labelled`."""
        return np.array([(pair.kind if pair.kind in COUNTS else "labelled") == kind for pair in self.pairs])

    @property
    def supported(self) -> Array:
        """What is true of each pair."""
        return np.array([pair.supported for pair in self.pairs])

    @property
    def counts(self) -> Array:
        """How much each pair counts in fitting."""
        return np.array([COUNTS.get(pair.kind, 1.0) for pair in self.pairs])

    @property
    def groups(self) -> list[str]:
        """Pairs over the same evidence are judged together."""
        return ["|".join(pair.evidence) for pair in self.pairs]


def tabulate(pairs: list[Pair], checker: MeaningChecker, facts: FactChecker) -> Table:
    """Features and exact agreement of every pair."""
    named = [checker.features(pair.claim, pair.grounds) for pair in pairs]
    agreeing = [not facts.added(pair.claim, pair.grounds) for pair in pairs]
    rows = np.array([[value for _, value in row] for row in named], np.float32)
    return Table(pairs, tuple(name for name, _ in named[0]), rows, np.array(agreeing))


def fit(table: Table, rows: Array) -> Judge:
    """The judge fitted on these rows of the table."""
    given = table.features[rows]
    scaler = StandardScaler().fit(given[~table.where("stranger")[rows]])
    machine = SVC(C=SLACK, gamma=GAMMA)
    machine.fit(scaler.transform(given), table.supported[rows], sample_weight=table.counts[rows])
    fitted = (scaler.mean_, scaler.scale_, machine.support_vectors_, machine.dual_coef_[0])
    centre, scale, support, weights = (part.astype(np.float32) for part in fitted)
    return Judge(table.names, centre, scale, support, weights, float(machine.intercept_[0]), GAMMA)


def out_of_fold(table: Table) -> Array:
    """What each pair is given by a judge that has not seen its evidence."""
    chances = np.zeros(len(table.pairs))
    for known, asked in GroupKFold(FOLDS).split(table.features, table.supported, table.groups):
        judge = fit(table, known)
        chances[asked] = [judge.chance(row) for row in table.features[asked]]
    return chances


def f1(table: Table, shown: Array, lang: Lang) -> tuple[float, float]:
    """F1 of telling the supported and the unsupported among the labelled pairs of one language."""
    rows = np.array([pair.lang == lang for pair in table.pairs]) & table.where("labelled")
    truth, said = table.supported[rows], shown[rows]
    return float(f1_score(truth, said)), float(f1_score(~truth, ~said))


def report(table: Table, shown: Array) -> None:
    """Print the scores, and what goes wrong how often."""
    for lang in LANGS:
        print(lang, "F1 supported {:.3f}, unsupported {:.3f}".format(*f1(table, shown, lang)))
    for kind in COUNTS:
        print(f"{kind}: {int(shown[table.where(kind)].sum())} of {int(table.where(kind).sum())} shown")
    labelled = [(p, s) for p, s, told in zip(table.pairs, shown, table.where("labelled"), strict=True) if told]
    wrong = Counter((pair.kind, pair.supported) for pair, said in labelled if pair.supported != said)
    for (kind, supported), count in wrong.most_common():
        print(f"  {kind}: {count} {'turned away' if supported else 'let through'}")


def main() -> None:
    """Measure by folds; with `--write` fit on everything."""
    with open_improv() as improv:
        pairs = read_pairs()
        table = tabulate(
            [*pairs, *strangers(pairs, improv.embedder), *kept(pairs)], improv.meaning(fitted=False), improv.facts
        )
    report(table, (out_of_fold(table) >= LEAST) & table.exact)
    if "--write" in sys.argv:
        save_judge(fit(table, np.arange(len(table.pairs))))


if __name__ == "__main__":
    main()
