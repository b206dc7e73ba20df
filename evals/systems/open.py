"""Names of systems → systems."""

from __future__ import annotations

from assistant.errors import UnknownName
from assistant.settings import load_settings
from evals.systems.system import System

KNOWN = {
    "product": "the product",
    "product-refined": "the product with the model of IMPROV_LLM_* rewording its advice",
    "product-no-words": "without word search",
    "product-no-vectors": "without vectors",
    "product-no-signals": "playbooks known by their titles only",
    "product-no-alarm": "without the reading of danger",
    "product-no-merging": "one playbook an incident",
    "langchain-chroma": "LangChain and Chroma over the playbooks' titles and steps, top 8 chunks",
    "langchain-chroma-signals": "the same over titles and signals, the first 8 lines of the nearest playbook",
    "bm25": "BM25 alone, top 8 chunks",
    "http://HOST:PORT": "any server that speaks the contract",
    "chat": "the model of IMPROV_LLM_*, asked without anything",
    "chat-with-context": "the same, with the product's lines as excerpts",
}
"""What `--system` takes."""


def open_system(name: str) -> System:
    """The system of that name. Raises UnknownName with the names there are."""
    if name.startswith(("http://", "https://")):
        from evals.systems.over_http import OverHttp

        return OverHttp(name)
    if name == "product-refined":
        from evals.systems.refined import Refined

        return Refined()
    if name.startswith("product") and name in KNOWN:
        from evals.systems.product import Product

        return Product(name)
    if name in {"langchain-chroma", "langchain-chroma-signals", "bm25"}:
        from evals.systems.plain import PlainBM25, PlainChroma, PlainSignals

        plain = {system.name: system for system in (PlainBM25, PlainChroma, PlainSignals)}
        return plain[name]()
    if name in {"chat", "chat-with-context"}:
        from evals.systems.chat import Chat
        from evals.systems.model import open_model
        from evals.systems.product import Product

        context = Product() if name == "chat-with-context" else None
        return Chat(name, open_model(), load_settings().llm_model, context)
    raise UnknownName(f"there is no system {name!r}; known: {', '.join(KNOWN)}")
