"""以案定补 over cases played through the services: declared once, approved by another, returned, paid, on paper and in a sheet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from qingyuan_desk.cli import main
from qingyuan_desk.documents import sheets
from qingyuan_desk.domain.accounts import Actor
from qingyuan_desk.domain.errors import Conflict, NotAllowed, Refused
from qingyuan_desk.domain.roster.subsidy import Line
from qingyuan_desk.domain.visit import VisitForm
from qingyuan_desk.services import roster, subsidy
from qingyuan_desk.services.office import Office
from tests.conftest import Clock
from tests.documents.reading import words
from tests.services import mediated

Visit = Callable[..., VisitForm]
Q3 = "2024Q3"


@pytest.fixture
def leader(office: Office) -> Actor:
    """Who approves."""
    return office.actor("leader")


def _lines(office: Office, actor: Actor) -> dict[int, Line]:
    found = subsidy.quarter(office, actor, Q3)
    return {line.dispute.matter_id: line for line in (*found.lines, *found.left_out)}


def _refusal(act: Callable[[], object]) -> str:
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.sentence


def test_a_quarter_tells_what_is_paid_for_and_what_is_not(office: Office, clerk: Actor, visit: Visit) -> None:
    paid = mediated.settled(office, clerk, visit, ("M04", "M05"))
    guided = mediated.failed(office, clerk, visit)
    unfiled = mediated.settled(office, clerk, visit, filed=False)
    not_held = mediated.failed(office, clerk, visit, held=False)
    mediated.settled(office, clerk, visit, deadline_in=10)
    lines = _lines(office, clerk)
    assert set(lines) == {paid, guided, unfiled, not_held}, "what is not closed belongs to no quarter yet"
    assert [(share.name, share.amount) for share in lines[paid].shares] == [
        ("刘样例", 1_500),
        ("陈样例", 1_500),
    ]
    assert (lines[guided].rate, lines[guided].amount) == ("guided", 10_000)
    assert "立卷归档" in lines[unfiled].told and "开过调解会" in lines[not_held].told
    found = subsidy.quarter(office, clerk, "2024年第三季度")
    assert (found.total, found.cross_foots) == (13_000, True)
    assert subsidy.quarter(office, clerk, "2024Q2").lines == ()


def test_the_way_of_a_payment(office: Office, clerk: Actor, leader: Actor, visit: Visit) -> None:
    matter = mediated.settled(office, clerk, visit)
    done = subsidy.declare(office, clerk, "d1", Q3, [matter, matter])
    assert (done.disputes, done.amount) == (1, 3_000)
    assert subsidy.declare(office, clerk, "d1", Q3, [matter, matter]) == done, (
        "asked again, not declared again"
    )
    assert "只补贴一次" in _refusal(lambda: subsidy.declare(office, clerk, "d2", Q3, [matter]))
    assert "不能发放" in _refusal(lambda: subsidy.pay(office, clerk, "p0", [matter]))
    with pytest.raises(NotAllowed):
        subsidy.approve(office, clerk, "a0", [matter])
    assert "写明原因" in _refusal(lambda: subsidy.send_back(office, leader, "s0", [matter], " "))
    subsidy.send_back(office, leader, "s1", [matter], "缺回访记录")
    returned = _lines(office, clerk)[matter]
    assert (returned.state, returned.counts) == ("returned", False) and "缺回访记录" in returned.told
    subsidy.declare(office, clerk, "d3", Q3, [matter])
    subsidy.approve(office, leader, "a1", [matter])
    subsidy.pay(office, clerk, "p1", [matter], "第12号凭证")
    assert "只补贴一次" in _refusal(lambda: subsidy.declare(office, clerk, "d4", Q3, [matter]))
    assert [(each.action, each.note) for each in subsidy.trace(office, clerk, matter)][1:] == [
        ("退回", "缺回访记录"),
        ("申报", "口头协议；刘样例"),
        ("核准", ""),
        ("发放", "第12号凭证"),
    ]
    assert _lines(office, clerk)[matter].state == "paid"


def test_nobody_approves_what_they_declared(
    office: Office, clerk: Actor, leader: Actor, visit: Visit
) -> None:
    matter = mediated.settled(office, clerk, visit)
    subsidy.declare(office, leader, "d1", Q3, [matter])
    assert "换一个人核准" in _refusal(lambda: subsidy.approve(office, leader, "a1", [matter]))


def test_all_of_them_or_none(office: Office, clerk: Actor, visit: Visit) -> None:
    good, bad = mediated.settled(office, clerk, visit), mediated.settled(office, clerk, visit, filed=False)
    with pytest.raises(Refused) as refused:
        subsidy.declare(office, clerk, "d1", Q3, [good, bad])
    assert [problem.field for problem in refused.value.problems] == [str(bad)]
    assert _lines(office, clerk)[good].state == "pending"
    assert "先选" in _refusal(lambda: subsidy.declare(office, clerk, "d2", Q3, []))


def test_the_file_itself_keeps_one_payment_a_dispute(office: Office, clerk: Actor, visit: Visit) -> None:
    matter = mediated.settled(office, clerk, visit)
    subsidy.declare(office, clerk, "d1", Q3, [matter])
    again = {"quarter": "2024Q4", "state": "declared", "rate": "", "rate_name": "", "amount": 1, "excuse": ""}
    with pytest.raises(Conflict), office.store.write() as tx:
        tx.insert("subsidy", {"matter_id": matter, **again})


def test_who_was_suspended_when_it_was_settled_gets_nothing(
    office: Office, clerk: Actor, visit: Visit, clock: Clock
) -> None:
    before = mediated.settled(office, clerk, visit)
    begun = mediated.begun(office, clerk, visit, ("M04",))
    clock.forward(days=2)
    roster.suspend(office, clerk, "r1", "M04", "health")
    mediated.settled(office, clerk, visit, matter=begun)
    clock.forward(days=2)
    roster.resume(office, clerk, "r2", "M04")
    after = mediated.settled(office, clerk, visit)
    lines = _lines(office, clerk)
    assert "刘样例当时已停用或解聘" in lines[begun].told and not lines[begun].payable
    assert lines[before].payable and lines[after].payable


def test_out_of_term_is_out(office: Office, clerk: Actor, visit: Visit) -> None:
    matter = mediated.settled(office, clerk, visit)
    assert _lines(office, clerk)[matter].payable
    known = next(each for each in office.reference.mediators if each.code == "M04")
    roster.save(office, clerk, "r1", replace(known, term_start="2024-09-21"))
    assert "刘样例当时不在任期内" in _lines(office, clerk)[matter].told


def test_a_late_case_is_not_declared_in_an_earlier_quarter(
    office: Office, clerk: Actor, visit: Visit, clock: Clock
) -> None:
    old = mediated.settled(office, clerk, visit)
    clock.moment = clock.moment.replace(month=11)
    new = mediated.settled(office, clerk, visit)
    assert "2024年第四季度才办结" in _refusal(lambda: subsidy.declare(office, clerk, "d1", Q3, [new]))
    subsidy.declare(office, clerk, "d2", "2024Q4", [old, new])
    assert old not in _lines(office, clerk), "declared later, it is listed where it was declared"
    assert subsidy.quarter(office, clerk, "2024Q4").total == 6_000


def test_an_edited_rate_counts_from_now_on(office: Office, clerk: Actor, visit: Visit) -> None:
    first, second = mediated.settled(office, clerk, visit), mediated.settled(office, clerk, visit)
    subsidy.declare(office, clerk, "d1", Q3, [first])
    rates = [
        replace(rate, amount="45.50") if rate.code == "oral" else rate
        for rate in office.reference.subsidy_rates
    ]
    subsidy.save_rates(office, clerk, "t1", rates)
    lines = _lines(office, clerk)
    assert (lines[first].amount, lines[second].amount) == (3_000, 4_550)
    with pytest.raises(Refused):
        subsidy.save_rates(office, clerk, "t2", [replace(rates[0], amount="很多")])
    with pytest.raises(NotAllowed):
        subsidy.save_rates(office, office.actor("mediator"), "t3", rates)


def test_every_yuan_stands_beside_its_dossier(
    office: Office, clerk: Actor, visit: Visit, tmp_path: Path
) -> None:
    mediated.settled(office, clerk, visit, ("M04", "M05"))
    mediated.failed(office, clerk, visit)
    mediated.settled(office, clerk, visit, filed=False)
    found = subsidy.quarter(office, clerk, Q3)
    paper = subsidy.sheet_paper(office, clerk, Q3)
    text = words(paper.pdf)
    for line in found.lines:
        assert "".join(line.dispute.number.split()) in text
    assert "壹佰叁拾元整" in text and "两项一致" in text and "还没有立卷归档" in text
    path = tmp_path / "申报表.xlsx"
    subsidy.export(office, clerk, Q3, path)
    grid = sheets.read(path)
    assert grid.header[1] == "卷宗号"
    assert [row[1] for row in grid.rows[:-1]] == [line.dispute.number for line in found.lines]
    assert grid.rows[-1][9] == "130.00"
    with pytest.raises(NotAllowed):
        subsidy.export(office, office.actor("mediator"), Q3, path)


def test_the_command(office: Office, clerk: Actor, visit: Visit, tmp_path: Path, capsys) -> None:  # type: ignore[no-untyped-def]
    mediated.settled(office, clerk, visit)
    folder = str(office.folder)
    for name in ("表.xlsx", "表.pdf"):
        out = tmp_path / name
        assert main(["export", "subsidy", "--quarter", "2024Q3", "--out", str(out), "--data", folder]) == 0
        assert out.stat().st_size > 1000
        assert "1 件，30元" in capsys.readouterr().out
    bad = ["export", "subsidy", "--quarter", "去年", "--out", str(tmp_path / "x.xlsx"), "--data", folder]
    assert main(bad) == 1
    assert "不是一个季度" in capsys.readouterr().err
    assert main([*bad[:3], "2024Q3", "--out", str(tmp_path / "x.txt"), "--data", folder]) == 1


def test_no_dispute_no_sheet_s_trouble(office: Office, clerk: Actor) -> None:
    assert date(2024, 9, 20) == office.today()
    assert "没有可以申报的纠纷" in words(subsidy.sheet_paper(office, clerk, Q3).pdf)
