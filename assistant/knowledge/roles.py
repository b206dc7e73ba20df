"""Whom a sentence says to call, and whose approval it asks for: role ids of the shipped corpus by their words."""

from __future__ import annotations

import re
from collections.abc import Mapping

from assistant.domain.vocabulary import Authority, Lang

EN_ROLES: Mapping[str, str] = {
    "first_aider": r"(?:trained )?first[- ]aiders?",
    "emergency_services": (
        r"(?:the )?emergency (?:services?|number)|ambulance|paramedics|fire (?:brigade|department|service)"
        r"|911|999|112|120|119"
    ),
    "police": r"police|110",
    "security": r"security(?: (?:team|guards?|staff|desk|department|office))?",
    "housekeeping": r"house-?keep(?:ing|ers?)",
    "engineering": r"engineering|engineers?|maintenance",
    "front_desk": r"front desk|reception",
    "concierge": r"concierge|bell (?:desk|staff|captain)",
    "reservations": r"reservations",
    "kitchen": r"kitchen|(?:head )?chef",
    "cashier": r"cashiers?",
    "it_support": r"(?-i:IT)(?: support| department| desk)?|help ?desk",
    "stock_room": r"stock ?room|warehouse",
    "cleaner": r"cleaners?|cleaning (?:team|staff|crew)",
    "control_room": r"control (?:room|cent(?:er|re))|dispatch(?:er)?",
    "crew": r"(?:cabin )?crew|flight attendants?|conductor",
    "lost_property": r"lost (?:property|and found)",
    "lift_company": r"(?:lift|elevator) (?:company|maintenance company|engineers?|technicians?|contractor)",
    "nurse": r"nurses?",
    "doctor": r"doctors?|physician",
    "interpreter": r"interpreters?",
    "safeguarding_lead": r"safeguarding (?:lead|officer)",
    "privacy_officer": r"(?:privacy|data protection) officer",
    "public_relations": r"public relations|(?-i:PR) (?:team|department|manager)|press office|communications team",
    "property_office": r"property (?:office|management)",
    "supervisor": r"supervisor|team leader|shift lead(?:er)?",
    "manager": r"manager|management|(?-i:MOD)",
    "colleague": r"(?:a |your |another )colleagues?",
}
ZH_ROLES: Mapping[str, str] = {
    "first_aider": r"急救员",
    "emergency_services": r"120|119|急救中心|救护车|消防队|消防救援",
    "police": r"110|警方|警察|公安|派出所|民警",
    "security": r"保安|安保|安全部|保卫",
    "housekeeping": r"客房部|客房中心|客房服务中心|房务|管家部|客房(?!钥匙|号|卡|内|类|升)|楼层(?:服务员|领班|主管)",
    "engineering": r"工程部|工程人员|工程|维修(?:部|人员|工|师傅)",
    "front_desk": r"前台|总台|前厅|接待处|接待台",
    "concierge": r"礼宾|行李员",
    "reservations": r"预订部|预订中心",
    "kitchen": r"厨房|后厨|厨师|厨师长|行政总厨",
    "server": r"楼面|餐厅服务员",
    "cashier": r"收银",
    "it_support": r"信息部|信息技术|IT|电脑部|网管|系统管理员|技术支持",
    "stock_room": r"仓库|库房|库管",
    "cleaner": r"保洁|清洁(?:工|人员|员)|PA",
    "control_room": r"监控室|监控中心|中控室|消控室|消防中心|控制中心|调度",
    "crew": r"乘务|机组|列车长|车长",
    "lost_property": r"失物招领",
    "lift_company": r"电梯(?:维保|公司|维修)[^，。；]{0,4}|维保单位",
    "nurse": r"护士",
    "doctor": r"医生|医师|医务室|医务人员",
    "interpreter": r"翻译",
    "privacy_officer": r"个人信息保护负责人",
    "public_relations": r"公关|媒体对接人|宣传部",
    "property_office": r"物业",
    "supervisor": r"主管|领班|组长|班长|督导|值班长",
    "manager": r"(?:值班|大堂|部门|前厅|餐厅|客房|总|店面|楼层|分店)?经理|大堂副理|副理|店长|管理层|负责人",
    "colleague": r"同事",
}


def _alternatives(roles: Mapping[str, str]) -> str:
    return "(?P<role>" + "|".join(f"(?P<{role}>{words})" for role, words in roles.items()) + ")"


EN_GUEST = r"(?:guests?|customers?|passengers?|patients?)\b"
EN_CALL = re.compile(
    r"\b(?:call(?: for| in| over)?|inform|notif(?:y|ies)|tell|alert|contact|page|ask|radio|ring|phone|dial|get|fetch"
    r"|summon|send(?: for)?|involve|advise|consult|brief|report(?: it| this)? to|escalate(?: it| this| the \w+)? to"
    r"|hand(?: it| this| the \w+)? over to|refer(?: \w+){0,3}? to)\s+"
    rf"(?:(?!{EN_GUEST})[\w-]+\s+){{0,3}}?{_alternatives(EN_ROLES)}\b(?!')",
    re.IGNORECASE,
)
ZH_GUEST = "客人|宾客|顾客|旅客|乘客|患者"
ZH_CALL = re.compile(
    "(?:通知|告知|报告|上报|汇报|报|联系|联络|呼叫|拨打|致电|请示|请|叫|找|让|派|由|协同|会同|转告|知会|求助于?"
    "|移交给?|转交给?|交由|交给|反馈给?|协调)"
    rf"(?:(?!{ZH_GUEST})[^，,。；;]){{0,6}}?{_alternatives(ZH_ROLES)}"
)
ZH_REPORT = re.compile(
    rf"[向跟找][^，,。；;]{{0,4}}?{_alternatives(ZH_ROLES)}"
    "[^，,。；;]{0,4}?(?:报告|汇报|上报|请示|求助|反映|核实|确认|反馈|通报)"
)
EN_CALLED = re.compile(
    rf"\b{_alternatives(EN_ROLES)}\s+(?:must|should|shall|needs? to|has to|have to|is to|are to)\s+(?:\w+\s+)?be\s+"
    r"(?:called|informed|notified|alerted|contacted|told|consulted|summoned|paged|sent|fetched|involved)\b",
    re.IGNORECASE,
)
CALLS: Mapping[Lang, tuple[re.Pattern[str], ...]] = {"en": (EN_CALL, EN_CALLED), "zh": (ZH_CALL, ZH_REPORT)}

ALARM = re.compile(r"报警(?!器|系统|铃|声|装置|按钮|电话)")
"""Says whom to call without naming them."""

EN_APPROVAL = r"(?:approval|authori[sz]ation|permission|consent|sign-?off|agreement)"
ZH_APPROVAL = r"(?:同意|批准|授权|审批|许可|签字|核准|批示|决定)"


def _english_grant(role: str) -> re.Pattern[str]:
    return re.compile(
        rf"\b{role}(?:'s|’s)?\s+{EN_APPROVAL}"
        rf"|\b(?:approved|authori[sz]ed|agreed|signed off)\s+by\s+(?:\w+\s+){{0,3}}?{role}"
        rf"|\b{EN_APPROVAL}\s+(?:of|from|by)\s+(?:\w+\s+){{0,3}}?{role}",
        re.IGNORECASE,
    )


def _chinese_grant(role: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?:经|报|由|征得|请示|得到|获得|取得|待|需|须)[^，,。；;]{{0,8}}?(?:{role})[^，,。；;]{{0,4}}?{ZH_APPROVAL}"
    )


GRANTS: Mapping[Lang, Mapping[Authority, re.Pattern[str]]] = {
    "en": {"supervisor": _english_grant("supervisor"), "manager": _english_grant("manager")},
    "zh": {
        "supervisor": _chinese_grant("主管|领班|督导"),
        "manager": _chinese_grant("经理|副理|店长|负责人|管理层"),
    },
}
"""Words that ask for an approval; the higher authority stands last."""


def owner_in(text: str, lang: Lang) -> str:
    """The id of the first role that the text says to call, inform or send, else `self`."""
    matches = [match for call in CALLS[lang] if (match := call.search(text))]
    if not matches:
        return "police" if ALARM.search(text) else "self"
    groups = min(matches, key=lambda match: match.start("role")).groupdict()
    return next(role for role, words in groups.items() if words and role != "role")


def authority_in(text: str, lang: Lang) -> Authority:
    """Whose approval the text asks for; where it names both, the higher one's."""
    asked = [authority for authority, words in GRANTS[lang].items() if words.search(text)]
    return asked[-1] if asked else "self"
