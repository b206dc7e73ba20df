"""The form of an Advice as it was promised, written down here a second time on purpose.

A string stands for a type, a set for a closed list of words, a list for "any number of these".
"""

from __future__ import annotations

from collections.abc import Iterator

LANGS = {"zh", "en"}
AUTHORITIES = {"self", "supervisor", "manager"}
FACTORS = {"immediate_response", "timely_collaboration", "intention_creation", "resource_integration"}
HAZARDS = {
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
}
EVIDENCE = {"playbook", "research", "case", "judgement"}
ADVICE = {
    "id": "words",
    "lang": LANGS,
    "situation": {
        "summary": "words",
        "sector": "words",
        "hazard": HAZARDS,
        "urgency": {"now", "soon", "routine"},
        "guest_state": "words",
        "needs": ["words"],
    },
    "goal": {"text": "words", "sources": ["words"]},
    "actions": [
        {
            "id": "words",
            "factor": FACTORS,
            "text": "words",
            "say": "text",
            "owner": "words",
            "within_s": "seconds",
            "resources": [{"id": "words", "name": "words"}],
            "authority": AUTHORITIES,
            "evidence": EVIDENCE,
            "sources": ["words"],
        }
    ],
    "options": [{"text": "words", "authority": AUTHORITIES, "sources": ["words"]}],
    "avoid": [{"text": "words", "sources": ["words"]}],
    "sources": [
        {
            "id": "words",
            "document": "words",
            "title": "words",
            "locator": "words",
            "version": "words",
            "quote": "words",
            "score": "share",
        }
    ],
    "confidence": "share",
    "covered": "flag",
    "engine": "words",
    "timing_ms": {"total": "number"},
}


def faults(value: object, form: object, place: str = "advice") -> Iterator[str]:
    """What in `value` is not as `form` says; fields beyond the form are welcome."""
    if isinstance(form, dict):
        if not isinstance(value, dict):
            yield f"{place} is not an object"
            return
        yield from (f"{place}.{name} is missing" for name in form.keys() - value.keys())
        for name in form.keys() & value.keys():
            yield from faults(value[name], form[name], f"{place}.{name}")
    elif isinstance(form, list):
        if not isinstance(value, list):
            yield f"{place} is not a list"
            return
        for number, part in enumerate(value):
            yield from faults(part, form[0], f"{place}[{number}]")
    elif not _fits(value, form):
        yield f"{place} is {value!r}, not {form}"


def _fits(value: object, form: object) -> bool:
    if isinstance(form, set):
        return value in form
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return {
        "words": isinstance(value, str) and bool(value.strip()),
        "text": isinstance(value, str),
        "flag": isinstance(value, bool),
        "number": number,
        "seconds": isinstance(value, int) and number and value > 0,
        "share": number and 0 <= value <= 1,
    }[str(form)]
