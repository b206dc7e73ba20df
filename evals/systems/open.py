"""Names of systems → systems."""

from __future__ import annotations

from assistant.errors import UnknownName
from evals.systems.system import System

KNOWN = {
    "product": "the product",
    "product-refined": "the product with the model of IMPROV_LLM_* rewording its advice",
    "product-no-words": "without word search",
    "product-no-vectors": "without vectors",
    "product-no-signals": "playbooks known by their titles only",
    "product-no-alarm": "without the reading of danger",
    "product-no-merging": "one playbook an incident",
    "langchain-chroma": "LangChain and Chroma, top 8 chunks",
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
    if name in {"langchain-chroma", "bm25"}:
        from evals.systems.plain import PlainBM25, PlainChroma

        return PlainBM25() if name == "bm25" else PlainChroma()
    if name in {"chat", "chat-with-context"}:
        from evals.systems.chat import Chat
        from evals.systems.model import open_model
        from evals.systems.product import Product

        return Chat(name, open_model(), Product() if name == "chat-with-context" else None)
    raise UnknownName(f"there is no system {name!r}; known: {', '.join(KNOWN)}")
