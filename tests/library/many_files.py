"""A company's folder: documents of every kind in both languages, and broken ones among them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.knowledge import files

TOPICS = ("towels", "bicycles", "umbrellas", "parking", "minibar", "laundry", "wake-up calls", "cribs", "pets", "keys")
THINGS = ("毛巾", "自行车", "雨伞", "停车", "迷你吧", "洗衣", "叫醒服务", "婴儿床", "宠物", "钥匙")


def english(number: int) -> tuple[str, list[str]]:
    """Title and steps of a procedure."""
    topic = TOPICS[number % 10]
    return f"Handing out {topic} in house {number}", [
        f"Ask the guest for the card of house {number} before you hand out anything about {topic}.",
        f"Write the number {number} into the book of {topic} at once.",
        "Call the supervisor when more than four are wanted.",
    ]


def chinese(number: int) -> tuple[str, list[str]]:
    """The same in Chinese."""
    thing = THINGS[number % 10]
    return f"{number}号楼{thing}办理", [
        f"请客人出示{number}号楼房卡后再办理{thing}。",
        f"立即在{thing}登记本上记下{number}号。",
        "5分钟内通知主管核对数量。",
    ]


def good_file(folder: Path, number: int) -> Path:
    """One readable file; its kind and language follow from its number."""
    title, steps = (chinese if number % 2 else english)(number)
    kind = sorted(MAKERS)[number // 2 % len(MAKERS)]
    path = folder / f"dept-{number % 7}" / f"{number:03}{kind}"
    path.parent.mkdir(parents=True, exist_ok=True)
    MAKERS[kind](path, title, steps)
    return path


def broken_file(folder: Path, number: int) -> Path:
    """One file that cannot be read, each number in its own way."""
    suffix, content = BROKEN[number % len(BROKEN)]
    path = folder / f"dept-{number % 7}" / f"broken-{number:03}{suffix}"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def _numbered(steps: list[str]) -> list[str]:
    return [f"{place}. {step}" for place, step in enumerate(steps, 1)]


def _markdown(path: Path, title: str, steps: list[str]) -> None:
    path.write_text("\n".join([f"# {title}", "", *_numbered(steps), ""]), encoding="utf-8")


def _text(path: Path, title: str, steps: list[str]) -> None:
    path.write_bytes("\n".join([title, "", *_numbered(steps), ""]).encode("gb18030"))


def _html(path: Path, title: str, steps: list[str]) -> None:
    items = "".join(f"<li>{step}</li>" for step in steps)
    path.write_text(f"<title>{title}</title><nav>Home</nav><h1>{title}</h1><ol>{items}</ol>", encoding="utf-8")


def _pdf(path: Path, title: str, steps: list[str]) -> None:
    style = "zh" if title > "\u2e80" or "号楼" in title else "p"
    files.pdf(path, [("h1" if style == "p" else "zh", title), *((style, step) for step in _numbered(steps))])


def _csv(path: Path, title: str, steps: list[str]) -> None:
    lines = "\n".join(_numbered(steps))
    path.write_text(f'场景,处理步骤,负责人\n{title},"{lines}",desk\n', encoding="utf-8-sig")


MAKERS: dict[str, Callable[[Path, str, list[str]], object]] = {
    ".csv": _csv,
    ".docx": lambda path, title, steps: files.word(
        path, [("Heading 1", title), *(("List Number", step) for step in steps)]
    ),
    ".eml": lambda path, title, steps: files.mail(path, title, "\n".join(_numbered(steps))),
    ".html": _html,
    ".md": _markdown,
    ".pdf": _pdf,
    ".pptx": lambda path, title, steps: files.slides(path, [(title, steps)]),
    ".txt": _text,
    ".xlsx": lambda path, title, steps: files.workbook(
        path, {"SOP": [["场景", "处理步骤", "负责人"], [title, "\n".join(_numbered(steps)), "desk"]]}
    ),
}
BROKEN: list[tuple[str, bytes]] = [
    (".pdf", b"%PDF-1.7 this is no PDF"),
    (".docx", b"PK\x03\x04 cut off"),
    (".pptx", b"PK\x03\x04 cut off"),
    (".xlsx", bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le")),
    (".txt", bytes(range(256)) * 8),
    (".md", b""),
    (".html", b"<script>only()</script>"),
    (".eml", b"no mail at all"),
    (".png", b"\x89PNG\r\n\x1a\n"),
    (".csv", b'a,b\n"' + b"x" * 200_000),
]
