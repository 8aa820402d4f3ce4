"""The roster's rules: terms, what may be written about a mediator, and who suits a dispute."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingyuan_desk.domain import pinyin
from qingyuan_desk.domain.identity import read_phone
from qingyuan_desk.domain.problems import Level
from qingyuan_desk.domain.roster.mediators import (
    CAUSES,
    LEVELS,
    STATUSES,
    STEPS,
    Dispute,
    Mediator,
    Party,
    Term,
    is_same_person,
    rank,
    surname,
)
from qingyuan_desk.domain.roster.rules import _free_days, check, twin
from tests.domain.office_tables import reference_with

FRIDAY = date(2024, 9, 20)


REFERENCE = reference_with()
RANZHUANG, RANZHUANG_VILLAGE, SUNZHUANG = "130608101000", "130608101200", "130608101202"
ELDER = Mediator(
    code="M90",
    name="王样例",
    sex="男",
    birth_year="1955",
    township="冉庄镇",
    village="冉庄村",
    phone="0312-7951234",
    identity="退休教师",
    skills=("房屋宅基地纠纷", "邻里"),
    term_start="2024-09-18",
    free_days="周一、周五",
)


def _problems(mediator: Mediator, level: Level = Level.REFUSE) -> list[str]:
    found = check(mediator, REFERENCE, FRIDAY).problems
    return [problem.field for problem in found if problem.level is level]


# --- the seeds ---------------------------------------------------------------------------------------------------


def test_the_34_sample_elders_are_valid_and_spread_over_all_townships() -> None:
    elders = REFERENCE.mediators
    assert len(elders) == 34
    assert {elder.township for elder in elders} == {town.code for town in REFERENCE.townships}
    assert len({elder.code for elder in elders}) == len({elder.phone for elder in elders}) == 34
    assert {skill for elder in elders for skill in elder.skills} == {
        kind.code for kind in REFERENCE.dispute_types
    }
    for elder in elders:
        checked = check(elder, REFERENCE, FRIDAY)
        assert checked.mediator == elder, elder.name
        assert not [problem for problem in checked.problems if problem.level is not Level.WARN]
        assert elder.village and elder.kind == "elder" and elder.status == "active"


def test_the_sample_elders_are_plainly_no_real_people() -> None:
    for elder in REFERENCE.mediators:
        assert "样例" in elder.name and elder.note == "样例人员"
        assert read_phone(elder.phone).problems, "no telephone number starts with a nought"
    assert any(elder.sex == "female" for elder in REFERENCE.mediators)  # 《人民调解法》第八条
    assert pinyin.initials("单样例")[0] == "syl"


# --- terms -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("today", "state", "words"),
    [
        (date(2024, 9, 17), "ahead", "任期自2024年9月18日开始"),
        (date(2024, 9, 18), "running", "任期至2027年9月18日"),
        (date(2027, 6, 19), "running", "任期至2027年9月18日"),
        (date(2027, 6, 20), "ending", "任期还有90天（至2027年9月18日）"),
        (date(2027, 9, 18), "ending", "任期还有0天（至2027年9月18日）"),
        (date(2027, 9, 19), "ended", "任期已于2027年9月18日届满"),
    ],
)
def test_a_term_lasts_three_years(today: date, state: str, words: str) -> None:
    term = replace(ELDER, term_start="2024-09-18").term
    assert term is not None
    assert (term.state(today), term.words(today)) == (state, words)


def test_a_term_begun_on_a_leap_day_ends_on_the_last_of_february() -> None:
    assert replace(ELDER, term_start="2024-02-29").term == Term(date(2024, 2, 29), date(2027, 2, 28))
    assert replace(ELDER, term_start="").term is None


def test_age_and_days() -> None:
    assert replace(ELDER, birth_year="").age(FRIDAY) is None
    assert ELDER.age(FRIDAY) == 69


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ("", "随叫随到"),
        ("1 5", "周一、周五"),
        ("6 7", "周六、周日"),
        ("1 2 3 4 5", "周一至周五"),
        ("1 2 3 5 7", "周一至周三、周五、周日"),
    ],
)
def test_days_in_words_are_read_again(days: str, words: str) -> None:
    assert replace(ELDER, free_days=days).free_words == words
    assert _free_days(words, []) == days


# --- checking ----------------------------------------------------------------------------------------------------


def test_words_become_codes_and_checking_again_changes_nothing() -> None:
    once = check(ELDER, REFERENCE, FRIDAY)
    assert not once.problems
    assert once.mediator == replace(
        ELDER,
        sex="male",
        township=RANZHUANG,
        village=RANZHUANG_VILLAGE,
        skills=("03", "02"),
        free_days="1 5",
    )
    assert check(once.mediator, REFERENCE, FRIDAY) == once


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", " \u200b\n"),
        ("name", "长" * 51),
        ("sex", "？"),
        ("birth_year", "五八年"),
        ("birth_year", "58"),
        ("birth_year", "1899"),
        ("birth_year", "2025"),
        ("birth_year", "2007"),
        ("township", ""),
        ("township", "天津市"),
        ("village", "没有这个村"),
        ("phone", "1" * 70),
        ("identity", "长" * 101),
        ("skills", ("房屋宅基地纠纷", "打官司")),
        ("posts", "长" * 101),
        ("kind", "神仙"),
        ("term_start", "去年"),
        ("term_start", "2024-02-30"),
        ("term_start", "2024年9月"),
        ("level", "五级"),
        ("status", "在岗"),
        ("free_days", "每月十五"),
        ("free_days", "周五至周二"),
        ("note", "长" * 1001),
    ],
)
def test_what_cannot_be_kept_is_refused_at_its_field(field: str, value: object) -> None:
    assert _problems(replace(ELDER, **{field: value})) == [field]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", "王\u202e样例"),
        ("phone", "0312-0000101"),
        ("skills", ()),
        ("term_start", "2021-09-01"),
        ("term_start", "2024-10-01"),
    ],
)
def test_what_can_be_kept_is_only_warned_about(field: str, value: object) -> None:
    mediator = replace(ELDER, **{field: value})  # type: ignore[arg-type]
    assert (_problems(mediator), _problems(mediator, Level.WARN)) == ([], [field])


def test_only_an_elder_needs_a_township() -> None:
    outsider = replace(ELDER, kind="专业调解员", township="", village="")
    assert _problems(outsider) == []
    assert _problems(replace(outsider, village="冉庄村")) == ["township"]


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("2024-09-18", "2024-09-18"),
        ("2024/9/8", "2024-09-08"),
        ("2024年9月18日", "2024-09-18"),
        ("2024.9.18", "2024-09-18"),
        ("20240918", "2024-09-18"),
        ("2024-09-18 00:00:00", "2024-09-18"),
    ],
)
def test_the_first_day_of_a_term_in_any_spelling(said: str, kept: str) -> None:
    assert check(replace(ELDER, term_start=said), REFERENCE, FRIDAY).mediator.term_start == kept


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("", ""),
        ("随叫随到", ""),
        ("每天", "1 2 3 4 5 6 7"),
        ("工作日", "1 2 3 4 5"),
        ("周末", "6 7"),
        ("周一、三、五", "1 3 5"),
        ("星期五 星期一", "1 5"),
        ("周一至周三，周日", "1 2 3 7"),
        ("3 1 3", "1 3"),
    ],
)
def test_days_in_any_spelling(said: str, kept: str) -> None:
    assert check(replace(ELDER, free_days=said), REFERENCE, FRIDAY).mediator.free_days == kept


@pytest.mark.parametrize("said", ["1955", "1955年", "1955-03-01", "19550301", "1955.3"])
def test_the_year_of_birth_in_any_spelling(said: str) -> None:
    assert check(replace(ELDER, birth_year=said), REFERENCE, FRIDAY).mediator.birth_year == "1955"


@pytest.mark.parametrize(("code", "name"), LEVELS.items())
def test_levels_by_number_and_name(code: str, name: str) -> None:
    for said in (code, name, f"{code}级", f"{name}人民调解员"):
        assert check(replace(ELDER, level=said), REFERENCE, FRIDAY).mediator.level == code


def test_the_same_person_is_not_entered_twice() -> None:
    known = check(ELDER, REFERENCE, FRIDAY).mediator
    assert twin(replace(known, code=""), [known]) == known
    assert twin(replace(known, code="", name="王 样例", birth_year=""), [known]) == known
    assert twin(known, [known]) is None
    for other in ({"birth_year": "1990"}, {"village": SUNZHUANG}, {"name": "王样"}):
        assert twin(replace(known, code="", **other), [known]) is None


def test_the_breaches_of_article_fifteen_are_causes() -> None:
    assert [cause.article[-3:] for cause in CAUSES.values() if cause.article] == [
        "第一项",
        "第二项",
        "第三项",
        "第四项",
    ]
    assert {step.after for step in STEPS.values()} == set(STATUSES)
    assert all(step.before <= set(STATUSES) and step.after not in step.before for step in STEPS.values())


# --- who suits a dispute -----------------------------------------------------------------------------------------


def _known(**facts: object) -> Mediator:
    facts = {"code": "M91", "name": "孙样例", "birth_year": "1960", "free_days": "", **facts}
    return replace(check(ELDER, REFERENCE, FRIDAY).mediator, **facts)  # type: ignore[arg-type]


HOUSE_SITE = Dispute(
    day=FRIDAY,
    parties=(Party("王建国", RANZHUANG, RANZHUANG_VILLAGE), Party("李德顺")),
    township=RANZHUANG,
    village=RANZHUANG_VILLAGE,
    kind="03",
    kind_name="房屋宅基地纠纷",
)


@pytest.mark.parametrize(
    ("facts", "reasons", "conflicts"),
    [
        ({}, ("同村", "擅长房屋宅基地纠纷"), ()),
        ({"village": SUNZHUANG, "skills": ("01",)}, ("同乡镇",), ()),
        (
            {"township": "130608102000", "village": "", "free_days": "5"},
            ("擅长房屋宅基地纠纷", "今天有空"),
            (),
        ),
        ({"township": "", "village": "", "skills": (), "free_days": "1"}, (), ()),
        ({"status": "suspended"}, ("同村", "擅长房屋宅基地纠纷"), ("已停用",)),
        ({"status": "ended", "skills": ()}, ("同村",), ("已解聘",)),
        (
            {"term_start": "2021-09-19", "skills": ()},
            ("同村",),
            ("任期已于2024年9月19日届满（《人民调解法》第九条）",),
        ),
        ({"name": "王样例", "skills": ()}, ("同村",), ("与王建国同姓同村",)),
        ({"name": "王样例", "village": SUNZHUANG, "skills": ()}, ("同乡镇",), ()),
        ({"name": "李样例", "skills": ()}, ("同村",), ("与李德顺同姓，李德顺没有填村，可能同村",)),
        ({"name": "王建国", "skills": ()}, ("同村",), ("是本案当事人",)),
        ({"name": "王建国", "village": SUNZHUANG, "skills": ()}, ("同乡镇",), ()),
    ],
)
def test_reasons_and_conflicts(
    facts: dict[str, object], reasons: tuple[str, ...], conflicts: tuple[str, ...]
) -> None:
    (ranked,) = rank(HOUSE_SITE, [_known(**facts)])
    assert (ranked.reasons, ranked.conflicts) == (reasons, conflicts)


@pytest.mark.parametrize(
    ("party", "kin"),
    [
        (Party("孙德顺"), True),
        (Party("孙德顺", RANZHUANG), True),
        (Party("孙德顺", RANZHUANG, RANZHUANG_VILLAGE), True),
        (Party("孙德顺", RANZHUANG, SUNZHUANG), False),
        (Party("孙德顺", "130608102000"), False),
        (Party("欧阳孙"), False),
    ],
)
def test_whose_village_is_not_known_may_be_kin(party: Party, kin: bool) -> None:
    (ranked,) = rank(replace(HOUSE_SITE, parties=(party,)), [_known()])
    assert bool(ranked.conflicts) == kin


def test_a_former_party_is_disclosed() -> None:
    (ranked,) = rank(replace(HOUSE_SITE, former=frozenset({"M91"})), [_known()])
    assert ranked.conflicts == ("曾与本案当事人同在一起纠纷中",)


def test_a_company_has_no_relatives() -> None:
    company = Party("孙氏建筑有限公司", RANZHUANG, RANZHUANG_VILLAGE, is_person=False)
    (ranked,) = rank(replace(HOUSE_SITE, parties=(company,)), [_known()])
    assert ranked.conflicts == ()


@pytest.mark.parametrize(
    ("name", "expected"),
    [("欧阳样例", "欧阳"), ("欧阳", "欧"), ("單樣例", "单"), ("王 样例", "王"), ("", "")],
)
def test_surnames(name: str, expected: str) -> None:
    assert surname(name) == expected


_mediators = st.builds(
    _known,
    code=st.integers(1, 99).map("M{:02}".format),
    name=st.sampled_from(["王样例", "李样例", "孙样例", "欧阳样例", "王建国"]),
    township=st.sampled_from([RANZHUANG, "130608102000", ""]),
    village=st.sampled_from([RANZHUANG_VILLAGE, SUNZHUANG, ""]),
    skills=st.sets(st.sampled_from(["01", "03"])).map(lambda codes: tuple(sorted(codes))),
    status=st.sampled_from(list(STATUSES)),
    term_start=st.dates(date(2020, 1, 1), date(2024, 12, 1)).map(date.isoformat) | st.just(""),
    free_days=st.sampled_from(["", "5", "1 5", "2"]),
)
_rosters = st.lists(_mediators, unique_by=lambda mediator: mediator.code, max_size=12)


@given(_rosters, st.randoms(use_true_random=False))
def test_ranking_is_a_total_order_that_does_not_depend_on_the_roster_s(roster, random) -> None:  # type: ignore[no-untyped-def]
    ranked = rank(HOUSE_SITE, roster)
    shuffled = random.sample(roster, len(roster))
    assert rank(HOUSE_SITE, shuffled) == ranked
    assert Counter(each.mediator for each in ranked) == Counter(roster), "nobody is hidden"


@given(_rosters)
def test_nobody_with_a_conflict_stands_above_somebody_without(roster) -> None:  # type: ignore[no-untyped-def]
    ranked = rank(HOUSE_SITE, roster)
    conflicted = [bool(each.conflicts) for each in ranked]
    assert conflicted == sorted(conflicted)
    for upper, lower in pairwise(ranked):
        if bool(upper.conflicts) == bool(lower.conflicts):
            assert (upper.merit, lower.mediator.code) >= (lower.merit, upper.mediator.code)


@given(_mediators)
def test_whoever_cannot_be_called_or_is_a_party_is_said_to_be_in_conflict(mediator: Mediator) -> None:
    (ranked,) = rank(HOUSE_SITE, [mediator])
    term = mediator.term
    outside = term is not None and not term.start <= FRIDAY <= term.end
    is_party = any(is_same_person(mediator, party) for party in HOUSE_SITE.parties)
    if mediator.status != "active" or outside or is_party:
        assert ranked.conflicts


@given(_mediators)
def test_a_row_of_the_table_and_back(mediator: Mediator) -> None:
    assert Mediator.from_cells(mediator.to_cells()) == mediator


@given(st.text(max_size=12), st.dates(date(2000, 1, 1), date(2030, 1, 1)))
def test_no_text_upsets_checking(text: str, today: date) -> None:
    wild = Mediator(
        **{name: text for name in ("name", "sex", "birth_year", "township", "village", "phone", "identity")},
        **{name: text for name in ("posts", "kind", "term_start", "level", "status", "free_days", "note")},
        skills=(text,),
    )
    checked = check(wild, REFERENCE, today)
    assert all(problem.sentence.endswith("。") for problem in checked.problems)
    if not _refused(checked.problems):
        assert not _refused(check(checked.mediator, REFERENCE, today + timedelta(days=1)).problems)


def _refused(problems: tuple) -> list:  # type: ignore[type-arg]
    return [problem for problem in problems if problem.level is Level.REFUSE]
