"""The forms of requests and of answers that are not domain values."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from assistant.domain.advice import Advice
from assistant.domain.vocabulary import Guidance, Lang
from assistant.server.site_schemas import StaffId

Id = Annotated[str, Field(max_length=64, pattern=r"^[A-Za-z0-9_-]*$")]


class SuggestRequest(BaseModel):
    """One incident."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"text": "Room 1208 is not ready and the guest is furious", "role": "front_desk"},
                {"text": "客人三点来办入住，房间还没打扫好", "site": "demo-hotel"},
            ]
        }
    )

    text: str
    role: Annotated[str, Field(max_length=100)] | None = None
    site: Annotated[str, Field(max_length=100)] | None = None
    lang: Lang | None = None
    conversation: Id | None = None
    staff: StaffId | None = None
    guidance: Guidance | None = None


class DoneRequest(BaseModel):
    """An action ticked off, or unticked."""

    action: Annotated[str, Field(max_length=300)]
    done: bool


class DoneAnswer(BaseModel):
    """All actions of an advice that are ticked off."""

    done: tuple[str, ...]


class TurnAnswer(BaseModel):
    """One turn of a conversation."""

    text: str
    advice: Advice
    done: tuple[str, ...]


class ConversationAnswer(BaseModel):
    """A conversation, oldest turn first."""

    id: str
    turns: list[TurnAnswer]


class Section(BaseModel):
    """A piece of a document with its place."""

    locator: str
    text: str


class DocumentAnswer(BaseModel):
    """A document as it can be cited."""

    id: str
    title: str
    version: str
    sections: list[Section]


class QuickSituation(BaseModel):
    """A situation to tap instead of typing it."""

    id: str
    title: str
    text: str


class SituationsAnswer(BaseModel):
    """Situations to tap."""

    situations: list[QuickSituation]


class HealthAnswer(BaseModel):
    """Whether the server can answer."""

    status: str
    playbooks: int
    encoder: str
