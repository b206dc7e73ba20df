"""A run in the forms that other evaluation tools read.

promptfoo: https://www.promptfoo.dev/docs/configuration/reference/ ; the advice stands in `providerOutput`, so that
`promptfoo eval` asks nobody and goes straight to the assertions. They replay what this run was scored.
RAGAS: https://docs.ragas.io/en/stable/concepts/components/eval_dataset/ ; `EvaluationDataset.from_jsonl` reads it.
"""

from __future__ import annotations

import json
import re
from typing import Any

import yaml

from evals.answer import Answer, AnsweredAction
from evals.case import Case
from evals.report.names import Names, shipped_names
from evals.report.texts import say
from evals.run import CaseRun, Run
from evals.scorers import MEASURES
from evals.scorers.measure import Measure

ANSWERED = "answered"


def to_promptfoo(run: Run) -> str:
    """A promptfoo configuration with the cases as tests, the advice as their outputs and the scores as assertions."""
    config = {
        "description": f"Improv: {_inert(run.system)}, suite {run.suite}, commit {run.provenance.commit}",
        "prompts": ["{{incident}}"],
        # Only asked where a test has no output of its own, and none has none.
        "providers": [{"id": "echo", "label": _inert(run.system)}],
        "tests": [_test(one) for one in run.cases],
    }
    return yaml.dump(config, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, width=1000)


def to_ragas(run: Run, names: Names | None = None) -> str:
    """A line for each case. A case without an answer has an empty response: it is not left out, and not passed."""
    known = shipped_names() if names is None else names
    return "".join(json.dumps(_sample(one, known), ensure_ascii=False) + "\n" for one in run.cases)


def advice_text(answer: Answer, case: Case) -> str:
    """The advice as staff read it, in the language of the case."""
    parts = [answer.goal, *_listed(answer.actions)]
    for key, lines in (("worst.options", answer.options), ("worst.avoid", answer.avoid)):
        parts += [f"{say(key, case.lang)}:", *_listed(lines)] if lines else []
    return "\n".join(part for part in parts if part)


def _listed(lines: tuple[AnsweredAction, ...]) -> list[str]:
    return [f"{number}. {line.text}" + (f" “{line.say}”" if line.say else "") for number, line in enumerate(lines, 1)]


def _test(one: CaseRun) -> dict[str, Any]:
    case, answer = one.case, _answer(one)
    output = advice_text(answer, case) if answer else ""
    found = {
        "description": case.id,
        "vars": {"incident": _inert(case.text)},
        # An empty output would make promptfoo ask the provider.
        "providerOutput": _inert(output or f"(no answer: {one.failed or 'empty'})"),
        "assert": _assertions(one),
        "metadata": _metadata(one, answer),
    }
    return found


def _assertions(one: CaseRun) -> list[dict[str, Any]]:
    answered = {"type": "javascript", "metric": ANSWERED, "value": "true" if one.answer is not None else "false"}
    return [answered, *(_assertion(measure) for measure in MEASURES if _asserted(measure, one))]


def _asserted(measure: Measure, one: CaseRun) -> bool:
    return measure.target is not None and measure.name in one.scores


def _assertion(measure: Measure) -> dict[str, Any]:
    """The release's target, asked of each case."""
    score = f"context.test.metadata.scores.{measure.name}"
    if measure.better == "higher":
        return {"type": "javascript", "metric": measure.name, "value": score, "threshold": measure.target}
    return {"type": "javascript", "metric": measure.name, "value": f"{score} <= {measure.target}"}


def _metadata(one: CaseRun, answer: Answer | None) -> dict[str, Any]:
    case = one.case
    return {
        "lang": case.lang,
        "sector": case.sector,
        "kind": case.kind,
        "hazard": case.hazard,
        "split": case.split,
        "twin": case.twin,
        "relevant": [f"{name}={grade}" for name, grade in case.relevant.items()],
        "playbooks": list(answer.playbooks) if answer else [],
        "scores": {name: score.value for name, score in one.scores.items()},
    }


def _sample(one: CaseRun, names: Names) -> dict[str, Any]:
    case, answer = one.case, _answer(one)
    return {
        "user_input": case.text,
        "response": advice_text(answer, case) if answer else "",
        "retrieved_contexts": list(dict.fromkeys(source.quote for source in answer.sources)) if answer else [],
        "reference": _reference(case, names),
        "retrieved_context_ids": list(answer.playbooks) if answer else [],
        "reference_context_ids": [name for name in case.relevant if name in case.right],
    }


def _reference(case: Case, names: Names) -> str:
    """What the advice must and should hold, as a person wrote it; what it must not is no part of a reference."""
    wanted = [criterion for need in ("must", "should") for criterion in case.criteria if criterion.need == need]
    return "\n".join(f"- {names.concept(criterion.concept, case.lang)}" for criterion in wanted)


def _answer(one: CaseRun) -> Answer | None:
    return Answer.from_json(one.answer) if one.answer is not None else None


def _inert(text: str) -> str:
    """promptfoo fills in templates and loads files named in texts; what an incident says is neither."""
    apart = re.sub(r"\{(?=[{%#])", "{ ", text)
    return f" {apart}" if re.match(r"(file|package|https?|exec|python|huggingface|env)\W", apart) else apart
