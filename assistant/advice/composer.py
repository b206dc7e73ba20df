"""Evidence → Advice: chooses, words, cites, and keeps inside the envelope."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from assistant.advice import guidance as guiding
from assistant.advice.at_hand import AtHand, find_at_hand, possible, task_id
from assistant.advice.envelope import Envelope
from assistant.advice.selection import MOST_AVOIDS, Chosen, choose_actions, choose_options
from assistant.advice.wording import fill_slots
from assistant.domain.advice import (
    Advice,
    AdvisedAction,
    AdvisedAvoid,
    AdvisedOption,
    Goal,
    NeedView,
    SituationView,
    Source,
    Timing,
)
from assistant.domain.evidence import Evidence, Match
from assistant.domain.language import language_of
from assistant.domain.playbook import Option, Playbook
from assistant.domain.site import Role, Site
from assistant.domain.situation import Situation
from assistant.domain.vocabulary import AUTHORITIES, Authority, Guidance, Lang, Text, in_lang
from assistant.knowledge.playbook_document import GOAL
from assistant.resources.words import AtHandWords

SUMMARY_LENGTH = 120
MOST_NEEDS = 2
"""Needs named with the aim."""
NOTICES: Mapping[str, Text] = {
    "not_covered": {
        "en": "No playbook covers this. Here is the general first-minute protocol; call the duty manager. "
        "The gap has been noted.",
        "zh": "没有预案对应这种情况。下面是通用的第一分钟做法，请联系值班经理；这个空白已记录。",
    },
    "other_language": {
        "en": "This playbook exists in Chinese only and is shown as written.",
        "zh": "这份预案只有英文版，按原文显示。",
    },
}


@dataclass(slots=True)
class _Writing:
    """One advice in the making: words lines for its incident and numbers what they cite, in the order of first use."""

    situation: Situation
    scores: Mapping[str, float]
    """Of each playbook that is used."""
    cited: dict[tuple[str, str, str], Source] = field(default_factory=dict)

    @property
    def lang(self) -> Lang:
        return self.situation.lang

    def worded(self, text: Text, playbook: Playbook) -> str:
        """In the language of the incident, its details filled in."""
        return fill_slots(in_lang(text, self.lang), playbook, self.situation, self.lang)

    def cite(self, playbook: Playbook, text: Text, locator: Text) -> tuple[str, ...]:
        """The entry as it is written, before any detail was filled in."""
        quote, found_at = in_lang(text, self.lang), in_lang(locator, self.lang)
        place = (playbook.document, found_at, quote)
        if place not in self.cited:
            self.cited[place] = Source(
                id=f"s{len(self.cited) + 1}",
                document=playbook.document,
                title=in_lang(playbook.title, self.lang),
                locator=found_at,
                version=playbook.version,
                quote=quote,
                score=round(self.scores[playbook.id], 4),
            )
        return (self.cited[place].id,)


@dataclass(frozen=True, slots=True)
class Composer:
    """Holds what does not change between incidents."""

    envelope: Envelope
    roles: Mapping[str, Text]
    words: AtHandWords = field(default_factory=AtHandWords)

    def compose(
        self,
        situation: Situation,
        evidence: Evidence,
        site: Site,
        role: Role | None,
        id_: str,
        conversation: str,
        guidance: Guidance = "balanced",
    ) -> Advice:
        """The advice for one incident. `site` is as of this moment; `role` is that of the asking person, if known."""
        lang, site = situation.lang, _without_refused(site, situation)
        # Where nothing covers the incident, only the general protocol speaks; the nearest card is for the record.
        used = evidence.matches if evidence.covered else evidence.matches[:1]
        first = used[0].playbook
        danger = first.hazard != "none"
        writing = _Writing(situation, {match.playbook.id: match.score for match in used})
        goal = _goal(writing, first, self._met(first, situation))
        inside = [e for e in choose_actions(used, lang) if self._inside(lang, e.action.text, e.action.say)]
        chosen = guiding.steps(inside, guidance)
        offered = self._options(used, situation, site, role, guidance)
        says = [(entry, _authority(entry.action.authority, entry.action.amount, site, role)) for entry in chosen]
        named = [(f"{playbook.id}/{option.id}", option) for option, playbook in offered]
        at_hand = find_at_hand(site, role, situation, self.words, says, named)
        actions = tuple(self._actions(writing, says, at_hand, "balanced" if danger else guidance))
        return Advice(
            id=id_,
            conversation=conversation,
            lang=lang,
            situation=_view(situation, first, covered=evidence.covered),
            goal=goal,
            actions=actions,
            options=tuple(_advised(writing, offered, at_hand, site, role)),
            avoid=tuple(_avoided(writing, used)),
            sources=tuple(writing.cited.values()),
            confidence=round(evidence.confidence, 4),
            covered=evidence.covered,
            notice=_notice(first, lang, covered=evidence.covered),
            engine="playbook",
            timing_ms=Timing(0.0),
            site=site.id,
            guidance=guidance,
            combinations=at_hand.combinations(others=not danger),
            limits=guiding.limits(site, role, lang, guidance),
        )

    def _options(
        self, used: Sequence[Match], situation: Situation, site: Site, role: Role | None, guidance: Guidance
    ) -> list[tuple[Option, Playbook]]:
        """Options to lay before the guest: possible with what is at hand, and inside the limits."""
        can_be = possible(site, role, situation, self.words)
        offered = choose_options(
            used,
            lambda option: can_be(option) and self._inside(situation.lang, option.text),
            guiding.OPTIONS["balanced" if guidance == "balanced" else "empower"],
            situation.refused,
        )
        return guiding.choices(offered, guidance)

    def _met(self, playbook: Playbook, situation: Situation) -> tuple[NeedView, ...]:
        """The needs that the aim meets: those of the card, first those that were read from this guest's incident."""
        needs = sorted(playbook.needs or situation.needs, key=lambda need: need not in situation.needs)
        names, gains, lang = self.words.names, self.words.gains, situation.lang
        return tuple(
            NeedView(need, in_lang(names[need], lang), in_lang(gains.get(need, {}), lang))
            for need in needs[:MOST_NEEDS]
            if need in names
        )

    def _inside(self, lang: Lang, *texts: Text) -> bool:
        shown = [in_lang(text, lang) for text in texts]
        # A card in one language only is shown in that one, whichever was asked for.
        return not any(self.envelope.crossed(text, language_of(text)) for text in shown)

    def _actions(
        self, writing: _Writing, chosen: Sequence[tuple[Chosen, Authority]], at_hand: AtHand, guidance: Guidance
    ) -> Iterable[AdvisedAction]:
        for entry, authority in chosen:
            action, playbook = entry.action, entry.playbook
            text, detail = guiding.shortened(writing.worded(action.text, playbook), guidance)
            yield AdvisedAction(
                id=task_id(entry),
                factor=action.factor,
                text=text,
                # Who knows the work finds the words; a reader with less of it gets them to say.
                say="" if guidance == "empower" else writing.worded(action.say, playbook),
                owner=action.owner,
                owner_name=in_lang(self.roles.get(action.owner, {}), writing.lang),
                channel=in_lang(at_hand.site.channels.get(action.owner, {}), writing.lang),
                within_s=action.within_s,
                resources=at_hand.views(task_id(entry)),
                authority=authority,
                evidence="playbook",
                sources=writing.cite(playbook, action.text, action.locator),
                detail=detail,
            )


def _without_refused(site: Site, situation: Situation) -> Site:
    """What the guest refused is as good as taken."""
    refused = {id_.removeprefix("resource:") for id_ in situation.refused}
    if not refused:
        return site
    return dataclasses.replace(site, resources=tuple(r for r in site.resources if r.id not in refused))


def _goal(writing: _Writing, playbook: Playbook, needs: tuple[NeedView, ...]) -> Goal:
    # A card made from a company's document has its aim under the heading that its steps stand under.
    own = playbook.document == playbook.id
    locator = GOAL if own else playbook.actions[0].locator
    return Goal(writing.worded(playbook.goal, playbook), writing.cite(playbook, playbook.goal, locator), needs)


def _advised(
    writing: _Writing, offered: Sequence[tuple[Option, Playbook]], at_hand: AtHand, site: Site, role: Role | None
) -> Iterable[AdvisedOption]:
    for option, playbook in offered:
        yield AdvisedOption(
            text=writing.worded(option.text, playbook),
            kind=option.kind,
            authority=_authority(option.authority, option.amount, site, role),
            sources=writing.cite(playbook, option.text, option.locator),
            resources=at_hand.views(f"{playbook.id}/{option.id}"),
        )


def _avoided(writing: _Writing, used: Sequence[Match]) -> Iterable[AdvisedAvoid]:
    for playbook in (match.playbook for match in used[:2]):
        for avoid in playbook.avoid[: MOST_AVOIDS if len(used) == 1 else 2]:
            cited = writing.cite(playbook, avoid.text, avoid.locator)
            yield AdvisedAvoid(in_lang(avoid.text, writing.lang), cited)


def _authority(stated: Authority, amount: float, site: Site, role: Role | None) -> Authority:
    """Whose say it needs here: the playbook's word or the site's limit, whichever is higher.

    What lies within the asking person's own power is theirs to decide.
    """
    needed = max(stated, site.authority_for(amount) if amount else "self", key=AUTHORITIES.index)
    if role and AUTHORITIES.index(role.authority) >= AUTHORITIES.index(needed) and amount <= role.limit:
        return "self"
    return needed


def _view(situation: Situation, playbook: Playbook, *, covered: bool) -> SituationView:
    text = " ".join(situation.text.split())
    short = text if len(text) <= SUMMARY_LENGTH else text[: SUMMARY_LENGTH - 1] + "…"
    title = in_lang(playbook.title, situation.lang)
    needs = tuple(dict.fromkeys((*playbook.needs, *situation.needs))) if covered else situation.needs
    return SituationView(
        summary=title if covered else short,
        sector=situation.sector,
        hazard=situation.hazard,
        urgency=playbook.urgency if covered and situation.hazard == "none" else situation.urgency,
        guest_state=situation.guest_state,
        needs=needs[:6],
    )


def _notice(playbook: Playbook, lang: Lang, *, covered: bool) -> str:
    if not covered:
        return NOTICES["not_covered"][lang]
    return NOTICES["other_language"][lang] if lang not in playbook.langs else ""
