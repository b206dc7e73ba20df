"""Sentences that order an assistant about instead of telling staff something: `ignore previous instructions`.

The patterns are verbose: blanks in them stand for nothing, `\\s` for a blank in the text.
"""

from __future__ import annotations

import re

MACHINE = r"""(?:AI|A\.I\.|artificial\sintelligence|(?:large\s|small\s)?language\smodels?|LLMs?|chat-?\s?(?:bot|GPT)s?
    |GPT(?:-\d\w*)?|copilot|claude|gemini|(?:virtual|digital|automated|AI)\sassistants?
    |AI\s(?:models?|systems?|agents?|tools?))"""
ADDRESSEE = rf"""(?:(?:dear|hey|hello|attention|note\s(?:to|for)|(?:important\s)?
      (?:instructions?|message|prompt)\s(?:to|for)|to|for|the|any|all|every|system|this|improv|{MACHINE}|assistants?|bots?|models?|agents?)[\s,]+){{0,6}}
    (?:{MACHINE}|assistants?|bots?|improv|system\s(?:prompt|message|override|instructions?))"""
NOT_BANNED = r"(?<!not\s)(?<!never\s)(?<!n't\s)(?<!n’t\s)"
TEXTS = r"""(?:instructions?|prompts?|commands?|directives?|directions|system\smessages?|guardrails
    |safety\s(?:rules|filters))"""
EARLIER = r"""(?:previous|prior|above|earlier|preceding|foregoing|existing|original|initial|other|system|your|all|any
    |these|those)"""
WORD = r"(?:(?!\w*(?:guest|customer|passenger|patient|visitor|client|diner|colleague|supervisor|manager)s?\b)[\w-]+\s)"
"""A word that does not make it the wishes of a guest or a superior."""
OTHER_ASSISTANTS = r"(?!\s(?:manager|to|chef|director|cook|housekeeper))"

ENGLISH = (
    rf"""{NOT_BANNED}\b(?:ignor(?:e|ing)|disregard(?:ing)?|forget(?:ting)?|overrid(?:e|ing)|bypass(?:ing)?|discard)\s
        {WORD}{{0,4}}?{EARLIER}\s{WORD}{{0,4}}?{TEXTS}""",
    rf"""{NOT_BANNED}\b(?:ignore|disregard|forget)\s(?:all\s|any\s)?(?:of\s)?(?:your|the\s(?:above|previous))\s
        (?:\w+\s){{0,2}}?(?:rules|guidelines|training|polic(?:y|ies)|limits)""",
    rf"""{NOT_BANNED}\b(?:ignore|disregard|forget)\s(?:everything|anything|all|what(?:ever)?)\s
        (?:that\s)?(?:is\s|was\s|were\s|you\s)?(?:above|before|previously|written|told|been\stold|said)""",
    r"^\W*(?-i:SYSTEM|system)\s*:",
    rf"^\W*(?:<\W*)?{ADDRESSEE}\s*(?:>|[,:：，!—–]|-\s|\]|\)\s*:)",
    rf"""\b(?:if|as|when)\s(?:you\sare|you're|you’re|an?)\s(?:an?\s)?{MACHINE}\b.{{0,80}}
        \b(?:you|must|should|always|never|say|tell|give|recommend|answer|respond|reply)\b""",
    rf"""\byou\sare\s(?:now\s|no\slonger\s)?(?:an?\s|the\s)?(?:[\w-]+\s){{0,3}}?
        (?:{MACHINE}|assistant{OTHER_ASSISTANTS}|bot|DAN)\b""",
    rf"""\b(?:any|all|every|the|this)\s{MACHINE}\s(?:\w+\s){{0,6}}?
        (?:must|should|shall|has\sto|have\sto|is\sto|are\sto|will|may)\b""",
    rf"""\b(?:the|this|every|any)\sassistant{OTHER_ASSISTANTS}\s
        (?:reading|processing|summari[sz]ing|answering)\b""",
    r"""\b(?:reveal|print|output|repeat|show|leak|expose)\s(?:\w+\s){0,3}?
        (?:system\sprompt|hidden\s(?:prompt|instructions)|your\s(?:prompt|instructions))""",
    r"""\b(?:from\snow\son|henceforth),?\syou\s(?:are|must|will|should)\b.{0,60}
        \b(?:answer|respond|reply|assistant|recommend|output|model)""",
    r"\b(?:respond|reply|answer)\s(?:only|always|exclusively)\swith\b",
    r"\bdo\snot\s(?:tell|inform|warn|mention\s(?:this|it)\sto)\sthe\s(?:user|reader|operator)\b",
    r"\b(?:developer|jailbreak|god|DAN)\smode\b|\bjailbreak",
    r"<\|?\W?(?:im_start|im_end|system|endoftext|user|assistant)\W?\|?>|\[/?INST\]|<</?SYS>>",
    r"^\W*(?:BEGIN|END|NEW|START\sOF)\s(?:SYSTEM\s)?(?:PROMPT|INSTRUCTIONS?)\b",
)

ZH_MACHINE = r"""(?:AI|人工智能|智能(?:助手|助理|体)|(?:大|语言|大语言)模型|聊天机器人|机器人助手|ChatGPT|GPT|LLM)"""
ZH_KIND = r"(?:助手|助理|系统|模型)?"
ZH_NOT_BANNED = r"(?<!不得)(?<!不要)(?<!不能)(?<!不可)(?<!切勿)(?<!严禁)(?<!禁止)(?<!不应)(?<!勿)(?<!不可以)(?<!避免)"
ZH_TEXTS = r"(?:指令|指示|提示词?|命令|规则|设定|要求|约束|限制|规定|内容|说明|安全准则)"
ZH_EARLIER = (
    r"""(?:之前|此前|以前|先前|上述|以上|上面|前面|前述|所有|全部|一切|任何|原有|原来|系统|你的|您的|你所|其他)"""
)
ZH_ANY = r"[^。；！？\n]"
ZH_WORD = rf"(?:(?!客人|顾客|宾客|旅客|乘客|患者|客户|住客|食客|同事|上级|领导|经理){ZH_ANY})"

CHINESE = (
    rf"""{ZH_NOT_BANNED}
        (?:忽略|无视|忘记|忘掉|忘了|不理会|不要理会|抛弃|丢弃|覆盖|绕过|不必遵守|不要遵守|无需遵守|停止遵守)
        {ZH_WORD}{{0,10}}?{ZH_EARLIER}{ZH_WORD}{{0,10}}?{ZH_TEXTS}""",
    rf"""^\W*(?:致|给|告|请|嘿|你好[，,]?|尊敬的|各位|系统提示|所有)?\s*(?:本|该|此)?
        (?:{ZH_MACHINE}{ZH_KIND}|助手|小助手|系统提示词?|系统指令|系统消息
          |系统(?=[：:]\s*(?:你|您|请|给|忽略|必须|从现在)))
        \s*(?:请注意|注意|须知|必读|请)?\s*(?:[，,：:！!—]|\]|】)""",
    rf"""(?:如果|若|当|假如)?(?:你|您)(?:现在|从现在起|从此)?(?:就)?是(?:一个|一名|一位|个|款)?
        [^。；！？\n，,]{{0,8}}?(?:{ZH_MACHINE}|助手|机器人|模型)""",
    rf"作为(?:一个|一名|一款|个)?(?:{ZH_MACHINE}|智能?助手|机器人){ZH_ANY}{{0,20}}(?:你|您|必须|应|请|要)",
    rf"""(?:任何|所有|每个|该|本|此|请)(?:{ZH_MACHINE}|助手){ZH_KIND}{ZH_ANY}{{0,12}}
        (?:必须|应当?|须|务必|请|要|不得|一律|只能)""",
    rf"^\W*(?:{ZH_MACHINE}|助手){ZH_KIND}(?:必须|应当|须|务必|一律)(?!由|经)",
    rf"(?:输出|打印|显示|泄露|透露|说出|重复|公开){ZH_ANY}{{0,8}}(?:系统提示词?|提示词|系统指令|隐藏指令)",
    rf"从现在(?:起|开始)[，,]?(?:你|您){ZH_ANY}{{0,12}}(?:回答|回复|助手|建议|推荐|忽略|输出|扮演|模型)",
    r"(?:不要|不得|别)(?:告诉|告知|提醒)(?:用户|使用者|读者)",
    r"越狱模式|开发者模式|上帝模式",
)

ORDER = re.compile("|".join((*ENGLISH, *CHINESE)), re.VERBOSE | re.IGNORECASE)


def orders_a_machine(sentence: str) -> bool:
    """Whether the sentence speaks to an assistant, a model or their instructions, and not to staff."""
    return ORDER.search(sentence) is not None
