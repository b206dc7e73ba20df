"""Where drills are played: sessions begin, go on, are gone back to, and end in a debrief.

A session is its scenario, difficulty, seed and the trainee's replies; everything else follows. What was heard in each
reply is kept with it, so that a better recogniser never rewrites the past.
"""

from __future__ import annotations

import dataclasses
import secrets
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar, cast

from pydantic import TypeAdapter

from assistant.domain.drill import DIFFICULTIES, Difficulty, Scenario
from assistant.domain.incident import clean_incident
from assistant.domain.playbook import Playbook
from assistant.domain.vocabulary import LANGS, Lang, in_lang
from assistant.drills.debrief import Debrief, Played, debrief
from assistant.drills.guest import open_needs, step
from assistant.drills.library import ScenarioLibrary
from assistant.drills.lines import LineStock, Voice
from assistant.drills.listening import Listener, listener
from assistant.drills.matching import Encode
from assistant.drills.moves.heads import Array
from assistant.drills.moves.recogniser import MoveReader, Reading
from assistant.drills.rubric import Rubric
from assistant.drills.state import FoundMove, Heard, State, opening_state
from assistant.drills.wording import Wordings
from assistant.errors import Conflict, InvalidInput
from assistant.records.drills import DrillStore, KeptDrill, KeptTurn

KEPT = 64
"""Scenarios whose examples stay encoded in memory, per language."""
LARGEST_SEED = 2**53 - 1
"""What a browser can hold as a whole number."""
_HEARD = TypeAdapter(Heard)
_STATE = TypeAdapter(State)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Session:
    """A session as it stands. `guest`: what the guest said last; `replies`, `answers`: both sides, turn by turn."""

    id: str
    scenario: Scenario
    difficulty: Difficulty
    lang: Lang
    seed: int
    opening: str
    state: State
    replies: tuple[str, ...]
    answers: tuple[str, ...]
    states: tuple[State, ...]
    heard: tuple[Heard, ...]
    used: frozenset[str]
    hints: int
    parent: str
    from_turn: int
    trainee: str
    reflection: str

    @property
    def guest(self) -> str:
        """What the guest said last."""
        return self.answers[-1] if self.answers else self.opening

    @property
    def briefing(self) -> str:
        """What the trainee knows at the start."""
        return in_lang(self.scenario.briefing, self.lang)

    @property
    def outcome(self) -> str | None:
        """How it ended, or None while it goes on."""
        return self.state.outcome


@dataclass(frozen=True, slots=True)
class TurnTaken:
    """The guest's answer to one reply, and what was read from the reply."""

    guest: str
    state: State
    moves: tuple[FoundMove, ...]
    quality: float
    revealed: tuple[str, ...]
    met: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Hint:
    """Help on demand. `text`: what to aim for; `say`: a sentence with its source; `cost` in points of the score."""

    text: str
    say: str
    document: str
    cost: float
    taken: int


@dataclass(frozen=True, slots=True)
class Content:
    """What drills are made of."""

    scenarios: ScenarioLibrary
    lines: LineStock
    rubric: Rubric
    playbooks: Callable[[], Sequence[Playbook]]


@dataclass(frozen=True, slots=True)
class Learned:
    """What training gives. `background`: vectors of ordinary service talk by language."""

    reader: MoveReader
    background: Mapping[Lang, Array]


class DrillHall:
    """Plays drills and keeps them; thread-safe, and any number of servers may share the records."""

    def __init__(self, content: Content, store: DrillStore, encode: Encode, learn: Callable[[], Learned]) -> None:
        """`learn` is called once, when the first reply is to be read: it may take a minute."""
        self._content, self._store, self._encode, self._learn = content, store, encode, learn
        self._lock, self._learning = threading.Lock(), threading.Lock()
        self._listeners: OrderedDict[object, Listener] = OrderedDict()
        self._wordings: OrderedDict[object, Wordings] = OrderedDict()

    @cached_property
    def _learned_once(self) -> Learned:
        return self._learn()

    @property
    def _learned(self) -> Learned:
        with self._learning:  # two first requests at once must not train twice
            return self._learned_once

    def scenarios(self) -> tuple[Scenario, ...]:
        """All scenarios that can be played, by id."""
        return self._content.scenarios.all()

    def faults(self) -> tuple[str, ...]:
        """What is wrong with scenario files that cannot be played."""
        return self._content.scenarios.faults()

    def assess(self, guest: str, staff: str) -> Reading:
        """Moves and quality of one reply to one line. Raises InvalidInput."""
        return self._learned.reader.read(clean_incident(staff), clean_incident(guest) if guest.strip() else "")

    def start(
        self,
        scenario: str,
        *,
        difficulty: int | None = None,
        seed: int | None = None,
        lang: str | None = None,
        trainee: str = "",
    ) -> Session:
        """A new session. Raises UnknownName for the scenario, InvalidInput for the rest."""
        chosen = self._content.scenarios.get(scenario)
        level = _difficulty(chosen, difficulty)
        speaking = _language(chosen, lang)
        number = secrets.randbelow(2**31) if seed is None else seed
        if not 0 <= number <= LARGEST_SEED:
            raise InvalidInput(f"the seed is {number}; give a whole number from 0 to {LARGEST_SEED}")
        opening = Voice(self._content.lines, chosen, speaking, number).opening()
        kept = KeptDrill(_new_id(), chosen.id, chosen.version, speaking, level, number, opening, trainee)
        self.listener(chosen, speaking)  # encoded now: the first turn is as quick as the others
        self._store.begin(kept)
        return self._session(kept)

    def session(self, id_: str) -> Session:
        """A session as it stands. Raises UnknownName."""
        return self._session(self._store.get(id_))

    def turn(self, id_: str, text: str) -> tuple[TurnTaken, Session]:
        """The guest's answer to a reply. Raises UnknownName, InvalidInput, or Conflict where the session has ended."""
        tidy = clean_incident(text)
        session = self.session(id_)
        if session.state.ended:
            raise Conflict(f"drill {id_!r} has ended; ask for its debrief, or retry from one of its turns")
        listening = self.listener(session.scenario, session.lang)
        heard = listening.hear(tidy, session.guest, session.replies)
        stepped = step(session.scenario, session.difficulty, session.state, heard)
        voice = Voice(self._content.lines, session.scenario, session.lang, session.seed)
        lines = voice.say(stepped.cues, stepped.state, session.used)
        turn = KeptTurn(tidy, dataclasses.asdict(heard), dataclasses.asdict(stepped.state), lines)
        self._store.add_turn(id_, stepped.state.turn, turn, stepped.state.outcome or "")
        before, after = session.state, stepped.state
        taken = TurnTaken(
            guest=_joined(lines, session.lang),
            state=after,
            moves=heard.moves,
            quality=heard.quality,
            revealed=tuple(fact for fact in after.facts if fact not in before.facts),
            met=tuple(n.id for n in session.scenario.needs if after.is_met(n.id) and not before.is_met(n.id)),
        )
        return taken, self.session(id_)

    def retry(self, id_: str, turn: int) -> Session:
        """A new session that stands where this one stood after `turn` replies; the old one stays as it is.

        Raises UnknownName, or InvalidInput where it has no such turn.
        """
        old = self._store.get(id_)
        if not 0 <= turn <= len(old.turns):
            raise InvalidInput(f"drill {id_!r} has turns 0 to {len(old.turns)}, not {turn}; choose one of them")
        kept = dataclasses.replace(
            old,
            id=_new_id(),
            parent=id_,
            from_turn=turn,
            turns=old.turns[:turn],
            hints=0,
            reflection="",
            outcome="",
            debrief=None,
        )
        if turn and _STATE.validate_python(old.turns[turn - 1].state).ended:
            raise InvalidInput(f"drill {id_!r} ended with turn {turn}; retry from an earlier one")
        self._store.begin(kept)
        return self._session(kept)

    def hint(self, id_: str) -> Hint:
        """What to aim for now; each one costs points. Raises UnknownName, or Conflict where the session has ended."""
        from assistant.drills.scoring import HINT_COST

        session = self.session(id_)
        if session.state.ended:
            raise Conflict(f"drill {id_!r} has ended; its debrief says more than a hint")
        lang, text, wanted = session.lang, *_aim(session)
        said = self._wording(session.scenario, lang).first_open(wanted)
        taken = self._store.count_hint(id_)
        return Hint(text, said.text if said else "", said.document if said else "", HINT_COST, taken)

    def debrief(self, id_: str, reflection: str = "") -> Debrief:
        """The debrief; ends a session that still goes on. Raises UnknownName."""
        session = self.session(id_)
        if not session.heard:
            raise Conflict(f"nothing has been said in drill {id_!r} yet; answer the guest first")
        spoken = (session.opening, *session.answers)[: len(session.heard)]
        played = Played(
            session.scenario,
            session.difficulty,
            session.lang,
            session.seed,
            session.heard,
            spoken,
            session.hints,
            reflection or session.reflection,
        )
        wordings = self._wording(session.scenario, session.lang)
        made = debrief(played, self._content.rubric, wordings, self._learned.reader.spread(session.lang))
        self._store.keep_debrief(id_, dataclasses.asdict(made), reflection)
        return made

    def _session(self, kept: KeptDrill) -> Session:
        scenario = self._content.scenarios.get(kept.scenario)
        difficulty = cast(Difficulty, kept.difficulty)
        states = tuple(_STATE.validate_python(turn.state) for turn in kept.turns)
        return Session(
            id=kept.id,
            scenario=scenario,
            difficulty=difficulty,
            lang=kept.lang,
            seed=kept.seed,
            opening=kept.opening,
            state=states[-1] if states else opening_state(scenario, difficulty),
            replies=tuple(turn.text for turn in kept.turns),
            answers=tuple(_joined(turn.lines, kept.lang) for turn in kept.turns),
            states=states,
            heard=tuple(_HEARD.validate_python(turn.heard) for turn in kept.turns),
            used=frozenset({kept.opening, *(line for turn in kept.turns for line in turn.lines)}),
            hints=kept.hints,
            parent=kept.parent,
            from_turn=kept.from_turn,
            trainee=kept.trainee,
            reflection=kept.reflection,
        )

    def listener(self, scenario: Scenario, lang: Lang) -> Listener:
        """What hears replies in this scenario; encoded once and kept."""

        def make() -> Listener:
            learned = self._learned
            return listener(scenario, lang, learned.reader, self._encode, learned.background[lang])

        return self._kept(self._listeners, (scenario.id, id(scenario), lang), make)

    def _wording(self, scenario: Scenario, lang: Lang) -> Wordings:
        def make() -> Wordings:
            return Wordings(scenario, self._content.playbooks(), lang, self._encode)

        return self._kept(self._wordings, (scenario.id, id(scenario), lang), make)

    def _kept(self, known: OrderedDict[object, T], key: object, make: Callable[[], T]) -> T:
        with self._lock:
            if key in known:
                known.move_to_end(key)
                return known[key]
        made = make()
        with self._lock:
            known[key] = made
            while len(known) > KEPT * len(LANGS):
                known.popitem(last=False)
        return made


def _new_id() -> str:
    return secrets.token_urlsafe(12)


def _difficulty(scenario: Scenario, wanted: int | None) -> Difficulty:
    if wanted is None:
        return scenario.difficulty
    if wanted not in DIFFICULTIES:
        raise InvalidInput(f"the difficulty is {wanted}; use 1 (gentle), 2 (usual) or 3 (hard)")
    return wanted


def _language(scenario: Scenario, wanted: str | None) -> Lang:
    if wanted is None:
        return scenario.langs[0]
    if wanted not in scenario.langs:
        raise InvalidInput(f"{scenario.id!r} is not written in {wanted!r}; use {' or '.join(scenario.langs)}")
    return wanted


def _joined(lines: Sequence[str], lang: Lang) -> str:
    return ("" if lang == "zh" else " ").join(lines)


AIM: Mapping[str, Mapping[Lang, str]] = {
    "urgent": {"en": "First of all: {}", "zh": "先办最急的：{}"},
    "need": {"en": "The guest needs: {}", "zh": "客人需要：{}"},
    "fact": {"en": "There is something that the guest has not told. Ask.", "zh": "客人还有话没说，问一问。"},
    "calm": {
        "en": "The matter is settled; now make sure that the guest agrees.",
        "zh": "事情办得差不多了，和客人确认一遍。",
    },
}


def _aim(session: Session) -> tuple[str, tuple[str, ...]]:
    """What the hint says, and things that staff might say."""
    scenario, state, lang = session.scenario, session.state, session.lang
    for act in scenario.urgent:
        if act.id not in state.urgent:
            return AIM["urgent"][lang].format(in_lang(act.text, lang)), act.said[lang]
    untold = {need.after for need in scenario.needs if need.after and not state.is_met(need.id)} - {*state.facts}
    waiting = open_needs(scenario, state)
    if untold and (not waiting or state.turn >= 1):
        fact = next(fact for fact in scenario.facts if fact.id in untold)
        return AIM["fact"][lang], fact.asked_by[lang]
    if waiting:
        return AIM["need"][lang].format(in_lang(waiting[0].text, lang)), waiting[0].met_by[lang]
    return AIM["calm"][lang], scenario.ideal[lang][-1:]
