"""The schema of a playbook file, before it becomes a `Playbook`."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from assistant.domain.vocabulary import Authority, Hazard, Lang, OptionKind, Sector, Urgency

Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+([._-][a-z0-9]+)*$")]
SlotKind = Literal["room", "table", "item", "count", "time", "vehicle", "gate", "floor", "amount"]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Bilingual(_Strict):
    """The same in Chinese and English; one of the two may be missing."""

    en: Line | None = None
    zh: Line | None = None

    @model_validator(mode="after")
    def _one_at_least(self) -> Bilingual:
        if not self.text():
            raise ValueError("give it in en, in zh, or in both")
        return self

    def text(self) -> dict[Lang, str]:
        """What is there, by language."""
        pairs: tuple[tuple[Lang, str | None], ...] = (("en", self.en), ("zh", self.zh))
        return {lang: value for lang, value in pairs if value}


class Signals(_Strict):
    """Utterances by which the situation is recognised."""

    en: tuple[Line, ...] = ()
    zh: tuple[Line, ...] = ()

    @model_validator(mode="after")
    def _one_at_least(self) -> Signals:
        if not self.en and not self.zh:
            raise ValueError("give at least one utterance, better six to twelve in each language")
        return self


class Head(_Strict):
    """The front matter."""

    id: Name
    version: Line
    sectors: Annotated[tuple[Sector, ...], Field(min_length=1)]
    hazard: Hazard = "none"
    dangers: tuple[Hazard, ...] = ()
    urgency: Urgency = "soon"
    needs: tuple[str, ...] = ()
    title: Bilingual
    goal: Bilingual
    signals: Signals
    slots: dict[SlotKind, Bilingual] = Field(default_factory=dict)
    references: tuple[Line, ...] = ()


class _Entry(_Strict):
    en: Line | None = None
    zh: Line | None = None

    @model_validator(mode="after")
    def _some_text(self) -> _Entry:
        if not self.en and not self.zh:
            raise ValueError("has no text; add a line '- en: …' or '- zh: …'")
        return self

    def text(self) -> dict[Lang, str]:
        """What is there, by language."""
        pairs: tuple[tuple[Lang, str | None], ...] = (("en", self.en), ("zh", self.zh))
        return {lang: value for lang, value in pairs if value}


class ActionEntry(_Entry):
    """One action as written under a factor."""

    within_s: Annotated[int, Field(ge=0, le=7 * 24 * 3600)]
    owner: str
    authority: Authority
    needs: tuple[str, ...] = ()
    amount: Annotated[float, Field(ge=0)] = 0.0
    en_say: Line | None = Field(None, alias="en.say")
    zh_say: Line | None = Field(None, alias="zh.say")

    def say(self) -> dict[Lang, str]:
        """The sentence to say, by language."""
        pairs: tuple[tuple[Lang, str | None], ...] = (("en", self.en_say), ("zh", self.zh_say))
        return {lang: value for lang, value in pairs if value}


class OptionEntry(_Entry):
    """One option as written under Options."""

    kind: OptionKind
    authority: Authority
    needs: tuple[str, ...] = ()
    amount: Annotated[float, Field(ge=0)] = 0.0


class AvoidEntry(_Entry):
    """One entry under Avoid."""
