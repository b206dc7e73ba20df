"""What has to be known of a language to find the instructions in a text."""

from __future__ import annotations

import re
from dataclasses import dataclass


def pattern(*alternatives: str) -> re.Pattern[str]:
    """Matches any of the alternatives, in either case of letters."""
    return re.compile("|".join(alternatives), re.IGNORECASE)


def one_of(*alternatives: str) -> str:
    """The alternatives as a group to be put into a larger pattern."""
    return f"(?:{'|'.join(alternatives)})"


@dataclass(frozen=True, slots=True)
class Grammar:
    """Patterns of one language. Unless said otherwise they are searched in a main clause without its quotes."""

    clause_end: re.Pattern[str]
    """Ends a clause that stands before the main one."""
    condition: re.Pattern[str]
    """Begins a sentence that says when something applies; the group that matched is the situation itself."""
    subordinate: re.Pattern[str]
    """Matches a whole clause that stands before the main one: a condition, a time, a purpose."""
    opens: re.Pattern[str]
    """Begins a main clause that tells somebody to do something: an imperative."""
    directs: re.Pattern[str]
    """A word of duty, anywhere."""
    forbids: re.Pattern[str]
    """A word of prohibition, anywhere."""
    no_order: re.Pattern[str]
    """Begins a main clause that binds nobody on the staff: duties of guests, remarks about the document."""
    no_step: re.Pattern[str]
    """Begins a list item that is not a step even under the heading of a procedure."""
    aims: re.Pattern[str]
    """A word that states an aim."""
    speaks: re.Pattern[str]
    """Ends what stands before words to be said aloud."""
    before_speech: re.Pattern[str]
    """The words that only introduce a quote, at the end of what stands before it."""
    labels_speech: re.Pattern[str]
    """Matches all that may stand before a quote that belongs to the step before it."""
    topicless: re.Pattern[str]
    """Matches a whole heading that names a part of a procedure and not its subject."""
    silent: re.Pattern[str]
    """A heading under which nothing is an instruction for the moment."""
    applies: re.Pattern[str]
    """A heading under which sentences say when the procedure applies."""
    forbidding: re.Pattern[str]
    """A heading under which every item is something not to do."""
    procedural: re.Pattern[str]
    """A heading under which list items are steps."""
