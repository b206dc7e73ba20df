"""Named selections of cases."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence

from assistant.errors import UnknownName
from evals.case import Case, read_cases

QUICK = 2
"""Of how many cases of a kind and language one is in the quick suite; twins go together."""
Chosen = Callable[[Case], bool]


def _in_quick(case: Case) -> bool:
    return int(hashlib.sha256(case.cluster.encode()).hexdigest(), 16) % QUICK == 0


SUITES: Mapping[str, Chosen] = {
    "full": lambda _: True,
    "dev": lambda case: case.split == "dev",
    "test": lambda case: case.split == "test",
    "quick": _in_quick,
}


def suite(name: str) -> tuple[Case, ...]:
    """The cases of a suite. Raises UnknownName with the names there are."""
    if name not in SUITES:
        raise UnknownName(f"there is no suite {name!r}; known: {', '.join(SUITES)}")
    return tuple(case for case in read_cases() if SUITES[name](case))


def fingerprint(cases: Sequence[Case]) -> str:
    """Changes with any case."""
    return hashlib.sha256("\n".join(case.model_dump_json() for case in cases).encode()).hexdigest()[:12]
