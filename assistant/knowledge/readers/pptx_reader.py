"""PowerPoint: slides in order under their titles, tables as rows, notes; what repeats or is hidden stays out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from io import BytesIO

import pptx
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.exc import PythonPptxError
from pptx.oxml.ns import qn
from pptx.presentation import Presentation
from pptx.shapes.base import BaseShape
from pptx.slide import Slide
from pptx.text.text import TextFrame, _Paragraph

from assistant.knowledge.blocks import CELL_BREAK
from assistant.knowledge.readers.office_package import BROKEN, broken_package, check_package
from assistant.knowledge.readers.outline import Outline, Reading
from assistant.knowledge.readers.pptx_visibility import Visibility
from assistant.knowledge.text import clean, has_marker

SLIDE_LEVEL = 2
RUNNING = {PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.SLIDE_NUMBER, PP_PLACEHOLDER.HEADER}
TITLES = {PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE, PP_PLACEHOLDER.VERTICAL_TITLE}
PLACEHOLDER_TITLES = {"powerpoint presentation", "powerpoint 演示文稿", "presentation", "演示文稿", "untitled"}

FEWEST_SLIDES = 3
REPEATED_SHARE = 0.5
NUMBER = re.compile(r"\d+")


def read_pptx(data: bytes, name: str) -> Reading:
    """Raises UnreadableDocument for encrypted, old and damaged files and for those that unpack to too much."""
    check_package(data, name, "PowerPoint", ".pptx")
    try:
        presentation = pptx.Presentation(BytesIO(data))
        outline = _outline(presentation)
        title = clean(presentation.core_properties.title or "").replace("\n", " ")
    except (*BROKEN, PythonPptxError) as error:
        raise broken_package(name, "PowerPoint", ".pptx") from error
    if title.casefold() in PLACEHOLDER_TITLES:
        title = ""
    return outline.reading(title or next((block.headings[0] for block in outline.blocks() if block.headings), ""))


def _outline(presentation: Presentation) -> Outline:
    outline = Outline("slide ")
    slides = list(presentation.slides)
    repeated = _repeated(slides)
    visibility = Visibility(presentation.slide_width or 0, presentation.slide_height or 0)
    for number, slide in enumerate(slides, 1):
        walk = _SlideWalk(outline, number, visibility, repeated)
        if slide._element.get("show") in {"0", "false"}:
            for shape in _shapes(slide):
                walk.leave_out(" ".join(_words(shape)), "hidden slide")
        else:
            walk.take(slide)
    return outline


class _SlideWalk:
    """Takes the shapes of one slide, from top to bottom."""

    def __init__(self, outline: Outline, number: int, visibility: Visibility, repeated: frozenset[str]) -> None:
        self._outline, self._number = outline, number
        self._visibility, self._repeated = visibility, repeated

    def take(self, slide: Slide) -> None:
        """Follow the slide: its title, its shapes, its notes."""
        self._visibility.enter(slide)
        self._outline.close(SLIDE_LEVEL)
        shapes = sorted(_shapes(slide), key=lambda shape: not _is_title(shape))
        for shape in shapes:
            if _is_running(shape):
                continue
            if self._visibility.hides_shape(shape):
                self.leave_out(" ".join(_words(shape)))
            elif shape.has_text_frame:
                self._take_text(shape, shape.text_frame)
            elif getattr(shape, "has_table", False):
                self._take_table(shape)
        if slide.has_notes_slide and (notes := slide.notes_slide.notes_text_frame) is not None:
            for line in clean(notes.text).split("\n"):
                self._outline.add(line, "item" if has_marker(line) else "paragraph", self._number)

    def leave_out(self, text: str, why: str = "") -> None:
        """Remark on a text that is not seen."""
        self._outline.remark(text, f"slide {self._number}" + (f" ({why})" if why else ""))

    def _take_text(self, shape: BaseShape, frame: TextFrame) -> None:
        lines = [(paragraph, line) for paragraph in frame.paragraphs if (line := self._seen(shape, paragraph))]
        if _is_title(shape):
            self._outline.heading(SLIDE_LEVEL, " ".join(line for _, line in lines), self._number)
            return
        for paragraph, text in lines:
            if not shape.is_placeholder and _shape_of(text) in self._repeated:
                continue
            item = len(lines) > 1 and (paragraph.level > 0 or _in_body(shape) or _is_bulleted(paragraph))
            self._outline.add(text, "item" if item or has_marker(text) else "paragraph", self._number)

    def _take_table(self, shape: BaseShape) -> None:
        for row in shape.table.rows:
            cells = [
                " ".join(line for paragraph in cell.text_frame.paragraphs if (line := self._seen(shape, paragraph)))
                for cell in row.cells
                if not cell.is_spanned
            ]
            self._outline.add(CELL_BREAK.join(cell for cell in cells if cell), "row", self._number)

    def _seen(self, shape: BaseShape, paragraph: _Paragraph) -> str:
        """What is seen of a paragraph; the rest is remarked on."""
        seen: list[str] = []
        hidden: list[str] = []
        for piece in paragraph._p:
            if piece.tag == qn("a:br"):
                seen.append("\n")
            elif piece.tag in {qn("a:r"), qn("a:fld")}:
                text = "".join(found.text or "" for found in piece.iterchildren(qn("a:t")))
                (hidden if self._visibility.hides_run(shape, piece) else seen).append(text)
        self.leave_out("".join(hidden))
        return clean("".join(seen)).replace("\n", " ")


def _shapes(slide: Slide) -> Iterator[BaseShape]:
    """All shapes of a slide, those in groups too, from top to bottom and from left to right."""
    found = list(_ungrouped(slide.shapes))
    yield from sorted(found, key=lambda shape: (shape.top or 0, shape.left or 0))


def _ungrouped(shapes: object) -> Iterator[BaseShape]:
    for shape in shapes:  # type: ignore[attr-defined]
        if hasattr(shape, "shapes"):
            yield from _ungrouped(shape.shapes)
        else:
            yield shape


def _words(shape: BaseShape) -> Iterator[str]:
    for text in shape._element.iter(qn("a:t")):
        yield text.text or ""


def _is_title(shape: BaseShape) -> bool:
    return bool(shape.is_placeholder and shape.placeholder_format.type in TITLES)


def _is_running(shape: BaseShape) -> bool:
    return bool(shape.is_placeholder and shape.placeholder_format.type in RUNNING)


def _in_body(shape: BaseShape) -> bool:
    return bool(shape.is_placeholder and shape.placeholder_format.type in {PP_PLACEHOLDER.BODY, PP_PLACEHOLDER.OBJECT})


def _is_bulleted(paragraph: _Paragraph) -> bool:
    properties = paragraph._p.find(qn("a:pPr"))
    return properties is not None and any(
        properties.find(qn(tag)) is not None for tag in ("a:buChar", "a:buAutoNum", "a:buBlip")
    )


def _repeated(slides: list[Slide]) -> frozenset[str]:
    """The shapes of texts that stand on most slides, numbers aside: running headers and footers typed by hand."""
    if len(slides) < FEWEST_SLIDES:
        return frozenset()
    seen: Counter[str] = Counter()
    for slide in slides:
        frames = (shape.text_frame for shape in _shapes(slide) if shape.has_text_frame and not shape.is_placeholder)
        seen.update({_shape_of(clean(paragraph.text)) for frame in frames for paragraph in frame.paragraphs})
    return frozenset(text for text, count in seen.items() if text and count > REPEATED_SHARE * len(slides))


def _shape_of(text: str) -> str:
    return NUMBER.sub("#", text)
