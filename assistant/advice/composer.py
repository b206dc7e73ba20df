"""Evidence → Advice: chooses, words, cites, and keeps inside the envelope."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from assistant.advice.envelope import Envelope
from assistant.advice.selection import MOST_AVOIDS, Chosen, choose_actions, choose_options
from assistant.advice.wording import fill_slots
from assistant.domain.advice import (
    Advice,
    AdvisedAction,
    AdvisedAvoid,
    AdvisedOption,
    Goal,
    ResourceView,
    SituationView,
    Source,
    Timing,
)
from assistant.domain.evidence import Evidence
from assistant.domain.language import language_of
from assistant.domain.playbook import Playbook
from assistant.domain.site import Role, Site
from assistant.domain.situation import Situation
from assistant.domain.vocabulary import AUTHORITIES, Authority, Lang, Text, in_lang
from assistant.knowledge.playbook_document import goal_locator
from assistant.resources.matcher import match_resources

SUMMARY_LENGTH = 120
FETCHING = ("timely_collaboration", "resource_integration")
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
class _Sources:
    """Numbers citations in the order of their first use."""

    by_place: dict[tuple[str, str, str], Source] = field(default_factory=dict)

    def cite(self, playbook: Playbook, locator: str, quote: str, lang: Lang, score: float) -> str:
        place = (playbook.document, locator, quote)
        if place not in self.by_place:
            self.by_place[place] = Source(
                id=f"s{len(self.by_place) + 1}",
                document=playbook.document,
                title=in_lang(playbook.title, lang),
                locator=locator,
                version=playbook.version,
                quote=quote,
                score=round(score, 4),
            )
        return self.by_place[place].id


@dataclass(frozen=True, slots=True)
class Composer:
    """Holds what does not change between incidents."""

    envelope: Envelope
    roles: Mapping[str, Text]

    def compose(
        self, situation: Situation, evidence: Evidence, site: Site, role: Role | None, id_: str, conversation: str
    ) -> Advice:
        """The advice for one incident. `role` is that of the asking person, if known."""
        lang, sources = situation.lang, _Sources()
        # Where nothing covers the incident, only the general protocol speaks; the nearest card is for the record.
        used = evidence.matches if evidence.covered else evidence.matches[:1]
        scores = {match.playbook.id: match.score for match in used}
        goal = _goal(used[0].playbook, situation, sources, scores)
        chosen = [
            entry for entry in choose_actions(used, lang) if self._inside(lang, entry.action.text, entry.action.say)
        ]
        actions = tuple(self._actions(chosen, situation, site, role, sources, scores))
        options = tuple(
            AdvisedOption(
                text=fill_slots(in_lang(option.text, lang), playbook, situation, lang),
                kind=option.kind,
                authority=_authority(option.authority, option.amount, site, role),
                sources=_cite(sources, playbook, option.text, option.locator, lang, scores),
            )
            for option, playbook in choose_options(used, situation.refused)
            if self._inside(lang, option.text)
        )
        avoid = tuple(
            AdvisedAvoid(in_lang(a.text, lang), _cite(sources, match.playbook, a.text, a.locator, lang, scores))
            for match in used[:2]
            for a in match.playbook.avoid[: MOST_AVOIDS if len(used) == 1 else 2]
        )
        return Advice(
            id=id_,
            conversation=conversation,
            lang=lang,
            situation=_view(situation, used[0].playbook, covered=evidence.covered),
            goal=goal,
            actions=actions,
            options=options,
            avoid=avoid,
            sources=tuple(sources.by_place.values()),
            confidence=round(evidence.confidence, 4),
            covered=evidence.covered,
            notice=_notice(used[0].playbook, lang, covered=evidence.covered),
            engine="playbook",
            timing_ms=Timing(0.0),
        )

    def _inside(self, lang: Lang, *texts: Text) -> bool:
        shown = [in_lang(text, lang) for text in texts]
        # A card in one language only is shown in that one, whichever was asked for.
        return not any(self.envelope.crossed(text, language_of(text)) for text in shown)

    def _actions(
        self,
        chosen: Sequence[Chosen],
        situation: Situation,
        site: Site,
        role: Role | None,
        sources: _Sources,
        scores: Mapping[str, float],
    ) -> Iterable[AdvisedAction]:
        lang = situation.lang
        # What was refused is as good as taken; what notes ask for goes to the first who can fetch it.
        taken = frozenset(id_.removeprefix("resource:") for id_ in situation.refused)
        wanted: Sequence[str] = situation.wanted
        for entry in chosen:
            action, playbook = entry.action, entry.playbook
            authority = _authority(action.authority, action.amount, site, role)
            matched = match_resources(site, action.needs, authority, taken)
            taken |= {resource.id for resource in matched}
            if wanted and action.factor in FETCHING:
                fetched = match_resources(site, wanted, authority, taken)
                taken |= {resource.id for resource in fetched}
                matched, wanted = [*matched, *fetched], ()
            yield AdvisedAction(
                id=f"{playbook.id}/{action.id}",
                factor=action.factor,
                text=fill_slots(in_lang(action.text, lang), playbook, situation, lang),
                say=fill_slots(in_lang(action.say, lang), playbook, situation, lang),
                owner=action.owner,
                owner_name=in_lang(self.roles.get(action.owner, {}), lang),
                channel=in_lang(site.channels.get(action.owner, {}), lang),
                within_s=action.within_s,
                resources=tuple(ResourceView(r.id, in_lang(r.name, lang)) for r in matched),
                authority=authority,
                evidence="playbook",
                sources=_cite(sources, playbook, action.text, action.locator, lang, scores),
            )


def _goal(playbook: Playbook, situation: Situation, sources: _Sources, scores: Mapping[str, float]) -> Goal:
    lang = situation.lang
    quote = in_lang(playbook.goal, lang)
    # A card made from a company's document has its aim under the heading that its steps stand under.
    own = playbook.document == playbook.id
    locator = goal_locator(lang) if own else in_lang(playbook.actions[0].locator, lang)
    cited = sources.cite(playbook, locator, quote, lang, scores[playbook.id])
    return Goal(fill_slots(quote, playbook, situation, lang), (cited,))


def _cite(
    sources: _Sources, playbook: Playbook, text: Text, locator: Text, lang: Lang, scores: Mapping[str, float]
) -> tuple[str, ...]:
    """Cite the entry as it is written, before any detail was filled in."""
    return (sources.cite(playbook, in_lang(locator, lang), in_lang(text, lang), lang, scores[playbook.id]),)


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
