"""Which papers of handling suit a matter, what each lacks, and the last days they tell of."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from qingyuan_desk.domain.calendar import WorkCalendar
from qingyuan_desk.domain.handling import choices as module
from qingyuan_desk.domain.handling.choices import choices
from qingyuan_desk.domain.handling.codes import WAYS
from qingyuan_desk.domain.handling.limits import limits, remaining, ways
from qingyuan_desk.domain.handling.papers import HANDLING_PAPERS, title_of
from qingyuan_desk.domain.handling.records import Stay
from qingyuan_desk.domain.limitations import of_ways
from tests.documents.handled import (
    FORWARDED,
    GUIDED,
    HANDED,
    LATE,
    NO_MORE,
    OPINIONS,
    QUESTION,
    REFUSED,
    ROAD,
    SEALED,
    SENT,
    WAGES,
)
from tests.domain.office_tables import reference

CALENDAR = WorkCalendar()


def kinds(case: object) -> list[str]:
    return [each.kind for each in choices(case)]  # type: ignore[arg-type]


# --- choices -----------------------------------------------------------------------------------------------------


def test_every_paper_says_when_it_suits() -> None:
    assert set(module._SUITS) == set(HANDLING_PAPERS)


def test_an_accepted_petition_is_offered_its_papers_in_order() -> None:
    offered = [kind for kind in kinds(ROAD) if kind in ("forwarded", "acceptance", "extension", "opinion")]
    assert offered == ["forwarded", "acceptance", "extension", "opinion"]
    assert not {"refusal", "no_more", "guidance", "legal_path", "secret", "consult"} & set(kinds(ROAD))


def test_a_refused_one_is_offered_the_way_instead() -> None:
    assert {"refusal", "legal_path"} <= set(kinds(REFUSED))
    assert "legal_path" not in kinds(LATE), "a late request has no other way to be told"
    assert "no_more" in kinds(NO_MORE) and "refusal" not in kinds(NO_MORE)
    assert {"guidance", "legal_path"} <= set(kinds(GUIDED))


def test_only_the_last_opinion_may_be_contested() -> None:
    first, second = replace(ROAD, opinions=OPINIONS[:1]), replace(ROAD, opinions=OPINIONS[:2])
    assert "review_request" in kinds(first) and "recheck_request" not in kinds(first)
    assert "recheck_request" in kinds(second) and "review_request" not in kinds(second)
    done = kinds(replace(ROAD, opinions=OPINIONS))
    assert "review_request" not in done and "recheck_request" not in done


def test_a_sealed_matter_is_offered_papers_for_it_only() -> None:
    assert set(kinds(SEALED)) == {"secret", "discipline"}


def test_a_question_is_offered_its_papers() -> None:
    assert {"consult", "aid_guide", "aid_lacking", "aid_decision", "referral", "rating"} <= set(
        kinds(QUESTION)
    )
    assert [each.subject for each in choices(QUESTION) if each.kind == "aid_decision"] == [81, 82]


def test_who_is_taken_to_have_withdrawn_gets_no_decision() -> None:
    withdrawn = replace(QUESTION, aids=(replace(QUESTION.aids[0], granted="withdrawn"),))
    assert "aid_decision" not in kinds(withdrawn)


def test_a_declaration_of_withdrawal_can_still_be_printed_afterwards() -> None:
    assert "withdrawal" in kinds(ROAD) and "withdrawal" in kinds(replace(ROAD, node="withdrawn"))
    assert "withdrawal" not in kinds(replace(ROAD, node="closed"))


def test_what_a_paper_lacks_is_a_sentence() -> None:
    told = {each.kind: each.missing for each in choices(ROAD)}
    assert "草稿" in told["opinion"] and told["acceptance"] == ""
    unasked = replace(ROAD, opinions=(replace(OPINIONS[0], served_on=None),))
    assert {each.kind: each.missing for each in choices(unasked)}["review_request"].startswith(
        "还没有登记送达"
    )
    unread = replace(REFUSED, petition=replace(REFUSED.classified, organ="", paths=()))
    assert "法定途径" in {each.kind: each.missing for each in choices(unread)}["refusal"]
    unwilling = replace(QUESTION, referrals=(replace(QUESTION.referrals[0], consent=False),))
    assert "不能转介" in {each.kind: each.missing for each in choices(unwilling)}["referral"]
    assert all(not each.missing or each.missing.endswith("。") for each in choices(unread))


def test_titles_of_one_kind_are_told_apart() -> None:
    two = replace(ROAD, sendings=(SENT, FORWARDED))
    titles = [each.title for each in choices(two) if each.kind == "forwarded"]
    assert titles == [
        "交办告知单（清转〔2025〕0012号，2025年3月5日）",
        "转送告知单（清转〔2025〕0012号，2025年3月5日）",
    ]
    assert "延期告知书（至2025年5月31日）" in [each.title for each in choices(ROAD)]


@pytest.mark.parametrize(
    ("kind", "case", "subject", "title"),
    [
        ("forwarded", replace(ROAD, sendings=(HANDED,)), 13, "移送告知单"),
        ("opinion", replace(ROAD, opinions=OPINIONS), 33, "信访复核意见书"),
        ("opinion", ROAD, 0, "信访处理意见书"),
        ("aid_decision", QUESTION, 82, "不予法律援助决定书"),
        ("aid_decision", QUESTION, 0, "法律援助审查决定书"),
    ],
)
def test_a_title_says_what_it_is(kind: str, case: object, subject: int, title: str) -> None:
    assert title_of(kind, case, subject) == title  # type: ignore[arg-type]


# --- last days ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "case", "subject", "rule", "natural", "shifted"),
    [
        # 3 March and sixty days: the Labour Day holiday moves the end.
        (
            "acceptance",
            replace(ROAD, petition=replace(ROAD.classified, accepted_on=date(2025, 3, 3))),
            0,
            "petition_finish",
            date(2025, 5, 2),
            date(2025, 5, 6),
        ),
        # A Saturday of the Dragon Boat holiday a person set as the last day.
        ("extension", ROAD, 41, "petition_extension", date(2025, 5, 31), date(2025, 6, 3)),
        (
            "forwarded",
            replace(ROAD, sendings=(replace(SENT, received_on=date(2025, 9, 17)),)),
            11,
            "petition_notify_forwarded",
            date(2025, 10, 2),
            date(2025, 10, 9),
        ),
        (
            "review_request",
            replace(ROAD, opinions=OPINIONS[:1]),
            31,
            "petition_review_request",
            date(2025, 6, 3),
            date(2025, 6, 3),
        ),
        (
            "recheck_request",
            replace(ROAD, opinions=OPINIONS),
            32,
            "petition_recheck_request",
            date(2025, 7, 12),
            date(2025, 7, 14),
        ),
        ("aid_decision", QUESTION, 81, "legalaid_assign", date(2025, 3, 10), date(2025, 3, 10)),
    ],
)
def test_last_days_are_counted_by_the_rule_of_the_paper(
    kind: str, case: object, subject: int, rule: str, natural: date, shifted: date
) -> None:
    line = limits(kind, case, subject, reference(), CALENDAR)[rule]  # type: ignore[arg-type]
    assert (line.natural_end, line.shifted_end) == (natural, shifted)


def test_where_the_first_day_is_not_known_only_the_length_is_told() -> None:
    sent = replace(ROAD, sendings=(replace(SENT, received_on=None),))
    line = limits("forwarded", sent, 11, reference(), CALENDAR)["petition_notify_forwarded"]
    assert line.natural_end is None and line.period == "自收到转送、交办之日起15日"


def test_aid_is_decided_from_the_day_the_materials_are_whole() -> None:
    lacking = replace(QUESTION.aids[0], supplied_on=None)
    open_, whole = (
        limits("aid_lacking", replace(QUESTION, aids=(aid,)), 81, reference(), CALENDAR)["legalaid_decide"]
        for aid in (lacking, QUESTION.aids[0])
    )
    assert open_.natural_end is None and whole.natural_end == date(2025, 3, 12)


def test_papers_without_a_limit_tell_none() -> None:
    assert limits("rating", ROAD, 0, reference(), CALENDAR) == {}


# --- remaining time ----------------------------------------------------------------------------------------------


def test_ways_are_ground_item_and_paths() -> None:
    assert ways(REFUSED) == ("administrative", "lawsuit")
    assert ways(GUIDED) == ("judicial",)
    assert ways(ROAD) == ("opinion",)


def test_asking_a_committee_begins_the_period_anew_the_last_time_it_was_asked() -> None:
    (line,) = remaining(WAGES, reference(), CALENDAR)
    assert (line.natural_end, line.period) == (date(2026, 4, 1), "自请求人民调解之日起1年")
    twice = replace(WAGES, stays=(*WAGES.stays, Stay(1, "mediation", date(2025, 6, 1))))
    assert remaining(twice, reference(), CALENDAR)[0].natural_end == date(2026, 6, 1)


def test_without_mediation_nobody_knows_the_first_day() -> None:
    (line,) = remaining(replace(WAGES, stays=()), reference(), CALENDAR)
    assert line.natural_end is None and line.period.startswith("自知道或者应当知道权利被侵害之日起")


def test_reconsideration_is_not_begun_anew_by_mediation() -> None:
    case = replace(REFUSED, stays=WAGES.stays)
    told = {line.event: line.natural_end for line in remaining(case, reference(), CALENDAR)}
    assert told["申请行政复议"] is None and told["提起行政诉讼"] is None
    assert told["向人民法院请求保护民事权利（诉讼时效）"] == date(2028, 4, 1)


@pytest.mark.parametrize(
    ("dispute", "rules"),
    [
        ("10", ["labour_arbitration"]),
        ("07", ["land_arbitration"]),
        ("04", ["labour_arbitration", "land_arbitration"]),
    ],
)
def test_arbitration_has_the_period_of_its_kind_of_dispute(dispute: str, rules: list[str]) -> None:
    found = of_ways(("arbitration",), dispute, None, reference(), CALENDAR)
    assert [each.rule.id for each in found] == rules


def test_every_way_is_known() -> None:
    """A way without periods of its own (党员申诉, an opinion) has none; each period is told once."""
    found = of_ways((*WAYS, "lawsuit"), "04", None, reference(), CALENDAR)
    ids = [each.rule.id for each in found]
    assert len(ids) == len(set(ids)) and {"review_apply", "admin_lawsuit", "limitation_civil"} <= set(ids)
    assert of_ways(("party", "opinion"), "04", None, reference(), CALENDAR) == ()
