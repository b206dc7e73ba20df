"""Drills in a terminal: the list, a session to play, its debrief."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape
from rich.panel import Panel
from rich.table import Table
from rich.text import Text as Styled

from assistant.domain.vocabulary import Lang, Text, in_lang
from assistant.errors import Conflict

if TYPE_CHECKING:
    from assistant.domain.drill import Scenario
    from assistant.drills.debrief import Debrief
    from assistant.drills.hall import DrillHall, Session
    from assistant.drills.state import FoundMove, State

WORDS: dict[str, Text] = {
    "you": {"en": "You", "zh": "您"},
    "help": {
        "en": "Type what you would say. Empty line or /end: debrief · /hint · /back N: go on from turn N",
        "zh": "请输入您会说的话。空行或 /end：看点评 · /hint：提示 · /back N：回到第N轮重来",
    },
    "anger": {"en": "anger", "zh": "怒气"},
    "trust": {"en": "trust", "zh": "信任"},
    "patience": {"en": "patience", "zh": "耐心"},
    "better": {"en": "Better", "zh": "可以说"},
    "open": {"en": "Still open", "zh": "没有解决"},
    "hidden": {"en": "Hidden", "zh": "没说的事"},
    "found": {"en": "found", "zh": "问到了"},
    "missed": {"en": "missed; ask:", "zh": "没问到，可以问："},
    "next": {"en": "One thing to try", "zh": "下次试一件事"},
    "score": {"en": "Score", "zh": "得分"},
    "between": {"en": "between", "zh": "区间"},
    "moments": {"en": "Turning points", "zh": "转折点"},
    "guest": {"en": "The guest over time", "zh": "客人的变化"},
}
OUTCOMES: dict[str, Text] = {
    "settled": {"en": "The guest agreed.", "zh": "客人同意了。"},
    "left": {"en": "The guest walked away.", "zh": "客人走了。"},
    "harm": {"en": "Help came too late.", "zh": "没来得及。"},
    "open": {"en": "It ended with things open.", "zh": "事情没谈完。"},
}
BAR = 20


def print_scenarios(scenarios: Iterable[Scenario], lang: Lang) -> None:
    """One line each."""
    table = Table(box=None, pad_edge=False)
    for heading in ("id", "sector", "level", "title"):
        table.add_column(heading, no_wrap=heading != "title")
    for scenario in scenarios:
        table.add_row(scenario.id, scenario.sector, "●" * scenario.difficulty, in_lang(scenario.title, lang))
    Console(highlight=False).print(table)


def play(hall: DrillHall, session: Session, console: Console | None = None) -> Debrief | None:
    """Play until the guest or the trainee ends it. None where nothing was said."""
    shown = console or Console(highlight=False)
    lang = session.lang
    shown.print(Panel(session.briefing, title=in_lang(session.scenario.title, lang), border_style="cyan"))
    shown.print(Styled(in_lang(WORDS["help"], lang), style="dim"))
    _print_guest(shown, session.scenario, lang, session.guest, session.state)
    while not session.state.ended:
        text = _asked(shown, f"[bold green]{in_lang(WORDS['you'], lang)}[/] › ")
        if text in {"", "/end"}:
            break
        session = _done(hall, session, text, shown)
    if not session.heard:
        return None
    made = hall.debrief(session.id)
    shown.rule()
    shown.print(Styled(in_lang(OUTCOMES[made.outcome], lang), style="bold"))
    if reflection := _asked(shown, f"[yellow]{made.question}[/]\n› "):
        made = hall.debrief(session.id, reflection)
    print_debrief(made, lang, shown)
    return made


def _done(hall: DrillHall, session: Session, text: str, shown: Console) -> Session:
    """The session after one line that was typed."""
    lang = session.lang
    if text == "/hint":
        hint = hall.hint(session.id)
        shown.print(Styled(f"{hint.text}\n“{hint.say}”  (−{hint.cost:.0f})", style="yellow"))
        return session
    if text.startswith("/back"):
        words = text.split()
        number = int(words[1]) if len(words) > 1 and words[1].isdigit() else max(0, session.state.turn - 1)
        session = hall.retry(session.id, min(number, session.state.turn))
        _print_guest(shown, session.scenario, lang, session.guest, session.state)
        return session
    try:
        taken, session = hall.turn(session.id, text)
    except Conflict as error:
        shown.print(Styled(str(error), style="red"))
        return session
    shown.print(Styled(_told(taken.moves), style="dim"))
    _print_guest(shown, session.scenario, lang, taken.guest, taken.state)
    return session


def _asked(shown: Console, prompt: str) -> str:
    try:
        return shown.input(prompt).strip()
    except EOFError:
        return ""


def _told(moves: Iterable[FoundMove]) -> str:
    return "  " + " · ".join(f"{found.move} “{found.quote}”" for found in moves)


def _print_guest(shown: Console, scenario: Scenario, lang: Lang, guest: str, state: State) -> None:
    name = in_lang(scenario.persona.name, lang)
    shown.print(
        Panel(guest, title=name, title_align="left", border_style=_colour(state.anger), subtitle=_dials(state, lang))
    )


def _colour(anger: float) -> str:
    return "red" if anger >= 65 else "yellow" if anger >= 35 else "green"


def _dials(state: State, lang: Lang) -> str:
    named = (("anger", state.anger), ("trust", state.trust), ("patience", state.patience))
    return "  ".join(f"{in_lang(WORDS[name], lang)} {value:.0f}" for name, value in named)


def print_debrief(made: Debrief, lang: Lang, shown: Console) -> None:
    """Scores with their intervals, moments, time line, what was hidden, what to try next."""

    def word(key: str) -> str:
        return in_lang(WORDS[key], lang)

    table = Table(box=None, pad_edge=False)
    for heading in (word("score"), "", word("between"), ""):
        table.add_column(heading)
    for name, value in (("overall", made.overall), *made.scores.items()):
        interval = made.intervals[name]
        bar = "█" * round(value / 100 * BAR)
        table.add_row(name, f"{value:>3} {bar}", f"{interval.low:.0f}–{interval.high:.0f}", made.levels[name])
    shown.print(table)
    shown.print(f"\n[bold]{word('moments')}[/]")
    for moment in made.moments:
        told = f"[dim]{moment.move}  {moment.change:+.0f}[/]\n   {moment.why}"
        shown.print(f"{moment.turn}. “{escape(moment.quote)}”  {told}")
        if moment.source is not None:
            place = f"{moment.source.document} · {moment.source.locator}"
            shown.print(f"   [cyan]{word('better')}: “{escape(moment.better)}”[/]  [dim]({place})[/]")
    shown.print(f"\n[bold]{word('guest')}[/]")
    for point in made.timeline:
        dials = f"{point.anger:>3} / {point.trust:>3} / {point.patience:>3}"
        shown.print(f"{point.turn:>2}  {dials}  [red]{'█' * round(point.anger / 5)}[/]")
    for fact in made.facts:
        known = word("found") if fact.found else f"{word('missed')} “{fact.ask}”"
        shown.print(f"{word('hidden')}: {fact.text} — {known}")
    if made.open:
        shown.print(f"{word('open')}: {'; '.join(made.open)}")
    shown.print(Panel(made.next, title=word("next"), border_style="cyan"))
