"""Joins the parts of refinement as the settings say."""

from __future__ import annotations

from collections.abc import Callable

from assistant.knowledge.corpus import Corpus
from assistant.privacy.names import load_names
from assistant.prompts import PromptFolder
from assistant.records.refinements import RefinementRecord, RefinementStore
from assistant.refinement.budget import Budget, Limits, Usage
from assistant.refinement.endpoint import open_endpoint
from assistant.refinement.merge import Crossed
from assistant.refinement.refiner import TASK, Refinement, Refiner
from assistant.settings import Settings
from assistant.truth.verifier import Verifier


def build_refiner(
    settings: Settings,
    corpus: Corpus,
    verifier: Verifier,
    crossed: Crossed,
    store: RefinementStore,
    locked: Callable[[], frozenset[str]],
) -> Refiner:
    """The refiner for the model that the settings name. Raises ContentError for a broken prompt or word list."""
    names = load_names(corpus)
    key = settings.llm_api_key.get_secret_value()
    limits = Limits(
        settings.llm_tokens_per_request,
        settings.llm_tokens_per_day,
        settings.llm_cost_per_day,
        settings.llm_price_in,
        settings.llm_price_out,
    )
    return Refiner(
        endpoint=open_endpoint(settings.llm_base_url, settings.llm_model, key, timeout_s=settings.llm_timeout_s),
        model=settings.llm_model,
        prompts=PromptFolder(settings.prompts).read(TASK),
        names=names,
        verifier=verifier,
        crossed=crossed,
        budget=Budget(limits, lambda: Usage(*store.tokens_today())),
        locked=locked,
    )


def record_of(advice_id: str, done: Refinement) -> RefinementRecord:
    """What is written down of it."""
    return RefinementRecord(
        advice_id=advice_id,
        model=done.model,
        prompt=done.prompt,
        outcome=done.outcome,
        sent=done.usage.sent,
        received=done.usage.received,
        seconds=done.seconds,
        refused=done.refused,
        advice=done.advice,
    )
