"""Text as documents hold it, made even: invisible characters, blanks, line ends, list markers, width."""

from __future__ import annotations

import re
from unicodedata import east_asian_width

LINE_END = re.compile(r"\r\n?|[\u000b\u000c\u0085\u2028\u2029]")
INVISIBLE = re.compile(
    "[\u0000-\u0008\u000e-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ud800-\udfff\ufeff\ufff9-\uffff\U000e0000-\U000e0fff]"
)
BLANKS = re.compile(r"[^\S\n]+")
MARKER = re.compile(
    r"""\s*(?:
        [-*+•●▪■◦‣·–—]\s+(?:\[[ xX]\]\s+)?           # bullet, with or without a tick box
      | [•●▪■◦‣☐☑✓✔✗]\s*
      | [①-⑳]\s*
      | \d{1,2}(?:\.\d{1,2})*[.)、．）](?!\d)\s*      # 1.  1.2.  1)  1、 but not 1.5
      | \d{1,2}(?:\.\d{1,2})+\s+
      | [(（]\s*(?:\d{1,2}|[a-zA-Z]|[一二三四五六七八九十]{1,3})\s*[)）]\s*
      | [一二三四五六七八九十]{1,3}[、.．]\s*
      | 第[一二三四五六七八九十\d]{1,3}步\s*[:：、,，.]?\s*
      | 步骤\s*[一二三四五六七八九十\d]{1,3}\s*[:：、,，.]?\s*
      | [Ss]tep\s+\d{1,2}\s*[:.)\-–]\s*
      | [a-zA-Z][.)]\s+
    )""",
    re.VERBOSE,
)


def clean(text: str) -> str:
    """The text without invisible characters, with single blanks, no blank lines, and no blanks at line ends."""
    visible = INVISIBLE.sub("", LINE_END.sub("\n", text))
    lines = (line.strip() for line in BLANKS.sub(" ", visible).split("\n"))
    return "\n".join(line for line in lines if line)


def strip_marker(text: str) -> str:
    """The text without the bullet or number that it begins with; a text that is a marker alone stays."""
    match = MARKER.match(text)
    return text[match.end() :] if match and match.end() < len(text) else text


def has_marker(text: str) -> bool:
    """Whether the text begins as a list item does."""
    return strip_marker(text) != text


def is_wide(char: str) -> bool:
    """Whether the character takes two columns, as Chinese characters and their punctuation do."""
    return east_asian_width(char) in "WF"


def columns(text: str) -> int:
    """The width of the text where a Latin letter is one column wide."""
    return sum(2 if is_wide(char) else 1 for char in text)
