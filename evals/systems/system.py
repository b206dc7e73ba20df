"""What can be evaluated: anything that answers a case."""

from __future__ import annotations

from typing import Protocol

from evals.answer import Answer
from evals.case import Case


class System(Protocol):
    """A system under test. `name` and `versions` go into the run file."""

    @property
    def name(self) -> str:
        """As given on the command line."""

    @property
    def versions(self) -> dict[str, str]:
        """What a reader needs to know to run the same again: models, corpus, address."""

    def answer(self, case: Case) -> Answer:
        """The answer to one case. Raises SystemFailed where the system gave none."""

    def close(self) -> None:
        """Give back what was opened."""
