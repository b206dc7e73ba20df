"""Opening hours and shifts: spans of minutes by weekday, in the site's own time."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

DAY = 24 * 60
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
CHINESE_DAYS = "一二三四五六日"
EVERY_DAY = frozenset(range(7))
TIMES = re.compile(r"(\d{1,2})[:：](\d{2})\s*[-–—~至到]\s*(\d{1,2})[:：](\d{2})$")
FORM = "write for example 'Mon-Fri 07:00-15:00', '22:00-06:00' or '周一至周五 09:00-18:00'"


@dataclass(frozen=True, slots=True)
class Span:
    """One stretch. `days` are those on which it begins, 0 is Monday; `closes` may lie behind midnight (over 1440)."""

    days: frozenset[int]
    opens: int
    closes: int

    def around(self, moment: datetime) -> tuple[datetime, datetime] | None:
        """Beginning and end of the stretch that holds `moment`, or None."""
        for back in (0, 1):
            first = moment.replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=back)
            opens, closes = first + timedelta(minutes=self.opens), first + timedelta(minutes=self.closes)
            if first.weekday() in self.days and opens <= moment < closes:
                return opens, closes
        return None


@dataclass(frozen=True, slots=True)
class Hours:
    """All stretches of a week; none means always."""

    spans: tuple[Span, ...] = ()

    def open_at(self, moment: datetime) -> bool:
        """Whether it is open at `moment`, which is in the site's time."""
        return not self.spans or any(span.around(moment) for span in self.spans)

    def closes(self, moment: datetime) -> datetime | None:
        """When it next closes, stretches that touch taken together; None where it is closed or never closes."""
        end = None
        for _ in range(2 * len(DAYS)):
            found = [around[1] for span in self.spans if (around := span.around(end or moment))]
            if not found:
                return end
            end = max(found)
        return None

    def opens(self, moment: datetime) -> datetime | None:
        """When it next opens, within a week; None where it is open."""
        if self.open_at(moment):
            return None
        midnight = moment.replace(hour=0, minute=0, second=0, microsecond=0)
        begins = (
            midnight + timedelta(days=ahead, minutes=span.opens)
            for ahead in range(8)
            for span in self.spans
            if (midnight + timedelta(days=ahead)).weekday() in span.days
        )
        return min((begin for begin in begins if begin > moment), default=None)


ALWAYS_OPEN = Hours()


def read_hours(texts: Sequence[str]) -> Hours:
    """`["Mon-Fri 07:00-15:00", "Sat 22:00-06:00"]`, or with 周一至周五. Raises ValueError that shows how."""
    return Hours(tuple(_span(text.strip()) for text in texts if text.strip()))


def _span(text: str) -> Span:
    found = TIMES.search(text)
    if found is None:
        raise ValueError(f"{text!r} are no hours; {FORM}")
    first, first_minute, last, last_minute = map(int, found.groups())
    opens, closes = first * 60 + first_minute, last * 60 + last_minute
    if max(opens, closes) > DAY or max(first_minute, last_minute) > 59 or opens == closes:
        raise ValueError(f"{text!r} are no hours of a day; {FORM}")
    return Span(_days(text[: found.start()].strip(), text), opens, closes if closes > opens else closes + DAY)


def _days(words: str, text: str) -> frozenset[int]:
    if words in {"", "每天", "daily", "Daily"}:
        return EVERY_DAY
    days: set[int] = set()
    for part in re.split(r"[,，、\s]+", words):
        ends = [_day(end, text) for end in re.split(r"[-–—~至到]", part)]
        days |= {(ends[0] + step) % 7 for step in range((ends[-1] - ends[0]) % 7 + 1)}
    return frozenset(days)


def _day(word: str, text: str) -> int:
    chinese = re.fullmatch(r"(?:周|星期)?([一二三四五六日天])", word)
    if chinese:
        return CHINESE_DAYS.index(chinese[1].replace("天", "日"))
    if word.casefold()[:3] in DAYS:
        return DAYS.index(word.casefold()[:3])
    raise ValueError(f"{word!r} in {text!r} is no day of the week; {FORM}")
