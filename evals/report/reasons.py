"""What scorers and the gate say about a case, in the language of the report.

Scorers write their reasons in English; each form they use has a line here, and one that has none is shown as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from assistant.domain.vocabulary import Lang, in_lang
from evals.report.names import Names
from evals.report.numbers import amount, p_value
from evals.report.texts import say, texts
from evals.scorers import MEASURES, measure_named

FORMS: tuple[tuple[str, str, str], ...] = (
    # (measures, whose reason reads, key of the text)
    (r"(must|should)_in_", r"lacks (?P<concept>\S+)", "why.lacks"),
    (r"hit_at_1", r"nothing came first", "why.nothing_first"),
    (r"hit_at_1", r"(?P<playbook>\S+) came first", "why.came_first"),
    (r"ndcg_at_5", r"no playbook named", "why.no_playbook"),
    (r"playbook_recall", r"(?P<playbook>\S+)", "why.not_found"),
    (r"owner_pulled_in", r"none of (?P<roles>.+)", "why.no_role"),
    (r"authority_asked", r"(?P<role>\w+) not asked", "why.not_asked"),
    (r"hazard_recall", r"(?P<hazard>\w+) not seen", "why.not_seen"),
    (r"false_alarms", r"took it for (?P<hazard>\w+)", "why.took_for"),
    (r"hazard_kind", r"(?P<hazard>\w+) taken for (?P<other_hazard>\w+)", "why.taken_for"),
    (r"right_silence", r"answered with something", "why.answered"),
    (r"right_silence", r"answered with (?P<playbook>\S+)", "why.answered_with"),
    (r"needless_silence", r"said that nothing covers it", "why.needless"),
    (r"citation_support", r"quote not found: (?P<line>.+)", "why.no_quote"),
    (r"citation_support", r"not supported: (?P<line>.+)", "why.not_supported"),
    (r"citation_support", r"source not found: (?P<line>.+)", "why.no_source"),
    (r"feasibility", r"(?P<line>[\w-]+): does not exist", "why.not_there"),
    (r"feasibility", r"(?P<line>[\w-]+): is (not to be had|used up)", "why.not_to_be_had"),
    (r"feasibility", r"(?P<line>[\w-]+): (needs the say of .+|can be allowed by .+)", "why.not_allowed"),
    (r"violations", r"(?P<concept>[\w-]+): (?P<line>.+)", "why.violates"),
    (r"envelope_breaches", r"(?P<limit>[\w-]+): (?P<line>.+)", "why.crosses"),
    (r"language_match", r"(?P<line>.+)", "why.other_language"),
    (r"repetition", r"(?P<line>.+)", "why.repeats"),
)
VALUE = r"[\d.]+"
MOVED = rf"(?P<title>.+): (?P<before>{VALUE}) → (?P<after>{VALUE})"
STOPS: tuple[tuple[str, str], ...] = (
    (rf"{MOVED}, p = (?P<p>{VALUE})", "stop.worse"),
    (rf"{MOVED}; one more is one too many", "stop.one_more"),
    (rf"{MOVED}; (?P<count>\d+) more incidents went wrong than were mended", "stop.hardly_worse"),
    (
        r"(?P<title>.+): (?P<count>\d+) cases scored before are not scored now: not scored is not passed",
        "stop.not_scored",
    ),
    (r"(?P<count>\d+) more cases without an answer", "stop.unanswered"),
    (r"(?P<count>\d+) cases of the baseline were not run: not scored is not passed", "stop.not_run"),
    (
        r"(?P<count>\d+) cases were changed since the baseline; run it again with the cases of today",
        "stop.cases_changed",
    ),
    (r"the criteria were changed since the baseline; run it again with those of today", "stop.criteria_changed"),
)


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason in words; `line` is what it quotes, in its own language. A reason without words is quoted whole."""

    text: str
    line: str = ""


def reason(measure: str, why: str, lang: Lang, names: Names) -> Reason:
    """A scorer's reason."""
    for measures, form, key in FORMS:
        match = re.fullmatch(form, why, re.S) if re.match(measures, measure) else None
        if match:
            found = match.groupdict()
            return Reason(say(key, lang, **_named(found, lang, names)), found.get("line", ""))
    return Reason("", why)


def stop(text: str, lang: Lang) -> str:
    """What keeps the gate shut."""
    for form, key in STOPS:
        if match := re.fullmatch(form, text):
            return say(key, lang, **_measured(match.groupdict(), lang))
    return text


def word(kind: str, id_: str, lang: Lang) -> str:
    """The name of a sector, danger, kind of situation, factor or other closed word; the id where it has none."""
    known = texts().get(f"{kind}.{id_}")
    return known[lang] if known else id_.replace("_", " ")


def _named(found: Mapping[str, str], lang: Lang, names: Names) -> dict[str, str]:
    said: dict[str, Callable[[str, Lang], str]] = {
        "concept": names.concept,
        "playbook": names.playbook,
        "limit": names.limit,
        "role": names.role,
        "roles": lambda ids, lang: say("number.or", lang).join(names.role(id_, lang) for id_ in ids.split(", ")),
        "hazard": lambda id_, lang: word("hazard", id_, lang),
        "other_hazard": lambda id_, lang: word("hazard", id_, lang),
    }
    return {name: said[name](value, lang) for name, value in found.items() if name in said}


def _measured(found: Mapping[str, str], lang: Lang) -> dict[str, str]:
    if "title" not in found:
        return dict(found)
    measure = measure_named(next(one.name for one in MEASURES if one.title["en"] == found["title"]))
    values = {name: amount(measure, float(found[name]), lang) for name in ("before", "after") if name in found}
    if "p" in found:
        values["p"] = p_value(float(found["p"]))
    return {**found, **values, "title": in_lang(measure.title, lang)}
