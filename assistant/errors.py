"""Every error that a person may see, grouped by whose fault it is.

Each message is one plain sentence: what is wrong, with the value, and how to mend it. `code` is
stable and goes out in problem documents; the edges (HTTP, command line) translate by group.
"""

from __future__ import annotations

from typing import ClassVar


class ImprovError(Exception):
    """Root of everything that Improv raises on purpose."""

    code: ClassVar[str] = "error"


class CallerError(ImprovError):
    """What was asked cannot be done as asked. HTTP 4xx, exit status 2."""

    code = "bad-request"


class InvalidInput(CallerError):
    """A value is missing, too long, or of the wrong form."""

    code = "invalid-input"


class UnknownName(CallerError):
    """A name (site, role, document, collection) that does not exist."""

    code = "unknown-name"


class Conflict(CallerError):
    """What is to be changed was changed by somebody else in the meantime, or may not be changed so."""

    code = "conflict"


class UnreadableDocument(CallerError):
    """A document that cannot be read; the message says why."""

    code = "unreadable-document"


class InvalidPlaybook(UnreadableDocument):
    """A playbook that breaks its schema; the message names file, line and mend."""

    code = "invalid-playbook"


class InvalidScenario(UnreadableDocument):
    """A drill's scenario that breaks its schema; the message names file, line and mend."""

    code = "invalid-scenario"


class ContentError(ImprovError):
    """The shipped or configured content is wrong. HTTP 500, exit status 2."""

    code = "bad-content"


class SetupError(ImprovError):
    """The installation or its configuration is wrong. HTTP 503, exit status 2."""

    code = "setup"


class MissingPart(SetupError):
    """A package, model or file that should be there is not."""

    code = "missing-part"


class IndexUnavailable(SetupError):
    """The vector index cannot be opened or asked; retrieval degrades to words alone."""

    code = "index-unavailable"


class NothingFound(ImprovError):
    """The question was fine and the answer is no. HTTP 200 with the answer, exit status 1."""

    code = "nothing-found"
