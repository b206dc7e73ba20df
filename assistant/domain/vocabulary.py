"""The closed lists of words that playbooks, prompts, pages and scores share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, get_args

Lang = Literal["zh", "en"]
Factor = Literal["immediate_response", "timely_collaboration", "intention_creation", "resource_integration"]
Authority = Literal["self", "supervisor", "manager"]
Urgency = Literal["now", "soon", "routine"]
EvidenceKind = Literal["playbook", "research", "case", "judgement"]
OptionKind = Literal["guest_chooses", "guest_joins_in", "we_do_it"]
Guidance = Literal["enable", "balanced", "empower"]
"""How much is laid down: every step with its words; steps and choices; aim, choices and limits."""
GuestState = Literal["calm", "impatient", "angry", "anxious", "upset", "confused", "abusive", "vulnerable"]
Hazard = Literal[
    "none",
    "medical",
    "fire",
    "violence",
    "child_missing",
    "entrapment",
    "food_safety",
    "self_harm",
    "gas_leak",
    "electrical",
    "drowning",
    "structural",
    "weapon",
    "other_danger",
]
Sector = Literal[
    "hotel",
    "restaurant",
    "retail",
    "transport",
    "bank",
    "public_service",
    "clinic",
    "venue",
    "property",
    "call_centre",
    "any",
]

LANGS: tuple[Lang, ...] = get_args(Lang)
FACTORS: tuple[Factor, ...] = get_args(Factor)
SECTORS: tuple[Sector, ...] = get_args(Sector)
GUIDANCES: tuple[Guidance, ...] = get_args(Guidance)
AUTHORITIES: tuple[Authority, ...] = get_args(Authority)
"""In rising order of power."""

Text = Mapping[Lang, str]
"""The same said in each language; one may be missing."""


def in_lang(text: Text, lang: Lang) -> str:
    """The text in `lang`, or in the other language where that is all there is."""
    return text.get(lang) or next(iter(text.values()), "")
