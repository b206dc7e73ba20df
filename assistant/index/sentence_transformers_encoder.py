"""Any sentence-transformers model, by local path or hub name."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from assistant.errors import MissingPart
from assistant.index.ports import Vectors


class SentenceTransformerEncoder:
    """A model that an installation chose itself. Uses the model's own prompts where it has them."""

    def __init__(self, model: str) -> None:
        if model.startswith(("/", ".", "~")) and not Path(model).expanduser().is_dir():
            raise MissingPart(
                f"IMPROV_EMBEDDING_MODEL={model!r} is no folder; give one that holds a model, or 'bundled'"
            )
        # Importing torch takes seconds: only installations that chose such a model pay for it.
        from sentence_transformers import SentenceTransformer

        try:
            self._model = SentenceTransformer(model, device="cpu")
        except (OSError, ValueError) as error:
            raise MissingPart(
                f"IMPROV_EMBEDDING_MODEL={model!r} cannot be loaded ({error}); "
                "give a local folder, a hub name that is reachable, or 'bundled'"
            ) from error
        self.name = f"sentence-transformers:{model}"

    def queries(self, texts: Sequence[str]) -> Vectors:
        """Vectors of texts that look for something."""
        return self._encode(texts, ("query",))

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of texts that may be found."""
        return self._encode(texts, ("passage", "document"))

    def incidents(self, texts: Sequence[str]) -> Vectors:
        """The same as queries: such a model knows nothing of incidents."""
        return self.queries(texts)

    def _encode(self, texts: Sequence[str], prompts: tuple[str, ...]) -> Vectors:
        known = self._model.prompts
        prompt = next((known[name] for name in prompts if known.get(name)), "")
        vectors = self._model.encode(list(texts), prompt=prompt, normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(vectors, np.float32)
