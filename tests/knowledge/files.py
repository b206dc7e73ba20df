"""Real files of every kind that the readers take, made on the spot."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from email.message import EmailMessage
from pathlib import Path

import docx
import openpyxl
import pptx
from PIL import Image, ImageDraw, ImageFont
from pptx.util import Inches
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


def pictured_pdf(path: Path, lines: Sequence[str], *, text: str = "") -> Path:
    """A PDF whose first page is a picture of the lines, as a scanner makes it, and whose second holds the text."""
    picture = Image.new("L", (1654, 2339), 255)
    draw = ImageDraw.Draw(picture)
    for number, line in enumerate(lines):
        draw.text((150, 200 + 90 * number), line, fill=0, font=ImageFont.load_default(48))
    picture.save(path.with_suffix(".png"))
    canvas = Canvas(str(path), pagesize=A4)
    canvas.drawImage(str(path.with_suffix(".png")), 0, 0, *A4)
    canvas.showPage()
    if text:
        canvas.drawString(72, 700, text)
        canvas.showPage()
    canvas.save()
    path.with_suffix(".png").unlink()
    return path


def slides(path: Path, parts: Iterable[tuple[str, Sequence[str]]], *, footer: str = "") -> Path:
    """A presentation from pairs of title and bullets; `footer` is typed on each slide, with its number."""
    presentation = pptx.Presentation()
    for number, (title, bullets) in enumerate(parts, 1):
        slide = presentation.slides.add_slide(presentation.slide_layouts[1])
        slide.shapes.title.text = title
        slide.placeholders[1].text_frame.text = "\n".join(bullets)
        if footer:
            box = slide.shapes.add_textbox(Inches(1), Inches(7), Inches(4), Inches(0.4))
            box.text_frame.text = f"{footer} {number}"
    presentation.save(str(path))
    return path


def workbook(path: Path, sheets: Mapping[str, Sequence[Sequence[object]]]) -> Path:
    """An Excel file from rows by the name of their sheet."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    book.save(path)
    return path


def mail(path: Path, subject: str, text: str, *, html: str = "", attachment: str = "") -> Path:
    """An e-mail as a mail program saves it."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "manager@hotel.example", "desk@hotel.example", subject
    message.set_content(text)
    if html:
        message.add_alternative(html, subtype="html")
    if attachment:
        message.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf", filename=attachment)
    path.write_bytes(message.as_bytes())
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
