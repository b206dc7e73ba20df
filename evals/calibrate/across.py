"""Fits the probability that a playbook fits which lacks the text's language (`assistant/retrieval/coverage.py`).

    python -m evals.calibrate across

Every card is taken as if it were written in the other language alone. Prints the weights to copy, and right and
needless silence on folds that were not fitted on.
"""

from __future__ import annotations

import numpy as np

from assistant.assembly import Improv
from assistant.domain.language import language_of
from assistant.domain.vocabulary import LANGS
from assistant.index.signals import signal_vectors
from assistant.retrieval import coverage
from assistant.retrieval.recogniser import Recogniser
from assistant.situation.clauses import weight
from evals.calibrate.cards import in_one_language
from evals.calibrate.coverage import STRENGTH, read_told
from evals.calibrate.judge import fit_judge

SOURCES = ("long", "uncovered", "other hands")


def calibrate(improv: Improv) -> None:
    """Fit, and report on folds."""
    playbooks = [playbook for playbook in improv.playbooks() if not playbook.id.startswith("general.")]
    recognisers = {}
    for lang in LANGS:
        foreign = [in_one_language(playbook, "en" if lang == "zh" else "zh") for playbook in playbooks]
        recognisers[lang] = Recogniser(foreign, signal_vectors(foreign, improv.embedder))
    chosen = [told for told in read_told() if told.source in SOURCES]
    rows, covered = [], []
    for one, vector in zip(chosen, improv.embedder.incidents([told.text for told in chosen]), strict=True):
        lang = language_of(one.text)
        recognition = recognisers[lang].recognise(one.text, vector, lang)
        place, odds = int(recognition.fused.argmax()), improv.heads.odds(vector)
        rows.append(coverage.features_across(recognition, place, weight(one.text), odds))
        covered.append(one.covered)
    fits = np.array(covered)
    judge = fit_judge(np.array(rows), fits, [str(one) for one in covered], strength=STRENGTH, balanced=True)
    judge.show("ACROSS_")
    silent = judge.chances < coverage.COVERED
    print(f"right silence {silent[~fits].mean():.3f}, needless silence {silent[fits].mean():.3f}")
