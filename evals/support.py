"""Fits the checker of meaning (`assistant/truth/meaning.py`) on labelled pairs, and says how well it holds.

    python -m evals.support            # measure, by folds: no pair is judged by what was fitted on its evidence
    python -m evals.support --write    # and write the weights fitted on all pairs

A pair counts as shown where the exact facts agree and the meaning is likely enough, as in the product.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import yaml
from pydantic import TypeAdapter
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.model_selection import GroupKFold
from sklearn.preprocessing import StandardScaler

from assistant.assembly import open_improv
from assistant.domain.vocabulary import LANGS, Authority, Lang
from assistant.truth.facts import FactChecker
from assistant.truth.grounds import Grounds
from assistant.truth.meaning import WEIGHTS, Judge, MeaningChecker, Weights
from assistant.truth.verifier import LEAST
from evals.case import Strict

PAIRS = Path(__file__).with_name("cases") / "support"
FOLDS = 10
MEANING_STRENGTH, RELATED_STRENGTH = 0.3, 0.1
"""Inverse of the regularisation: best of 0.003 to 3 by folds."""
STEP = 37
"""Claims this far apart in the file seldom cite the same card."""
WHAT = ("supported", "unsupported")
Array = np.ndarray


class Pair(Strict):
    """A claim and what it cites; `kind` says what was done to it."""

    id: str
    lang: Lang
    kind: str
    supported: bool
    evidence: list[str]
    claim: str
    incident: str = ""
    resources: tuple[str, ...] = ()
    owner: str = ""
    authority: Authority = "self"

    @property
    def grounds(self) -> Grounds:
        """What the checker is given."""
        return Grounds(self.lang, tuple(self.evidence), self.incident, self.resources, self.owner, self.authority)


def read_pairs() -> list[Pair]:
    """All labelled pairs."""
    read = TypeAdapter(list[Pair]).validate_python
    return [p for lang in LANGS for p in read(yaml.safe_load((PAIRS / f"{lang}.yaml").read_text(encoding="utf-8")))]


def strangers(pairs: list[Pair]) -> list[Pair]:
    """Each evidence with the claim of another: most of what a model may say has nothing to do with the line."""
    found = []
    for lang in LANGS:
        own = [pair for pair in pairs if pair.lang == lang]
        for place, pair in enumerate(own):
            other = own[(place + STEP) % len(own)]
            if other.evidence != pair.evidence:
                changes = {"claim": other.claim, "supported": False, "kind": "stranger", "id": f"{pair.id}-stranger"}
                found.append(pair.model_copy(update=changes))
    return found


@dataclass(frozen=True, slots=True)
class Table:
    """One row a pair."""

    pairs: list[Pair]
    features: Array
    supported: Array
    exact: Array

    @property
    def labelled(self) -> Array:
        """Which pairs people labelled."""
        return np.array([pair.kind != "stranger" for pair in self.pairs])

    @property
    def groups(self) -> list[str]:
        """Pairs over the same evidence are judged together."""
        return ["|".join(pair.evidence) for pair in self.pairs]


def tabulate(pairs: list[Pair], checker: MeaningChecker, facts: FactChecker) -> Table:
    """Features and exact agreement of every pair."""
    rows = [[value for _, value in checker.features(pair.claim, pair.grounds)] for pair in pairs]
    agreeing = [not facts.added(pair.claim, pair.grounds) for pair in pairs]
    return Table(pairs, np.array(rows), np.array([pair.supported for pair in pairs]), np.array(agreeing))


def fit(table: Table, rows: Array, names: list[str]) -> Judge:
    """Both models fitted on these rows of the table."""
    labelled = rows[table.labelled[rows]]
    apart = rows[~table.labelled[rows] | table.supported[rows]]
    return Judge(names, _weights(table, apart, RELATED_STRENGTH), _weights(table, labelled, MEANING_STRENGTH))


def _weights(table: Table, rows: Array, strength: float) -> Weights:
    scaler = StandardScaler().fit(table.features[rows])
    model = LogisticRegression(C=strength, max_iter=5000)
    model.fit(scaler.transform(table.features[rows]), table.supported[rows])
    centre, scale, weight = ([round(float(v), 5) for v in row] for row in (scaler.mean_, scaler.scale_, model.coef_[0]))
    return Weights(centre, scale, weight, round(float(model.intercept_[0]), 5))


def out_of_fold(table: Table, names: list[str]) -> Array:
    """What each pair is given by models that have not seen its evidence."""
    chances = np.zeros(len(table.pairs))
    for known, asked in GroupKFold(FOLDS).split(table.features, table.supported, table.groups):
        judge = fit(table, known, names)
        chances[asked] = [judge.chance(row) for row in table.features[asked]]
    return chances


def f1(table: Table, shown: Array, lang: Lang, what: str) -> float:
    """F1 of telling `what` in one language."""
    of_lang = np.array([pair.lang == lang for pair in table.pairs]) & table.labelled
    truth, said = table.supported[of_lang], shown[of_lang]
    return float(f1_score(truth, said) if what == "supported" else f1_score(~truth, ~said))


def main() -> None:
    """Measure by folds; with `--write` fit on everything."""
    with open_improv() as improv:
        facts, checker = improv.facts, improv.meaning(fitted=False)
        pairs = read_pairs()
        table = tabulate([*pairs, *strangers(pairs)], checker, facts)
        pair = table.pairs[0]
        names = [name for name, _ in checker.features(pair.claim, pair.grounds)]
    shown = (out_of_fold(table, names) >= LEAST) & table.exact
    for lang in LANGS:
        scores = {what: f1(table, shown, lang, what) for what in WHAT}
        print(lang, ", ".join(f"F1 {what} {score:.3f}" for what, score in scores.items()))
    wrong = Counter((p.kind, p.supported) for p, s in zip(table.pairs, shown, strict=True) if p.supported != s)
    print("claims of other lines let through:", int(shown[~table.labelled].sum()), "of", int((~table.labelled).sum()))
    for (kind, supported), count in wrong.most_common():
        print(f"  {kind}: {count} {'turned away' if supported else 'let through'}")
    if "--write" in sys.argv:
        judge = fit(table, np.arange(len(table.pairs)), names)
        WEIGHTS.write_text(json.dumps(asdict(judge), indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
