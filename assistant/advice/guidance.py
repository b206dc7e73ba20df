"""How much is laid down for this person: every step with its words, or the aim and its limits.

Low experience is served by short orders and words to say (enable), high by the aim, choices and limits, with freedom
in how (empower). Danger knows one way only: a protocol is the same for all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assistant.advice.selection import MOST_ACTIONS, MOST_OPTIONS, Chosen
from assistant.domain.advice import LimitView
from assistant.domain.playbook import Option, Playbook
from assistant.domain.site import Role, Site
from assistant.domain.vocabulary import AUTHORITIES, FACTORS, Authority, Guidance, Lang, OptionKind, Text
from assistant.knowledge.sentences import sentences

STEPS: Mapping[Guidance, int] = {"enable": 6, "balanced": MOST_ACTIONS, "empower": len(FACTORS)}
OPTIONS: Mapping[Guidance, int] = {"enable": 1, "balanced": MOST_OPTIONS, "empower": 3}
EASIEST: tuple[OptionKind, ...] = ("we_do_it", "guest_chooses", "guest_joins_in")
"""Which kind of option asks least of the person who offers it."""

LIMITS: Mapping[Authority, Text] = {
    "self": {"en": "Up to {n} {currency} on your own say.", "zh": "{n} {currency} 以内您自己定。"},
    "supervisor": {"en": "Up to {n} {currency} with the supervisor.", "zh": "{n} {currency} 以内由主管定。"},
    "manager": {"en": "Up to {n} {currency} with the manager.", "zh": "{n} {currency} 以内由经理定。"},
}


def steps(chosen: Sequence[Chosen], guidance: Guidance) -> list[Chosen]:
    """Which actions are laid down, in their order."""
    if guidance == "balanced" or any(entry.playbook.hazard != "none" for entry in chosen):
        return list(chosen)
    if guidance == "enable":
        return _with_every_factor(chosen, STEPS["enable"])
    firsts = {entry.action.factor: entry for entry in reversed(chosen)}
    return [entry for entry in chosen if firsts[entry.action.factor] is entry]


def choices(offered: Sequence[tuple[Option, Playbook]], guidance: Guidance) -> list[tuple[Option, Playbook]]:
    """Which options are laid before the guest, of those that differ in kind."""
    if guidance == "enable":
        offered = sorted(offered, key=lambda one: EASIEST.index(one[0].kind))
    return list(offered[: OPTIONS[guidance]])


def shortened(text: str, guidance: Guidance) -> tuple[str, str]:
    """An action's text, and what of it is told beside it: who is new does the first sentence and reads on after."""
    parts = sentences(text) if guidance == "enable" else []
    if len(parts) < 2:
        return text, ""
    return parts[0], text[text.index(parts[0]) + len(parts[0]) :].strip()


def limits(site: Site, role: Role | None, lang: Lang, guidance: Guidance) -> tuple[LimitView, ...]:
    """How much may be given away on whose say, from the asking person upwards; only where the how is left open."""
    if guidance != "empower":
        return ()
    own = AUTHORITIES.index(role.authority) if role else 0
    views = []
    for authority in AUTHORITIES[own:]:
        mine = authority == AUTHORITIES[own]
        able = [one.limit for one in site.roles.values() if one.authority == authority]
        amount = role.limit if mine and role else max(able, default=0.0)
        if amount:
            words = LIMITS["self" if mine else authority][lang]
            text = words.format(n=f"{amount:.0f}", currency=site.currency)
            views.append(LimitView("self" if mine else authority, amount, site.currency, text))
    return tuple(views)


def _with_every_factor(chosen: Sequence[Chosen], most: int) -> list[Chosen]:
    """The first steps, with none of the factors lost."""
    kept = list(chosen)
    while len(kept) > most:
        factors = [entry.action.factor for entry in kept]
        spare = [entry for entry in kept if factors.count(entry.action.factor) > 1]
        kept.remove(spare[-1] if spare else kept[-1])
    return kept
