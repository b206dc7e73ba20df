"""Names of businesses and dangers on the page."""

from __future__ import annotations

from collections.abc import Mapping

from assistant.domain.vocabulary import Text

BUSINESSES: Mapping[str, Text] = {
    "hotel": {"en": "hotel", "zh": "酒店"},
    "restaurant": {"en": "restaurant", "zh": "餐厅"},
    "retail": {"en": "retail", "zh": "零售"},
    "transport": {"en": "transport", "zh": "交通"},
    "bank": {"en": "bank", "zh": "银行"},
    "public_service": {"en": "public service", "zh": "政务"},
    "clinic": {"en": "clinic", "zh": "医疗"},
    "venue": {"en": "venue", "zh": "场馆"},
    "property": {"en": "property", "zh": "物业"},
    "call_centre": {"en": "call centre", "zh": "客服热线"},
}
DANGERS: Mapping[str, Text] = {
    "medical": {"en": "medical emergency", "zh": "医疗急救"},
    "fire": {"en": "fire", "zh": "火情"},
    "violence": {"en": "violence", "zh": "暴力冲突"},
    "child_missing": {"en": "missing child or vulnerable person", "zh": "儿童或老人走失"},
    "entrapment": {"en": "someone is trapped", "zh": "有人被困"},
    "food_safety": {"en": "food safety", "zh": "食品安全"},
    "self_harm": {"en": "risk of self-harm", "zh": "有人要伤害自己"},
    "gas_leak": {"en": "gas or fumes", "zh": "燃气或有毒气体泄漏"},
    "electrical": {"en": "electrical danger", "zh": "触电危险"},
    "drowning": {"en": "drowning", "zh": "溺水"},
    "structural": {"en": "structural danger", "zh": "建筑物或设施垮塌"},
    "weapon": {"en": "weapon", "zh": "有人持械"},
    "other_danger": {"en": "other danger", "zh": "其他人身安全"},
}
