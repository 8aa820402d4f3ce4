"""以案定补: which rate fits, who shares it, what stands in the way; sums that cross-foot and disputes paid once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from itertools import product
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingyuan_desk.domain.mediation.codes import AGREEMENT_FORMS, DIFFICULTIES
from qingyuan_desk.domain.papers import Letterhead
from qingyuan_desk.domain.quarters import Quarter
from qingyuan_desk.domain.roster.mediators import LEVELS
from qingyuan_desk.domain.roster.subsidy import (
    Dispute,
    Helper,
    Line,
    check_rates,
    pending,
    rate_for,
    sheet,
    split,
)
from qingyuan_desk.domain.roster.subsidy_sheet import SubsidyFacts, line_rows, mediator_rows, yuan
from qingyuan_desk.domain.tables import SubsidyRate
from tests.domain.office_tables import reference

RATES = reference().subsidy_rates
LIU = Helper("M04", "刘样例", "3")
OTHER = Helper("M05", "孙样例", "1")


def dispute(**facts: object) -> Dispute:
    """A written agreement, performed, closed and filed."""
    usual = Dispute(
        matter_id=7,
        number="（2024）清综人调字第0001号",
        title="滴水纠纷",
        dispute_type="03",
        form="written",
        result="agreed",
        difficulty="general",
        day=date(2024, 9, 20),
        closing="substantial",
        closed=True,
        filed=True,
        performed=True,
        sessions=1,
        mediators=(LIU,),
    )
    return replace(usual, **facts)


# --- quarters ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["2024Q3", "2024-q3", "2024年第三季度", "2024 年 3 季度", "２０２４Ｑ３"])
def test_a_quarter_as_people_write_it(text: str) -> None:
    assert Quarter.read(text) == Quarter(2024, 3)


@pytest.mark.parametrize("text", ["", "2024", "2024Q5", "24Q1", "第三季度", "2024Q31"])
def test_what_is_no_quarter(text: str) -> None:
    assert Quarter.read(text) is None


@given(st.dates(date(2000, 1, 1), date(2100, 12, 31)))
def test_every_day_lies_in_its_quarter(day: date) -> None:
    quarter = Quarter.of(day)
    assert quarter.first <= day <= quarter.last
    assert Quarter.read(quarter.code) == Quarter.read(quarter.name) == quarter
    assert quarter.shifted(1).shifted(-1) == quarter
    assert (quarter.shifted(1).first - quarter.last).days == 1


# --- rates -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "code", "fen"),
    [
        ({"difficulty": "simple"}, "written_simple", 5_000),
        ({}, "written_general", 10_000),
        ({"difficulty": "complex"}, "written_complex", 20_000),
        ({"difficulty": "complex", "mediators": (OTHER, LIU)}, "written_complex_1", 22_000),
        ({"difficulty": "complex", "mediators": (LIU, OTHER)}, "written_complex", 20_000),
        ({"form": "oral"}, "oral", 3_000),
        ({"form": "", "result": "failed", "guided": True}, "guided", 10_000),
    ],
)
def test_the_rate_that_fits_most_closely(facts: dict[str, object], code: str, fen: int) -> None:
    line = pending(dispute(**facts), RATES)
    assert (line.rate, line.amount, line.payable) == (code, fen, True)


def test_the_office_s_table_is_sound_and_covers_every_dispute_that_is_paid_for() -> None:
    assert check_rates(RATES) == ()
    agreed = product(AGREEMENT_FORMS, ["agreed"], DIFFICULTIES)
    for form, result, difficulty in [*agreed, ("", "failed", "general")]:
        found = dispute(form=form, result=result, difficulty=difficulty)
        assert all(rate_for(RATES, found, level) for level in ("", *LEVELS))


@pytest.mark.parametrize(
    ("cells", "field"),
    [
        ({"amount": "一百"}, "1.amount"),
        ({"amount": "200001"}, "1.amount"),
        ({"name": ""}, "1.name"),
        ({"result": ""}, "1.result"),
        ({"form": "video"}, "1.form"),
        ({"level": "5"}, "1.level"),
        ({"code": "written_general"}, "2.code"),
        ({"difficulty": "general"}, "2.name"),
    ],
)
def test_what_is_wrong_with_a_table_is_said_at_its_row(cells: dict[str, str], field: str) -> None:
    changed = (replace(RATES[0], **cells), *RATES[1:])
    assert field in {problem.field for problem in check_rates(changed)}


# --- conditions --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "field", "said"),
    [
        ({"filed": False}, "filed", "一案一卷"),
        ({"performed": False, "closing": "stage"}, "performed", "阶段性化解"),
        ({"closed": False}, "closed", "还没有办结"),
        ({"mediators": ()}, "mediator", "没有登记调解员"),
        ({"mediators": (replace(LIU, objection="当时不在任期内"),)}, "mediator", "刘样例当时不在任期内"),
        ({"result": "withdrawn"}, "result", "当事人撤回"),
        ({"result": "declined"}, "result", "不予受理"),
        ({"result": "failed", "sessions": 0, "guided": True}, "result", "开过调解会"),
        ({"result": "failed", "guided": False}, "result", "告知了其他合法途径"),
    ],
)
def test_what_stands_in_the_way(facts: dict[str, object], field: str, said: str) -> None:
    line = pending(dispute(**facts), RATES)
    assert not line.payable and not line.counts
    assert [problem.field for problem in line.stopping] == [field]
    assert said in line.told


def test_an_agreement_not_performed_is_paid_for_with_a_reason() -> None:
    owing = dispute(performed=False, closing="stage")
    line = pending(owing, RATES, "义务人住院，双方同意延期")
    assert line.payable and line.told == "未全部履行：义务人住院，双方同意延期"


def test_who_was_not_in_term_has_no_share_and_does_not_stop_the_others() -> None:
    away = replace(OTHER, objection="当时已停用或解聘")
    line = pending(dispute(mediators=(away, LIU)), RATES)
    assert line.payable and line.rate == "written_general", "the level is that of who has a share"
    assert [(share.mediator, share.amount) for share in line.shares] == [("M04", 10_000)]
    assert "孙样例当时已停用或解聘" in line.told


def test_without_a_rate_nothing_is_declared() -> None:
    assert "没有适合" in pending(dispute(), [rate for rate in RATES if rate.form == "oral"]).told
    unread = [replace(rate, amount="待定") for rate in RATES]
    assert not pending(dispute(), unread).payable


# --- sums --------------------------------------------------------------------------------------------------------

_helpers = st.lists(
    st.builds(
        Helper,
        st.sampled_from([f"M{number:02}" for number in range(1, 9)]),
        st.just("样例"),
        st.sampled_from(["", *LEVELS]),
        st.sampled_from(["", "", "当时不在任期内"]),
    ),
    max_size=4,
    unique_by=lambda helper: helper.code,
).map(tuple)
_disputes = st.builds(
    dispute,
    matter_id=st.integers(1, 10_000),
    form=st.sampled_from(["written", "oral", ""]),
    result=st.sampled_from(["agreed", "failed", "withdrawn", "declined"]),
    difficulty=st.sampled_from(list(DIFFICULTIES)),
    closed=st.booleans(),
    filed=st.booleans(),
    performed=st.booleans(),
    guided=st.booleans(),
    sessions=st.integers(0, 2),
    mediators=_helpers,
)
_lines = st.builds(
    lambda found, state: replace(pending(found, RATES), state=state),
    _disputes,
    st.sampled_from(["pending", "declared", "approved", "returned", "paid"]),
)


@given(st.integers(0, 10_000_000), _helpers.filter(bool))
def test_a_split_gives_everything_away_and_as_evenly_as_fen_allow(
    amount: int, helpers: tuple[Helper, ...]
) -> None:
    parts = [share.amount for share in split(amount, helpers)]
    assert sum(parts) == amount
    assert max(parts) - min(parts) <= 1 and parts == sorted(parts, reverse=True)


@given(_disputes)
def test_a_dispute_has_one_amount_however_many_share_it(found: Dispute) -> None:
    line = pending(found, RATES)
    assert sum(share.amount for share in line.shares) == (line.amount if line.shares else 0)
    if line.payable:
        assert line.amount > 0 and line.shares
        assert found.filed and found.result in ("agreed", "failed")
        assert not any(helper.objection for helper in found.mediators if helper.code in line.who)


@given(st.lists(_lines, max_size=12, unique_by=lambda line: line.dispute.matter_id))
def test_a_quarter_s_sheet_cross_foots_and_has_every_dispute_once(lines: list[Line]) -> None:
    made = sheet("2024Q3", "2024年第三季度", lines)
    listed = [line.dispute.matter_id for line in (*made.lines, *made.left_out)]
    assert sorted(listed) == sorted(line.dispute.matter_id for line in lines)
    assert made.cross_foots == (
        sum(share.amount for line in made.lines for share in line.shares) == made.total
    )
    facts = SubsidyFacts(
        Letterhead("样例中心", "", "", "", "", "", False),
        made,
        {},
        "登记员",
        datetime(2024, 10, 8, tzinfo=ZoneInfo("Asia/Shanghai")),
    )
    rows = line_rows(facts)
    assert rows[-1][9] == yuan(made.total) and len(rows) == len(made.lines) + 1
    cents = sum(int(row[9].replace(",", "").replace(".", "")) for row in rows[:-1])
    assert cents == made.total
    assert mediator_rows(facts)[-1][5] == yuan(sum(each.amount for each in made.by_mediator))


def test_a_payable_sheet_cross_foots() -> None:
    lines = [pending(dispute(matter_id=n, mediators=(LIU, OTHER)[: 1 + n % 2]), RATES) for n in range(1, 6)]
    made = sheet("2024Q3", "2024年第三季度", lines)
    assert made.cross_foots and made.total == 5 * 10_000
    assert [(each.name, each.disputes, each.amount) for each in made.by_mediator] == [
        ("刘样例", 5, 35_000),
        ("孙样例", 3, 15_000),
    ]
    torn = replace(made, lines=(replace(made.lines[0], amount=1), *made.lines[1:]))
    assert not torn.cross_foots


def test_a_rate_may_fit_any_level() -> None:
    everybody = [SubsidyRate("all", "一律", "", "agreed", "", "", "80", "")]
    assert pending(dispute(form="oral"), everybody).amount == 8_000
