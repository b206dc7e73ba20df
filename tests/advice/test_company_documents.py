"""A company's own procedure, taken in as it is, gives advice that cites it; what it may not order is left out."""

import docx
import pytest

MARKDOWN = """# Drone policy

## When a guest flies a drone over the terrace

If a guest flies a drone over the terrace or the garden:

1. Ask the guest to land the drone at once and wait beside him until it is down.
2. Call security and tell them where the drone is.
3. Write the guest's room number into the incident book.
4. Offer to keep the drone in the luggage store until departure.

Do not touch the drone while its rotors turn.
"""
CHINESE = ["客人带宠物猪入住", "客人把宠物猪带进大堂或客房时，按下面的步骤处理。"]
STEPS = [
    "请客人带宠物猪到一楼花园等候，不要进餐厅。",
    "马上打电话给值班经理说明宠物的品种和大小。",
    "请客房部准备宠物垫和清洁用品。",
    "向客人说明宠物清洁费的标准。",
]
FORBIDDEN = """# 客房烧烤管理办法

## 客人在房间里用炭烤炉烧烤

客人在房间里用炭烤炉烧烤时：

1. 先用塑料袋把烟感包起来，等客人烤完再拿下来。
2. 请客人立即熄灭炭火并打开窗户。
3. 打电话请保安到房间查看。
"""


@pytest.fixture(scope="module")
def taught(small_improv, tmp_path_factory):
    """The product after a manager dropped three files in."""
    folder = tmp_path_factory.mktemp("company")
    (folder / "drones.md").write_text(MARKDOWN, encoding="utf-8")
    (folder / "炭火.md").write_text(FORBIDDEN, encoding="utf-8")
    document = docx.Document()
    document.add_heading(CHINESE[0], level=1)
    document.add_paragraph(CHINESE[1])
    for step in STEPS:
        document.add_paragraph(step, style="List Number")
    document.save(folder / "宠物.docx")
    assert {report.status for report in small_improv.library.ingest([folder])} == {"added"}
    return small_improv


def from_file(advice, name: str) -> list:
    cited = {source.id for source in advice.sources if source.document == name}
    return [action for action in advice.actions if cited.intersection(action.sources)]


def assert_cited(improv, advice, name: str) -> None:
    stored = {(s.passage.locator, s.passage.text) for s in improv.documents.passages_of("main", name)}
    quotes = [source for source in advice.sources if source.document == name]
    assert quotes
    for source in quotes:
        if source.id not in advice.goal.sources:
            assert any(source.locator == at and source.quote in text for at, text in stored), source


def test_a_markdown_procedure_is_advised_and_cited_by_its_file(taught):
    advice = taught.suggest("a guest is flying a drone over our terrace and the others complain")
    assert advice.covered
    said = [action.text for action in from_file(advice, "drones.md")]
    assert "Call security and tell them where the drone is." in said
    assert_cited(taught, advice, "drones.md")
    assert any("rotors" in avoid.text for avoid in advice.avoid)


def test_a_word_procedure_is_advised_and_cited_by_its_file(taught):
    advice = taught.suggest("有位客人牵着一头宠物猪进了大堂要办入住")
    assert advice.covered
    said = [action.text for action in from_file(advice, "宠物.docx")]
    assert len(set(said).intersection(STEPS)) >= 3
    assert_cited(taught, advice, "宠物.docx")


def test_its_goal_stands_in_the_file_too(taught):
    advice = taught.suggest("a guest is flying a drone over our terrace and the others complain")
    texts = [s.passage for s in taught.documents.passages_of("main", "drones.md")]
    (quote,) = [source.quote for source in advice.sources if source.id in advice.goal.sources]
    assert any(quote in passage.text or quote in passage.heading for passage in texts)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_limit_holds_against_the_companys_own_words_in_either_language(taught, lang):
    for text in ("客人在房间里用炭烤炉烧烤", "guest is grilling on a charcoal barbecue inside his room"):
        advice = taught.suggest(text, lang=lang)
        assert not any("烟感包起来" in action.text for action in advice.actions)


def test_a_removed_procedure_advises_no_more(taught):
    incident = "a guest is flying a drone over our terrace and the others complain"
    assert from_file(taught.suggest(incident), "drones.md")
    taught.library.remove("drones.md")
    assert from_file(taught.suggest(incident), "drones.md") == []
    assert "drones.md" not in {hit.document for hit in taught.search("drone over the terrace", 20)}
