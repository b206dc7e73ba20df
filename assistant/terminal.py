"""How things look in a terminal: progress bars and the advice card."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Never

import click
from tqdm import tqdm

from assistant.domain.advice import Advice
from assistant.domain.vocabulary import Text

if TYPE_CHECKING:
    from assistant.audit.audit import Audit
    from assistant.knowledge.checks.coverage import Coverage

_bars: dict[str, tqdm[Never]] = {}

WORDS: dict[str, Text] = {
    "goal": {"en": "Goal", "zh": "目标"},
    "say": {"en": "Say", "zh": "可以说"},
    "options": {"en": "Offer the guest", "zh": "可以给客人的选择"},
    "avoid": {"en": "Avoid", "zh": "避免"},
    "sources": {"en": "Sources", "zh": "出处"},
    "within": {"en": "within {} s", "zh": "{}秒内"},
    "needs": {"en": "needs the {}'s say", "zh": "需{}同意"},
    "supervisor": {"en": "supervisor", "zh": "主管"},
    "manager": {"en": "manager", "zh": "经理"},
    "at_hand": {"en": "at hand", "zh": "可用"},
}


def show_progress(label: str, done: int, total: int) -> None:
    """A bar on standard error for each label."""
    bar = _bars.get(label)
    if bar is None:
        bar = _bars[label] = tqdm(total=total, desc=label, file=sys.stderr, leave=False, mininterval=0.5)
    bar.update(done - bar.n)
    if done >= total:
        bar.close()
        del _bars[label]


def print_audit(audit: Audit, *, notes: bool, coverage: bool) -> None:
    """Findings one a line, the table where asked for, and the sum last."""
    for finding in audit.findings:
        if finding.level != "note" or notes:
            click.echo(f"{finding.level}: {finding.message}")
    if coverage:
        _print_coverage(audit.coverage)
    hidden = "" if notes or not audit.count("note") else " (--notes shows them)"
    counts = ", ".join(f"{audit.count(level)} {level}s" for level in ("error", "warning", "note"))
    click.echo(f"{counts}{hidden}")


def _print_coverage(coverage: Coverage) -> None:
    """Playbooks of each business's own; `+` where only those for any business serve, `-` where none does."""
    from assistant.knowledge.checks.coverage import BUSINESSES

    click.echo("\n" + " " * 17 + " ".join(f"{business[:10]:>10}" for business in BUSINESSES))
    for row in coverage.rows:
        cells = [str(len(cell.own)) if cell.own else "+" if cell.shared else "-" for cell in row.cells]
        click.echo(f"{row.id:<17}" + " ".join(f"{cell:>10}" for cell in cells))
    click.echo()


def print_advice(advice: Advice) -> None:
    """The advice as a card to read."""
    lang = advice.lang

    def word(key: str) -> str:
        return WORDS[key][lang]

    if advice.situation.hazard != "none":
        click.secho(f"!! {advice.situation.hazard.upper().replace('_', ' ')} !!", fg="red", bold=True)
    if advice.notice:
        click.secho(advice.notice, fg="yellow")
    click.secho(advice.situation.summary, bold=True)
    click.echo(f"{word('goal')}: {advice.goal.text}")
    click.secho(" · ".join(f"{need.name}: {need.gain}" for need in advice.goal.needs) + "\n", dim=True)
    for number, action in enumerate(advice.actions, 1):
        facts = [word("within").format(action.within_s), action.owner_name]
        if action.authority != "self":
            facts.append(word("needs").format(word(action.authority)))
        cited = "".join(f"[{source[1:]}]" for source in action.sources)
        click.echo(f"{number}. {action.text} {cited}")
        click.secho(f"   {' · '.join(fact for fact in facts if fact)}", dim=True)
        if action.detail:
            click.echo(f"   {action.detail}")
        if action.say:
            click.secho(f"   {word('say')}: “{action.say}”", fg="cyan")
        if action.resources:
            click.echo(f"   {word('at_hand')}: {'; '.join(resource.name for resource in action.resources)}")
    for key, entries in (("options", advice.options), ("avoid", advice.avoid)):
        if entries:
            click.echo(f"\n{word(key)}:")
            for entry in entries:
                click.echo(f"- {entry.text}")
    for line in (*(one.text for one in advice.combinations), *(one.text for one in advice.limits)):
        click.secho(f"\n{line}", dim=True)
    click.secho(f"\n{word('sources')}:", dim=True)
    for source in advice.sources:
        click.secho(f"[{source.id[1:]}] {source.document} · {source.locator}", dim=True)
