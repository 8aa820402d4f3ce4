"""Facts of invented visits that the tests of papers are drawn from."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from qingyuan_desk.domain.papers import ClockLine, MaterialLine, MediatorLine, Office, SlipFacts

SHANGHAI = ZoneInfo("Asia/Shanghai")

OFFICE = Office(
    name="保定市清苑区社会治安综合治理中心",
    second_name="清苑区矛盾纠纷调处化解中心",
    address="清苑区样例路1号一层大厅",
    phone="0312-0000000",
    hours="工作日 8:30—12:00，13:30—17:30",
    committee="清苑区综治中心人民调解委员会",
)

CLOCKS = (
    ClockLine(
        "登记并转送、交办",
        "信访部门",
        date(2024, 10, 5),
        date(2024, 10, 8),
        False,
        "《信访工作条例》第二十二条",
    ),
    ClockLine(
        "调解结束",
        "人民调解委员会",
        date(2025, 1, 1),
        date(2025, 1, 2),
        True,
        "《人民调解工作若干规定》第三十三条",
    ),
)

LIMITATIONS = (
    ClockLine("诉讼时效期间届满", "", date(2027, 9, 20), date(2027, 9, 20), True, "《民法典》第一百八十八条"),
)

VISIT = SlipFacts(
    office=OFFICE,
    visit_number="清访〔2024〕0630号",
    matter_number="清件〔2024〕0412号",
    ordinal=2,
    received_at=datetime(2024, 9, 20, 10, 32, 5, tzinfo=SHANGHAI),
    visitor="王建国",
    sex="男",
    id_note="130622********0017",
    phone="138****8000",
    home="冉庄镇冉庄村3组12号",
    headcount=1,
    representatives=(),
    agent="",
    opponents=("李德顺",),
    brief="与东邻李德顺因宅基地界墙位置发生争议，对方翻建北房时将滴水落在我家院内，村委会两次调解未果，"
    "请求确认界线、恢复原状并赔偿墙体损失约3000元。",
    category="民间纠纷",
    flow="矛盾纠纷调解",
    dispute_type="房屋宅基地纠纷",
    room="乡贤调解室",
    unit="冉庄镇人民政府",
    co_units=("区自然资源和规划局", "区司法局"),
    reasons=(
        "提到“宅基地”“邻居”，属于民间民事争议（《人民调解法》第十七条）",
        "对方为个人，尚未进入诉讼、公安程序，可以先行调解（《信访工作条例》第三十三条、第三十七条）",
    ),
    advice=(),
    clocks=CLOCKS,
    limitations=LIMITATIONS,
    materials=(
        MaterialLine("身份证原件及复印件", True, False, ""),
        MaterialLine("宅基地使用权证或者村委会证明", True, True, "证件遗失的由村委会出具"),
        MaterialLine("现场照片、界墙尺寸图", False, False, "注明拍摄日期"),
    ),
    clerk="赵敏",
    sealed=False,
    printed_at=datetime(2024, 9, 20, 10, 33, 0, tzinfo=SHANGHAI),
    count=1,
    mediators=(
        MediatorLine("样例甲", "冉庄镇", "宅基地、邻里纠纷"),
        MediatorLine("样例乙", "阳城镇", "土地承包、相邻关系"),
        MediatorLine("样例丙", "清苑镇", "婚姻家庭、赡养"),
    ),
)

GROUP = replace(
    VISIT,
    visitor="张䶮",
    headcount=23,
    representatives=("张䶮", "李𬭎", "单雄信", "欧阳娜娜", "阿依古丽·买买提"),
    agent="刘律师",
    opponents=("某某建筑工程有限公司",),
    brief="23名农民工2023年3月至8月在样例工地务工，工资合计46.8万元至今未付。",
    dispute_type="拖欠农民工工资纠纷",
    room="联合调解室",
    unit="区人力资源和社会保障局",
)

SEALED = replace(VISIT, sealed=True, room="信访接待室", unit="区纪委监委", flow="信访", category="信访事项")

COURT = replace(
    VISIT,
    category="涉法涉诉",
    flow="移送",
    room="涉法涉诉接访室",
    unit="清苑区人民法院",
    dispute_type="",
    reasons=("提到“判决”“执行”，已经进入诉讼程序（《信访工作条例》第三十一条第一项）",),
    clocks=(),
    limitations=(),
)

QUESTION = replace(
    VISIT,
    visitor="",
    sex="",
    id_note="",
    phone="",
    home="",
    opponents=(),
    category="法律咨询",
    flow="法律咨询",
    dispute_type="",
    brief="离职三个月，单位未付经济补偿，想问怎样申请劳动仲裁。",
    room="公共法律服务中心",
    unit="区司法局",
    co_units=(),
    clocks=(),
    limitations=(),
)
