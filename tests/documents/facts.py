"""Facts of invented visits that the tests of papers are drawn from."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from qingyuan_desk.domain.papers import ClockLine, Letterhead, MaterialLine, MediatorLine, SlipFacts

SHANGHAI = ZoneInfo("Asia/Shanghai")

OFFICE = Letterhead(
    name="保定市清苑区社会治安综合治理中心",
    second_name="清苑区矛盾纠纷调处化解中心",
    address="清苑区样例路1号一层大厅",
    phone="0312-0000000",
    hours="工作日 8:30—12:00，13:30—17:30",
    committee="清苑区综治中心人民调解委员会",
    court="保定市清苑区人民法院",
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
        "书面告知信访人接收情况和处理途径（能当场的当场告知）",
        "有关机关、单位",
        date(2024, 10, 5),
        date(2024, 10, 8),
        False,
        "《信访工作条例》第二十三条第二款",
    ),
)

LIMITATIONS = (
    ClockLine(
        "向人民法院请求保护民事权利（诉讼时效）",
        "",
        date(2027, 9, 20),
        date(2027, 9, 20),
        True,
        "《民法典》第一百八十八条",
        "自登记之日起3年",
    ),
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
    clocks=(),
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
    unit_place="政务服务中心三层",
    unit_phone="0312-0000001",
    limitations=(
        ClockLine(
            "申请劳动争议仲裁",
            "",
            date(2025, 9, 20),
            date(2025, 9, 22),
            False,
            "《劳动争议调解仲裁法》第二十七条",
            "自登记之日起1年",
            "在职期间追索劳动报酬不受一年限制，离职的自离职之日起一年内提出",
        ),
        *LIMITATIONS,
    ),
)

PETITION = replace(
    VISIT,
    ordinal=1,
    opponents=(),
    brief="村里环村路坑洼积水两年，雨天学生上学不便，请求尽快修复。",
    category="信访事项",
    flow="信访",
    dispute_type="",
    room="信访接待室",
    unit="区交通运输局",
    co_units=(),
    reasons=("没有更合适的途径，按信访事项登记（《信访工作条例》第二十二条）",),
    clocks=CLOCKS,
    limitations=(),
    materials=(),
    flags=frozenset({"cross_level"}),
)

SEALED = replace(PETITION, sealed=True, brief="举报某某侵占征地补偿款。", unit="区纪委监委")

COURT = replace(
    VISIT,
    category="涉法涉诉",
    flow="移送",
    room="涉法涉诉接访室",
    unit="清苑区人民法院",
    co_units=(),
    dispute_type="",
    brief="2021年民事判决生效后对方一直未履行，申请执行两年没有结果，请求协调执行。",
    reasons=("提到“判决”“执行”：已经进入诉讼程序（《信访工作条例》第三十一条第一项）",),
    limitations=(),
    flags=frozenset({"case_open"}),
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
    dispute_type="其他劳动争议纠纷",
    brief="离职三个月，单位未付经济补偿，想问怎样申请劳动仲裁。",
    reasons=("提到“想问”“怎样申请”：只问法律、政策（《法律援助法》第二十三条）",),
    room="公共法律服务中心",
    unit="区司法局",
    co_units=(),
    materials=(),
    limitations=(
        ClockLine(
            "申请劳动争议仲裁",
            "",
            None,
            None,
            False,
            "《劳动争议调解仲裁法》第二十七条",
            "自知道或者应当知道权利被侵害之日起1年",
            "在职期间追索劳动报酬不受一年限制，离职的自离职之日起一年内提出",
        ),
    ),
)

MINOR = replace(VISIT, visitor="赵小样", minor=True)

TRAINING = replace(VISIT, office=replace(OFFICE, training=True), count=2)

#: Names with characters beyond the basic plane, one that no font has, and the longest name people have.
RARE = replace(
    VISIT,
    visitor="李𬭎䶮😀",
    opponents=("古丽扎尔·阿布都热合曼·买买提依明·吐尔逊江·阿不来提江汗",),
)

LONG = replace(VISIT, brief="对方翻建房屋时将滴水落在我家院内，村委会多次调解未果，" * 200)

#: The visit each paper is usually printed for.
USUAL = {
    "receipt": VISIT,
    "routing": VISIT,
    "mediation_guide": VISIT,
    "consultation_guide": QUESTION,
    "litigation_guide": COURT,
    "rights": VISIT,
    "materials": VISIT,
    "conduct": VISIT,
}
