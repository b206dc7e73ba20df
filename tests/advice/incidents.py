"""Incidents that the tests of advice share: ordinary ones, and one for every hazard, in both languages."""

ORDINARY = [
    "room 1208 is still not clean and the guest has been waiting in the lobby since two, she is furious",
    "the whole payment system is down and thirty people are in line at the tills, nobody can pay by card",
    "table 6 has waited fifty minutes for the main course and wants to leave without paying",
    "the guest says that money was stolen from his room while he was at breakfast",
    "a passenger's suitcase did not arrive on the belt and she flies on in an hour",
    "customer wants her money back for shoes bought three months ago, no receipt, shouting at the desk",
    "a man is filming the staff with his phone and says he will put it online",
    "客人三点来办入住，1208房还没打扫好，已经在大堂发火了",
    "收银系统全瘫了，后面排了三十多个人，没法刷卡也没法扫码",
    "六号桌等了五十分钟主菜还没上，客人要走还不肯买单",
    "客人说吃早饭的时候房间里的钱被偷了，要求马上报警",
    "旅客的行李转盘上没有，一个小时后还要转机",
    "顾客买了三个月的鞋没有小票要退钱，在服务台大吵",
    "有人拿手机对着员工拍，说要发到网上曝光我们",
]

DANGERS = {
    "medical": (
        "a man collapsed in the lobby and he is not breathing",
        "大堂有位老人突然倒地，没有呼吸了",
    ),
    "fire": (
        "there is smoke and fire coming out of the kitchen",
        "厨房着火了，浓烟已经冒到走廊",
    ),
    "violence": (
        "two guests are punching each other at the bar",
        "两个客人在大堂打起来了，有人流血",
    ),
    "child_missing": (
        "a mother cannot find her five year old son, he is missing",
        "一位妈妈说五岁的孩子不见了，到处找不到",
    ),
    "entrapment": (
        "guests are trapped in the lift between two floors",
        "电梯困人了，里面有四个客人",
    ),
    "food_safety": (
        "guest bit on a piece of glass in the salad, her mouth is bleeding",
        "客人吃沙拉咬到碎玻璃，嘴里出血",
    ),
    "self_harm": (
        "a guest says she is going to kill herself in her room",
        "客人在电话里说不想活了，要从楼上跳下去",
    ),
    "gas_leak": (
        "strong smell of gas in the kitchen",
        "后厨有很浓的煤气味",
    ),
    "electrical": (
        "a guest got an electric shock from the lamp and sparks are flying",
        "客人碰到台灯触电了，还在冒火花",
    ),
    "drowning": (
        "a child is drowning in the pool",
        "泳池里有个孩子溺水了",
    ),
    "structural": (
        "part of the ceiling collapsed in the ballroom",
        "宴会厅的天花板塌了一块下来",
    ),
    "weapon": (
        "a man with a knife is in the lobby threatening people",
        "大堂里有人拿着刀威胁客人",
    ),
    "other_danger": (
        "a suspicious bag with wires was left in the lobby, maybe a bomb",
        "大堂有个没人要的可疑包裹，怕是炸弹",
    ),
}
