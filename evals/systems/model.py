"""The chat model that the settings name."""

from __future__ import annotations

from langchain_core.language_models import BaseChatModel

from assistant.errors import SetupError
from assistant.settings import load_settings

SEED = 0
TIME_OUT_S = 120.0


def open_model() -> BaseChatModel:
    """The model of `IMPROV_LLM_*`, at temperature 0. Raises SetupError where none is named."""
    from langchain_openai import ChatOpenAI

    settings = load_settings()
    if not settings.llm_base_url or not settings.llm_model:
        raise SetupError("no language model is named; set IMPROV_LLM_BASE_URL and IMPROV_LLM_MODEL")
    key = settings.llm_api_key.get_secret_value() or "none"
    return ChatOpenAI(
        base_url=settings.llm_base_url,
        model=settings.llm_model,
        api_key=lambda: key,
        temperature=0.0,
        seed=SEED,
        timeout=TIME_OUT_S,
        max_retries=1,
    )
