"""Every kind of file gives its text in order under its headings, or one plain sentence that says why not."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.errors import UnreadableDocument
from assistant.knowledge.blocks import Block
from assistant.knowledge.readers import READERS, read_content, read_document
from assistant.knowledge.readers import registry as registry_module
from tests.knowledge import files

APOLOGY = "客人到店时房间尚未打扫完毕，前台员工应立即向客人致歉，并说明预计可以入住的时间。"
WAIT = "Please offer every waiting guest a seat and a drink, and tell them when you will be back with news. "


def texts(path: Path) -> list[str]:
    return [block.text for block in read_content(path, path.name).blocks]


def write(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


class TestMarkdown:
    def test_headings_lists_and_tables_keep_their_order_and_their_path(self, tmp_path: Path) -> None:
        path = write(
            tmp_path,
            "guide.md",
            "# Guide\n\nIntro *text*.\n\n## Late\n\n1. Say [sorry](x)\n   - at once\n\n"
            "| Step | Who |\n|---|---|\n| Call | Ann |\n",
        )
        assert read_content(path, "guide.md").blocks == (
            Block("Intro text.", ("Guide",)),
            Block("1. Say sorry", ("Guide", "Late"), kind="item"),
            Block("- at once", ("Guide", "Late"), kind="item"),
            Block("Step | Who", ("Guide", "Late"), kind="row"),
            Block("Call | Ann", ("Guide", "Late"), kind="row"),
        )

    def test_soft_line_ends_join_without_a_blank_in_chinese(self, tmp_path: Path) -> None:
        path = write(tmp_path, "a.md", "客人到店时\n房间没有好。\n\nThe room\nis ready.\n")
        assert texts(path) == ["客人到店时房间没有好。", "The room is ready."]

    def test_numbers_that_markdown_does_not_know_still_begin_an_item(self, tmp_path: Path) -> None:
        path = write(tmp_path, "a.md", "1、立即致歉\n2、通知客房部\n")
        assert texts(path) == ["1、立即致歉", "2、通知客房部"]

    @pytest.mark.parametrize(
        ("front", "title"),
        [
            ("title: 前台手册\n", "前台手册"),
            ("title:\n  en: Desk guide\n  zh: 前台手册\n", "Desk guide"),
            ("owner: someone\n", "First"),
            ("date: 2026-13-45\n", "First"),  # a date that does not exist
            ("a: &x {b: *x}\n", "First"),  # a value that holds itself
            ("just words\n", "First"),
        ],
    )
    def test_title_comes_from_front_matter_or_first_heading(self, tmp_path: Path, front: str, title: str) -> None:
        path = write(tmp_path, "a.md", f"---\n{front}---\n# First\n\nSome English text.\n")
        content = read_content(path, "a.md")
        assert content.title == title
        assert content.blocks[-1].text == "Some English text."

    def test_a_heading_without_text_beneath_is_not_lost(self, tmp_path: Path) -> None:
        path = write(tmp_path, "a.md", "# Guide\n\n## Nothing here yet\n\n## Late\n\nWait.\n")
        assert texts(path) == ["Nothing here yet", "Wait."]


class TestHtml:
    PAGE = """<?xml version="1.0" encoding="gb2312"?><html><head><title>Desk guide</title></head><body>
        <nav>Home</nav><header>Our site</header><main><article><header><h1>Angry guest</h1></header>
        <p>Listen <b>first</b>.<br>Then speak.</p><p>same</p><p>same</p><!-- remark -->
        <div style="color:red; display : none">secret</div><p hidden>ghost</p><script>run()</script>
        <p>客人
        生气</p><table><tr><td>Call</td><td>Ann</td></tr></table>
        <ul><li>one<ul><li>two</li></ul></li></ul></article></main><footer>Imprint</footer></body></html>"""

    def test_only_what_a_visitor_reads_is_read(self, tmp_path: Path) -> None:
        content = read_content(write(tmp_path, "a.html", self.PAGE.encode("gb18030")), "a.html")
        assert content.title == "Desk guide"
        assert [block.text for block in content.blocks] == [
            "Listen first.\nThen speak.",
            "same",
            "same",
            "客人生气",
            "Call | Ann",
            "one",
            "two",
        ]
        assert {block.headings for block in content.blocks} == {("Angry guest",)}

    @pytest.mark.parametrize("charset", ["utf-9", "idna", "ascii", "rot13"])
    def test_a_page_that_declares_a_wrong_encoding_is_read_all_the_same(self, tmp_path: Path, charset: str) -> None:
        page = f"<meta charset='{charset}'><p>{APOLOGY}</p>"
        assert texts(write(tmp_path, "a.html", page.encode("gb18030"))) == [APOLOGY]

    def test_a_table_that_arranges_the_page_is_not_read_as_rows(self, tmp_path: Path) -> None:
        page = "<table><tr><td><h2>Late</h2><p>Wait.</p></td><td><p>More.</p></td></tr></table>"
        assert read_content(write(tmp_path, "a.htm", page), "a.htm").blocks == (
            Block("Wait.", ("Late",)),
            Block("More.", ("Late",)),
        )


class TestPdf:
    def test_lines_become_paragraphs_with_pages_and_headings(self, tmp_path: Path) -> None:
        parts = [("h1", "Room not ready"), ("p", WAIT * 4), ("page", ""), ("h2", "In Chinese"), ("zh", APOLOGY * 4)]
        content = read_content(files.pdf(tmp_path / "a.pdf", parts), "a.pdf")
        assert content.title == "Room not ready"
        assert content.blocks == (
            Block((WAIT * 4).strip(), ("Room not ready",), 1),
            Block(APOLOGY * 4, ("Room not ready", "In Chinese"), 2),
        )

    def test_what_repeats_on_most_pages_is_dropped_and_the_rest_is_not(self, tmp_path: Path) -> None:
        only = ["Room 12 is ours.", "Room 30 is ours.", "Room 7 is ours.", "Room 4 is ours."]
        parts = [part for text in only for part in (("p", text), ("page", ""))]
        path = files.pdf(tmp_path / "a.pdf", parts, header="Harbour Hotel, internal")
        assert texts(path) == only

    def test_a_paragraph_goes_on_over_the_page(self, tmp_path: Path) -> None:
        path = files.pdf(tmp_path / "a.pdf", [("p", WAIT * 60)])
        assert " ".join(texts(path)) == (WAIT * 60).strip()

    def test_metadata_title_comes_first_unless_it_is_a_placeholder(self, tmp_path: Path) -> None:
        named = files.pdf(tmp_path / "a.pdf", [("h1", "Heading"), ("p", WAIT)], title="Desk guide")
        unnamed = files.pdf(tmp_path / "b.pdf", [("p", WAIT)])
        assert [read_content(path, "x").title for path in (named, unnamed)] == ["Desk guide", "b"]


class TestWord:
    def test_paragraphs_lists_and_tables_stand_in_order_under_their_styles(self, tmp_path: Path) -> None:
        parts = [
            ("Title", "前台手册"),
            ("Heading 1", "客房未准备好"),
            ("Normal", "客人按时到店。"),
            ("List Number", "立即致歉"),
            ("table", "步骤|时限\n通知经理|5分钟内"),
            ("Heading 2", "跟进"),
            ("Normal", "次日回访。"),
        ]
        content = read_content(files.word(tmp_path / "a.docx", parts), "a.docx")
        room = ("前台手册", "客房未准备好")
        assert content.title == "前台手册"
        assert content.blocks == (
            Block("客人按时到店。", room),
            Block("立即致歉", room, kind="item"),
            Block("步骤 | 时限", room, kind="row"),
            Block("通知经理 | 5分钟内", room, kind="row"),
            Block("次日回访。", (*room, "跟进")),
        )

    def test_without_heading_styles_numbered_lines_are_headings(self, tmp_path: Path) -> None:
        parts = [("Normal", "一、目的"), ("Normal", "让客人安心。"), ("Normal", "二、流程"), ("Normal", "立即致歉。")]
        blocks = read_content(files.word(tmp_path / "a.docx", parts), "a.docx").blocks
        assert [block.headings for block in blocks] == [("一、目的",), ("二、流程",)]

    def test_inserted_text_and_content_controls_are_read_and_deleted_text_is_not(self, tmp_path: Path) -> None:
        path = files.word(tmp_path / "a.docx", [("Normal", "MARK")])
        run = '<w:r><w:t xml:space="preserve">{}</w:t></w:r>'
        deleted = "<w:del><w:r><w:delText>old </w:delText></w:r></w:del>"
        changed = f"<w:p><w:ins>{run.format('new words')}</w:ins>{deleted}</w:p>"
        control = f"<w:sdt><w:sdtContent><w:p>{run.format('in a control')}</w:p></w:sdtContent></w:sdt>"
        _rewrite(path, "word/document.xml", "<w:body>", f"<w:body>{changed}{control}")
        assert texts(path) == ["new words", "in a control", "MARK"]


class TestText:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "big5"])
    def test_chinese_is_read_in_every_encoding_that_offices_use(self, tmp_path: Path, encoding: str) -> None:
        said = "客人投訴房間太吵，經理親自道歉，並且換了房間。\n隨後送上水果，請客人好好休息，明天早上再打電話問候。"
        simple = "客人投诉1208房间太吵，经理亲自道歉，并且换了房间。"
        text = said if encoding == "big5" else simple
        path = write(tmp_path, "a.txt", text.encode(encoding))
        assert "\n".join(texts(path)) == text

    def test_western_text_and_a_lost_byte_do_not_cost_the_document(self, tmp_path: Path) -> None:
        western = "The café's manager apologised to Mr Müller, naïvely perhaps, and offered crème brûlée. " * 3
        assert texts(write(tmp_path, "a.txt", western.encode("cp1252"))) == [western.strip()]
        damaged = APOLOGY.encode()[:30] + b"\xff" + APOLOGY.encode()[30:]
        assert texts(write(tmp_path, "b.txt", damaged)) == [APOLOGY]

    def test_wrapped_lines_join_and_lists_stay_lists(self, tmp_path: Path) -> None:
        wrapped = (
            "Please offer every waiting guest a seat and a drink, and tell them when\nyou will be back with news.\n"
        )
        listed = "客人姓名\n房间号码\n联系电话\n"
        assert texts(write(tmp_path, "a.txt", wrapped)) == [wrapped.replace("\n", " ").strip()]
        assert texts(write(tmp_path, "b.txt", listed)) == ["客人姓名", "房间号码", "联系电话"]

    def test_numbered_headings_are_found_and_numbered_steps_are_not(self, tmp_path: Path) -> None:
        text = "前台手册\n\n第二章 客房\n3.2 未准备好\n客人已到店。\n1. 立即致歉\n2. 通知客房部\n3. 送上茶水\n"
        blocks = read_content(write(tmp_path, "a.txt", text), "a.txt").blocks
        path = ("前台手册", "第二章 客房", "3.2 未准备好")
        assert [(block.text, block.headings, block.kind) for block in blocks] == [
            ("客人已到店。", path, "paragraph"),
            ("1. 立即致歉", path, "item"),
            ("2. 通知客房部", path, "item"),
            ("3. 送上茶水", path, "item"),
        ]


class TestRefusals:
    """What cannot be read is refused with its name, the cause and the mend."""

    @pytest.mark.parametrize(
        ("name", "content", "cause"),
        [
            ("a.xyz", b"text", "of a kind that is not read (.xyz)"),
            ("README", b"text", "of a kind that is not read (no suffix)"),
            ("a.txt", b"", "is empty"),
            ("a.md", b" \n\n ", "is empty"),
            ("a.html", b"<script>only()</script>", "holds no text"),
            ("a.txt", bytes(range(256)) * 4, "is binary or in an unknown encoding"),
            ("a.html", b"<meta charset='u\0tf'>\xc4\xe3", "is binary or in an unknown encoding"),
            ("a.pdf", b"%PDF-1.4 and nothing more", "is damaged or no PDF"),
            ("a.docx", b"PK\x03\x04 and nothing more", "is damaged or no Word document"),
            ("a.docx", b"no package at all", "is damaged or no Word document"),
            ("a.docx", bytes.fromhex("d0cf11e0a1b11ae1") + bytes(64), "is an old .doc file under a .docx name"),
            (
                "a.docx",
                bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le"),
                "is protected with a password",
            ),
        ],
    )
    def test_unreadable_content(self, tmp_path: Path, name: str, content: bytes, cause: str) -> None:
        with pytest.raises(UnreadableDocument) as caught:
            read_document(write(tmp_path, name, content), f"sop/{name}")
        message = str(caught.value)
        assert message.startswith(f"sop/{name} ")
        assert cause in message
        assert "; " in message
        assert "\n" not in message

    def test_pdf_with_a_password_and_scans(self, tmp_path: Path) -> None:
        locked = files.pdf(tmp_path / "a.pdf", [("p", WAIT)], password="secret")
        with pytest.raises(UnreadableDocument, match=r"^a\.pdf is protected with a password; save it without one"):
            read_document(locked, "a.pdf")
        with pytest.raises(UnreadableDocument, match=r"^b\.pdf has no text layer; run OCR first"):
            read_document(files.scanned_pdf(tmp_path / "b.pdf"), "b.pdf")

    def test_word_file_of_another_kind(self, tmp_path: Path) -> None:
        path = tmp_path / "a.docx"
        with zipfile.ZipFile(path, "w") as package:
            package.writestr("hello.txt", "hello")
        with pytest.raises(UnreadableDocument, match="is damaged or no Word document"):
            read_document(path, "a.docx")

    def test_files_that_are_too_large(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        path = write(tmp_path, "a.txt", "客人" * 100)
        monkeypatch.setattr(registry_module, "MAX_CHARACTERS", 100)
        with pytest.raises(UnreadableDocument, match="divide it into smaller files"):
            read_document(path, "a.txt")
        with path.open("wb") as file:
            file.truncate(registry_module.MAX_BYTES + 1)
        with pytest.raises(UnreadableDocument, match="is larger than 50 MB"):
            read_document(path, "a.txt")

    def test_word_file_that_unpacks_to_too_much(self, tmp_path: Path) -> None:
        path = files.word(tmp_path / "a.docx", [("Normal", "text")])
        with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as package, package.open("bomb.xml", "w") as bomb:
            for _ in range(501):
                bomb.write(bytes(1024 * 1024))
        with pytest.raises(UnreadableDocument, match="unpacks to more than 500 MB"):
            read_document(path, "a.docx")

    def test_a_file_that_is_not_there(self, tmp_path: Path) -> None:
        with pytest.raises(UnreadableDocument, match="cannot be opened"):
            read_document(tmp_path / "gone.md", "gone.md")


def test_the_version_follows_the_bytes_and_not_the_name(tmp_path: Path) -> None:
    one, same, other = (
        write(tmp_path, name, text) for name, text in [("a.md", "Wait."), ("b.md", "Wait."), ("c.md", "Wait!")]
    )
    versions = [read_document(path, path.name).version for path in (one, same, other)]
    assert versions[0] == versions[1] != versions[2]
    assert len(versions[0]) == 12


@pytest.fixture(scope="module")
def specimens(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """One good file of each kind, as bytes."""
    folder = tmp_path_factory.mktemp("specimens")
    markup = "---\ntitle: x\n---\n# Late\n\n1. 立即致歉\n\n| a | b |\n|---|---|\n| c | d |\n"
    made = {
        ".pdf": files.pdf(folder / "a.pdf", [("h1", "Late"), ("p", WAIT), ("zh", APOLOGY)]).read_bytes(),
        ".docx": files.word(folder / "a.docx", [("Heading 1", "Late"), ("table", "a|b\nc|d")]).read_bytes(),
        ".html": TestHtml.PAGE.encode("gb18030"),
        ".md": markup.encode(),
        ".txt": APOLOGY.encode("gb18030"),
        ".pptx": files.slides(folder / "a.pptx", [("Late", ["Wait.", "Call."])]).read_bytes(),
        ".xlsx": files.workbook(
            folder / "a.xlsx", {"客诉": [["场景", "步骤"], ["太吵", "1. 致歉\n2. 通知"]]}
        ).read_bytes(),
        ".csv": '场景,步骤\n太吵,"1. 致歉\n2. 通知"\n'.encode("gb18030"),
        ".eml": files.mail(folder / "a.eml", "Late", WAIT, html=f"<p>{WAIT}</p>", attachment="a.pdf").read_bytes(),
    }
    alike = {".htm": ".html", ".markdown": ".md", ".tsv": ".csv"}
    return {suffix: made.get(suffix) or made[alike[suffix]] for suffix in READERS}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(suffix=st.sampled_from(sorted(READERS)), noise=st.binary(max_size=400))
def test_random_bytes_raise_nothing_but_unreadable_document(tmp_path: Path, suffix: str, noise: bytes) -> None:
    _read_or_refuse(write(tmp_path, f"noise{suffix}", noise))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    suffix=st.sampled_from(sorted(READERS)),
    place=st.floats(0, 1),
    length=st.integers(0, 60),
    noise=st.binary(max_size=20),
)
def test_damaged_files_raise_nothing_but_unreadable_document(
    tmp_path: Path, specimens: dict[str, bytes], suffix: str, place: float, length: int, noise: bytes
) -> None:
    good = specimens[suffix]
    start = round(place * len(good))
    _read_or_refuse(write(tmp_path, f"damaged{suffix}", good[:start] + noise + good[start + length :]))


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    suffix=st.sampled_from([".docx", ".pptx", ".xlsx"]),
    part=st.integers(0, 60),
    place=st.floats(0, 1),
    length=st.integers(0, 60),
    noise=st.binary(max_size=20),
)
def test_damaged_parts_of_office_files_raise_nothing_but_unreadable_document(
    tmp_path: Path, specimens: dict[str, bytes], suffix: str, part: int, place: float, length: int, noise: bytes
) -> None:
    path = tmp_path / f"damaged{suffix}"
    with zipfile.ZipFile(io.BytesIO(specimens[suffix])) as good, zipfile.ZipFile(path, "w") as damaged:
        chosen = good.namelist()[part % len(good.namelist())]
        for name in good.namelist():
            data = good.read(name)
            start = round(place * len(data))
            damaged.writestr(name, data[:start] + noise + data[start + length :] if name == chosen else data)
    _read_or_refuse(path)


def _read_or_refuse(path: Path) -> None:
    refusal = ""
    try:
        passages = read_document(path, path.name).passages
    except UnreadableDocument as error:
        passages, refusal = (), str(error)
    assert refusal.startswith(path.name) or all(passage.text.strip() for passage in passages)
    assert bool(refusal) != bool(passages)


def _rewrite(path: Path, part: str, old: str, new: str) -> None:
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    parts[part] = parts[part].replace(old.encode(), new.encode())
    with zipfile.ZipFile(path, "w") as package:
        for name, data in parts.items():
            package.writestr(name, data)
