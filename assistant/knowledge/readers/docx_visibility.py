"""Which runs of a Word document a person sees: not the hidden, the tiny, and those in the colour of their ground."""

from __future__ import annotations

from collections.abc import Iterator

from docx.document import Document
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from assistant.knowledge.readers.visibility import is_faint, is_tiny, rgb_of

OFF = {"0", "false", "off", "none"}
WHITE = "ffffff"
HIGHLIGHTS = {
    "white": WHITE, "yellow": "ffff00", "green": "00ff00", "cyan": "00ffff", "magenta": "ff00ff", "blue": "0000ff",
    "red": "ff0000", "darkBlue": "000080", "darkCyan": "008080", "darkGreen": "008000", "darkMagenta": "800080",
    "darkRed": "800000", "darkYellow": "808000", "darkGray": "808080", "lightGray": "c0c0c0", "black": "000000",
}  # fmt: skip
THEME_WHITE = {"background1", "light1"}
PLACED = {qn("w:p"), qn("w:tc"), qn("w:tbl")}


class Visibility:
    """Tells of each run whether it is seen; remembers the properties of styles."""

    def __init__(self, document: Document) -> None:
        styles = document.styles.element
        self._styles = {style.get(qn("w:styleId")): style for style in styles.iterchildren(qn("w:style"))}
        defaults = styles.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}")
        self._defaults = [defaults] if defaults is not None else []
        background = document.element.find(qn("w:background"))
        self._page = (rgb_of(background.get(qn("w:color"))) if background is not None else None) or WHITE

    def hides(self, run: BaseOxmlElement) -> bool:
        """Whether a person does not see the run (`w:r`)."""
        sources = list(self._sources(run))
        if self._is_on(sources, "w:vanish"):
            return True
        size = self._value(sources, "w:sz")
        if size is not None and is_tiny(_number(size) / 2):
            return True
        colour = self._colour(sources)
        if colour is None:
            return False
        behind = self._behind(run, sources)
        return behind is not None and is_faint(colour, behind)

    def _sources(self, run: BaseOxmlElement) -> Iterator[BaseOxmlElement]:
        """Where the run's properties stand, nearest first: itself, its style, the paragraph's style, the defaults."""
        yield run
        yield from self._chain(run.find(f"{qn('w:rPr')}/{qn('w:rStyle')}"))
        paragraph = next(run.iterancestors(qn("w:p")), None)
        if paragraph is not None:
            yield from self._chain(paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}"))
        yield from self._defaults

    def _chain(self, named: BaseOxmlElement | None) -> Iterator[BaseOxmlElement]:
        seen: set[str] = set()
        name = named.get(qn("w:val")) if named is not None else None
        while name is not None and name in self._styles and name not in seen:
            seen.add(name)
            yield self._styles[name]
            based = self._styles[name].find(qn("w:basedOn"))
            name = based.get(qn("w:val")) if based is not None else None

    @staticmethod
    def _found(sources: list[BaseOxmlElement], tag: str) -> BaseOxmlElement | None:
        found = (source.find(f"{qn('w:rPr')}/{qn(tag)}") for source in sources)
        return next((element for element in found if element is not None), None)

    def _is_on(self, sources: list[BaseOxmlElement], tag: str) -> bool:
        element = self._found(sources, tag)
        return element is not None and str(element.get(qn("w:val"), "1")).casefold() not in OFF

    def _value(self, sources: list[BaseOxmlElement], tag: str) -> str | None:
        element = self._found(sources, tag)
        return element.get(qn("w:val")) if element is not None else None

    def _colour(self, sources: list[BaseOxmlElement]) -> str | None:
        element = self._found(sources, "w:color")
        if element is None:
            return None
        if element.get(qn("w:themeColor")) in THEME_WHITE and element.get(qn("w:themeShade")) is None:
            return WHITE
        return rgb_of(element.get(qn("w:val")))

    def _behind(self, run: BaseOxmlElement, sources: list[BaseOxmlElement]) -> str | None:
        """The colour behind the run, the page's where nothing is filled; None where it cannot be told."""
        highlight = self._value(sources, "w:highlight")
        if highlight in HIGHLIGHTS:
            return HIGHLIGHTS[highlight]
        filled = [fill for source in sources if (fill := _fill(source))]
        for parent in run.iterancestors(*PLACED):
            filled += [fill] if (fill := _fill(parent)) else []
            if parent.tag == qn("w:tbl") and not filled and self._is_coloured(parent):
                return None
        if _in_drawing(run) and not filled:
            return None
        return rgb_of(filled[0]) if filled else self._page

    def _is_coloured(self, table: BaseOxmlElement) -> bool:
        """Whether the table's style fills some of its cells."""
        chain = self._chain(table.find(f"{qn('w:tblPr')}/{qn('w:tblStyle')}"))
        fills = (shade.get(qn("w:fill")) for style in chain for shade in style.iter(qn("w:shd")))
        return any(fill and fill != "auto" and rgb_of(fill) != WHITE for fill in fills)


def _fill(element: BaseOxmlElement) -> str | None:
    """The fill of an element's own properties, or of a style's; None where it has none."""
    for properties in ("w:rPr", "w:pPr", "w:tcPr"):
        shade = element.find(f"{qn(properties)}/{qn('w:shd')}")
        if shade is not None and (fill := shade.get(qn("w:fill"))) and fill != "auto":
            return str(fill)
    return None


def _in_drawing(run: BaseOxmlElement) -> bool:
    """Whether the run stands in a text box, whose ground is the drawing's."""
    return next(run.iterancestors(qn("w:txbxContent")), None) is not None


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 24.0
