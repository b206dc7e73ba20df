"""Advice as text for people, a paragraph at a time: for chat clients and other places without a card."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from assistant.domain.advice import Advice, AdvisedAction
from assistant.domain.vocabulary import Lang

WORDS: Mapping[Lang, Mapping[str, str]] = {
    "en": {"goal": "Aim: ", "options": "Offer:", "avoid": "Avoid:", "sources": "From: ", "leave": " (ask your {})"},
    "zh": {"goal": "目标：", "options": "可以提供：", "avoid": "避免：", "sources": "出处：", "leave": "（请示{}）"},
}
LEAVE: Mapping[Lang, Mapping[str, str]] = {
    "en": {"supervisor": "supervisor", "manager": "manager"},
    "zh": {"supervisor": "主管", "manager": "经理"},
}


def paragraphs(advice: Advice) -> Iterator[str]:
    """Notice, goal, one paragraph an action, options, what to avoid, sources."""
    words = WORDS[advice.lang]
    if advice.notice:
        yield advice.notice
    yield words["goal"] + advice.goal.text
    for number, action in enumerate(advice.actions, 1):
        yield _action(number, action, advice.lang)
    for name, entries in (("options", advice.options), ("avoid", advice.avoid)):
        if entries:
            yield "\n".join([words[name], *(f"- {entry.text}" for entry in entries)])
    titles = dict.fromkeys(source.title for source in advice.sources)
    if titles:
        yield words["sources"] + "; ".join(titles)


def _action(number: int, action: AdvisedAction, lang: Lang) -> str:
    who = f"[{action.owner_name}] " if action.owner != "self" and action.owner_name else ""
    leave = "" if action.authority == "self" else WORDS[lang]["leave"].format(LEAVE[lang][action.authority])
    said = f"\n   “{action.say}”" if action.say else ""
    return f"{number}. {who}{action.text}{leave}{said}"
