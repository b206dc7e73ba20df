"""Small runs from plain values."""

from __future__ import annotations

from evals.answer import Answer, AnsweredAction, Citation
from evals.case import Case, Criterion
from evals.provenance import Provenance
from evals.report.names import Names
from evals.run import CaseRun, Run, Scored

MARKUP = "<script>alert('x')</script><img src=x onerror=alert(1)> </details> | **bold** `tick` {{7*7}} @someone"
NAMES = Names(
    playbooks={
        "hotel.overbooked": {"en": "The house is full", "zh": "超售满房"},
        "hotel.room-not-ready": {"en": "The room is not ready", "zh": "房间没准备好"},
    },
    roles={
        "self": {"en": "you", "zh": "你本人"},
        "manager": {"en": "the duty manager", "zh": "值班经理"},
        "security": {"en": "security", "zh": "保安"},
    },
    limits={"no-other-guest-data": {"en": "No other guest's data.", "zh": "不透露其他客人的信息。"}},
    concepts={
        "explain-honestly": {"en": "tell it as it is", "zh": "如实说明"},
        "walk-to-partner": {"en": "find a room elsewhere", "zh": "安排到合作酒店"},
        "lie-to-guest": {"en": "lie to the guest", "zh": "欺骗客人"},
    },
)
SECTORS = ("hotel", "bank")


def case(number: int, lang: str, **changes) -> Case:
    values = {
        "id": f"c-{number:03}-{lang}",
        "twin": f"c-{number:03}",
        "split": "test",
        "lang": lang,
        "sector": SECTORS[number % 2] if number else "clinic",
        "kind": "scarcity" if number % 2 else "emergency",
        "difficulty": "easy",
        "text": f"guest {number} has no room" if lang == "en" else f"{number}号客人没有房间",
        "relevant": {"hotel.overbooked": 3},
        "hazard": "none" if number % 2 else "medical",
        "covered": True,
        "owner": ("manager",),
        "authority": "self",
        "criteria": (
            Criterion(need="must", concept="explain-honestly"),
            Criterion(need="should", concept="walk-to-partner"),
            Criterion(need="must_not", concept="lie-to-guest"),
        ),
    }
    return Case(**{**values, **changes})


def answer(lang: str, confidence: float | None = 0.9, seconds: float = 0.1, **changes) -> dict:
    words = {"en": ("Tell her now", "We are full tonight", "A car"), "zh": ("现在告诉她", "今晚客满了", "派车送")}[lang]
    values = {
        "goal": {"en": "She has a bed", "zh": "她今晚有床睡"}[lang],
        "actions": (
            AnsweredAction(words[0], words[1], "hotel.overbooked/tell", "immediate_response", "self", "self", ("s1",)),
        ),
        "options": (AnsweredAction(words[2], owner="manager", sources=("s2",)),),
        "avoid": (AnsweredAction({"en": "Don't hide", "zh": "不要躲开"}[lang]),),
        "sources": (
            Citation("s1", "hotel.overbooked", "Tell", words[0]),
            Citation("s2", "hotel.overbooked", "Car", words[2]),
        ),
        "playbooks": ("hotel.overbooked", "hotel.room-not-ready"),
        "hazard": "none",
        "covered": True,
        "confidence": confidence,
        "lang": lang,
        "seconds": seconds,
    }
    return Answer(**{**values, **changes}).to_json()


def scores(number: int, lang: str) -> dict[str, Scored]:
    """Chinese always finds the playbook, English misses every other one; musts come within 8, half of them within 4."""
    hit = lang == "zh" or number % 2 == 0
    late = number % 2 == 1
    found = {
        "hit_at_1": Scored(value=float(hit), why=() if hit else ("hotel.room-not-ready came first",)),
        "must_in_8": Scored(value=1.0),
        "must_in_4": Scored(value=0.0 if late else 1.0, why=("lacks explain-honestly",) if late else ()),
        "must_in_4_immediate_response": Scored(value=0.0 if late else 1.0),
        "must_in_8_immediate_response": Scored(value=1.0),
        "violations": Scored(value=0.0),
        "envelope_breaches": Scored(value=0.0),
        "citation_support": Scored(value=1.0),
        "latency": Scored(value=100.0 + 10 * number),
    }
    if number % 2 == 0:
        seen = number != 6
        found["hazard_recall"] = Scored(value=float(seen), why=() if seen else ("medical not seen",))
    return found


def make_run(incidents: int = 24, **changes) -> Run:
    """`incidents` twins; measures that `scores` leaves out were not scored."""
    cases = tuple(
        CaseRun(case=case(number, lang), answer=answer(lang, 0.9 if number % 2 else 0.5), scores=scores(number, lang))
        for number in range(incidents)
        for lang in ("zh", "en")
    )
    return with_cases(cases, **changes)


def with_cases(cases: tuple[CaseRun, ...], **changes) -> Run:
    made = Provenance(
        commit="0123456789abcdef",
        dirty=True,
        tree="998877665544",
        corpus="aaaaaaaaaaaa",
        criteria="bbbbbbbbbbbb",
        prompts="cccccccccccc",
        versions={"encoder": "e5-tiny"},
    )
    values = {"suite": "test", "system": "product", "seed": 7, "provenance": made, "kappa": (0.87, 0.83, 0.91)}
    return Run(**{**values, "cases": cases, **changes})


def changed(run: Run, measure: str, value: float, why: tuple[str, ...] = (), *, lang: str = "", last: int = 0) -> Run:
    """The same run with another value of one measure, on all cases or those of a language or on the last few."""
    chosen = [one.case.id for one in run.cases if lang in {"", one.case.lang} and measure in one.scores][-last:]
    return run.model_copy(update={"cases": tuple(_set(one, measure, value, why, chosen) for one in run.cases)})


def scored(run: Run, measure: str, values: dict[str, float]) -> Run:
    """The same run with other values of one measure, by case."""
    cases = tuple(_set(one, measure, values.get(one.case.id, 0.0), (), list(values)) for one in run.cases)
    return run.model_copy(update={"cases": cases})


def without(run: Run, measure: str) -> Run:
    """The same run with a measure that was not scored."""
    cases = tuple(
        one.model_copy(update={"scores": {name: s for name, s in one.scores.items() if name != measure}})
        for one in run.cases
    )
    return run.model_copy(update={"cases": cases})


def failing(run: Run, count: int, why: str = "no reply within 30 s") -> Run:
    """The same run where the first cases got no answer."""
    failed = tuple(CaseRun(case=one.case, answer=None, failed=why) for one in run.cases[:count])
    return run.model_copy(update={"cases": failed + run.cases[count:]})


def hostile(run: Run) -> Run:
    """Everything that people or models write holds markup."""
    first, second, *rest = run.cases
    line = AnsweredAction(MARKUP, MARKUP, owner=MARKUP, factor=MARKUP)
    wrong = {
        "violations": Scored(value=1.0, why=(f"lie-to-guest: {MARKUP}",)),
        "hit_at_1": Scored(value=0.0, why=(f"{MARKUP} came first",)),
        "must_in_8": Scored(value=0.0, why=(f"lacks {MARKUP}",)),
    }
    advice = answer("en", goal=MARKUP, actions=(line,), options=(line,), avoid=(line,), playbooks=(MARKUP,))
    one = CaseRun(case=case(0, "zh", text=MARKUP), answer=advice, scores={**first.scores, **wrong})
    other = CaseRun(case=second.case.model_copy(update={"text": MARKUP}), answer=None, failed=MARKUP)
    return run.model_copy(update={"system": MARKUP, "cases": (one, other, *rest)})


def _set(one: CaseRun, measure: str, value: float, why: tuple[str, ...], chosen: list[str]) -> CaseRun:
    if one.case.id not in chosen:
        return one
    return one.model_copy(update={"scores": {**one.scores, measure: Scored(value=value, why=why)}})
