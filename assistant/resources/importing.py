"""A house's own list of what is at hand (CSV, Excel) into a site: one resource or person a row."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from assistant.domain.site import Resource
from assistant.domain.vocabulary import Text
from assistant.errors import ContentError, InvalidInput, SetupError
from assistant.knowledge.corpus import Corpus
from assistant.knowledge.readers.csv_reader import csv_rows
from assistant.knowledge.readers.xlsx_reader import xlsx_rows
from assistant.resources.site_schema import PersonFile, ResourceFile
from assistant.resources.sites import added_file, load_site

Rows = Sequence[tuple[int, Sequence[str]]]
READERS: Mapping[str, Callable[[bytes, str], Rows]] = {".csv": csv_rows, ".tsv": csv_rows, ".xlsx": xlsx_rows}
LISTED = re.compile(r"\s*[,，、;；/|\n]\s*")
YES, NO = {"yes", "y", "true", "1", "是", "可用", "有"}, {"no", "n", "false", "0", "否", "不可用", "无"}

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "id": ("id", "编号"),
    "name_zh": ("name zh", "name_zh", "名称", "中文名称", "中文名"),
    "name_en": ("name en", "name_en", "name", "英文名称", "英文名"),
    "kind": ("kind", "type", "类型", "类别"),
    "meets": ("meets", "needs", "满足", "需要", "用途"),
    "count": ("count", "number", "数量"),
    "value": ("value", "cost", "价值", "金额"),
    "authority": ("authority", "say", "权限", "谁批"),
    "hours": ("hours", "shifts", "时间", "营业时间", "班次"),
    "place": ("place", "位置", "地点"),
    "ready_min": ("ready_min", "ready", "准备分钟"),
    "available": ("available", "可用"),
    "post": ("post", "role", "岗位"),
    "languages": ("languages", "语言"),
    "skills": ("skills", "技能"),
    "channel": ("channel", "contact", "联系方式", "电话"),
    "note": ("note", "备注"),
}
KINDS = {
    "地方": "place", "场所": "place", "物品": "item", "设备": "equipment", "服务": "service", "人": "person",
    "同事": "person", "人员": "person", "券": "voucher", "礼品": "gift", "合作": "partner", "合作商户": "partner",
}  # fmt: skip
AUTHORITIES = {"本人": "self", "员工": "self", "主管": "supervisor", "经理": "manager", "staff": "self"}


@dataclass(slots=True)
class ImportReport:
    """Ids of what became of the rows; `rejected` says why, by row number."""

    file: str
    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    rejected: dict[int, str] = field(default_factory=dict)


def import_resources(corpus: Corpus, site: str, path: Path) -> ImportReport:
    """Add the rows of `path` to a site; a row whose id is known replaces it. The same file again changes nothing.

    Raises UnknownName, InvalidInput, UnreadableDocument, SetupError where the corpus cannot be written.
    """
    before = load_site(corpus, site)
    header, body = _table(path)
    report = ImportReport(str(path))
    target = added_file(corpus, site)
    was = target.read_text(encoding="utf-8") if target.exists() else ""
    kept = yaml.safe_load(was) or {}
    entries = {entry["id"]: (part, entry) for part in ("resources", "people") for entry in kept.get(part, [])}
    seen: dict[str, int] = {}
    for number, cells in body:
        values = {name: cells[at].strip() for name, at in header.items() if at < len(cells) and cells[at].strip()}
        try:
            part, entry = _entry(values, corpus.needs)
            if entry["id"] in seen:
                raise InvalidInput(f"row {seen[entry['id']]} has the id {entry['id']!r} already")
            if entry.get("place") and entry["place"] not in before.places:
                raise InvalidInput(f"there is no place {entry['place']!r}; known: {', '.join(before.places) or 'none'}")
            if entry.get("post") and entry["post"] not in before.roles:
                raise InvalidInput(f"there is no role {entry['post']!r}; known: {', '.join(before.roles)}")
        except InvalidInput as error:
            report.rejected[number] = str(error)
            continue
        seen[entry["id"]] = number
        entries.pop(entry["id"], None)
        entries[entry["id"]] = (part, entry)
    if seen:
        _write(target, entries)
        try:
            after = load_site(corpus, site)
        except ContentError:
            _restore(target, was)
            raise
        _report(report, seen, _by_id(before.resources), _by_id(after.resources))
    return report


def _table(path: Path) -> tuple[dict[str, int], Rows]:
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise InvalidInput(f"{path} is no list that can be read; save it as CSV or Excel (.xlsx)")
    try:
        rows = [(number, cells) for number, cells in reader(path.read_bytes(), path.name) if any(cells)]
    except OSError as error:
        raise InvalidInput(f"{path} cannot be read ({error.strerror}); check the path") from error
    known = {title: name for name, titles in COLUMNS.items() for title in titles}
    found = [known.get(cell.strip().casefold().lstrip("\ufeff")) for cell in rows[0][1]] if rows else []
    header = {name: at for at, name in enumerate(found) if name}
    if not {"meets", "kind"} <= header.keys() or not {"name_en", "name_zh"} & header.keys():
        raise InvalidInput(f"{path}: the first row must name the columns: name (or 名称), kind (类型), meets (满足)")
    return header, rows[1:]


def _entry(values: Mapping[str, str], needs: Mapping[str, Text]) -> tuple[str, dict[str, Any]]:
    """A row as the site file has it. Raises InvalidInput that says what is wrong."""
    name = {lang: values[key] for lang, key in (("en", "name_en"), ("zh", "name_zh")) if key in values}
    if not name:
        raise InvalidInput("it has no name")
    kind = KINDS.get(values.get("kind", ""), values.get("kind", "").casefold())
    entry: dict[str, Any] = {
        "id": values.get("id") or _slug(name),
        "name": name,
        "meets": [_need(word, needs) for word in LISTED.split(values.get("meets", "")) if word],
    }
    if "authority" in values:
        entry["authority"] = AUTHORITIES.get(values["authority"], values["authority"].casefold())
    if "available" in values:
        entry["available"] = _truth(values["available"])
    entry |= {key: values[key] for key in ("place", "ready_min") if key in values}
    entry |= {key: dict.fromkeys(name, values[key]) for key in ("channel", "note") if key in values}
    person = kind == "person"
    hours = [span for span in re.split(r"[;；\n]", values.get("hours", "")) if span.strip()]
    if person:
        entry |= {"shifts": hours} if hours else {}
        entry |= {"post": values["post"]} if "post" in values else {}
        entry |= {"languages": LISTED.split(values["languages"])} if "languages" in values else {}
        entry |= {"skills": dict.fromkeys(name, values["skills"])} if "skills" in values else {}
    else:
        entry |= {"kind": kind} | ({"hours": hours} if hours else {})
        entry |= {key: values[key] for key in ("count", "value") if key in values}
    form = PersonFile if person else ResourceFile
    try:
        checked = form.model_validate(entry)
    except ValidationError as error:
        first = error.errors()[0]
        raise InvalidInput(f"{'.'.join(map(str, first['loc']))}: {first['msg']}") from error
    entry |= {key: getattr(checked, key) for key in ("ready_min", "count", "value") if key in entry}
    return ("people" if person else "resources"), entry


def _need(word: str, needs: Mapping[str, Text]) -> str:
    for id_, names in needs.items():
        if word.casefold() in {id_, *(name.casefold() for name in names.values())}:
            return id_
    raise InvalidInput(f"meets: there is no need {word!r}; needs.yaml lists them")


def _truth(word: str) -> bool:
    if word.casefold() in YES | NO:
        return word.casefold() in YES
    raise InvalidInput(f"available: {word!r} is neither yes nor no")


def _slug(name: Mapping[str, str]) -> str:
    latin = re.sub(r"[^a-z0-9]+", "-", name.get("en", "").casefold()).strip("-")[:60]
    return latin or "r-" + hashlib.sha256(name["zh"].encode()).hexdigest()[:10]


def _write(target: Path, entries: Mapping[str, tuple[str, dict[str, Any]]]) -> None:
    parts = {part: [entry for own, entry in entries.values() if own == part] for part in ("resources", "people")}
    head = (
        "# Imported; `improv site import` writes this file. What has the same id in the site's own file is replaced.\n"
    )
    _restore(target, head + yaml.safe_dump(parts, allow_unicode=True, sort_keys=False, width=120))


def _restore(target: Path, text: str) -> None:
    """Beside the target and renamed: a killed import leaves no half file. No text is no file."""
    if not text:
        target.unlink(missing_ok=True)
        return
    draft = target.with_name(f"{target.name}.{os.getpid()}.draft")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        draft.write_text(text, encoding="utf-8")
        draft.replace(target)
    except OSError as error:
        raise SetupError(f"{target} cannot be written ({error.strerror}); make IMPROV_CORPUS writable") from error


def _by_id(resources: Sequence[Resource]) -> dict[str, Resource]:
    return {resource.id: resource for resource in resources}


def _report(
    report: ImportReport, seen: Mapping[str, int], before: Mapping[str, Resource], after: Mapping[str, Resource]
) -> None:
    for id_ in seen:
        same = before.get(id_) == after[id_]
        (report.unchanged if same else report.changed if id_ in before else report.added).append(id_)
