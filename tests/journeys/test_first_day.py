"""The article's own day at 清苑: six people come in; each is registered through the real window and leaves with a slip
that says where to go, read back from its PDF, text and code.
"""

from __future__ import annotations

import pytest

from qingyuan_desk.domain.errors import NotFound
from qingyuan_desk.domain.matter import LedgerFilter
from qingyuan_desk.services import ledger
from tests.documents.reading import needs_poppler, needs_zbar
from tests.journeys.desk import Desk

pytestmark = [needs_poppler, needs_zbar]


def test_neighbours_quarrel_over_a_house_site(desk: Desk) -> None:
    desk.fill(
        name="王建国",
        id_number="130622195503120016",
        phone="138 0013 8000",
        township="rz",
        village="冉庄村",
        address="3 组 12 号",
        opponent="李德顺",
    )
    desk.said("id_number", "130622")
    desk.fill(narrative="东邻翻建北房，滴水檐伸到我家宅基地院内，村里调解过两次没有结果，请求调解。")
    desk.suggestion("civil_dispute", "mediation")
    number = desk.save()
    assert number == "清访〔2024〕0001号"

    slip = desk.slip()
    assert slip.code == number
    for said in (
        "来访登记回执",
        number,
        "王建国（男）",
        "138****8000",
        "冉庄镇冉庄村",
        "李德顺",
        "2024年9月20日 10:32",
    ):
        assert said in slip.text
    assert "乡贤调解室" in slip.text and "冉庄镇人民政府" in slip.text
    assert "诉讼时效" in slip.text and "中断" in slip.text
    assert "195503120018" not in slip.text
    guide = desk.slip("mediation_guide", "a4")
    assert "人民调解不收取任何费用" in guide.text.replace("\n", "") or "不收" in guide.text
    assert "刘样例" in guide.text  # an elder of the township, to choose from


def test_twenty_three_unpaid_workers_with_five_representatives(desk: Desk) -> None:
    desk.fill(
        name="张样例",
        phone="13800000001",
        opponent="样例建筑有限公司",
        opponent_kind="企业/组织",
        headcount="23",
    )
    others = ("李𬭎", "单雄信", "欧阳娜娜", "阿依古丽·买买提", "张䶮")
    for place, name in enumerate(others):
        desk.click("representatives.add")
        desk.fill(**{f"representatives__{place}__name": name})
    desk.click("representatives.add")  # the sixth is refused, with the article
    desk.said("representatives", "第二十条")
    desk.fill(narrative="2023年3月至8月在工地务工，23人工资合计46.8万元一直拖欠，请求支付。")
    desk.suggestion("civil_dispute", "mediation")
    number = desk.save()
    slip = desk.slip()
    assert slip.code == number
    assert "23人" in slip.text and "联合调解室" in slip.text
    for name in ("张样例", *others):
        assert name in slip.text
    assert "区人力资源和社会保障局" in slip.text.replace("\n", "")


def test_a_complaint_against_an_official_is_sealed(desk: Desk) -> None:
    desk.fill(name="赵样例", phone="13800000002", narrative="举报某乡干部套取惠农补贴、收受贿赂，请求查处。")
    desk.suggestion("petition_matter", "petition")
    number = desk.save()
    slip = desk.slip()
    assert slip.code == number
    for hidden in ("赵样例", "举报", "检举", "补贴", "13800000002", "138****"):
        assert hidden not in slip.text
    session = desk.window.session
    mediator = session.office.actor("mediator")
    assert ledger.count(session.office, mediator, LedgerFilter()) == 0
    assert ledger.search(session.office, mediator, "赵样例") == ()
    with pytest.raises(NotFound):
        ledger.matter(session.office, mediator, number)
    facts = ledger.matter(session.office, session.office.actor("leader"), number)
    assert facts.sealed and facts.unit == "discipline"


def test_a_legal_question_without_identity_papers(desk: Desk) -> None:
    desk.fill(name="匿名", id_type="未出示证件")
    desk.fill(narrative="离职三个月，单位没有付经济补偿，想问怎样申请劳动仲裁。")
    desk.suggestion("legal_question", "consultation")
    number = desk.save()
    slip = desk.slip("consultation_guide")
    assert slip.code == number
    assert "公共法律服务中心" in slip.text and "法律援助" in slip.text
    receipt = desk.slip("receipt", "80mm")
    assert receipt.code == number and "未出示证件" in receipt.text


def test_a_matter_already_in_court_is_guided_there(desk: Desk) -> None:
    desk.fill(name="孙样例", phone="无", township="yc", opponent="钱样例")
    desk.click("flag.case_open")
    desk.fill(narrative="借款纠纷法院已经立案，下月开庭，反映承办法官一直不接电话。")
    desk.suggestion("litigation_matter", "handover")
    number = desk.save()
    slip = desk.slip("litigation_guide", "a4")
    assert slip.code == number
    assert "涉法涉诉接访室" in slip.text and "《信访工作条例》" in slip.text
    assert "第三十一条" in slip.text or "第二十条" in slip.text


def test_a_tourist_at_the_memorial(desk: Desk) -> None:
    desk.fill(
        name="John Smith",
        id_type="护照",
        id_number="E12345678",
        address="天津市样例路 8 号",
        opponent="样例旅行社",
        opponent_kind="企业/组织",
        narrative="在冉庄地道战纪念馆参观，旅行社临时加收讲解费，要求退费。",
    )
    desk.suggestion("civil_dispute", "mediation")
    assert desk.page.claim.route.dispute_type.currentText() == "旅游纠纷"
    number = desk.save()
    slip = desk.slip()
    assert slip.code == number
    assert "John Smith" in slip.text and "旅游纠纷" in slip.text
    routing = desk.slip("routing", "a4")
    assert routing.code == number and "冉庄景区管委会" in routing.text.replace("\n", "")


def test_the_same_matter_comes_again(desk: Desk) -> None:
    """件 and 次: the neighbour of the morning comes back in the afternoon."""
    story = "东邻翻建北房占了我家宅基地，请求调解。"
    desk.fill(name="王建国", phone="13800138000", opponent="李德顺", narrative=story)
    desk.suggestion("civil_dispute", "mediation")
    first = desk.save()
    desk.page.start_new()
    desk.fill(name="王建国", phone="13800138000", opponent="李德顺")
    records = desk.page.records
    desk._qtbot.waitUntil(lambda: records.chosen is not None)
    assert "同一电话" in records.chosen.reasons  # type: ignore[union-attr]
    desk.page.further_visit()
    desk._qtbot.waitUntil(lambda: bool(desk.page.claim.matter))
    desk.fill(narrative="对方又开工了，请求尽快安排调解。")
    second = desk.save()
    session = desk.window.session
    facts = ledger.matter(session.office, session.actor, second)
    assert [visit.number for visit in facts.visits] == [first, second]
    today = ledger.today(session.office, session.actor)
    assert (today.matters, today.visits) == (1, 2)
    assert "第2次来访" in desk.slip().text
