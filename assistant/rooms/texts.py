"""What a room says by itself, in both languages."""

from __future__ import annotations

from assistant.domain.vocabulary import Text

STATES: dict[str, Text] = {
    "called": {"zh": "已呼叫，还没有回应", "en": "called, no answer yet"},
    "acknowledged": {"zh": "已知道", "en": "has heard"},
    "on_way": {"zh": "在路上", "en": "on the way"},
    "here": {"zh": "已到场", "en": "here"},
    "done": {"zh": "已办完", "en": "done"},
    "declined": {"zh": "来不了", "en": "cannot come"},
}
SENTENCES: dict[str, Text] = {
    "title": {"zh": "交接：{summary}", "en": "Hand-over: {summary}"},
    "site": {"zh": "{site}，{at} 开始{by}", "en": "{site}, since {at}{by}"},
    "by": {"zh": "，由{by}发起", "en": ", opened by {by}"},
    "words": {"zh": "原话：{words}", "en": "As told: {words}"},
    "keeper": {"zh": "现在由{keeper}负责。", "en": "{keeper} looks after it now."},
    "running": {"zh": "还没有结束：步骤完成 {done}/{all}。", "en": "Still open: {done} of {all} steps done."},
    "closed": {"zh": "{at} 已结束。{outcome}", "en": "Closed at {at}. {outcome}"},
    "unheard": {
        "zh": "呼叫没有人回应，名单已到最后一位：请打电话。",
        "en": "Nobody answered and nobody is left to call: telephone.",
    },
    "open": {"zh": "还没做：", "en": "Still to do:"},
    "people": {"zh": "谁在处理：", "en": "Who is on it:"},
    "happened": {"zh": "经过：", "en": "What happened:"},
    "none": {"zh": "- 无", "en": "- nothing"},
    "owner": {"zh": "（{name}）", "en": " ({name})"},
    "person": {"zh": "- {name}：{state}（{at}）", "en": "- {name}: {state} ({at})"},
    "telephone": {"zh": "，要打电话", "en": ", by telephone"},
    "earlier": {"zh": "- ……（略去 {n} 条）", "en": "- … ({n} more)"},
    "line": {"zh": "- {at} {told}", "en": "- {at} {told}"},
    "who": {"zh": "{by}：{told}", "en": "{by}: {told}"},
}
TOLD: dict[str, Text] = {
    "opened": {"zh": "发起求助", "en": "called for help"},
    "called": {"zh": "呼叫{party}", "en": "called {party}"},
    "acknowledged": {"zh": "{party}已知道", "en": "{party} has heard"},
    "on_way": {"zh": "{party}在路上", "en": "{party} on the way"},
    "here": {"zh": "{party}已到场", "en": "{party} here"},
    "done": {"zh": "{party}已办完", "en": "{party} done"},
    "declined": {"zh": "{party}来不了", "en": "{party} cannot come"},
    "note": {"zh": "{text}", "en": "{text}"},
    "ticked": {"zh": "做完：{action}", "en": "did: {action}"},
    "unticked": {"zh": "还没做：{action}", "en": "not done after all: {action}"},
    "handed_over": {"zh": "交给{to}", "en": "handed over to {to}"},
    "escalated": {"zh": "叫不到{party}，改叫{to}", "en": "could not get {party}, so called {to}"},
    "unheard": {
        "zh": "叫不到{party}，没有别人可叫：请打电话",
        "en": "could not get {party}, and nobody is left to call: telephone",
    },
    "closed": {"zh": "结束。{text}", "en": "closed. {text}"},
}
