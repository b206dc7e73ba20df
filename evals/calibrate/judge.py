"""A judge: a logistic regression whose weights are copied into the product, judged where it was not fitted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

FOLDS = 6


@dataclass(frozen=True, slots=True)
class Judge:
    """Weights of plain features; `chances`, shape (texts,), are of folds that were not fitted on."""

    weights: tuple[float, ...]
    intercept: float
    chances: NDArray[np.float64]

    def show(self, prefix: str = "") -> None:
        """Print what is copied."""
        print(f"{prefix}WEIGHTS =", self.weights)
        print(f"{prefix}INTERCEPT =", self.intercept)


def fit_judge(
    given: NDArray[np.float64],
    wanted: NDArray[np.bool_],
    kinds: Sequence[str],
    counts: NDArray[np.float64] | None = None,
    *,
    strength: float = 1.0,
    balanced: bool = False,
) -> Judge:
    """`given`: shape (texts, features). Every fold has its share of each of `kinds`; a text counts `counts` times."""
    logistic = LogisticRegression(C=strength, class_weight="balanced" if balanced else None, max_iter=3000)
    model = make_pipeline(StandardScaler(), logistic)
    weighed = {"logisticregression__sample_weight": np.ones(len(given)) if counts is None else counts}
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=0).split(given, kinds)
    chances = cross_val_predict(model, given, wanted, cv=folds, method="predict_proba", params=weighed)[:, 1]
    scaler, fitted = model.fit(given, wanted, **weighed)
    weights = fitted.coef_[0] / scaler.scale_
    intercept = float(fitted.intercept_[0] - weights @ scaler.mean_)
    return Judge(tuple(round(float(weight), 3) for weight in weights), round(intercept, 3), chances)
