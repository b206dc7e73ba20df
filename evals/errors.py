"""What can go wrong in an evaluation."""

from __future__ import annotations

from assistant.errors import CallerError, ImprovError


class SystemFailed(ImprovError):
    """A system under test gave no answer to a case; the case is recorded as failed, and never as passed."""


class BadRunFile(CallerError):
    """A run file that cannot be used; the message says why."""
