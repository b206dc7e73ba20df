"""Real files of every kind that the readers take, made on the spot."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import docx
from reportlab.lib import pdfencrypt
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle, getSampleStyleSheet
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate

CHINESE_FONT = "STSong-Light"


def pdf(path: Path, parts: Iterable[tuple[str, str]], *, header: str = "", password: str = "", title: str = "") -> Path:
    """A PDF from pairs of style (`h1`, `h2`, `p`, `zh`, `page`) and text, with page numbers where there is a header."""
    pdfmetrics.registerFont(UnicodeCIDFont(CHINESE_FONT))
    encrypt = pdfencrypt.StandardEncryption(password) if password else None
    document = SimpleDocTemplate(str(path), pagesize=A4, encrypt=encrypt, title=title or None)
    flow = [PageBreak() if style == "page" else Paragraph(text, _style(style)) for style, text in parts]
    frame = _framed(header) if header else _plain
    document.build(flow, onFirstPage=frame, onLaterPages=frame)
    return path


def scanned_pdf(path: Path) -> Path:
    """A PDF whose only page is a picture, as a scanner makes it."""
    canvas = Canvas(str(path))
    canvas.rect(100, 100, 300, 400, fill=1)
    canvas.save()
    return path


def word(path: Path, parts: Iterable[tuple[str, str]]) -> Path:
    """A Word file from pairs of style name and text; `table` holds rows by line and cells by `|`."""
    document = docx.Document()
    for style, text in parts:
        if style == "table":
            _table(document, [line.split("|") for line in text.splitlines()])
        else:
            document.add_paragraph(text, style=style)
    document.save(str(path))
    return path


def _table(document: docx.document.Document, rows: list[list[str]]) -> None:
    table = document.add_table(len(rows), len(rows[0]))
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text


def _style(name: str) -> ParagraphStyle:
    styles = getSampleStyleSheet()
    chinese = ParagraphStyle("zh", fontName=CHINESE_FONT, fontSize=11, leading=15, wordWrap="CJK")
    return {"h1": styles["Heading1"], "h2": styles["Heading2"], "p": styles["BodyText"], "zh": chinese}[name]


def _framed(header: str) -> Callable[[Canvas, SimpleDocTemplate], None]:
    def draw(canvas: Canvas, document: SimpleDocTemplate) -> None:
        canvas.setFont("Helvetica", 8)
        canvas.drawString(72, 810, header)
        canvas.drawString(72, 30, f"Page {document.page}")

    return draw


def _plain(_canvas: Canvas, _document: SimpleDocTemplate) -> None:
    pass
