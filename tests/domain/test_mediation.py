"""A mediation by the rules: how a case goes from application to dossier, and who stops it with which article."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingyuan_desk.domain import money
from qingyuan_desk.domain.mediation import acts, agreeing
from qingyuan_desk.domain.mediation.case import Case, CaseParty
from qingyuan_desk.domain.mediation.following import following
from qingyuan_desk.domain.mediation.forms import (
    Assign,
    Close,
    Confirm,
    Consent,
    Correct,
    Decline,
    Draft,
    File,
    FollowUpForm,
    Form,
    Hold,
    Open,
    Oral,
    Part,
    Perform,
    Plan,
    Prevent,
    PutParty,
    Reach,
    Resume,
    Sign,
    Simple,
    Suspend,
    Terminate,
    Withdraw,
    WriteNote,
)
from qingyuan_desk.domain.mediation.performing import eligibility
from tests.domain.casebook import Casebook, at, mediator, new_case

TODAY = date(2024, 9, 20)


def opened(**more: object) -> Casebook:
    return Casebook(new_case(**more)).take(Open(claims=("改走自家一侧",)))


def ids(book: Casebook) -> tuple[int, ...]:
    return tuple(party.record_id for party in book.case.parties)


def accepted(**more: object) -> Casebook:
    book = opened(**more)
    return book.take(*[Consent(party, True) for party in ids(book)])


def mediating() -> Casebook:
    return accepted().take(Assign(("M04",)), Hold(**session()))


def session(**more: object) -> dict:
    return {
        "started_at": at("2024-09-20 08:30"),
        "room": "elders",
        "present": (1, 2),
        "rights_told": True,
        "statements": "双方各自陈述。",
        "outcome": "adjourned",
        **more,
    }


def agreed() -> Casebook:
    return accepted().take(Assign(("M04",)), Hold(**session(outcome="agreed", proposal="改走自家一侧")))


def draft(**more: object) -> Draft:
    facts: dict = dict(
        facts="滴水流入邻院。",
        disputes="滴水朝向。",
        terms=("赵测试将滴水改向自家一侧。",),
        amount=300_000,
        parts=tuple(Part(TODAY + timedelta(days=30 * n), "", 100_000, 2, 1) for n in (1, 2, 3)),
    )
    return Draft(**{**facts, **more})


def signing(**more: object) -> Sign:
    return Sign(
        **{
            **dict(
                signed_on=TODAY, sealed_on=TODAY, effective_on=TODAY, signed=(1, 2), mediators_signed=True
            ),
            **more,
        }
    )


def performing() -> Casebook:
    return agreed().take(draft(), signing())


# --- the whole way -----------------------------------------------------------------------------------------------


def test_a_written_agreement_from_application_to_closing():
    book = opened()
    assert book.case.node == "consent" and book.case.mediation.number == ""
    book.take(Consent(1, True))
    assert book.case.node == "consent"
    book.take(Consent(2, True, how="phone"))
    assert (book.case.node, book.clocks) == ("assign", {"mediation_finish": "running"})
    assert book.case.mediation.number and book.case.mediation.accepted_on == TODAY
    book.take(Assign(("M04",), "parties"))
    assert book.case.node == "schedule"
    book.take(Plan(at("2024-09-21 09:00"), room="elders"))
    assert book.case.node == "mediating"
    book.now = at("2024-09-21 11:00")
    book.take(
        Hold(
            **session(
                session=book.case.sessions[0].record_id,
                started_at=at("2024-09-21 09:05"),
                outcome="agreed",
                proposal="分三期付清",
            )
        )
    )
    book.take(draft(parts=tuple(Part(date(2024, 10, n), "", 100_000, 2, 1) for n in (1, 11, 21))))
    day = date(2024, 9, 21)
    book.take(signing(signed_on=day, sealed_on=day, effective_on=day))
    assert book.case.node == "performing"
    assert book.clocks == {"mediation_finish": "met", "mediation_confirm": "running"}
    assert book.case.mediation.amount == 300_000 and book.case.agreement.copies == 3
    assert book.case.follow_ups[0].due_on == date(2024, 10, 28)
    book.now = at("2024-10-21 10:00")
    assert "还没有全部履行" in book.refused(Close())
    for part in book.case.schedule:
        book.take(Perform(part.record_id, date(2024, 10, 20), part.amount, "银行转账"))
    book.take(Close())
    assert (book.case.node, book.case.state, book.case.mediation.closing) == (
        "closed",
        "closed",
        "substantial",
    )


def test_a_simple_dispute_is_one_form():
    book = Casebook()
    book.take(
        Simple(
            ("M04",), at("2024-09-20 08:30"), "两家为滴水争吵。", ("滴水改道。",), satisfaction="satisfied"
        )
    )
    case = book.case
    assert (case.node, case.mediation.form, case.mediation.result, case.mediation.difficulty) == (
        "closed",
        "oral",
        "agreed",
        "simple",
    )
    assert [each.form for each in case.agreements] == ["oral"] and case.performed
    assert [each.satisfaction for each in case.follow_ups] == ["satisfied"]


def test_a_simple_dispute_to_be_performed_later_stays_open():
    book = Casebook().take(
        Simple(
            ("M04",),
            at("2024-09-20 08:30"),
            "欠款。",
            ("还款五千元。",),
            amount=500_000,
            at_once=False,
            deadline_on=date(2024, 10, 1),
        )
    )
    assert book.case.node == "performing"
    assert [(part.due_on, part.amount, part.payer) for part in book.case.schedule] == [
        (date(2024, 10, 1), 500_000, 2)
    ]


def test_a_refusal_ends_it():
    book = opened().take(Consent(1, True))
    book.take(Consent(2, False, how="phone"))
    assert (book.case.node, book.case.state, book.case.mediation.ground) == ("ended", "closed", "refused")
    assert book.case.mediation.number == "" and book.clocks == {}


def test_a_party_that_comes_later_must_agree_too():
    book = mediating().take(PutParty(CaseParty(7, "third", "孙测试")))
    assert book.case.node == "consent"
    book.take(Consent(ids(book)[2], True))
    assert book.case.node == "assign"
    assert book.told[-1].startswith("孙测试同意调解")


def test_a_suspended_case_goes_on_where_it_was():
    book = mediating().take(Suspend("等待鉴定"))
    assert "已经中止" in book.refused(Hold(**session()))
    assert book.take(Resume()).case.node == "mediating"


def test_a_changed_agreement_supersedes_the_signed_one():
    book = performing()
    assert "变更协议的原因" in book.refused(draft())
    book.take(
        draft(reason="延期一期", amount=200_000, parts=(Part(date(2025, 1, 1), "", 200_000, 2, 1),)),
        signing(),
    )
    assert [(each.version, each.state) for each in book.case.agreements] == [
        (1, "superseded"),
        (2, "effective"),
    ]
    assert [part.amount for part in book.case.schedule] == [200_000]
    assert book.case.mediation.amount == 200_000


def test_a_draft_written_anew_leaves_the_old_one_discarded():
    book = agreed().take(draft(), draft(terms=("另一种写法。",)))
    assert [each.state for each in book.case.agreements] == ["discarded", "draft"]
    assert {each.version for each in book.case.agreements} == {1}


def test_sealed_notes_are_not_told_on_the_timeline():
    book = mediating().take(WriteNote("caucus", "底线是两千", 1), WriteNote("fact", "房子建于2010年"))
    assert [note.private for note in book.case.notes] == [True, False]
    assert book.told[-2:] == ["背对背谈话", "事实：房子建于2010年"]


# --- what stands in the way, and which article -----------------------------------------------------------------------

TOO_EARLY = [
    (Casebook, Consent(1, True), "先在“当事人”里登记申请"),
    (opened, Assign(("M04",)), "第十九条"),
    (opened, Open(), "已经登记过"),
    (accepted, Plan(at("2024-09-21 09:00"), room="elders"), "选定调解员以后"),
    (accepted, Consent(1, True), "不能再记录是否同意"),
    (mediating, signing(), "达成一致"),
    (mediating, Oral(TODAY, "事实", "争议", ("改道",), at_once=True), "达成一致"),
    (agreed, signing(), "还没有写好的协议书"),
    (agreed, Close(), "达成协议以后才能办结"),
    (agreed, File("张", "long"), "办结或者终止以后"),
    (agreed, Confirm(TODAY, "清苑区人民法院"), "协议生效以后"),
    (performing, Hold(**session()), "不能再记录调解"),
    (performing, PutParty(CaseParty(7, "third", "孙测试")), "不能再登记当事人"),
]


@pytest.mark.parametrize("book, form, said", TOO_EARLY)
def test_a_step_that_is_not_open_says_why(book, form: Form, said: str):
    assert said in book().refused(form)


REFUSED = [
    (opened, Consent(1, True, date(2024, 9, 21)), "不能晚于今天"),
    (opened, Consent(9, True), "要是本案的当事人"),
    (opened, Consent(1, True, how="pigeon"), "答复方式没有"),
    (opened, Decline("refused", paths=("lawsuit",)), "不予受理的理由没有"),
    (opened, Decline("in_court"), "《人民调解法》第二十六条"),
    (opened, PutParty(CaseParty(7, "respondent", "")), "请填写姓名"),
    (opened, PutParty(CaseParty(7, "respondent", "王测试")), "已经是本案的申请人"),
    (opened, Reach(1, "phone", True, at("2024-09-20 09:01")), "不能晚于现在"),
    (accepted, Assign(()), "至少选定一名"),
    (accepted, Assign(("M04", "M04")), "选了两次"),
    (accepted, Assign(("M99",)), "名册里没有"),
    (lambda: accepted().take(Assign(("M04",))), Assign(("M05",)), "更换调解员请写明原因"),
    (lambda: accepted().take(Assign(("M04",))), Plan(at("2024-09-19 09:00"), room="elders"), "已经过了"),
    (lambda: accepted().take(Assign(("M04",))), Plan(at("2024-09-21 09:00")), "选择房间"),
    (lambda: accepted().take(Assign(("M04",))), Plan(at("2024-09-21 09:00"), mode="video"), "会议号"),
    (lambda: accepted().take(Assign(("M04",))), Hold(**session(rights_told=False)), "第二十三条"),
    (lambda: accepted().take(Assign(("M04",))), Hold(**session(present=())), "到场"),
    (
        lambda: accepted().take(Assign(("M04",))),
        Hold(**session(present=(1,), outcome="agreed", proposal="好")),
        "双方都到场",
    ),
    (lambda: accepted().take(Assign(("M04",))), Hold(**session(outcome="failed")), "没有达成一致的原因"),
    (lambda: accepted().take(Assign(("M04",))), Hold(**session(kind="investigation")), "被调查人"),
    (mediating, WriteNote("offer", "愿出三千"), "说这句话的当事人"),
    (mediating, Terminate("no_agreement"), "告知当事人的其他途径"),
    (mediating, Terminate("unreachable", paths=("lawsuit",)), "3 次联系不上"),
    (agreed, draft(terms=()), "第二十九条"),
    (agreed, draft(terms=("付调解费一百元。",)), "不收取任何费用"),
    (agreed, draft(terms=("双方不得再向法院起诉。",)), "第三条第三项"),
    (agreed, draft(terms=("支付____元。",)), "还有空着"),
    (agreed, draft(terms=("违反的，拘留十五日，开除村籍。",)), "第三条第二项"),
    (Casebook, Simple((), at("2024-09-20 08:30"), "滴水。", ("改道。",)), "至少选定一名"),
    (agreed, draft(amount=300_001), "相差 0.01元"),
    (agreed, draft(parts=()), "哪天履行什么"),
    (agreed, draft(amount=0, parts=(), deadline="十月前"), "哪天履行什么"),
    (agreed, draft(amount=0, parts=(Part(TODAY, "", 0, 2),)), "写明要做什么"),
    (agreed, draft(parts=(Part(date(2024, 9, 1), "", 300_000, 2, 1),)), "早于协议日期"),
    (
        agreed,
        draft(parts=(Part(date(2024, 12, 1), "", 150_000, 2, 1), Part(date(2024, 11, 1), "", 150_000, 2, 1))),
        "早于前一期",
    ),
    (agreed, draft(parts=(Part(TODAY, "", 300_000, 1, 1),)), "同一人"),
    (agreed, draft(copies=2), "共 3 份"),
    (lambda: agreed().take(draft()), signing(signed=(1,)), "缺少赵测试的签名"),
    (lambda: agreed().take(draft()), signing(mediators_signed=False), "调解员的签名"),
    (lambda: agreed().take(draft()), signing(sealed_on=None), "印章"),
    (lambda: agreed().take(draft()), signing(effective_on=None), "生效日期"),
    (lambda: agreed().take(draft()), signing(signed_on=date(2024, 9, 19)), "早于达成一致"),
    (performing, Perform(99, TODAY, 1), "没有这一期"),
    (performing, Close("stage"), "要写明原因"),
    (
        performing,
        FollowUpForm(done_on=TODAY, party=1, performance="none", satisfaction="satisfied"),
        "第三十一条",
    ),
    (performing, FollowUpForm(), "打算哪天回访"),
    (performing, Confirm(TODAY), "人民法院"),
    (performing, Confirm(TODAY, result="confirmed", document="X"), "没有等待裁定"),
    (performing, Prevent("criminal"), "第二十五条"),
    (performing, Correct("agreement", "张", "张", "笔误", "主任"), "更正前后一样"),
    (performing, Correct("rights", "张", "李", "笔误", "主任"), "不用更正"),
]


@pytest.mark.parametrize("book, form, said", REFUSED)
def test_a_form_is_refused_with_a_sentence(book, form: Form, said: str):
    assert said in book().refused(form)


@pytest.mark.parametrize(
    "case, said",
    [
        (mediator(status="suspended"), "不能选定"),
        (replace(mediator(), term_start="2020-01-01"), "第九条"),
        (mediator(name="王测试", township="130608101000", village="130608101200"), "自己的纠纷"),
    ],
)
def test_no_consent_makes_these_mediate(case, said: str):
    book = accepted()
    book.mediators["M04"] = case
    assert said in book.refused(Assign(("M04",), accepted=True))


def test_a_conflict_is_disclosed_and_needs_consent():
    book = accepted()
    book.conflicts["M04"] = ("与王测试同姓同村",)
    assert "各方都同意" in book.refused(Assign(("M04",)))
    book.take(Assign(("M04",), accepted=True))
    assert book.case.mediators[0].conflicts == ("与王测试同姓同村",) and book.case.mediators[0].accepted
    assert "已告知" in book.told[-1]


def test_three_attempts_in_vain_end_it():
    book = mediating().take(*[Reach(2, "phone", False)] * 3)
    book.take(Terminate("unreachable", paths=("lawsuit",)))
    assert book.case.node == "ended" and book.clocks == {"mediation_finish": "met"}


def test_a_case_is_taken_back():
    assert mediating().take(Withdraw("双方和好")).clocks == {"mediation_finish": "cancelled"}


def test_confirmation_within_thirty_days():
    book = performing()
    book.now = at("2024-10-21 09:00")
    assert "第三十三条" in book.refused(Confirm(date(2024, 10, 21), "清苑区人民法院"))
    book.now = at("2024-10-20 09:00")
    book.take(Confirm(date(2024, 10, 20), "清苑区人民法院"))
    assert book.clocks["mediation_confirm"] == "met"
    assert "正在等待裁定" in book.refused(Confirm(date(2024, 10, 20), "清苑区人民法院"))
    book.take(Confirm(date(2024, 10, 20), result="confirmed", document="（2024）冀0608民特1号"))
    assert book.case.confirmation.result == "confirmed"


@pytest.mark.parametrize("topic", ["status", "title"])
def test_relations_and_titles_cannot_be_confirmed(topic: str):
    book = agreed()
    assert "不能申请司法确认" in book.warned(draft(topics=(topic,)))
    book.take(draft(topics=(topic,)), signing())
    assert "第三百五十五条" in book.refused(Confirm(TODAY, "清苑区人民法院"))
    assert [check.code for check in eligibility(book.case, TODAY) if check.ok is False] == ["subject"]


def test_an_oral_agreement_cannot_be_confirmed():
    book = agreed().take(Oral(TODAY, "事实", "争议", ("改道",), at_once=True))
    assert "口头协议" in book.refused(Confirm(TODAY, "清苑区人民法院"))


# --- rules over many cases ---------------------------------------------------------------------------------------


@given(st.lists(st.integers(1, 10**9), min_size=1, max_size=12), st.integers(-3, 3))
def test_instalments_are_kept_only_when_they_add_up(amounts: list[int], off: int):
    book = agreed()
    parts = tuple(Part(TODAY + timedelta(days=n), "", amount, 2, 1) for n, amount in enumerate(amounts))
    total = sum(amounts) + off
    assert ("相差" in book.refused(draft(amount=total, parts=parts))) == (off != 0)


@given(st.integers(0, 40), st.integers(0, 40), st.integers(0, 40))
def test_an_agreement_takes_effect_on_the_last_of_signature_and_seal(
    signed: int, sealed: int, effective: int
):
    book = agreed().take(draft())
    book.now = at("2024-12-01 09:00")
    days = [TODAY + timedelta(days=n) for n in (signed, sealed, effective)]
    form = signing(signed_on=days[0], sealed_on=days[1], effective_on=days[2])
    assert (book.refused(form) == "") == (days[2] == max(days[:2]))


@given(st.sampled_from([opened, accepted, mediating, agreed, performing]), st.data())
def test_what_a_page_offers_is_what_the_rules_allow(make, data):
    book = make()
    view = data.draw(st.sampled_from(acts.open_steps(book.case)))
    step = acts.ACTS[view.code]
    assert (view.hindrance == "") == (book.case.node in step.nodes and step.hindrance(book.case) == "")


def test_every_step_has_its_article():
    assert all(step.article for step in acts.ACTS.values())


def test_a_void_matter_is_closed_to_every_step():
    case: Case = replace(opened().case, state="void")
    assert all(view.hindrance for view in acts.open_steps(case))


def test_follow_up_is_planned_after_the_last_instalment():
    book = performing()
    assert book.case.follow_ups[0].due_on == max(p.due_on for p in book.case.schedule) + timedelta(
        days=agreeing.FOLLOW_UP_DAYS
    )


# --- money -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text, fen",
    [
        ("3500", 350_000),
        ("3,500.50", 350_050),
        ("￥３５００元", 350_000),
        ("1.2万", 1_200_000),
        ("0.01", 1),
        ("28.7380亿元", 287_380_000_000),
        ("0.001", None),
        ("三千五", None),
        ("-5", None),
        ("3,50", None),
        ("", None),
        ("1e5", None),
    ],
)
def test_money_as_people_write_it(text: str, fen: int | None):
    assert money.read(text) == fen


@pytest.mark.parametrize(
    "fen, capitals",
    [
        (0, "零元整"),
        (350_000, "叁仟伍佰元整"),
        (350_050, "叁仟伍佰元伍角"),
        (1_000_350, "壹万零叁元伍角"),
        (100_005, "壹仟元零伍分"),
        (5, "伍分"),
        (1_000_000_000, "壹仟万元整"),
        (10_000_100_000, "壹亿零壹仟元整"),
        (10_010_000_000, "壹亿零壹拾万元整"),
        (20_304_000, "贰拾万叁仟零肆拾元整"),
        (1_000_001_000_000, "壹佰亿零壹万元整"),
    ],
)
def test_money_in_capitals(fen: int, capitals: str):
    assert money.in_full(fen) == capitals


@given(st.integers(0, money.MOST))
def test_money_reads_what_it_writes(fen: int):
    assert money.read(money.words(fen)) == fen


_VALUES = {c: n for n, c in enumerate("零壹贰叁肆伍陆柒捌玖")}


def _value(said: str) -> int:
    """What a sum in capitals is worth, read by a rule of its own: groups of 万 and 亿, then places."""
    total = group = digit = 0
    whole, _, rest = said.partition("元") if "元" in said else ("", "", said)
    for char in whole:
        if char in _VALUES:
            digit = _VALUES[char]
        elif char in "拾佰仟":
            group, digit = group + digit * {"拾": 10, "佰": 100, "仟": 1000}[char], 0
        else:
            total = (total + group + digit) * 10**8 if char == "亿" else total + (group + digit) * 10**4
            group = digit = 0
    fen = (total + group + digit) * 100
    for char in rest:
        if char in _VALUES:
            digit = _VALUES[char]
        elif char in "角分":
            fen, digit = fen + digit * {"角": 10, "分": 1}[char], 0
    return fen


@given(st.integers(0, 10**13))
def test_capitals_are_worth_the_sum(fen: int):
    said = money.in_full(fen)
    assert _value("零元整" if said == "零元整" else _plain(said)) == fen


def _plain(said: str) -> str:
    return said.replace("整", "")


def test_a_dossier_with_gaps_is_filed_only_with_an_explanation():
    book = performing()
    for part in book.case.schedule:
        book.now = at("2025-01-10 09:00")
        book.take(Perform(part.record_id, date(2025, 1, 9), part.amount))
    book.take(Close())
    assert "卷宗还缺" in book.refused(File("登记员", "long"))
    book.take(File("登记员", "long", "身份证明原件核对后退还，没有留存。"))
    assert book.case.mediation.filed_on == date(2025, 1, 10)
    assert "已经归档" in book.refused(File("登记员", "long"))


@pytest.mark.parametrize(
    "book, first",
    [
        (Casebook, "open"),
        (opened, "consent"),
        (accepted, "assign"),
        (mediating, "session"),
        (agreed, "agreement"),
        (lambda: agreed().take(draft()), "sign"),
        (performing, "instalment"),
        (lambda: agreed().take(Oral(TODAY, "事实", "争议", ("改道",), at_once=True)), "close"),
    ],
)
def test_what_usually_comes_next_can_be_done(book, first: str):
    case = book().case
    steps = {step.code: step.hindrance for step in acts.open_steps(case)}
    assert following(case)[0] == first and steps[first] == ""
