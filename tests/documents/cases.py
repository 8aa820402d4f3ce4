"""Facts of invented mediations that the tests of their papers are drawn from."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from qingyuan_desk.domain.mediation.case import (
    Agreement,
    Appointment,
    Case,
    CaseNote,
    CaseParty,
    Confirmation,
    Contact,
    Correction,
    FollowUp,
    Instalment,
    Mediation,
    Session,
)
from qingyuan_desk.domain.mediation.papers import MEDIATION_PAPERS, CasePaper, ContentsLine
from qingyuan_desk.domain.papers import PathLine
from tests.documents.facts import OFFICE, SHANGHAI


def at(month: int, day: int, hour: int = 9, minute: int = 0) -> datetime:
    """A moment of the year of the cases."""
    return datetime(2024, month, day, hour, minute, tzinfo=SHANGHAI)


WANG = CaseParty(
    1,
    "applicant",
    "王建国",
    record_id=11,
    sex="male",
    ethnic="汉族",
    birth_date="1968-05-12",
    occupation="农民",
    id_type="id_card",
    id_number="130622196805120017",
    phone="13800138000",
    address="冉庄镇冉庄村3组12号",
    consent="agreed",
    consent_on=date(2024, 9, 20),
    consent_how="face",
)
LI = replace(
    WANG,
    record_id=12,
    side="respondent",
    name="李德顺",
    position=1,
    birth_date="1971-11-02",
    id_number="130622197111020038",
    phone="13900139000",
    address="冉庄镇冉庄村3组13号",
    agent="李小样",
    authority="special",
)
BUILDER = CaseParty(
    1,
    "respondent",
    "样例建筑工程有限公司",
    record_id=13,
    position=1,
    kind="company",
    phone="0312-0000009",
    id_number="91130600MA00000000",
    address="清苑区样例街8号",
    representative="赵经理",
    consent="agreed",
)

HOUSE = Case(
    matter_id=1,
    number="清事〔2024〕0412号",
    title="王建国与李德顺房屋宅基地纠纷",
    node="performing",
    state="open",
    dispute_type="03",
    township="130608101000",
    village="130608101200",
    room="elders",
    opened_on=date(2024, 9, 20),
    version=9,
    mediation=Mediation(
        1,
        "application",
        date(2024, 9, 20),
        "申请人王建国与东邻李德顺因宅基地界墙位置发生争议。2024年8月李德顺翻建北房，将滴水落在王建国院内，"
        "并拆除界墙约六米，村委会两次调解未果。",
        number="（2024）清综人调字第0001号",
        accepted_on=date(2024, 9, 21),
        claims=(
            "确认界墙位置，恢复界墙原状；",
            "李德顺改装排水，不得向王建国院内滴水；",
            "赔偿墙体损失3000元。",
        ),
        amount=300_000,
        form="written",
        result="agreed",
        ended_on=date(2024, 9, 28),
    ),
    parties=(WANG, LI),
    appointments=(
        Appointment(
            1,
            "M04",
            "parties",
            date(2024, 9, 21),
            record_id=21,
            conflicts=("与被申请人李德顺同村",),
            accepted=True,
        ),
        Appointment(1, "M07", "assigned", date(2024, 9, 21), record_id=22),
    ),
    sessions=(
        Session(
            1,
            at(9, 23, 14),
            record_id=31,
            kind="investigation",
            state="held",
            place="冉庄镇冉庄村争议界墙现场",
            started_at=at(9, 23, 14),
            ended_at=at(9, 23, 15, 20),
            asked="冉庄村村委会主任刘样例",
            helpers=("张样例（村民代表）",),
            subject="界墙原来的位置和拆除经过",
            statements="问：界墙是哪一年砌的？\n答：大约1996年，两家一起砌的，墙基在两家院子正中。\n问：现在拆了多少？\n"
            "答：从北房后墙往南拆了六米左右，砖还堆在路边。",
            verified="经现场丈量，残存墙基宽0.37米，位置与1996年宅基地使用证附图一致。",
            recorder="zhao",
        ),
        Session(
            1,
            at(9, 28, 9),
            record_id=32,
            state="held",
            room="elders",
            started_at=at(9, 28, 9),
            ended_at=at(9, 28, 11, 30),
            present=(11, 12),
            helpers=("张样例（村民代表）", "刘样例（村委会主任）"),
            rights_told=True,
            subject="房屋宅基地界墙纠纷",
            statements="申请人王建国称：界墙是两家共同所有，李德顺没有商量就拆了六米，雨水都流到我家院里。\n"
            "被申请人李德顺称：老墙已经歪了，翻建时怕砸到人才拆的，愿意重新砌，但费用应当两家分担。",
            verified="双方对1996年宅基地使用证附图和2024年9月23日现场丈量结果没有异议。",
            outcome="agreed",
            proposal="双方按原墙基恢复界墙，费用由李德顺承担；李德顺改装排水；李德顺赔偿王建国墙体损失3000元。",
            recorder="zhao",
        ),
        Session(
            1, at(10, 10, 9), record_id=33, mode="video", link="会议号 000-000-000", place="冉庄景区调解点"
        ),
    ),
    notes=(
        CaseNote(1, "claim", "赔偿墙体损失", at(9, 23), "M04", record_id=41, party=11, amount=800_000),
        CaseNote(
            1, "offer", "只肯出砖钱", at(9, 25), "M04", record_id=42, party=12, amount=100_000, private=True
        ),
        CaseNote(
            1,
            "concession",
            "降到五千就签",
            at(9, 26),
            "M04",
            record_id=43,
            party=11,
            amount=500_000,
            private=True,
        ),
        CaseNote(
            1,
            "offer",
            "三千封顶，怕儿媳妇知道",
            at(9, 27),
            "M04",
            record_id=44,
            party=12,
            amount=300_000,
            private=True,
        ),
        CaseNote(
            1, "caucus", "李德顺说其实知道墙是两家的", at(9, 27), "M04", record_id=45, party=12, private=True
        ),
        CaseNote(1, "undisputed", "1996年双方共同砌筑界墙。", at(9, 28), "M04", record_id=46),
        CaseNote(1, "undisputed", "2024年8月李德顺拆除界墙约六米。", at(9, 28), "M04", record_id=47),
    ),
    contacts=(
        Contact(1, 12, at(9, 20, 16), "phone", False, "M04", record_id=51, note="无人接听"),
        Contact(1, 12, at(9, 21, 8, 30), "phone", True, "M04", record_id=52, note="同意9月23日到现场看"),
    ),
    agreements=(
        Agreement(
            1,
            "written",
            1,
            "王建国与李德顺系东西邻居，1996年双方共同砌筑界墙。2024年8月李德顺翻建北房时拆除界墙约六米，房檐滴水落在王建国院内。",
            "界墙由谁恢复、费用由谁承担；排水如何改装；墙体损失如何赔偿。",
            (
                "李德顺于2024年10月31日前按1996年宅基地使用证附图所示位置恢复界墙六米，高度2.2米，费用由李德顺承担；",
                "李德顺于2024年10月31日前在北房房檐加装集水槽，将雨水引入自家院内；",
                "李德顺赔偿王建国墙体损失人民币3000元，分两期给付；",
                "双方就本纠纷再无其他争议。",
            ),
            date(2024, 9, 28),
            record_id=61,
            state="effective",
            way="赔偿款由李德顺转账至王建国银行账户；界墙、排水由村委会主任刘样例到场验收。",
            deadline="至2024年11月30日全部履行完毕。",
            amount=300_000,
            copies=3,
            topics=("money",),
            recorder="zhao",
            signed_on=date(2024, 9, 28),
            sealed_on=date(2024, 9, 29),
            effective_on=date(2024, 9, 29),
        ),
    ),
    instalments=(
        Instalment(
            1,
            61,
            1,
            date(2024, 10, 31),
            200_000,
            "",
            12,
            11,
            record_id=71,
            paid_on=date(2024, 10, 30),
            paid=200_000,
            proof="银行转账",
        ),
        Instalment(
            1,
            61,
            2,
            date(2024, 11, 30),
            100_000,
            "",
            12,
            11,
            record_id=72,
            paid_on=date(2024, 11, 29),
            paid=60_000,
        ),
        Instalment(
            1,
            61,
            3,
            date(2024, 10, 31),
            0,
            "恢复界墙六米，加装集水槽",
            12,
            11,
            record_id=73,
            paid_on=date(2024, 10, 28),
        ),
    ),
    follow_ups=(
        FollowUp(
            1,
            date(2024, 12, 5),
            record_id=81,
            party=11,
            done_on=date(2024, 12, 5),
            how="visit",
            performance="partial",
            satisfaction="satisfied",
            measures="提醒李德顺在12月10日前付清余款400元。",
            visitor="M04",
        ),
    ),
    confirmations=(Confirmation(1, 61, "保定市清苑区人民法院", date(2024, 10, 9), record_id=91),),
    corrections=(
        Correction(
            1,
            "record",
            32,
            "残存墙基宽0.73米",
            "残存墙基宽0.37米",
            "记录人笔误，与现场丈量记录不一致。",
            at(9, 30, 10),
            "zhao",
            approver="leader",
            record_id=95,
        ),
    ),
    visits=("清访〔2024〕0630号",),
)

PATHS = (
    PathLine("向人民法院起诉", "保定市清苑区人民法院", hours="工作日", note="注意诉讼时效", suggested=True),
    PathLine(
        "申请法律援助",
        "清苑区法律援助中心",
        "清苑区样例路1号",
        "0312-0000002",
        "工作日 8:30—17:30",
        "符合条件的不收费",
    ),
    PathLine("双方同意后再次申请调解", "清苑区综治中心人民调解委员会"),
)

CONTENTS = (
    ContentsLine("人民调解申请书、人民调解受理登记表", 1, 2),
    ContentsLine("当事人权利义务告知书", 3, 3),
    ContentsLine("人民调解记录", 4, 6),
    ContentsLine("封底", 7, 7, "必须"),
)

PAPER = CasePaper(
    case=HOUSE,
    office=OFFICE,
    printed_at=at(9, 30, 10, 33),
    dispute_type="房屋宅基地纠纷",
    names={"M04": "刘样例", "M07": "陈样例", "zhao": "赵敏", "leader": "孙主任"},
    homes={11: "清苑区冉庄镇冉庄村3组12号", 12: "清苑区冉庄镇冉庄村3组13号", 13: "清苑区样例街8号"},
    rooms={"elders": "乡贤调解室"},
    paths=PATHS,
    contents=CONTENTS,
    pages=12,
)

#: Filed: closed and put away.
FILED = replace(
    PAPER,
    case=replace(
        HOUSE,
        mediation=replace(
            HOUSE.mediation,
            closing="substantial",
            closed_on=date(2024, 12, 12),
            filed_on=date(2024, 12, 15),
            filer="zhao",
            retention="long",
            remark="第二期款项分两次给付，均附转账凭证；当事人李德顺由其子代理签名，附授权委托书。",
        ),
    ),
)

#: Without agreement: what nobody disputes is written down, the ways that remain are told.
FAILED = replace(
    PAPER,
    case=replace(
        HOUSE,
        node="ended",
        agreements=(),
        instalments=(),
        confirmations=(),
        mediation=replace(
            HOUSE.mediation,
            result="failed",
            form="",
            ground="no_agreement",
            explanation="双方对界墙费用由谁承担各执一词，两次调解差距没有缩小。",
            paths=("lawsuit", "legal_aid"),
        ),
    ),
)

DECLINED = replace(
    PAPER,
    case=replace(
        HOUSE,
        node="declined",
        mediation=replace(
            HOUSE.mediation,
            number="",
            accepted_on=None,
            result="declined",
            ground="in_court",
            explanation="同一纠纷人民法院已于2024年9月10日立案。",
            paths=("lawsuit",),
        ),
    ),
)

_DRAFT = replace(HOUSE.agreements[0], state="draft", signed_on=None, sealed_on=None, effective_on=None)
DRAFT = replace(PAPER, case=replace(HOUSE, agreements=(_DRAFT,)), subject=61)
SUPERSEDED = replace(
    PAPER,
    subject=61,
    case=replace(
        HOUSE,
        agreements=(
            replace(HOUSE.agreements[0], state="superseded"),
            replace(_DRAFT, record_id=62, version=2, reason="改为一次付清"),
        ),
    ),
)
NEWER = replace(SUPERSEDED, subject=62)

ORAL = replace(
    PAPER,
    subject=61,
    case=replace(
        HOUSE,
        agreements=(
            replace(HOUSE.agreements[0], form="oral", at_once=True, way="", deadline="", sealed_on=None),
        ),
        instalments=(),
    ),
)

#: Wages by instalments from a company: three instalments, a legal person that seals.
_WAGES = replace(
    HOUSE.agreements[0],
    facts="样例建筑工程有限公司拖欠王建国2024年3月至8月工资共计36000元。",
    disputes="拖欠工资的数额和给付时间。",
    terms=(
        "样例建筑工程有限公司分三期给付王建国工资36000元。",
        "任何一期逾期的，王建国可以就全部余款申请强制执行。",
    ),
    amount=3_600_000,
    way="",
    deadline="",
    state="draft",
)
WAGES = replace(
    PAPER,
    subject=61,
    dispute_type="拖欠农民工工资纠纷",
    case=replace(
        HOUSE,
        title="王建国与样例建筑工程有限公司工资纠纷",
        parties=(WANG, BUILDER),
        agreements=(_WAGES,),
        instalments=tuple(
            Instalment(1, 61, place, date(2024, 9 + place, 30), 1_200_000, "", 13, 11, record_id=70 + place)
            for place in range(1, 4)
        ),
    ),
)

#: The record a paper is usually about.
SUBJECTS = {
    "authority": 12,
    "invitation": 33,
    "phone_script": 12,
    "investigation": 31,
    "record": 32,
    "agreement": 61,
    "signing": 61,
    "oral": 61,
    "receipt": 71,
    "follow_up": 81,
    "confirmation": 61,
    "proof": 61,
    "correction": 95,
}
#: The case each paper is usually printed for.
_CASES = {
    "declined": DECLINED,
    "undisputed": FAILED,
    "termination": FAILED,
    "next_paths": FAILED,
    "signing": DRAFT,
    "oral": ORAL,
    "closing": FILED,
    "explanation": FILED,
    "cover": FILED,
    "contents": FILED,
    "back_cover": FILED,
}
USUAL = {kind: replace(_CASES.get(kind, PAPER), subject=SUBJECTS.get(kind, 0)) for kind in MEDIATION_PAPERS}
