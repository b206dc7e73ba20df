"""What can happen in a turn, as the guest sees it. Stocks of lines are written by these names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, get_args

from assistant.domain.drill import Move

Event = Literal[
    "rude",
    "leaked",
    "blamed",
    "dismissed",
    "walled",
    "stalled",
    "overpromised",
    "boundary",
    "helped",
    "offered",
    "promised",
    "colleague",
    "owned",
    "explained",
    "asked",
    "understood",
    "sorry",
    "sorry_again",
    "pleasant",
    "confirmed",
    "unclear",
    "holding_back",
    "threat",
    "last_warning",
    "accept",
    "accept_grudgingly",
    "leave",
    "open_end",
    "harm",
]
EVENTS: tuple[Event, ...] = get_args(Event)
MEANING: Mapping[Event, str] = {
    "rude": "insulted or ordered about",
    "leaked": "told about somebody else's affairs",
    "blamed": "told that it is the guest's own fault",
    "dismissed": "made small, or a fake apology",
    "walled": "a rule as the end of the talk",
    "stalled": "put off without time or action",
    "overpromised": "promised what nobody can",
    "boundary": "a limit, said respectfully",
    "helped": "something that matters to this guest was met",
    "offered": "an offer, but beside what the guest needs",
    "promised": "a concrete later step",
    "colleague": "somebody else is brought in",
    "owned": "staff make it their own matter",
    "explained": "a reason or status",
    "asked": "a question that brings out nothing new",
    "understood": "the feeling was seen, and nothing done yet",
    "sorry": "the first apology, and nothing done yet",
    "sorry_again": "sorry once more, still nothing done",
    "pleasant": "kind words without substance",
    "confirmed": "staff check whether it is agreed, too early",
    "unclear": "nothing that the guest can make use of",
    "holding_back": "there is more on the guest's mind, and nobody has asked",
    "threat": "the guest threatens a review or a complaint (said once)",
    "last_warning": "patience is nearly gone",
    "accept": "the guest agrees and is content",
    "accept_grudgingly": "the guest agrees, without warmth",
    "leave": "the guest walks away or hangs up",
    "open_end": "time is up, things are open",
    "harm": "the urgent act did not come in time",
}
OF_MOVE: Mapping[Move, Event] = {
    "rude": "rude",
    "leak_privacy": "leaked",
    "blame_guest": "blamed",
    "dismiss": "dismissed",
    "policy_wall": "walled",
    "over_promise": "overpromised",
    "stall": "stalled",
    "set_boundary_politely": "boundary",
    "offer_remedy": "offered",
    "offer_options": "offered",
    "follow_up_promise": "promised",
    "involve_colleague": "colleague",
    "take_ownership": "owned",
    "explain_facts": "explained",
    "clarifying_question": "asked",
    "acknowledge_feeling": "understood",
    "apologise": "sorry",
    "confirm_agreement": "confirmed",
}
"""In the order in which the guest notices them: harm first, then substance, then manners."""
MOODS = ("hot", "tense", "cool")
