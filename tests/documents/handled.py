"""Facts of invented matters of handling that the tests of their papers are drawn from."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from qingyuan_desk.domain.calendar import WorkCalendar
from qingyuan_desk.domain.handling.case import Handled
from qingyuan_desk.domain.handling.limits import limits, remaining
from qingyuan_desk.domain.handling.papers import HANDLING_PAPERS, HandlingPaper
from qingyuan_desk.domain.handling.records import (
    Alert,
    Consultation,
    Extension,
    LegalAid,
    Notice,
    Opinion,
    Petition,
    Referral,
    Sending,
    Stay,
)
from qingyuan_desk.domain.papers import MaterialLine, path_lines
from qingyuan_desk.domain.visit import Opponent, Person
from tests.documents.facts import OFFICE, SHANGHAI
from tests.domain.office_tables import reference

REFERENCE = reference()


def at(month: int, day: int, hour: int = 9, minute: int = 0) -> datetime:
    """A moment of the year of the matters."""
    return datetime(2025, month, day, hour, minute, tzinfo=SHANGHAI)


WANG = Person(
    "王建国",
    "male",
    id_number="130622196805120017",
    phone="13800138000",
    birth_date="1968-05-12",
    address="冉庄镇冉庄村3组12号",
)

NARRATIVE = (
    "2024年秋修环村路占了我家承包地0.6亩，说好每亩补偿三万元，到现在只给了一半。村委会让找镇政府，镇政府说等区里拨款，"
    "请求尽快把剩下的补偿款9000元付清，并公开补偿标准。"
)

SENT = Sending(
    1,
    "assign",
    "natural_resources",
    date(2025, 3, 5),
    record_id=11,
    number="清转〔2025〕0012号",
    co_units=("t_ranzhuang",),
    limit_on=date(2025, 4, 30),
    requirement="核实占地面积、补偿标准和拨付情况，书面答复信访人。",
    materials=("来访登记表", "土地承包合同复印件"),
    state="accepted",
    received_on=date(2025, 3, 6),
    receiver="李样例",
    receiver_phone="0312-0000011",
    accepted_on=date(2025, 3, 10),
)
FORWARDED = replace(
    SENT, record_id=12, mode="forward", unit="t_ranzhuang", co_units=(), limit_on=None, received_on=None
)
HANDED = replace(FORWARDED, record_id=13, mode="hand_over", unit="water")

OPINIONS = (
    Opinion(
        1,
        1,
        "natural_resources",
        record_id=31,
        number="清自然资信答〔2025〕7号",
        outcome="upheld",
        summary="经核实，占地0.6亩属实，应补偿18000元，已付9000元。区财政于2025年5月底前拨付剩余9000元，由冉庄镇人民政府发放到户，"
        "并在村务公开栏公示补偿标准。",
        basis="《土地管理法》第四十八条；《河北省土地管理条例》第四十一条。",
        signed_on=date(2025, 4, 28),
        served_on=date(2025, 5, 4),
        served_how="hand",
    ),
    Opinion(
        1,
        2,
        "区人民政府",
        record_id=32,
        asked_on=date(2025, 5, 20),
        asked_why="到5月20日剩余的9000元还没有到账，占地面积应当是0.7亩。",
        received_on=date(2025, 5, 21),
        number="清政复查〔2025〕3号",
        outcome="kept",
        summary="占地面积经实测为0.6亩，维持原处理意见；剩余款项已于6月3日到账。",
        signed_on=date(2025, 6, 10),
        served_on=date(2025, 6, 12),
    ),
    Opinion(
        1,
        3,
        "保定市人民政府",
        record_id=33,
        asked_on=date(2025, 7, 1),
        asked_why="对占地面积仍有异议。",
        received_on=date(2025, 7, 2),
        hearing_days=10,
        number="保政复核〔2025〕9号",
        outcome="kept",
        summary="维持复查意见。",
        signed_on=date(2025, 8, 1),
        served_on=date(2025, 8, 5),
    ),
)

ROAD = Handled(
    matter_id=1,
    number="清事〔2025〕0088号",
    title="修环村路占地补偿款未付清",
    narrative=NARRATIVE,
    flow="petition",
    category="petition_matter",
    node="handling",
    state="open",
    source="visit",
    matter_kind="land_requisition",
    dispute_type="08",
    township="130608101000",
    village="130608101200",
    unit="natural_resources",
    room="petition",
    flags=frozenset(),
    sealed=False,
    opened_on=date(2025, 3, 3),
    version=6,
    visitor="王建国",
    visits=("清访〔2025〕0101号",),
    opponents=(Opponent("冉庄镇冉庄村村民委员会", "company"),),
    petition=Petition(
        1,
        kind="appeal",
        purpose="settle",
        accepted_on=date(2025, 3, 10),
        accepted_by="natural_resources",
        acceptance_number="清自然资信受〔2025〕12号",
        way="opinion",
        finish_on=date(2025, 5, 9),
    ),
    sendings=(SENT,),
    notices=(
        Notice(1, "acceptance", date(2025, 3, 11), "mail", record_id=21, number="清自然资信受〔2025〕12号"),
    ),
    extensions=(
        Extension(
            1,
            22,
            "占地面积要由测绘单位重新实测，涉及七户，情况复杂。",
            "局长样例",
            date(2025, 5, 6),
            date(2025, 5, 31),
            record_id=41,
            number="清自然资信延〔2025〕1号",
        ),
    ),
    alerts=(
        Alert(
            1,
            "minor",
            at(3, 3, 10, 20),
            "保定市公安局清苑区分局冉庄派出所",
            "电话",
            "民警样例",
            record_id=51,
            text="来访人陈述其邻居家九岁女孩身上多处淤青，疑似受到侵害。",
            measures="已请区妇女联合会派人陪同，等候民警到场。",
            number="清报〔2025〕0002号",
        ),
    ),
)


def _ended(ground: str, **more: object) -> Handled:
    petition = replace(
        ROAD.classified,
        accepted_on=None,
        accepted_by="",
        acceptance_number="",
        way="",
        ground=ground,
        refused_on=date(2025, 3, 10),
        **more,  # type: ignore[arg-type]
    )
    kind = "no_more" if ground == "no_more" else "refusal"
    told = Notice(1, kind, date(2025, 3, 10), "hand", record_id=22)
    return replace(ROAD, node="not_accepted", petition=petition, notices=(told,), sendings=(), extensions=())


REFUSED = _ended(
    "administrative",
    organ="区人民政府行政复议机构",
    explanation="补偿决定已于2025年2月10日送达，对决定不服的应当申请行政复议。",
    paths=("administrative", "lawsuit"),
)
IN_PROCESS = _ended("in_process", organ="natural_resources")
LATE = replace(
    _ended("late_review"),
    notices=(
        Notice(1, "refusal", date(2025, 6, 30), "hand", record_id=22, number="清自然资信答〔2025〕7号"),
    ),
)
NO_MORE = replace(
    _ended(
        "no_more",
        organ="保定市人民政府",
        explanation="由冉庄镇人民政府包案干部每月走访一次，协助申请临时救助。",
    ),
    opinions=OPINIONS,
    notices=(Notice(1, "no_more", date(2025, 9, 1), "hand", record_id=23, number="保政复核〔2025〕9号"),),
)
GUIDED = replace(
    ROAD,
    node="guided",
    title="民事判决生效后申请执行两年没有结果",
    dispute_type="04",
    unit="court",
    petition=Petition(1, kind="appeal"),
    sendings=(),
    notices=(
        Notice(
            1,
            "litigation",
            date(2025, 3, 3),
            "hand",
            record_id=24,
            note="区人民法院：向执行法院提出执行异议、申请执行监督",
        ),
    ),
)
#: It was tried in mediation before; wages not paid.
WAGES = replace(
    _ended("arbitration", organ="区劳动人事争议仲裁院", paths=("arbitration",)),
    title="离职后工资未结清",
    dispute_type="10",
    matter_kind="labour_award",
    stays=(
        Stay(1, "petition", date(2025, 3, 3), record_id=61, until=date(2025, 4, 1)),
        Stay(1, "mediation", date(2025, 4, 1), record_id=62, until=date(2025, 4, 20)),
        Stay(1, "petition", date(2025, 4, 20), record_id=63),
    ),
)

QUESTION = replace(
    ROAD,
    flow="consultation",
    category="legal_question",
    node="answered",
    title="离职未付经济补偿",
    dispute_type="11",
    petition=None,
    sendings=(),
    notices=(),
    extensions=(),
    consultations=(
        Consultation(
            1,
            at(3, 3, 9, 30),
            record_id=71,
            crowd="migrant_worker",
            stage="none",
            question="离职三个月，单位未付经济补偿，想问怎样申请劳动仲裁，要准备什么材料。",
            result="aid",
            answer="可以自知道或者应当知道权利被侵害之日起一年内申请劳动仲裁，仲裁不收费；带劳动合同、工资流水、离职证明。",
            articles="《劳动合同法》第四十六条、第四十七条；《劳动争议调解仲裁法》第二十七条",
            answered_at=at(3, 3, 9, 45),
            lawyer="律师样例",
            aid_told=True,
            satisfaction="satisfied",
        ),
    ),
    aids=(
        LegalAid(
            1,
            date(2025, 3, 3),
            "wages",
            record_id=81,
            exempt="migrant_worker",
            lacking=("劳动合同或者能够证明劳动关系的材料", "身份证复印件"),
            told_on=date(2025, 3, 3),
            supplied_on=date(2025, 3, 5),
            granted="yes",
            decided_on=date(2025, 3, 7),
            number="清法援决〔2025〕21号",
            assigned_on=date(2025, 3, 10),
            lawyer="律师样例",
        ),
        LegalAid(
            1,
            date(2025, 4, 1),
            "none",
            record_id=82,
            granted="no",
            decided_on=date(2025, 4, 3),
            number="清法援决〔2025〕35号",
            why="申请事项不属于《法律援助法》第三十一条规定的范围。",
        ),
    ),
    referrals=(
        Referral(
            1,
            date(2025, 3, 3),
            "stress",
            record_id=91,
            consent=True,
            counsellor="咨询师样例",
            booked_for=at(3, 6, 14),
            risk="说过不想活了",
            outcome="情绪平稳",
        ),
    ),
)
SEALED = replace(
    ROAD,
    sealed=True,
    title="举报某某侵占征地补偿款",
    narrative="举报村干部某某侵占征地补偿款三万元。",
    unit="discipline",
    petition=Petition(1, kind="accusation", purpose="accuse"),
    notices=(),
    extensions=(),
    alerts=(),
    sendings=(
        Sending(
            1,
            "discipline",
            "discipline",
            date(2025, 3, 4),
            record_id=14,
            number="清转〔2025〕0013号",
            state="accepted",
        ),
    ),
)

MATERIALS = (
    MaterialLine("身份证原件及复印件", True, False, ""),
    MaterialLine("土地承包合同或者村委会证明", True, True, "证件遗失的由村委会出具"),
    MaterialLine("占地现场照片", False, False, "注明拍摄日期"),
)

UNITS = {each.code: each for each in REFERENCE.units} | {
    "natural_resources": replace(
        REFERENCE.unit("natural_resources"),
        phone="0312-0000021",
        place="清苑区样例街5号",  # type: ignore[type-var]
    )
}


def paper(kind: str, case: Handled, subject: int = 0, **more: object) -> HandlingPaper:
    """The facts of a paper of a matter, limits counted as the service counts them."""
    calendar = WorkCalendar()
    facts: dict[str, object] = dict(
        case=case,
        office=OFFICE,
        printed_at=at(8, 20, 10, 33),
        subject=subject,
        people=(WANG,),
        units=UNITS,
        place="冉庄镇冉庄村",
        category="信访事项",
        flow="信访",
        dispute_type="征地拆迁纠纷",
        clerk="赵敏",
        visited_at=at(3, 3, 9, 12),
        clocks=limits(kind, case, subject, REFERENCE, calendar),
        limitations=remaining(case, REFERENCE, calendar),
        paths=path_lines(REFERENCE.paths, case.dispute_type, case.classified.paths or ("legal_aid",)),
        crowd="农民工",
        materials=MATERIALS,
        readers=("孙主任", "赵敏"),
    )
    return HandlingPaper(**{**facts, **more})  # type: ignore[arg-type]


#: The matter each paper is usually printed for, and the record it is about.
CASES: dict[str, tuple[Handled, int]] = {
    "forwarded": (ROAD, 11),
    "acceptance": (ROAD, 0),
    "refusal": (REFUSED, 0),
    "no_more": (NO_MORE, 0),
    "extension": (ROAD, 41),
    "guidance": (GUIDED, 0),
    "legal_path": (WAGES, 0),
    "supplement": (ROAD, 0),
    "opinion": (replace(ROAD, opinions=OPINIONS[:1]), 31),
    "review_request": (replace(ROAD, opinions=OPINIONS[:1]), 31),
    "recheck_request": (replace(ROAD, opinions=OPINIONS[:2]), 32),
    "withdrawal": (ROAD, 0),
    "settlement": (ROAD, 0),
    "promise": (ROAD, 0),
    "rating": (ROAD, 0),
    "secret": (SEALED, 0),
    "report": (ROAD, 51),
    "consult": (QUESTION, 71),
    "aid_guide": (QUESTION, 0),
    "aid_lacking": (QUESTION, 81),
    "aid_decision": (QUESTION, 81),
    "referral": (QUESTION, 91),
}
USUAL = {
    kind: paper(kind, case, subject) for kind, (case, subject) in CASES.items() if kind in HANDLING_PAPERS
}
