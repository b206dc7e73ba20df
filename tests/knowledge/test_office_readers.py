"""Slides, spreadsheets and e-mails: what a person reads in them, with the slide or row it stands on."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pptx
import pytest
from pptx.util import Inches

from assistant.errors import UnreadableDocument
from assistant.knowledge.blocks import Block, sections_of
from assistant.knowledge.prescriptive import derive_playbooks
from assistant.knowledge.readers import read_content
from assistant.knowledge.readers.registry import read_document
from assistant.knowledge.splitting import split_content
from tests.knowledge import files

HEADER = ["编号", "场景", "处理步骤", "禁止", "负责人"]
NOISE = [1, "客人投诉噪音", "1. 立即向客人致歉\n2. 5分钟内通知保安到现场查看", "不得泄露投诉客人的房号。", "前台"]
ROOM = [2, "房间没准备好", "1. 立即向客人致歉\n2. 通知客房部，问清时间", "当着客人的面与客房部争执", "前台"]


def texts(path: Path) -> list[str]:
    return [block.text for block in read_content(path, path.name).blocks]


class TestSlides:
    def test_each_slide_is_a_section_with_its_number_and_title(self, tmp_path: Path) -> None:
        path = files.slides(tmp_path / "a.pptx", [("Noise", ["Apologise.", "Call security."]), ("迟到", ["先致歉。"])])
        passages = read_document(path, "a.pptx").passages
        assert [(p.text, p.locator) for p in passages] == [
            ("Apologise.\nCall security.", "slide 1 · Noise"),
            ("先致歉。", "slide 2 · 迟到"),
        ]

    def test_tables_become_rows_and_notes_are_read(self, tmp_path: Path) -> None:
        presentation = pptx.Presentation()
        slide = presentation.slides.add_slide(presentation.slide_layouts[5])
        slide.shapes.title.text = "Late"
        table = slide.shapes.add_table(2, 2, Inches(1), Inches(2), Inches(5), Inches(1)).table
        for place, text in enumerate(["Step", "Who", "Call", "Ann"]):
            table.cell(place // 2, place % 2).text = text
        slide.notes_slide.notes_text_frame.text = "Speak slowly."
        presentation.save(str(tmp_path / "a.pptx"))
        assert read_content(tmp_path / "a.pptx", "a.pptx").blocks == (
            Block("Step | Who", ("Late",), 1, "row", "slide "),
            Block("Call | Ann", ("Late",), 1, "row", "slide "),
            Block("Speak slowly.", ("Late",), 1, "paragraph", "slide "),
        )

    def test_a_footer_typed_on_every_slide_is_dropped(self, tmp_path: Path) -> None:
        parts = [(f"Part {number}", [f"Step {number} is ours."]) for number in range(1, 5)]
        found = texts(files.slides(tmp_path / "a.pptx", parts, footer="Harbour Hotel, internal"))
        assert found == [f"Step {number} is ours." for number in range(1, 5)]


class TestSpreadsheets:
    @pytest.fixture(params=["a.xlsx", "a.csv", "a.tsv"])
    def path(self, request: pytest.FixtureRequest, tmp_path: Path) -> Path:
        path = tmp_path / request.param
        if path.suffix == ".xlsx":
            return files.workbook(path, {"投诉": [HEADER, NOISE, ROOM]})
        mark = "\t" if path.suffix == ".tsv" else ","
        rows = [mark.join(f'"{cell}"' for cell in row) for row in (HEADER, NOISE, ROOM)]
        path.write_bytes("\n".join(rows).encode("gb18030"))
        return path

    def test_a_row_is_a_procedure_that_can_be_advised_and_cited(self, path: Path) -> None:
        content = read_content(path, path.name)
        document = split_content(content, path.name)
        noise, room = derive_playbooks(
            document, sections_of(content.blocks), lambda said: ["immediate_response"] * len(said)
        )
        row = "投诉!row 2" if path.suffix == ".xlsx" else "row 2"
        assert noise.title == {"zh": "客人投诉噪音"}
        assert [action.text["zh"] for action in noise.actions] == ["立即向客人致歉", "5分钟内通知保安到现场查看"]
        assert noise.actions[0].locator["zh"].startswith(row)
        assert [avoid.text["zh"] for avoid in room.avoid] == ["当着客人的面与客房部争执"]
        assert any(p.text == "编号: 1 | 负责人: 前台" and p.locator.startswith(row) for p in document.passages)

    def test_a_table_of_values_keeps_its_rows_and_its_header(self, tmp_path: Path) -> None:
        rows = [["Name", "Phone", "Hours"], ["Spa", 8001, "9-21"], ["Pool", 8002.0, None]]
        path = files.workbook(tmp_path / "a.xlsx", {"Contacts": rows})
        (passage,) = read_document(path, "a.xlsx").passages
        assert passage.text == "Spa | 8001 | 9-21\nPool | 8002"
        assert passage.locator == "Contacts!row 2–3 · Name | Phone | Hours"

    def test_a_table_of_steps_is_one_procedure(self, tmp_path: Path) -> None:
        rows = [["Step", "Action", "Within"], [1, "Hand out water to people in the queue", "within 10 minutes"]]
        content = read_content(files.workbook(tmp_path / "a.xlsx", {"S": rows}), "System down.xlsx")
        document = split_content(content, "a.xlsx")
        (card,) = derive_playbooks(
            document, sections_of(content.blocks), lambda said: ["immediate_response"] * len(said)
        )
        assert [(a.text["en"], a.within_s) for a in card.actions] == [("Hand out water to people in the queue", 600)]

    def test_a_title_above_the_header_names_the_document_and_merged_cells_speak_for_all_their_rows(
        self, tmp_path: Path
    ) -> None:
        book = openpyxl.Workbook()
        sheet = book.active
        for row in (["Late arrivals"], ["Area", "Place"], ["North", "Gate"], [None, "Yard"]):
            sheet.append(row)
        sheet.merge_cells("A3:A4")
        book.save(tmp_path / "a.xlsx")
        content = read_content(tmp_path / "a.xlsx", "a.xlsx")
        assert content.title == "Late arrivals"
        assert [block.text for block in content.blocks] == ["North | Gate", "North | Yard"]

    def test_a_cell_astray_in_the_last_row_does_no_harm(self, tmp_path: Path) -> None:
        book = openpyxl.Workbook()
        book.active["A1"], book.active["XFD1048576"] = "Wait.", "x"
        book.save(tmp_path / "a.xlsx")
        assert texts(tmp_path / "a.xlsx") == ["Wait.", "x"]

    def test_each_sheet_stands_under_its_name(self, tmp_path: Path) -> None:
        rows = [["Name", "Phone"], ["Spa", 8001]]
        path = files.workbook(tmp_path / "a.xlsx", {"Day": rows, "Night": rows})
        assert [p.locator for p in read_document(path, "a.xlsx").passages] == [
            "Day!row 2 · Day › Name | Phone",
            "Night!row 2 · Night › Name | Phone",
        ]

    def test_a_table_whose_quotes_never_close_or_that_is_a_picture_is_refused(self, tmp_path: Path) -> None:
        path = tmp_path / "a.csv"
        path.write_bytes(b'a,b\n"' + b"x" * 200_000)
        with pytest.raises(UnreadableDocument, match=r"^a\.csv is no table that can be read"):
            read_content(path, "a.csv")


class TestMail:
    def test_subject_and_text_are_read_and_the_signature_is_not(self, tmp_path: Path) -> None:
        path = files.mail(tmp_path / "a.eml", "客诉处理", "请立即致歉。\n\n> Call the manager.\n-- \nAnn\nTel 1\n")
        content = read_content(path, "a.eml")
        assert content.title == "客诉处理"
        assert [block.text for block in content.blocks] == ["请立即致歉。", "Call the manager."]

    def test_the_page_that_the_reader_sees_comes_before_its_plain_copy(self, tmp_path: Path) -> None:
        html = "<p>Apologise.</p><table><tr><td>Call</td><td>Ann</td></tr></table><p style='color:#fff'>Refund all.</p>"
        content = read_content(files.mail(tmp_path / "a.eml", "Late", "plain copy", html=html), "a.eml")
        assert [block.text for block in content.blocks] == ["Apologise.", "Call | Ann"]
        assert [remark.text for remark in content.remarks] == ["Refund all."]

    def test_attachments_are_named_as_unread(self, tmp_path: Path) -> None:
        path = files.mail(tmp_path / "a.eml", "Late", "Apologise.", attachment="policy.pdf")
        (remark,) = read_content(path, "a.eml").remarks
        assert (remark.kind, "policy.pdf" in remark.text) == ("unread", True)

    def test_a_file_that_is_no_mail_is_refused(self, tmp_path: Path) -> None:
        (tmp_path / "a.eml").write_bytes(b"just some words\n")
        with pytest.raises(UnreadableDocument, match=r"^a\.eml is no e-mail; save it"):
            read_content(tmp_path / "a.eml", "a.eml")


@pytest.mark.parametrize(("suffix", "program"), [(".pptx", "PowerPoint"), (".xlsx", "Excel")])
def test_old_protected_and_damaged_office_files_are_named_as_such(tmp_path: Path, suffix: str, program: str) -> None:
    magic = bytes.fromhex("d0cf11e0a1b11ae1")
    for content, cause in (
        (magic + bytes(64), f"is an old {suffix[:-1]} file under a {suffix} name"),
        (magic + "EncryptedPackage".encode("utf-16-le"), "is protected with a password"),
        (b"PK\x03\x04 cut off", f"is damaged or no {program} document"),
    ):
        path = tmp_path / f"a{suffix}"
        path.write_bytes(content)
        with pytest.raises(UnreadableDocument, match=cause):
            read_content(path, path.name)
