"""Which parts of an HTML page a visitor sees, by its own styles: inline, in `<style>`, and the attributes of old."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser

from bs4 import BeautifulSoup, Tag
from soupsieve import SelectorSyntaxError

from assistant.knowledge.readers.visibility import SMALLEST_PT, is_faint, is_transparent, rgb_of

Declared = Mapping[str, str]
"""Properties of one element by name, in lower case."""

CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
AT_BLOCK = re.compile(r"@[\w-]+[^{};]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")
"""Rules for print, for small screens, for animations: not what is seen at first."""
RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
LENGTH = re.compile(r"(-?[\d.]+)\s*(px|pt|em|rem|%|)")
POINTS: Mapping[str, float] = {"px": 0.75, "pt": 1.0, "em": 12.0, "rem": 12.0, "%": 0.12, "": 0.75}
AWAY_PT = -750.0
"""A shift further than this moves a text out of the window."""
CLIPPED = re.compile(r"rect\(\s*0[^)]*\)|inset\(\s*(?:50|100)%|circle\(\s*0|polygon\(\s*0\s*0\s*(?:,\s*0\s*0\s*)*\)")
WHITE = "ffffff"
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
INVISIBLE: Mapping[str, re.Pattern[str]] = {
    "display": re.compile(r"none"),
    "visibility": re.compile(r"hidden|collapse"),
    "opacity": re.compile(r"0?\.?0*%?"),
    "transform": re.compile(r".*\bscale[xy]?\(\s*0(?:\.0+)?\s*[,)].*"),
    "content-visibility": re.compile(r"hidden"),
}


class Visibility:
    """Tells of each element whether what stands in it is seen. The nearest element with a colour or size gives it."""

    def __init__(self, soup: BeautifulSoup) -> None:
        self._known: dict[int, Declared] = {}
        self._rules: defaultdict[int, dict[str, str]] = defaultdict(dict)
        for selector, declared in _rules(soup):
            for tag in _selected(soup, selector):
                self._rules[id(tag)] |= declared

    def hides_all(self, tag: Tag) -> bool:
        """Whether nothing within the element is seen, whatever it declares itself."""
        declared = self._declared(tag)
        if tag.has_attr("hidden"):
            return True
        if any(form.fullmatch(declared.get(name, "x")) for name, form in INVISIBLE.items()):
            return True
        if CLIPPED.search(declared.get("clip", "")) or CLIPPED.search(declared.get("clip-path", "")):
            return True
        shifts = (
            declared.get(name, "") for name in ("left", "top", "right", "margin-left", "margin-top", "text-indent")
        )
        if any((shift := _points(value)) is not None and shift < AWAY_PT for value in shifts):
            return True
        sizes = [_points(declared.get(name, "")) for name in ("width", "height", "max-height", "max-width")]
        cut = declared.get("overflow", "") in {"hidden", "clip"}
        return cut and any(size is not None and size <= 1 for size in sizes)

    def hides_text(self, tag: Tag) -> bool:
        """Whether the letters that stand in this element itself are too small or in the colour of their ground."""
        chain = [tag, *(parent for parent in tag.parents if isinstance(parent, Tag))]
        size = next((points for each in chain if (points := self._size(each)) is not None), None)
        if size is not None and size < SMALLEST_PT:
            return True
        colour = next((given for each in chain if (given := self._colour(each))), "")
        if not colour:
            return False
        if is_transparent(colour):
            return True
        ink, behind = rgb_of(colour), self._behind(chain)
        return ink is not None and behind is not None and is_faint(ink, behind)

    def _declared(self, tag: Tag) -> Declared:
        known = self._known.get(id(tag))
        if known is None:
            inline = _declarations(str(tag.get("style", "")))
            known = self._known[id(tag)] = {**self._rules.get(id(tag), {}), **inline}
        return known

    def _size(self, tag: Tag) -> float | None:
        return _points(self._declared(tag).get("font-size", ""))

    def _colour(self, tag: Tag) -> str:
        return self._declared(tag).get("color", "") or (str(tag.get("color", "")) if tag.name == "font" else "")

    def _behind(self, chain: list[Tag]) -> str | None:
        """The colour behind a text; None where a picture or something unknown is there."""
        for tag in chain:
            declared = self._declared(tag)
            given = declared.get("background-color") or declared.get("background") or str(tag.get("bgcolor", ""))
            if tag.has_attr("background") or "background-image" in declared:
                return None
            if given and not is_transparent(given) and given not in {"none", "inherit", "initial"}:
                return rgb_of(given) or rgb_of(given.split()[0])
        return WHITE


class RawTags(HTMLParser):
    """Follows HTML that stands in pieces among other text, and tells whether one that hides its text is open."""

    def __init__(self) -> None:
        super().__init__()
        self._open: list[tuple[str, bool]] = []

    @property
    def hidden(self) -> bool:
        """Whether what comes next is not seen."""
        return any(hides for _, hides in self._open)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element, unless it is one that never closes."""
        if tag in VOID:
            return
        soup = BeautifulSoup("", "lxml")
        element = soup.new_tag(tag, attrs={name: value or "" for name, value in attrs})
        visibility = Visibility(soup)
        self._open.append((tag, visibility.hides_all(element) or visibility.hides_text(element)))

    def handle_endtag(self, tag: str) -> None:
        """Close the innermost element of that name with all that is open in it."""
        place = max((number for number, (name, _) in enumerate(self._open) if name == tag), default=None)
        if place is not None:
            del self._open[place:]


def _rules(soup: BeautifulSoup) -> Iterator[tuple[str, dict[str, str]]]:
    for style in soup.find_all("style"):
        css = AT_BLOCK.sub("", CSS_COMMENT.sub("", style.get_text()))
        for match in RULE.finditer(css):
            if declared := _declarations(match[2]):
                yield match[1].strip(), declared


def _selected(soup: BeautifulSoup, selector: str) -> list[Tag]:
    try:
        return list(soup.select(selector))
    except (SelectorSyntaxError, NotImplementedError):  # a state such as :hover, or a browser's own extension
        return []


def _declarations(css: str) -> dict[str, str]:
    pairs = (part.partition(":") for part in css.split(";"))
    found = ((name.strip().lower(), value.replace("!important", "").strip().lower()) for name, _, value in pairs)
    return {name: value for name, value in found if name and value}


def _points(value: str) -> float | None:
    match = LENGTH.fullmatch(value.strip())
    if match is None:
        return None
    try:
        return float(match[1]) * POINTS[match[2]]
    except ValueError:
        return None
