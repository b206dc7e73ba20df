"""What may be typed as an incident."""

from __future__ import annotations

import re

from assistant.errors import InvalidInput

MOST_CHARACTERS = 4000
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def clean_incident(text: str) -> str:
    """The text without control characters and outer spaces. Raises InvalidInput if empty or too long."""
    # Lone surrogates cannot be stored or encoded; they come from broken clients.
    tidy = CONTROL.sub(" ", text.encode("utf-8", "replace").decode("utf-8")).strip()
    if not tidy:
        raise InvalidInput("the text is empty; type one sentence about what is happening")
    if len(tidy) > MOST_CHARACTERS:
        raise InvalidInput(
            f"the text has {len(tidy)} characters, at most {MOST_CHARACTERS} are read; shorten it to what matters now"
        )
    return tidy
