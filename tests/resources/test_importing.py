"""A house's own list becomes what is at hand: rows in either language, faults named by row, nothing half done."""

import shutil
from pathlib import Path

import openpyxl
import pytest

from assistant.errors import InvalidInput, UnknownName, UnreadableDocument
from assistant.knowledge.corpus import Corpus
from assistant.resources.importing import import_resources
from assistant.resources.sites import SiteShelf

CORPUS = Path(__file__).resolve().parents[2] / "corpus"
CHINESE = """名称,英文名称,类型,满足,数量,金额,权限,营业时间,位置,备注
茶室,Tea room,地方,安静、等候的地方,6,,本人,09:00-21:00,garden,靠窗
雨伞,Umbrella,物品,替换,20,30,,,lobby,
王师傅,Mr Wang,同事,维修,,,,周一至周五 08:00-17:00,office,
"""


@pytest.fixture
def corpus(tmp_path) -> Corpus:
    for name in ("playbooks", "sites"):
        (tmp_path / name).mkdir()
    for file in ("needs.yaml", "sites/demo-hotel.yaml"):
        shutil.copy(CORPUS / file, tmp_path / file)
    return Corpus(tmp_path)


def sheet(tmp_path: Path, text: str, name: str = "list.csv") -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_chinese_list_is_at_hand_at_once_and_taking_it_in_again_changes_nothing(corpus, tmp_path):
    shelf = SiteShelf(corpus)
    known = len(shelf.get("demo-hotel").resources)
    path = sheet(tmp_path, CHINESE)
    report = import_resources(corpus, "demo-hotel", path)
    assert (report.added, report.rejected) == (["tea-room", "umbrella", "mr-wang"], {})
    site = shelf.get("demo-hotel")
    found = {resource.id: resource for resource in site.resources}
    assert len(found) == known + 3
    tea, wang = found["tea-room"], found["mr-wang"]
    assert (tea.kind, tea.meets, tea.count, tea.place) == ("place", ("quiet", "waiting_place"), 6, "garden")
    assert (wang.kind, wang.count, len(wang.hours.spans[0].days)) == ("person", 1, 5)
    assert import_resources(corpus, "demo-hotel", path).unchanged == ["tea-room", "umbrella", "mr-wang"]


def test_a_row_with_the_id_of_a_known_resource_replaces_it(corpus, tmp_path):
    path = sheet(tmp_path, "id,name,kind,meets,count\nwheelchair,Three wheelchairs,equipment,access,3\n")
    assert import_resources(corpus, "demo-hotel", path).changed == ["wheelchair"]
    site = SiteShelf(corpus).get("demo-hotel")
    assert [r.count for r in site.resources if r.id == "wheelchair"] == [3]


def test_an_excel_list_is_read_as_it_is_seen(corpus, tmp_path):
    book = openpyxl.Workbook()
    for row in (
        ["Name", "Type", "Meets", "Count"],
        ["Spare pram", "item", "child_care", 2],
        ["Hidden", "item", "quiet", 1],
    ):
        book.active.append(row)
    book.active.row_dimensions[3].hidden = True
    book.save(tmp_path / "list.xlsx")
    assert import_resources(corpus, "demo-hotel", tmp_path / "list.xlsx").added == ["spare-pram"]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("Pram,item,prams,1,,", "no need 'prams'"),
        ("Pram,thing,child_care,1,,", "kind"),
        ("Pram,item,child_care,many,,", "count"),
        ("Pram,item,child_care,1,moon,", "no place 'moon'"),
        ("Pram,item,child_care,1,,sometimes", "write for example"),
        (",item,child_care,1,,", "no name"),
    ],
)
def test_a_faulty_row_is_named_and_the_others_go_in(corpus, tmp_path, row, reason):
    path = sheet(tmp_path, f"name,kind,meets,count,place,hours\n{row}\nCot,item,child_care,2,floors,\n")
    report = import_resources(corpus, "demo-hotel", path)
    assert report.added == ["cot"]
    assert list(report.rejected) == [2]
    assert reason in report.rejected[2]


def test_what_is_no_list_is_refused_with_the_mend(corpus, tmp_path):
    with pytest.raises(InvalidInput, match="first row must name the columns"):
        import_resources(corpus, "demo-hotel", sheet(tmp_path, "a,b\n1,2\n"))
    with pytest.raises(InvalidInput, match="save it as CSV"):
        import_resources(corpus, "demo-hotel", sheet(tmp_path, "x", "list.pdf"))
    with pytest.raises(UnreadableDocument):
        import_resources(corpus, "demo-hotel", sheet(tmp_path, "x", "list.xlsx"))
    with pytest.raises(UnknownName):
        import_resources(corpus, "nowhere", sheet(tmp_path, CHINESE))
    assert not (corpus.root / "sites" / "imported").exists()
