"""Drills: scenarios, sessions turn by turn, the debrief, and one reply judged alone."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable

from fastapi import APIRouter

from assistant.domain.drill import Move, Scenario
from assistant.domain.training import tidy_name
from assistant.domain.vocabulary import in_lang
from assistant.drills.hall import Session
from assistant.drills.state import FoundMove, State
from assistant.server.drill_schemas import (
    AssessAnswer,
    AssessRequest,
    DebriefAnswer,
    DebriefRequest,
    Dials,
    HintAnswer,
    MoveFound,
    RetryRequest,
    ScenarioLine,
    ScenariosAnswer,
    SessionAnswer,
    SpokenTurn,
    StartAnswer,
    StartRequest,
    TurnAnswer,
    TurnRequest,
)
from assistant.server.routes.parts import TheImprov

router = APIRouter(prefix="/api/drills", tags=["drills"])


@router.get("/scenarios")
def scenarios(improv: TheImprov) -> ScenariosAnswer:
    """What can be rehearsed; what the guest hides stays here."""
    return ScenariosAnswer(scenarios=[_line(scenario) for scenario in improv.drills.scenarios()])


@router.post("")
def start(body: StartRequest, improv: TheImprov) -> StartAnswer:
    """Begin a drill. The same seed gives the same guest."""
    session = improv.drills.start(
        body.scenario, difficulty=body.difficulty, seed=body.seed, lang=body.lang, trainee=tidy_name(body.trainee)
    )
    return StartAnswer.model_validate(_begun(session))


@router.post("/assess")
def assess(body: AssessRequest, improv: TheImprov) -> AssessAnswer:
    """Moves and quality of one reply to one line of a guest."""
    reading = improv.drills.assess(body.guest, body.staff)
    return AssessAnswer(moves=_names(reading.moves), evidence=_moves(reading.moves), quality=round(reading.quality))


@router.get("/{drill}")
def session(drill: str, improv: TheImprov) -> SessionAnswer:
    """A session as it stands."""
    return _whole(improv.drills.session(drill))


@router.post("/{drill}/turns")
def turn(drill: str, body: TurnRequest, improv: TheImprov) -> TurnAnswer:
    """Answer the guest."""
    taken, _ = improv.drills.turn(drill, body.text)
    return TurnAnswer(
        guest=taken.guest,
        state=_dials(taken.state),
        moves=_names(taken.moves),
        evidence=_moves(taken.moves),
        quality=taken.quality,
        turn=taken.state.turn,
        ended=taken.state.ended,
        outcome=taken.state.outcome,
    )


@router.post("/{drill}/debrief")
def debrief(drill: str, improv: TheImprov, body: DebriefRequest | None = None) -> DebriefAnswer:
    """The debrief; ends the session where it still goes on."""
    made = improv.drills.debrief(drill, body.reflection if body else "")
    return DebriefAnswer.model_validate(dataclasses.asdict(made))


@router.post("/{drill}/retry")
def retry(drill: str, body: RetryRequest, improv: TheImprov) -> SessionAnswer:
    """Go on differently from one of its turns, as a session of its own."""
    return _whole(improv.drills.retry(drill, body.turn))


@router.post("/{drill}/hint")
def hint(drill: str, improv: TheImprov) -> HintAnswer:
    """What to aim for now; costs points."""
    return HintAnswer(**dataclasses.asdict(improv.drills.hint(drill)))


def _line(scenario: Scenario) -> ScenarioLine:
    return ScenarioLine(
        id=scenario.id,
        sector=scenario.sector,
        difficulty=scenario.difficulty,
        hazard=scenario.hazard,
        langs=scenario.langs,
        title=dict(scenario.title),
        briefing=dict(scenario.briefing),
        guest=dict(scenario.persona.name),
        manner=scenario.persona.manner,
    )


def _begun(session: Session) -> dict[str, object]:
    return {
        "id": session.id,
        "scenario": session.scenario.id,
        "difficulty": session.difficulty,
        "seed": session.seed,
        "lang": session.lang,
        "title": in_lang(session.scenario.title, session.lang),
        "briefing": session.briefing,
        "guest": session.guest,
        "state": _dials(session.state),
        "turn": session.state.turn,
    }


def _whole(session: Session) -> SessionAnswer:
    spoken = zip(session.replies, session.answers, session.states, session.heard, strict=True)
    return SessionAnswer.model_validate(
        {
            **_begun(session),
            "opening": session.opening,
            "turns": [
                SpokenTurn(
                    text=text,
                    guest=answer,
                    state=_dials(state),
                    moves=_names(heard.moves),
                    evidence=_moves(heard.moves),
                )
                for text, answer, state, heard in spoken
            ],
            "ended": session.state.ended,
            "outcome": session.outcome,
            "hints": session.hints,
            "parent": session.parent,
            "from_turn": session.from_turn,
        }
    )


def _dials(state: State) -> Dials:
    return Dials(anger=round(state.anger), trust=round(state.trust), patience=round(state.patience))


def _names(moves: Iterable[FoundMove]) -> list[Move]:
    return [found.move for found in moves]


def _moves(moves: Iterable[FoundMove]) -> list[MoveFound]:
    return [MoveFound(move=found.move, quote=found.quote, chance=round(found.chance, 3)) for found in moves]
