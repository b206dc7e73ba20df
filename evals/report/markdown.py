"""A run or a comparison as a comment on a pull request: a short table, the verdict, the cases folded away.

Texts of incidents and advice stand in code spans: nothing in them can link, mention, fold or break a table.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from assistant.domain.vocabulary import Lang
from evals.compare import Changed, Compared, Comparison
from evals.report import changes, numbers
from evals.report.judging import Figure, overall, targeted
from evals.report.names import Names, shipped_names
from evals.report.telling import Teller
from evals.report.worst import Worst, worst
from evals.run import Run
from evals.scorers.measure import Measure

MARKS = {"reached": "✅", "missed": "❌", "too_few": "❔", "not_scored": "⬜", "better": "✅", "worse": "❌"}
APART = "\u200b"
"""Not seen, but it keeps what stands around it from being read as one."""
CHANGED = 5
"""Changed texts listed for a measure and direction."""
LONGEST = 240
"""Characters of a text: a comment holds 65,536, and the whole text stands in the HTML report."""


def run_markdown(run: Run, lang: Lang = "en", names: Names | None = None) -> str:
    """The targets of a run, and the cases to read first."""
    say = Teller(lang, shipped_names() if names is None else names)
    figures = targeted(run)
    missed = sum(one.standing == "missed" for one in figures)
    lines = [
        f"### {say.t('markdown.run', system=code(run.system), suite=code(run.suite))}",
        "",
        f"**{say.t(f'overall.{overall(run)}', missed=missed, all=len(figures))}**",
        "",
        *_table(_heads(say, "measure", "figure", "target", "verdict"), (_target_row(say, one) for one in figures)),
        *_failures(say, run),
        *_worst(say, worst(run)),
        _made(say, run),
    ]
    return "\n".join(lines) + "\n"


def comparison_markdown(comparison: Comparison, lang: Lang = "en", names: Names | None = None) -> str:
    """What the gate says, how each measure moved, and on which texts."""
    say = Teller(lang, shipped_names() if names is None else names)
    before, after = comparison.before, comparison.after
    rows = [row for row in comparison.measures if row.measure.gated or row.verdict in {"better", "worse"}]
    heads = [say.t(f"gate.{name}") for name in ("before", "after", "change")]
    lines = [
        f"### {say.t('markdown.comparison', before=code(before.system), after=code(after.system))}",
        "",
        *_gate(say, comparison),
        *_table([*_heads(say, "measure"), *heads, *_heads(say, "verdict")], (_change_row(say, row) for row in rows)),
        *_unscored(say, comparison),
        *(line for row in changes.moved(comparison) if row.measure.gated for line in _moved(say, row)),
        _made(say, after),
    ]
    return "\n".join(lines) + "\n"


def code(text: str) -> str:
    """A code span that no text can end, on one line."""
    flat = " ".join(text.split()) or " "
    flat = flat if len(flat) <= LONGEST else f"{flat[:LONGEST]}…"
    fence = "`" * (max((len(run) for run in re.findall("`+", flat)), default=0) + 1)
    pad = " " if flat.startswith("`") or flat.endswith("`") else ""
    return f"{fence}{pad}{flat}{pad}{fence}"


def _heads(say: Teller, *names: str) -> list[str]:
    return [say.t(f"table.{name}") for name in names]


def _table(heads: list[str], rows: Iterable[list[str]]) -> Iterator[str]:
    yield _row(heads)
    yield _row(["---"] * len(heads))
    yield from (_row(row) for row in rows)
    yield ""


def _row(cells: list[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _target_row(say: Teller, one: Figure) -> list[str]:
    span = say.t("number.colon").join(part for part in (say.each(one), say.interval(one)) if part)
    shown = f"{say.value(one)} ({span})" if span else say.value(one)
    verdict = f"{MARKS[one.standing]} {say.t(f'standing.{one.standing}')}"
    return [say.title(one.measure), shown, say.target(one.measure), verdict]


def _change_row(say: Teller, row: Compared) -> list[str]:
    span = say.change_interval(row.measure, row.difference)
    change = say.change(row.measure, row.difference) + (f" ({span})" if span else "")
    told = row.verdict not in {"same", "too few to tell"}
    verdict = f"{MARKS.get(row.verdict, '')} {say.verdict(row)}".strip()
    verdict += f", {numbers.p_value(row.difference.p)}" if told else ""
    values = [say.amount(row.measure, value) for value in (row.before, row.after)]
    return [say.title(row.measure), *values, change, verdict]


def _gate(say: Teller, comparison: Comparison) -> Iterator[str]:
    yield f"**{'⛔ ' + say.t('gate.shut') if comparison.stops else '✅ ' + say.t('gate.opens')}**"
    yield ""
    yield from (f"- {say.stop(stop)}" for stop in comparison.stops)
    yield from ([""] if comparison.stops else [say.t("gate.opens_why"), ""])


def _unscored(say: Teller, comparison: Comparison) -> Iterator[str]:
    lost = [measure for measure, lacking in changes.unscored(comparison) if lacking == "missing_after"]
    for measure in lost:
        yield f"- {MARKS['not_scored']} {say.title(measure)}: {say.t('gate.missing_after')}"
    if lost:
        yield ""


def _failures(say: Teller, run: Run) -> Iterator[str]:
    if run.failures:
        lines = [f"- {code(one.case.id)}: {code(one.failed)}" for one in run.failures]
        yield from _folded(say.t("markdown.failed", count=len(run.failures)), lines)


def _worst(say: Teller, found: tuple[Worst, ...]) -> Iterator[str]:
    if found:
        lines = [line for one in found for line in _case(say, one)]
        yield from _folded(say.t("markdown.worst", count=len(found)), lines)


def _case(say: Teller, one: Worst) -> Iterator[str]:
    yield f"- {code(one.run.case.id)} {code(one.run.case.text)}"
    for fault in one.faults:
        yield f"  - {say.title(fault.measure)}: {_reasons(say, fault.measure, fault.why)}"


def _moved(say: Teller, row: Compared) -> Iterator[str]:
    for key, cases in (("gate.lost", row.lost), ("gate.gained", row.gained)):
        if cases:
            lines = [line for change in cases[:CHANGED] for line in _change(say, row.measure, change)]
            if len(cases) > CHANGED:
                lines.append(f"- {say.t('gate.first', shown=CHANGED, all=len(cases))}")
            yield from _folded(f"{say.title(row.measure)} · {say.t(key, count=len(cases))}", lines)


def _change(say: Teller, measure: Measure, change: Changed) -> Iterator[str]:
    values = (say.amount(measure, change.before), say.amount(measure, change.after))
    yield f"- {code(change.case)} {values[0]} → {values[1]}: {code(change.text)}"
    for key, why in (("gate.before", change.why_before), ("gate.after", change.why_after)):
        if why:
            yield f"  - {say.t(key)}: {_reasons(say, measure, why)}"


def _reasons(say: Teller, measure: Measure, why: tuple[str, ...]) -> str:
    found = [say.reason(measure, text) for text in why]
    told = [[_plain(reason.text), code(reason.line) if reason.line else ""] for reason in found]
    return say.t("chart.split").join(" ".join(filter(None, parts)) for parts in told)


def _plain(text: str) -> str:
    """Reasons name ids and titles; in them nothing is markup, mentions a person or links."""
    flat = re.sub(r"([\\`*_\[\]<>|~])", r"\\\1", " ".join(text.split()))
    return re.sub(r"@|#|:(?=//)|www(?=\.)", lambda match: match[0] + APART, flat)


def _folded(summary: str, lines: Iterable[str]) -> Iterator[str]:
    yield from (f"<details><summary>{summary}</summary>", "", *lines, "", "</details>", "")


def _made(say: Teller, run: Run) -> str:
    made = run.provenance
    state = say.t("made.dirty", tree=made.tree) if made.dirty else say.t("made.clean")
    parts = [f"{say.t(f'made.{name}')} {code(getattr(made, name))}" for name in ("corpus", "criteria", "prompts")]
    kappa = f"κ = {run.kappa[0]:.2f} ({say.t('number.to', low=f'{run.kappa[1]:.2f}', high=f'{run.kappa[2]:.2f}')})"
    seed = f"{say.t('made.seed')} {run.seed}"
    return " · ".join([f"{say.t('made.commit')} {code(made.commit)} ({state})", *parts, kappa, seed])
