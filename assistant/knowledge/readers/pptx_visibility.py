"""Which shapes and runs of a slide are seen: not the hidden, the tiny, and those in the colour of their ground."""

from __future__ import annotations

from collections.abc import Iterator

from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.oxml.xmlchemy import BaseOxmlElement
from pptx.shapes.base import BaseShape
from pptx.slide import Slide

from assistant.knowledge.readers.visibility import is_faint, is_tiny, rgb_of

WHITE = "ffffff"
ALIASES = {"bg1": "lt1", "bg2": "lt2", "tx1": "dk1", "tx2": "dk2"}
"""What the colours of a theme are called where no map says otherwise."""

Box = tuple[int, int, int, int]


class Visibility:
    """Judges the shapes of the slide that was entered last."""

    def __init__(self, width: int, height: int) -> None:
        self._width, self._height = width, height
        self._theme: dict[str, str] = {}
        self._ground: str | None = WHITE
        self._painted: list[Box] = []

    def enter(self, slide: Slide) -> None:
        """Learn the colours of a slide: its theme, its background, and the shapes that may lie behind a text."""
        layout = slide.slide_layout
        parts = (slide, layout, layout.slide_master)
        self._theme = _theme_colours(layout.slide_master)
        self._ground = next((ground for part in parts if (ground := self._background(part._element)) != ""), WHITE)
        self._painted = [box for part in parts for box in self._boxes(part)]

    def hides_shape(self, shape: BaseShape) -> bool:
        """Whether nobody sees the shape: switched off, or outside the slide."""
        properties = next(shape._element.iter(qn("p:cNvPr")), None)
        if properties is not None and properties.get("hidden") in {"1", "true"}:
            return True
        # The shapes of a group have places of their own: only the whole group's are the slide's.
        groups: list[BaseOxmlElement] = list(shape._element.iterancestors(qn("p:grpSp")))
        box = _group_box(groups[-1]) if groups else _box(shape)
        if box is None or not self._width or not self._height:
            return False
        left, top, right, bottom = box
        return right <= 0 or bottom <= 0 or left >= self._width or top >= self._height

    def hides_run(self, shape: BaseShape, run: BaseOxmlElement) -> bool:
        """Whether the run (`a:r`) is too small to read, or in the colour of what is behind it."""
        properties = run.find(qn("a:rPr"))
        if properties is None:
            return False
        size = properties.get("sz")
        if size is not None and size.isdigit() and is_tiny(int(size) / 100):
            return True
        if properties.find(qn("a:noFill")) is not None:
            return True
        fill = properties.find(qn("a:solidFill"))
        if fill is None:
            return False
        if _is_clear(fill):
            return True
        colour, behind = self._colour(fill), self._behind(shape, run)
        return colour is not None and behind is not None and is_faint(colour, behind)

    def _behind(self, shape: BaseShape, run: BaseOxmlElement) -> str | None:
        """The colour behind a run; None where it cannot be told."""
        cell = next(run.iterancestors(qn("a:tc")), None)
        if cell is not None:
            fill = cell.find(f"{qn('a:tcPr')}/{qn('a:solidFill')}")
            return self._colour(fill) if fill is not None else None  # the table's style paints the others
        properties = shape._element.find(qn("p:spPr"))
        own = properties.find(qn("a:solidFill")) if properties is not None else None
        if own is not None:
            return self._colour(own)
        filled = shape._element.find(f"{qn('p:style')}/{qn('a:fillRef')}")
        if filled is not None and filled.get("idx") != "0" and properties.find(qn("a:noFill")) is None:
            return None
        if properties is not None and any(
            properties.find(qn(f"a:{kind}Fill")) is not None for kind in ("grad", "blip")
        ):
            return None
        box = None if _is_grouped(shape) else _box(shape)
        if box is None or any(_overlap(box, painted) for painted in self._painted if painted != box):
            return None
        return self._ground

    def _background(self, element: BaseOxmlElement) -> str | None:
        """The colour of a slide's, layout's or master's own background; empty where it has none of its own."""
        background = element.find(f"{qn('p:cSld')}/{qn('p:bg')}")
        if background is None:
            return ""
        reference = background.find(qn("p:bgRef"))
        fill = background.find(f"{qn('p:bgPr')}/{qn('a:solidFill')}") if reference is None else reference
        return self._colour(fill) if fill is not None else None

    def _boxes(self, part: object) -> Iterator[Box]:
        """Where pictures and filled shapes lie."""
        for shape in part.shapes:  # type: ignore[attr-defined]
            properties = shape._element.find(qn("p:spPr"))
            solid = properties.find(qn("a:solidFill")) if properties is not None else None
            styled = shape._element.find(f"{qn('p:style')}/{qn('a:fillRef')}")
            painted = (
                shape._element.tag in {qn("p:pic"), qn("p:grpSp"), qn("p:graphicFrame")}
                or (solid is not None and self._colour(solid) != self._ground)
                or (solid is None and styled is not None and styled.get("idx") != "0")
                or (properties is not None and properties.find(qn("a:gradFill")) is not None)
                or (properties is not None and properties.find(qn("a:blipFill")) is not None)
            )
            if painted and (box := _box(shape)) is not None:
                yield box

    def _colour(self, fill: BaseOxmlElement) -> str | None:
        """`rrggbb` of a fill, or None where shades and mixtures make it something else."""
        for colour in fill:
            if any(child.tag != qn("a:alpha") for child in colour):
                return None
            if colour.tag == qn("a:srgbClr"):
                return rgb_of(colour.get("val"))
            if colour.tag == qn("a:schemeClr"):
                return self._theme.get(colour.get("val", ""))
            if colour.tag == qn("a:sysClr"):
                return rgb_of(colour.get("lastClr"))
            if colour.tag == qn("a:prstClr"):
                return rgb_of(colour.get("val"))
        return None


def _theme_colours(master: object) -> dict[str, str]:
    """The colours of the master's theme by the names that slides use."""
    part = master.part.part_related_by(RELATIONSHIP_TYPE.THEME)  # type: ignore[attr-defined]
    scheme = next(parse_xml(part.blob).iter(qn("a:clrScheme")), None)
    named: dict[str, str] = {}
    for entry in scheme if scheme is not None else ():
        for colour in entry:
            if given := rgb_of(colour.get("lastClr") or colour.get("val")):
                named[entry.tag.rpartition("}")[2]] = given
    mapped = master._element.find(qn("p:clrMap"))  # type: ignore[attr-defined]
    aliases = dict(mapped.attrib) if mapped is not None else ALIASES
    return named | {alias: named[name] for alias, name in aliases.items() if name in named}


def _is_clear(fill: BaseOxmlElement) -> bool:
    alpha = next(fill.iter(qn("a:alpha")), None)
    value = alpha.get("val", "") if alpha is not None else ""
    return value.strip("%").isdigit() and int(value.strip("%")) == 0


def _box(shape: BaseShape) -> Box | None:
    sides = (shape.left, shape.top, shape.width, shape.height)
    if any(side is None for side in sides):
        return None
    left, top, width, height = (int(side) for side in sides)
    return left, top, left + width, top + height


def _is_grouped(shape: BaseShape) -> bool:
    return next(shape._element.iterancestors(qn("p:grpSp")), None) is not None


def _group_box(group: BaseOxmlElement) -> Box | None:
    place = group.find(f"{qn('p:grpSpPr')}/{qn('a:xfrm')}")
    offset, extent = (None, None) if place is None else (place.find(qn("a:off")), place.find(qn("a:ext")))
    if offset is None or extent is None:
        return None
    left, top = int(offset.get("x", 0)), int(offset.get("y", 0))
    return left, top, left + int(extent.get("cx", 0)), top + int(extent.get("cy", 0))


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
