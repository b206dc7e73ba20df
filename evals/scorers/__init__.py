"""One measure a file. A measure that cannot be taken of an answer is not scored, and never passed."""

from evals.scorers.registry import MEASURES as MEASURES
from evals.scorers.registry import measure_named as measure_named
