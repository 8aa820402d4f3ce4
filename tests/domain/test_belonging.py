"""What a file's name says of the paper, the party, or the instalment it belongs to."""

from __future__ import annotations

from datetime import date

import pytest

from qingyuan_desk.domain.mediation.belonging import likely, places
from qingyuan_desk.domain.mediation.case import Agreement, CaseParty, Instalment, Mediation
from tests.domain.casebook import new_case

DAY = date(2024, 9, 20)
CASE = new_case(
    mediation=Mediation(7, "application", DAY, ""),
    parties=(
        CaseParty(7, "applicant", "王测试", record_id=11, agent="李样例"),
        CaseParty(7, "respondent", "赵测试", record_id=12),
    ),
    agreements=(Agreement(7, "written", 1, "", "", (), DAY, record_id=31, state="effective"),),
    instalments=tuple(
        Instalment(7, 31, place, DAY, 100_00, "赔偿", 12, 11, record_id=40 + place) for place in (1, 2)
    ),
)


@pytest.mark.parametrize(
    ("kind", "stem", "subject", "name"),
    [
        ("identity", "赵测试身份证", 12, "赵测试"),
        ("authority", "扫描件", 11, "王测试（代理人 李样例）"),
        ("receipt", "第2期收条", 42, "第 2 期 赔偿"),
        ("signed", "协议书签字版", 31, "人民调解协议书（签署用）"),
        ("signed", "权利义务告知书签字", 0, "当事人权利义务告知书"),
    ],
)
def test_the_name_of_a_file_says_what_it_belongs_to(kind: str, stem: str, subject: int, name: str) -> None:
    offered = places(CASE, kind)
    place = likely(offered, stem)
    assert place >= 0
    found = offered[place]
    assert (found.subject, found.name) == (subject, name)


@pytest.mark.parametrize(
    ("kind", "stem"), [("identity", "身份证"), ("receipt", "收条"), ("signed", "IMG0001")]
)
def test_a_name_that_says_nothing_chooses_nothing(kind: str, stem: str) -> None:
    assert likely(places(CASE, kind), stem) == -1


def test_evidence_belongs_to_nothing_in_particular() -> None:
    assert places(CASE, "evidence") == ()
