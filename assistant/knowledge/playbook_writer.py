"""`Playbook` into a playbook file: what `playbook_reader` reads back as the same card."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence

import yaml

from assistant.domain.playbook import Action, Avoid, Option, Playbook
from assistant.domain.vocabulary import FACTORS, Lang, Text
from assistant.knowledge.playbook_reader import SECTIONS

ORDER: tuple[Lang, ...] = ("en", "zh")
"""As the shipped cards have it."""
WIDTH = 10_000
"""Wider than any line: a signal stays on one."""


def write_playbook(playbook: Playbook) -> str:
    """The text of a card, laid out as the shipped ones are."""
    lines = ["---", *_head(playbook), "---", ""]
    for factor in FACTORS:
        lines += _section(factor, [_action(a) for a in playbook.actions if a.factor == factor])
    lines += _section("options", [_option(option) for option in playbook.options])
    lines += _section("avoid", [_avoid(avoid) for avoid in playbook.avoid])
    return "\n".join(lines).rstrip() + "\n"


def _head(playbook: Playbook) -> Iterator[str]:
    yield f"id: {playbook.id}"
    yield f"version: {json.dumps(playbook.version, ensure_ascii=False)}"
    yield f"sectors: [{', '.join(playbook.sectors)}]"
    yield f"hazard: {playbook.hazard}"
    if playbook.dangers:
        yield f"dangers: [{', '.join(playbook.dangers)}]"
    yield f"urgency: {playbook.urgency}"
    yield f"needs: [{', '.join(playbook.needs)}]"
    yield from _texts("title", playbook.title)
    yield from _texts("goal", playbook.goal)
    yield "signals:"
    for lang in ORDER:
        if said := playbook.signals.get(lang):
            yield f"  {lang}:"
            yield from (f"    - {_scalar(text)}" for text in said)
    if playbook.slots:
        yield "slots:"
        for kind, words in playbook.slots.items():
            yield f"  {kind}: {{{', '.join(f'{lang}: {_quoted(words[lang])}' for lang in ORDER if lang in words)}}}"
    if playbook.references:
        yield "references:"
        yield from (f"  - {_scalar(text)}" for text in playbook.references)


def _texts(key: str, text: Text) -> Iterator[str]:
    yield f"{key}:"
    yield from (f"  {lang}: {_scalar(text[lang])}" for lang in ORDER if lang in text)


def _section(key: str, entries: Sequence[Sequence[str]]) -> list[str]:
    if not entries:
        return []
    names = SECTIONS[key]
    return [f"## {names['en']} · {names['zh']}", "", *(line for entry in entries for line in (*entry, ""))]


def _action(action: Action) -> list[str]:
    lines = [f"### {action.id}", f"- within_s: {action.within_s}", f"- owner: {action.owner}"]
    lines += _terms(action.authority, action.needs, action.amount)
    for lang in ORDER:
        lines += _said(lang, action.text.get(lang)) + _said(f"{lang}.say", action.say.get(lang))
    return lines


def _option(option: Option) -> list[str]:
    lines = [f"### {option.id}", f"- kind: {option.kind}", *_terms(option.authority, option.needs, option.amount)]
    return lines + [line for lang in ORDER for line in _said(lang, option.text.get(lang))]


def _avoid(avoid: Avoid) -> list[str]:
    return [f"### {avoid.id}", *(line for lang in ORDER for line in _said(lang, avoid.text.get(lang)))]


def _terms(authority: str, needs: Iterable[str], amount: float) -> list[str]:
    lines = [f"- authority: {authority}", f"- needs: [{', '.join(needs)}]"]
    return lines + ([f"- amount: {amount:g}"] if amount else [])


def _said(key: str, text: str | None) -> list[str]:
    # An entry's field is one line of the file; a line break in it would end it.
    return [f"- {key}: {' '.join(text.split())}"] if text else []


def _scalar(text: str) -> str:
    """The text as YAML takes it, plain where that is safe."""
    written = yaml.safe_dump(text, allow_unicode=True, width=WIDTH)
    return written.removesuffix("\n").removesuffix("\n...")


def _quoted(text: str) -> str:
    """For use inside braces, where a comma ends a plain text."""
    plain = all(character not in text for character in ",[]{}:#&*!|>'\"%@`") and text == text.strip()
    return _scalar(text) if plain else json.dumps(text, ensure_ascii=False)
