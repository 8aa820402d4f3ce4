"""What the paper of a period says in words: zero, one, all alike, not comparable; numbers and verbs agree."""

from __future__ import annotations

from datetime import date

import pytest

from qingyuan_desk.domain import petition_bulletin, work_bulletin
from qingyuan_desk.domain.movements import Driver, Drivers, HotRule, HotSpot, HotSpots
from qingyuan_desk.domain.periods import Period
from qingyuan_desk.domain.petition_figures import PetitionCounted, tabulate_petitions
from qingyuan_desk.domain.sending_figures import SendingCounts, tabulate_sendings
from qingyuan_desk.domain.township_tiles import places, short
from qingyuan_desk.domain.work_figures import Missed

AUGUST = Period.month(2024, 8)


def late(done_on: date | None, last_day: date = date(2024, 9, 2)) -> Missed:
    """A limit of September that was missed."""
    return Missed(
        "清事〔2024〕0001号",
        "petition",
        "received",
        "X3",
        "书面告知",
        "",
        "u1",
        last_day,
        done_on,
        date(2024, 9, 30),
    )


@pytest.mark.parametrize(
    ("missed", "sentence"),
    [
        ([], "当月没有逾期的法定期限"),
        ([late(None)], "当月逾期的法定期限1项，制表时均未完成，逾期最长的28天"),
        ([late(date(2024, 9, 4))], "当月逾期的法定期限1项，均已补办，逾期最长的2天"),
        (
            [late(None), late(date(2024, 9, 3))],
            "当月逾期的法定期限2项，其中1项制表时仍未完成，逾期最长的28天",
        ),
    ],
)
def test_missed_limits(missed: list[Missed], sentence: str) -> None:
    assert work_bulletin.missing(missed, "当月") == sentence


@pytest.mark.parametrize(
    ("now", "then", "sentence"),
    [
        (8, 8, "接待来访与上月持平"),
        (9, 4, "接待来访比上月增加5件次。按乡镇看，冉庄镇增加5件次"),
        (4, 9, "接待来访比上月减少5件次。按乡镇看，冉庄镇减少5件次"),
    ],
)
def test_what_moved(now: int, then: int, sentence: str) -> None:
    lines = (Driver("townships", "t1", "冉庄镇", now, then),) if now != then else ()
    assert work_bulletin.driven(Drivers("visits", AUGUST, now, then, lines), "上月") == sentence


def test_only_what_went_the_same_way_is_named() -> None:
    lines = (Driver("townships", "t1", "冉庄镇", 9, 2), Driver("townships", "t2", "清苑镇", 0, 2))
    said = work_bulletin.driven(Drivers("visits", AUGUST, 9, 4, lines), "上月")
    assert "冉庄镇增加7件次" in said and "清苑镇" not in said


def test_hot_spots_none_unknown_and_one() -> None:
    spot = HotSpot("t1", "冉庄镇", "14", "旅游纠纷", 5, 1)
    assert work_bulletin.gathered(HotSpots()) == "上期尚无登记数据，不判断热点"
    assert work_bulletin.gathered(HotSpots(known=True)) == "没有达到热点标准的乡镇和纠纷类型"
    assert (
        work_bulletin.gathered(HotSpots(HotRule(), (spot,), True))
        == "达到热点标准的有1处：冉庄镇旅游纠纷（新登记5件，上期1件）"
    )


def test_petitions_that_there_were_none_of_are_not_spoken_of() -> None:
    assert not any(petition_bulletin.sentences(tabulate_petitions(PetitionCounted(), {})))


def test_rates_stand_with_what_they_rest_on() -> None:
    counts = {"petition_accepted": 2, "petition_to_tell": 4, "petition_told": 3, "petition_told_late": 1}
    done, rates, refused = petition_bulletin.sentences(tabulate_petitions(PetitionCounted(counts=counts), {}))
    assert (done, rates, refused) == ("受理2件", "及时受理率75.0%（3/4）", "")


def test_what_was_sent() -> None:
    def said(counts: SendingCounts) -> str:
        sendings = tabulate_sendings("handover", {"u1": counts}, {"u1": "区住建局"})
        return petition_bulletin.sending_sentences(sendings)[0]

    assert said(SendingCounts()) == ""
    assert said(SendingCounts(sent=2)) == "移送2件次，涉及1个单位，尚无签收"
    assert (
        said(SendingCounts(sent=3, received=3, replied=2, to_answer=2, in_time=1))
        == "移送3件次，涉及1个单位，其中签收3件次、回复2件次，按期回复率50.0%（1/2）"
    )


def test_every_township_has_a_square_of_its_own() -> None:
    names = {"a": "冉庄镇", "b": "北王力乡", "c": "新设街道", "d": "另设镇"}
    found = places(names)
    assert len(set(found.values())) == len(names)
    assert found["a"] == (3, 0) and found["c"][0] > found["a"][0]
    assert places(names, "冉庄 北王力 / 新设 另设")["d"] == (1, 1)
    assert short("镇") == "镇"


@pytest.mark.parametrize(
    ("done_on", "last_day", "said"),
    [
        (None, date(2024, 9, 2), "未完成"),
        (date(2024, 9, 4), date(2024, 9, 2), "9月4日"),
        (date(2025, 1, 3), date(2024, 12, 30), "2025年1月3日"),
    ],
)
def test_when_a_missed_limit_was_met_after_all(done_on: date | None, last_day: date, said: str) -> None:
    (table,) = work_bulletin.missed_table([late(done_on, last_day)], {}, "样例中心")
    assert table.rows[0][4] == said
