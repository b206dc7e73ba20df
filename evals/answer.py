"""What a system under test answered, in one shape for all of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class AnsweredAction:
    """One line of advice. `id` is card/action where it came from a playbook, else empty."""

    text: str
    say: str = ""
    id: str = ""
    factor: str = ""
    owner: str = ""
    authority: str = "self"
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Citation:
    """A source as the answer gives it."""

    id: str
    document: str
    locator: str
    quote: str


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer to one case.

    `playbooks` in order of fit, best first. `hazard` and `covered` are None where a system cannot
    say them: that is not scored, and never passed. `seconds` is the time that the answer took. `named`: every
    resource that it names, with whose say it claims to need; `scene`: the moment at which it was asked, if known.
    """

    actions: tuple[AnsweredAction, ...]
    playbooks: tuple[str, ...] = ()
    goal: str = ""
    options: tuple[AnsweredAction, ...] = ()
    avoid: tuple[AnsweredAction, ...] = ()
    sources: tuple[Citation, ...] = ()
    hazard: str | None = None
    covered: bool | None = None
    confidence: float | None = None
    lang: str = ""
    seconds: float = 0.0
    named: tuple[tuple[str, str], ...] = ()
    scene: Mapping[str, Any] | None = None

    @property
    def lines(self) -> tuple[str, ...]:
        """Everything that the answer tells the staff member to do or say; warnings are not among it."""
        said = (text for line in (*self.actions, *self.options) for text in (line.text, line.say))
        return tuple(text for text in (self.goal, *said) if text)

    def to_json(self) -> dict[str, Any]:
        """Plain values, for a run file."""
        return asdict(self)

    @classmethod
    def from_json(cls, read: Mapping[str, Any]) -> Answer:
        """What `to_json` wrote."""
        lines = {name: tuple(map(_line, read[name])) for name in ("actions", "options", "avoid")}
        sources = tuple(Citation(**source) for source in read["sources"])
        named = tuple((id_, say) for id_, say in read.get("named", ()))
        return cls(**{**read, **lines, "sources": sources, "playbooks": tuple(read["playbooks"]), "named": named})

    @classmethod
    def from_advice(
        cls,
        advice: Mapping[str, Any],
        seconds: float,
        ranked: tuple[str, ...] = (),
        scene: Mapping[str, Any] | None = None,
    ) -> Answer:
        """From the public JSON of an Advice. `ranked`: what retrieval put behind the cards that are shown."""
        places = {source["id"]: source for source in advice["sources"]}

        def line(entry: Mapping[str, Any]) -> AnsweredAction:
            cited = tuple(entry["sources"])
            return AnsweredAction(
                text=entry["text"],
                say=entry.get("say", ""),
                id=entry.get("id") or _entry_id(places[cited[0]] if cited else None),
                factor=entry.get("factor", ""),
                owner=entry.get("owner", ""),
                authority=entry.get("authority", "self"),
                sources=cited,
            )

        actions = tuple(map(line, advice["actions"]))
        shown = [places[id_]["document"] for id_ in advice["goal"]["sources"]]
        shown += [places[id_]["document"] for action in actions for id_ in action.sources]
        return cls(
            actions=actions,
            playbooks=tuple(dict.fromkeys((*shown, *ranked))),
            goal=advice["goal"]["text"],
            options=tuple(map(line, advice["options"])),
            avoid=tuple(map(line, advice["avoid"])),
            sources=tuple(
                Citation(source["id"], source["document"], source["locator"], source["quote"])
                for source in advice["sources"]
            ),
            hazard=advice["situation"]["hazard"],
            covered=advice["covered"],
            confidence=advice["confidence"],
            lang=advice["lang"],
            seconds=seconds,
            named=tuple(_named(advice)),
            scene=scene,
        )


def _named(advice: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for entry in (*advice["actions"], *advice["options"], *advice.get("combinations", ())):
        for thing in entry.get("resources", ()):
            yield thing["id"], thing.get("authority", "self")


def _line(read: Mapping[str, Any]) -> AnsweredAction:
    return AnsweredAction(**{**read, "sources": tuple(read["sources"])})


def _entry_id(source: Mapping[str, Any] | None) -> str:
    """Options and warnings carry no id of their own; the place that they cite ends with it."""
    return f"{source['document']}/{source['locator'].split(' › ')[-1]}" if source else ""
