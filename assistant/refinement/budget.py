"""How much may be spent on the model: tokens for one request, tokens and money for one day."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

WIDE = re.compile(r"[\u2e80-\uffef]")
NARROW_PER_TOKEN = 3.0
"""Letters of a Latin word piece; low, so that the estimate is rather too high."""
MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens sent and received."""

    sent: int = 0
    received: int = 0

    @property
    def tokens(self) -> int:
        """Both together."""
        return self.sent + self.received


@dataclass(frozen=True, slots=True)
class Limits:
    """What the settings allow. Prices are for a million tokens; a cost of 0 is no limit."""

    tokens_per_request: int
    tokens_per_day: int
    cost_per_day: float = 0.0
    price_in: float = 0.0
    price_out: float = 0.0

    def cost(self, usage: Usage) -> float:
        """What the tokens cost."""
        return (usage.sent * self.price_in + usage.received * self.price_out) / MILLION


class Budget:
    """Says before a request how many tokens its answer may have; `spent_today` reads what the records know."""

    def __init__(self, limits: Limits, spent_today: Callable[[], Usage]) -> None:
        self._limits, self._spent_today = limits, spent_today

    def room(self, prompt: str) -> int:
        """Tokens that an answer to `prompt` may have within request and day; 0 where there is none."""
        sent = estimate_tokens(prompt)
        spent = self._spent_today()
        room = min(self._limits.tokens_per_request, self._limits.tokens_per_day - spent.tokens) - sent
        left = self._limits.cost_per_day - self._limits.cost(spent) - self._limits.cost(Usage(sent))
        if self._limits.cost_per_day and left <= 0:
            return 0
        if self._limits.cost_per_day and self._limits.price_out:
            room = min(room, int(left * MILLION / self._limits.price_out))
        return max(0, room)


def estimate_tokens(text: str) -> int:
    """Rather too many than too few; no tokenizer is asked, as each model has another."""
    wide = len(WIDE.findall(text))
    return int(wide * 1.1 + (len(text) - wide) / NARROW_PER_TOKEN) + 8
