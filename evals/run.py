"""Runs a suite on a system: answers, scores, and a file that says it all.

Answers are written down one by one beside the run file, so that a killed run goes on where it stopped.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import Field, ValidationError

from assistant.advice.envelope import load_envelope
from assistant.knowledge.corpus import Corpus
from assistant.settings import load_settings
from evals.agreement import check_labels
from evals.answer import Answer
from evals.case import Case, Strict
from evals.concepts import load_concepts
from evals.entries import entries_of
from evals.errors import BadRunFile, SystemFailed
from evals.labels import Found, line_labels
from evals.provenance import Provenance, provenance
from evals.scorers import MEASURES
from evals.scorers.measure import Instruments
from evals.statistics import Estimate, estimate
from evals.suites import fingerprint
from evals.systems.system import System

FORMAT = 1
Progress = Callable[[int, int], None]


class Scored(Strict):
    """One measure of one case."""

    value: float
    why: tuple[str, ...] = ()


class CaseRun(Strict):
    """One case answered and scored; `failed` says why there is no answer.

    Measures that are not among `scores` were not scored.
    """

    case: Case
    answer: dict[str, Any] | None
    failed: str = ""
    scores: dict[str, Scored] = Field(default_factory=dict)


class Run(Strict):
    """A whole run, as it stands in its file."""

    format: int = FORMAT
    suite: str
    system: str
    seed: int
    provenance: Provenance
    kappa: tuple[float, float, float]
    """Agreement of the criterion matcher with people: κ and its 95 % interval."""
    cases: tuple[CaseRun, ...]

    def values(self, measure: str, chosen: Callable[[Case], bool] = lambda _: True) -> tuple[list[float], list[str]]:
        """Values and clusters of the cases that were scored."""
        scored = [run for run in self.cases if measure in run.scores and chosen(run.case)]
        return [run.scores[measure].value for run in scored], [run.case.cluster for run in scored]

    def estimate(self, measure: str, chosen: Callable[[Case], bool] = lambda _: True) -> Estimate | None:
        """The mean of a measure over some of the cases; None where nothing was scored."""
        values, clusters = self.values(measure, chosen)
        return estimate(values, clusters, self.seed) if values else None

    @property
    def failures(self) -> tuple[CaseRun, ...]:
        """Cases without an answer."""
        return tuple(run for run in self.cases if run.failed)


class SecondOpinion(NamedTuple):
    """Who decides wording that is not the corpus' own; `named` tells such runs from others."""

    found: Found
    named: str


def run_suite(
    name: str,
    cases: Sequence[Case],
    system: System,
    seed: int,
    partial: Path | None,
    progress: Progress,
    *,
    timed: bool = True,
    judge: SecondOpinion | None = None,
) -> Run:
    """Answer and score every case. Raises MatcherUntrusted where criteria could not be decided.

    `judge` decides wording that is not the corpus' own; without one that is not scored.
    """
    corpus = Corpus(load_settings().corpus)
    playbooks = corpus.playbooks()
    lines = line_labels(playbooks, judge.found if judge else None)
    kappa = check_labels(lines)
    instruments = Instruments(load_concepts(), lines, load_envelope(corpus), entries_of(playbooks))
    made_with = provenance(corpus.root, {**system.versions, **({"judge": judge.named} if judge else {})})
    header = {"system": system.name, "cases": fingerprint(cases), "made": made_with.model_dump()}
    runs = []
    for answered in _answers(cases, system, header, partial, progress):
        answer = answered.answer
        if answer is not None and not timed:
            answer = {**answer, "seconds": 0.0}
        scores = _scores(answered.case, Answer.from_json(answer), instruments) if answer is not None else {}
        runs.append(CaseRun(case=answered.case, answer=answer, failed=answered.failed, scores=scores))
    return Run(
        suite=name,
        system=system.name,
        seed=seed,
        provenance=made_with,
        kappa=(kappa.kappa, kappa.low, kappa.high),
        cases=tuple(runs),
    )


def write_run(run: Run, path: Path) -> None:
    """Write beside the target and rename: a killed process leaves no half file."""
    draft = path.with_name(f"{path.name}.{os.getpid()}.draft")
    draft.write_text(run.model_dump_json(indent=1) + "\n", encoding="utf-8")
    draft.replace(path)


def read_run(path: Path) -> Run:
    """Raises BadRunFile."""
    try:
        run = Run.model_validate_json(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise BadRunFile(f"{path} cannot be read ({error.strerror}); make it with `improv eval run --json`") from error
    except (ValidationError, UnicodeDecodeError) as error:
        raise BadRunFile(f"{path} is no run file of this version; make it with `improv eval run --json`") from error
    if run.format != FORMAT:
        raise BadRunFile(f"{path} has format {run.format}, this program reads {FORMAT}; run the suite again")
    return run


def _scores(case: Case, answer: Answer, instruments: Instruments) -> dict[str, Scored]:
    found = {measure.name: measure.score(case, answer, instruments) for measure in MEASURES}
    return {name: Scored(value=s.value, why=s.why) for name, s in found.items() if s is not None}


def _answers(
    cases: Sequence[Case], system: System, header: dict[str, Any], partial: Path | None, progress: Progress
) -> Iterator[CaseRun]:
    known = _resume(partial, header) if partial else {}
    with _Journal(partial, header, known) as journal:
        for number, case in enumerate(cases, 1):
            answered = known.get(case.id) or _ask(system, case)
            if case.id not in known:
                journal.add(answered)
            progress(number, len(cases))
            yield answered


def _ask(system: System, case: Case) -> CaseRun:
    try:
        return CaseRun(case=case, answer=system.answer(case).to_json())
    except SystemFailed as error:
        return CaseRun(case=case, answer=None, failed=str(error))


def _resume(partial: Path, header: dict[str, Any]) -> dict[str, CaseRun]:
    """What an earlier run with the very same cases, code and system got done; a torn last line is left out."""
    if not partial.exists():
        return {}
    lines = partial.read_text(encoding="utf-8", errors="replace").splitlines()
    if not lines or lines[0] != json.dumps(header, ensure_ascii=False, sort_keys=True):
        return {}
    done = {}
    for line in lines[1:]:
        try:
            read = CaseRun.model_validate_json(line)
        except ValidationError:
            break
        done[read.case.id] = read
    return done


class _Journal:
    """The answers so far, a line each; removed when the run is complete."""

    def __init__(self, path: Path | None, header: dict[str, Any], known: dict[str, CaseRun]) -> None:
        self._path = path
        self._file = path.open("w", encoding="utf-8") if path else None
        if self._file:
            self._write(json.dumps(header, ensure_ascii=False, sort_keys=True))
            for run in known.values():
                self._write(run.model_dump_json())

    def __enter__(self) -> _Journal:
        return self

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        if self._file:
            self._file.close()
            if kind is None and self._path:
                self._path.unlink(missing_ok=True)

    def add(self, run: CaseRun) -> None:
        if self._file:
            self._write(run.model_dump_json())

    def _write(self, line: str) -> None:
        assert self._file is not None
        self._file.write(line + "\n")
        self._file.flush()
