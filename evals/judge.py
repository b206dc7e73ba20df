"""A chat model as a second opinion on free wording; heard only after it agreed with people on the labelled pairs."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from langchain_core.language_models import BaseChatModel
from openai import OpenAIError

from assistant.domain.language import language_of
from assistant.domain.vocabulary import in_lang
from assistant.prompts import PromptFolder
from evals.agreement import LEAST_KAPPA, Agreement, MatcherUntrusted, agreement, read_labelled
from evals.concepts import load_concepts
from evals.errors import SystemFailed

PROMPTS = Path(__file__).resolve().parents[1] / "prompts"
YES = ("yes", "是", "对")


class ModelJudge:
    """Asks the model for each (concept, text) once."""

    def __init__(self, model: BaseChatModel) -> None:
        self._model = model
        self._prompts = PromptFolder(PROMPTS).read("judge_criterion")
        self.found = lru_cache(maxsize=100_000)(self._found)

    def _found(self, concept: str, text: str) -> bool:
        lang = language_of(text)
        meant = load_concepts()[concept]
        criterion = in_lang({"en": meant.en, "zh": meant.zh}, lang)
        try:
            reply = self._model.invoke(self._prompts[lang].filled({"criterion": criterion, "line": text})[1])
        except OpenAIError as error:
            raise SystemFailed(f"the judge did not answer ({error})") from error
        return str(reply.text).strip().strip("\"'“”‘’。.").casefold().startswith(YES)


def admitted(model: BaseChatModel) -> tuple[ModelJudge, Agreement]:
    """The judge, with its agreement. Raises MatcherUntrusted where it agrees with people too little."""
    judge = ModelJudge(model)
    measured = agreement(lambda pair: judge.found(pair.concept, pair.text), read_labelled("labelled_free"))
    if not measured.enough:
        raise MatcherUntrusted(
            f"the judge model agrees with the hand labels at κ = {measured.kappa:.2f} only (least: {LEAST_KAPPA}); "
            "use a better model, or run without --judge"
        )
    return judge, measured
