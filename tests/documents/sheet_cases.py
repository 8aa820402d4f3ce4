"""Invented matters whose sheets between organs the tests draw: sent, objected to, returned, urged, rated, sealed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from qingyuan_desk.domain.handling.case import Handled
from qingyuan_desk.domain.handling.papers import HandlingPaper
from qingyuan_desk.domain.handling.records import Alert, Ending, Measure, Petition, Rating, Sending, Urge
from qingyuan_desk.domain.papers import ClockLine
from qingyuan_desk.domain.tables import Unit
from qingyuan_desk.domain.visit import Person
from tests.documents.facts import OFFICE, SHANGHAI

UNITS = {
    code: Unit(code, name, kind, "", "0312-0000002", "", "")
    for code, name, kind in (
        ("transport", "区交通运输局", "county"),
        ("housing", "区住房和城乡建设局", "county"),
        ("resources", "区自然资源和规划局", "county"),
        ("ranzhuang", "冉庄镇人民政府", "township"),
        ("discipline", "区纪委监委", "resident"),
    )
}
WHY = {
    "transport": "职责清单（2024-09版）“农村公路养护”由区交通运输局主办（《公路法》第八条）。",
    "housing": "职责清单（2024-09版）“农村公路养护”由区交通运输局主办，没有列区住房和城乡建设局；"
    "交给区住房和城乡建设局要写明理由并经批准。",
}
SAID = (
    "村里环村路坑洼积水两年，雨天学生上学不便，多次向村委会、镇政府反映没有结果。去年冬天有两名老人滑倒受伤。"
    "请求尽快查明原因、确定养护责任、修复路面，并把修复时间告知村民。"
)

#: What is sent, in the order of their record ids.
FORWARDED = Sending(
    7,
    "forward",
    "housing",
    date(2025, 9, 25),
    1,
    "清转〔2025〕0086号",
    co_units=("ranzhuang",),
    requirement="查明路面损坏原因，确定养护责任单位，书面答复信访人。",
    materials=("来访登记表", "路面照片 6 张"),
    listed=False,
    reason="道路一侧正在施工，先由施工主管部门核查",
    approved_by="赵主任",
    state="returned",
    received_on=date(2025, 9, 26),
    receiver="周签收",
    receiver_phone="0312-0000003",
    objected_on=date(2025, 10, 9),
    objection="经核实，该路段不在城镇建设项目范围内，属于县乡公路网规划的乡道，养护责任由交通运输主管部门承担"
    "（《农村公路养护管理办法》第六条），不属于本局职权范围。",
    suggested_unit="transport",
    decided_on=date(2025, 10, 10),
    decided_by="钱核实",
    decision="同意，情况属实，材料已经交还。",
    ended_on=date(2025, 10, 10),
)
RECALLED = Sending(
    7,
    "hand_over",
    "housing",
    date(2025, 10, 11),
    2,
    "清转〔2025〕0091号",
    materials=("来访登记表",),
    state="recalled",
    decision="该路段养护责任已经查清，改由交通运输主管部门主办",
    ended_on=date(2025, 10, 13),
)
HANDED = Sending(
    7,
    "hand_over",
    "transport",
    date(2025, 10, 13),
    3,
    "清转〔2025〕0093号",
    co_units=("ranzhuang",),
    limit_on=date(2025, 11, 12),
    requirement="修复路面，确定日常养护责任人，将结果告知来访人。",
    materials=("来访登记表", "路面照片 6 张", "村委会证明"),
    state="replied",
    received_on=date(2025, 10, 14),
    receiver="吴签收",
    receiver_phone="0312-0000004",
    replied_on=date(2025, 11, 20),
    reply_number="清交函〔2025〕17号",
    reply="已于11月15日完成320米路面修补，列入乡道日常养护，养护责任人为冉庄镇养护站，已当面告知来访人。",
)
ASSIGNED = replace(
    HANDED,
    mode="assign",
    record_id=4,
    number="清转〔2025〕0094号",
    requirement="会议议定：由区交通运输局牵头，30日内修复，冉庄镇配合做好群众工作。",
)
SUPPORT = Sending(
    7,
    "support",
    "resources",
    date(2025, 10, 15),
    5,
    "清转〔2025〕0095号",
    sender="ranzhuang",
    limit_on=date(2025, 10, 22),
    requirement="请派员到场测量路基占地界线，出具界址意见。",
    state="replied",
    received_on=date(2025, 10, 15),
    receiver="郑签收",
    replied_on=date(2025, 10, 21),
    reply_number="清自函〔2025〕9号",
    reply="10月20日派2人到场测量，路基未超出原批准用地，界址图已交冉庄镇。",
)
SECRET = Sending(
    7, "discipline", "discipline", date(2025, 9, 25), 6, "清转〔2025〕0087号", materials=("举报材料一份",)
)

REMIND = Urge(
    7,
    "remind",
    "transport",
    date(2025, 11, 13),
    1,
    "清督〔2025〕0011号",
    cause="办理期限为2025年11月12日，已经超过1天，没有回复。",
    requirement="请抓紧修复路面，并将进度告知来访人。",
    reply_by=date(2025, 11, 18),
    replied_on=date(2025, 11, 17),
    reply="正在备料，预计11月底完成。",
)
YELLOW = replace(
    REMIND,
    kind="yellow",
    sent_on=date(2025, 11, 19),
    record_id=2,
    number="清督〔2025〕0012号",
    cause="催办后仍未办结，超过办理期限7天。",
    requirement="",
    reply_by=date(2025, 11, 24),
    points=5,
    replied_on=None,
    reply="",
)
RED = replace(
    YELLOW,
    kind="red",
    sent_on=date(2025, 12, 1),
    record_id=3,
    number="清督〔2025〕0013号",
    cause="黄牌督办后逾期没有回复。",
    points=10,
    reply_by=date(2025, 12, 4),
)
RATED = Rating(
    7,
    "township",
    "unit",
    date(2025, 10, 23),
    "satisfied",
    1,
    "resources",
    "ranzhuang",
    "yes",
    "到场及时，界址图清楚，双方都认可。",
)
URGENT = Alert(
    7,
    "urgent",
    datetime(2025, 9, 25, 9, 40, tzinfo=SHANGHAI),
    "区委区政府值班室",
    "电话",
    "冯接报",
    1,
    "约20名村民扬言雨天堵路，现场有人拍摄视频准备上传。",
    "已劝离现场，村干部到场维持秩序，镇政府派人说明修复安排。",
    "清报〔2025〕0003号",
)

MATTER = Handled(
    matter_id=7,
    number="清事〔2025〕0512号",
    title="环村路坑洼积水两年无人修复",
    narrative=SAID,
    flow="handover",
    category="livelihood",
    node="replied",
    state="open",
    source="walk_in",
    matter_kind="rural_road",
    dispute_type="",
    township="130608101000",
    village="130608101200",
    unit="transport",
    room="petition",
    flags=frozenset(),
    sealed=False,
    opened_on=date(2025, 9, 24),
    version=9,
    visitor="王建国",
    headcount=23,
    visits=("清访〔2025〕0630号", "清访〔2025〕0655号"),
    petition=Petition(7, "appeal", "settle"),
    sendings=(FORWARDED, RECALLED, HANDED, ASSIGNED, SUPPORT),
    alerts=(URGENT,),
    measures=(
        Measure(7, "explained", date(2025, 10, 12), "镇政府召开村民代表会说明养护责任和修复安排。", 1),
        Measure(7, "solved", date(2025, 11, 15), "路面修补完成。", 2),
    ),
    urges=(REMIND, YELLOW, RED),
    ratings=(RATED,),
    endings=(Ending(7, "substantial", date(2025, 12, 8), "路面修复，养护责任人已经公示，来访人认可。", 1),),
)

FACTS = HandlingPaper(
    MATTER,
    OFFICE,
    datetime(2025, 12, 8, 10, 33, tzinfo=SHANGHAI),
    people=(
        Person("王建国", "male", phone="13800138000", address="冉庄镇冉庄村3组12号"),
        Person("李代表", "female", role="representative"),
    ),
    units=UNITS,
    why=WHY,
    place="冉庄镇冉庄村",
    category="民生事项",
    flow="移送",
    room="信访接待室",
    visited_at=datetime(2025, 9, 24, 9, 30, tzinfo=SHANGHAI),
    clerk="赵敏",
    clocks={
        "petition_objection": ClockLine(
            "对转送、交办提出异议并详细说明理由",
            "收到转送、交办的机关、单位",
            date(2025, 10, 10),
            date(2025, 10, 10),
            False,
            "《信访工作条例》第二十三条第三款",
        ),
        "petition_notify_forwarded": ClockLine(
            "书面告知信访人",
            "收到转送、交办的机关、单位",
            date(2025, 10, 11),
            date(2025, 10, 13),
            True,
            "《信访工作条例》第二十三条第三款",
        ),
    },
)
SEALED = replace(
    FACTS,
    case=replace(
        MATTER,
        title="举报村干部侵占补偿款",
        narrative="举报某某侵占征地补偿款。",
        sealed=True,
        sendings=(SECRET,),
        urges=(),
        alerts=(),
        ratings=(),
        measures=(),
        endings=(),
    ),
)

#: Kind → the facts it is drawn from, its record among them.
FILLED = {
    "processing": (FACTS, 0),
    "assign": (FACTS, ASSIGNED.record_id),
    "application": (FACTS, 0),
    "transfer": (FACTS, FORWARDED.record_id),
    "submit": (FACTS, 0),
    "urgent": (FACTS, URGENT.record_id),
    "hand_over": (FACTS, HANDED.record_id),
    "receipt": (FACTS, HANDED.record_id),
    "objection": (FACTS, FORWARDED.record_id),
    "returned": (FACTS, FORWARDED.record_id),
    "reassigned": (FACTS, HANDED.record_id),
    "reply": (FACTS, HANDED.record_id),
    "support": (FACTS, SUPPORT.record_id),
    "support_reply": (FACTS, SUPPORT.record_id),
    "remind": (FACTS, REMIND.record_id),
    "yellow": (FACTS, YELLOW.record_id),
    "red": (FACTS, RED.record_id),
    "unit_rating": (FACTS, RATED.record_id),
    "discipline": (SEALED, SECRET.record_id),
}
