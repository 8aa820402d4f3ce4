"""Lines as forms: every spelling of a value, keys that come from a form's fields, and docs/clerk.md, which lists them."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, fields
from datetime import date, datetime
from pathlib import Path
from typing import Any, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qingyuan_desk.clerk import OPERATIONS, serve
from qingyuan_desk.clerk.forms import Reader, keys, must_have
from qingyuan_desk.domain.accounts import Actor
from qingyuan_desk.domain.errors import Refused
from qingyuan_desk.domain.handling.acts import ACTS as HANDLING_ACTS
from qingyuan_desk.domain.handling.forms import Extend, Forward, Receive, Refuse, Switch
from qingyuan_desk.domain.handling.records import Sending, Urge
from qingyuan_desk.domain.mediation.acts import ACTS
from qingyuan_desk.domain.mediation.case import Case, CaseParty, Instalment, Session
from qingyuan_desk.domain.mediation.forms import (
    Close,
    Consent,
    Draft,
    Hold,
    Open,
    Part,
    Perform,
    Plan,
    PutParty,
    Terminate,
    WriteNote,
)
from qingyuan_desk.services.office import Office
from tests.domain.casebook import Casebook, at, new_case
from tests.domain.handlingbook import new_matter

from .forms import FORMS

DOCS = (Path(__file__).parents[2] / "docs" / "clerk.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def office(new_folder: Path) -> Any:
    opened = Office.open(new_folder)
    yield opened
    opened.close()


def opened_case() -> Case:
    """王测试 (1) against 赵测试 (2) and 钱测试 (3)."""
    book = Casebook(new_case()).take(Open(claims=("改道",)))
    return book.take(PutParty(CaseParty(0, "respondent", "钱测试", address="村西头"))).case


OPENED = opened_case()


#: A petition that was forwarded twice, and urged.
SENT = new_matter(
    sendings=(
        Sending(7, "forward", "water", date(2024, 9, 20), record_id=3, number="清转〔2024〕0001号", state="returned"),
        Sending(7, "assign", "housing", date(2024, 9, 25), record_id=5, number="清转〔2024〕0002号"),
    ),
    urges=(Urge(7, "remind", "housing", date(2024, 9, 28), record_id=4, number="清督〔2024〕0001号"),),
)  # fmt: skip


@pytest.fixture
def read(office: Office) -> Any:
    reader = Reader(office.reference, OPENED)

    def form(kind: type, /, **facts: Any) -> Any:
        return reader.form(kind, facts)

    return form


# --- values ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "meant"),
    [(1, 1), ("王测试", 1), (" 王测试 ", 1), ("申请人", 1), ("申请人1", 1), ("赵测试", 2), ("被申请人１", 2), ("被申请人2", 3), (0, 0)],
)  # fmt: skip
def test_a_party_has_a_name_a_place_and_an_id(read: Any, said: Any, meant: int) -> None:
    assert read(Consent, party=said, agreed=True).party == meant


def test_a_place_or_a_name_of_two_is_nobody(read: Any, office: Office) -> None:
    with pytest.raises(Refused, match="被申请人1 赵测试、被申请人2 钱测试"):
        read(Consent, party="被申请人", agreed=True)
    case = opened_case()
    twin = CaseParty(7, "third", "赵测试", record_id=9)
    reader = Reader(office.reference, new_case(parties=(*case.parties, twin)))
    with pytest.raises(Refused, match="几位当事人都叫“赵测试”"):
        reader.form(Consent, {"party": "赵测试", "agreed": True})


@pytest.mark.parametrize(
    ("said", "fen"),
    [(3500, 350_000), (3500.5, 350_050), (0.1, 10), ("3,500.50", 350_050), ("1.2万", 1_200_000), ("￥0.01元", 1), (0, 0)],
)  # fmt: skip
def test_money_is_yuan_in_a_line_and_fen_in_a_form(read: Any, said: Any, fen: int) -> None:
    assert read(WriteNote, kind="offer", text="一", amount=said).amount == fen


@pytest.mark.parametrize(
    "said", ["2024-09-28T09:30", "2024-09-28 09:30:00", "2024-09-28T01:30:00Z", "2024-09-28T03:30:00+02:00"]
)
def test_a_moment_without_a_zone_is_the_offices(read: Any, said: str) -> None:
    assert read(Plan, at=said).at == at("2024-09-28 09:30")


def test_codes_have_chinese_names_and_lists_may_be_their_only_item(read: Any) -> None:
    by_name = read(Terminate, ground="当事人意见分歧，无法达成协议", paths="向人民法院起诉")
    assert by_name == read(Terminate, ground="no_agreement", paths=["lawsuit"])
    with pytest.raises(Refused, match="ground 没有“吵架”这一项。可选：当事人一方明确拒绝调解、"):
        read(Terminate, ground="吵架")


def test_records_are_named_by_their_place(office: Office) -> None:
    sessions = tuple(
        Session(7, at(f"2024-09-2{day} 09:00"), record_id=10 + day, state=state)
        for day, state in ((1, "held"), (2, "cancelled"), (3, "planned"))
    )
    reader = Reader(office.reference, new_case(sessions=sessions))
    assert reader.form(Plan, {"at": "2024-09-28T09:30", "session": "第2次"}).session == 13
    assert reader.form(Plan, {"at": "2024-09-28T09:30", "session": 13}).session == 13
    with pytest.raises(Refused, match="session 应是本案的一项记录"):
        reader.form(Plan, {"at": "2024-09-28T09:30", "session": 12})
    with pytest.raises(Refused, match="instalment 应是本案的一项记录"):
        # An instalment of an agreement that is not in force.
        case = new_case(instalments=(Instalment(7, 1, 1, date(2024, 10, 1), 5, "", 1, 2, record_id=3),))
        Reader(office.reference, case).form(Perform, {"instalment": 3, "on": "2024-10-01"})


@pytest.mark.parametrize(
    ("said", "meant"), [(5, 5), ("第1次", 3), ("清转〔2024〕0002号", 5), (" 清转[2024]0001号 ", 3), (0, 0)]
)
def test_a_sending_has_a_place_an_id_and_a_number(office: Office, said: Any, meant: int) -> None:
    form = Reader(office.reference, SENT).form(Receive, {"sending": said, "receiver": "孙样例"})
    assert form == Receive(meant, None, "孙样例")


@pytest.mark.parametrize("said", ["清督〔2024〕0001号", "第3次", 4, True, {"编号": 5}])
def test_a_record_of_another_kind_is_no_sending(office: Office, said: Any) -> None:
    with pytest.raises(Refused, match="sending 应是本案的一项记录"):
        Reader(office.reference, SENT).form(Receive, {"sending": said, "receiver": "孙样例"})


def test_rows_of_the_offices_tables_are_named_by_code_or_name(office: Office) -> None:
    reader = Reader(office.reference, SENT)
    by_name = reader.form(Forward, {"mode": "交办", "unit": "区水利局", "co_units": ["housing", "区教育局"]})
    assert by_name == Forward("assign", "water", ("housing", "education"))
    refused = reader.form(Refuse, {"ground": "依法应当通过仲裁解决", "paths": "申请仲裁"})
    assert (refused.ground, refused.paths) == ("arbitration", ("arbitration",))
    switched = reader.form(
        Switch, {"category": "民间纠纷", "flow": "矛盾纠纷调解", "room": "联合调解室", "reason": "双方愿意"}
    )
    assert (switched.category, switched.flow, switched.room) == (
        "civil_dispute",
        "mediation",
        "joint_mediation",
    )
    for key, sentence in (("unit", "没有“水管所”这个单位"), ("co_units", "第 1 项 没有“水管所”这个单位")):
        with pytest.raises(Refused, match=f"{key} {sentence}"):
            reader.form(Forward, {"unit": "water", key: "水管所"})


def test_what_a_person_must_answer_cannot_be_left_out(office: Office) -> None:
    reader = Reader(office.reference, SENT)
    with pytest.raises(Refused, match="缺少 unit。"):
        reader.form(Forward, {"mode": "转送"})
    assert reader.form(Extend, {"reason": "账目多", "approved_by": "孙样例"}).days == 30


def test_parts_and_people_inside(read: Any) -> None:
    part = {"due_on": "2024-10-20", "amount": "1000.5", "payer": "赵测试", "payee": "申请人"}
    draft = read(Draft, facts="一", disputes="二", terms=["三"], parts=[part])
    assert draft.parts == (Part(date(2024, 10, 20), "", 100_050, 2, 1),)
    with pytest.raises(Refused, match="parts 第 1 项 没有“due”这一项，请核对拼写。可用：due_on、what"):
        read(Draft, facts="一", disputes="二", terms=["三"], parts=[{"due": "2024-10-20"}])
    with pytest.raises(Refused, match="parts 第 2 项的 payee"):
        read(Draft, facts="一", disputes="二", terms=["三"], parts=[part, {**part, "payee": "没有的人"}])
    held = read(
        Hold, started_at="2024-09-20T09:00", present=["王测试", 3], room="乡贤调解室", helpers="村干部"
    )
    assert (held.present, held.room, held.helpers) == ((1, 3), "elder_mediation", ("村干部",))


def test_a_party_written_down_anew_keeps_what_is_not_said(read: Any) -> None:
    changed = read(PutParty, party={"record_id": "钱测试", "phone": "13800138000"}).party
    assert (changed.record_id, changed.name, changed.address, changed.phone) == (
        3,
        "钱测试",
        "村西头",
        "13800138000",
    )
    moved = read(PutParty, party={"record_id": "王测试", "township": "清苑镇"}).party
    assert (moved.township, moved.village) == ("130608100000", "")
    there = read(PutParty, party={"record_id": "王测试", "village": "冉庄村"}).party
    assert there.village == "130608101200"
    with pytest.raises(Refused, match="缺少 party 的 name"):
        read(PutParty, party={"side": "第三人"})


def test_a_new_field_is_a_key_at_once(office: Office) -> None:
    @dataclass(frozen=True)
    class Longer(Close):
        seen_at: datetime | None = None
        mediators: tuple[str, ...] = ()
        amount: int = 0

    said = {"closing": "stage", "seen_at": "2024-09-20T09:00", "mediators": ["刘样例"], "amount": "1.5"}
    form = Reader(office.reference, new_case()).form(Longer, said)
    assert form == Longer("stage", "", None, at("2024-09-20 09:00"), ("M04",), 150)


#: Anything a line can hold, and what comes close to being right.
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8)
    | st.sampled_from(["王测试", "被申请人1", "M04", "2024-09-20", "2024-09-20T09:00", "3000.50", "第1期", "冉庄镇", "9999-12-31"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["due_on", "amount", "name", "side"]), inner),
    max_leaves=4,
)  # fmt: skip


@settings(deadline=None)
@given(operation=st.sampled_from(list(FORMS)), data=st.data())
def test_whatever_stands_in_a_line_it_is_read_or_refused_by_its_key(
    office: Office, operation: str, data: st.DataObject
) -> None:
    kind, matter = FORMS[operation], SENT if operation.startswith("handling.") else OPENED
    facts = data.draw(st.dictionaries(st.sampled_from(keys(kind)), _JSON))
    try:
        assert isinstance(Reader(office.reference, matter).form(kind, facts), kind)
    except Refused as refused:
        (problem,) = refused.problems
        assert any(problem.field.startswith(key) for key in keys(kind))


# --- what is documented ------------------------------------------------------------------------------------------

#: First cell of a row of the docs → the form it describes.
DOCUMENTED: dict[str, type] = {
    **{f"`{op}`": kind for op, kind in FORMS.items()},
    "an object of `parts`": Part,
    "the object `party`": CaseParty,
}


def _row(first: str) -> list[str]:
    (line,) = [line for line in DOCS.splitlines() if line.startswith(f"| {first} |")]
    return [cell.strip() for cell in line.strip("|").split("|")]


def test_every_operation_is_documented() -> None:
    headings = set(re.findall(r"^## ([\w.]+)$", DOCS, re.MULTILINE))
    rows = set(re.findall(r"^\| `(\w+\.\w+)` \|", DOCS, re.MULTILINE))
    assert headings | rows == set(OPERATIONS)


@pytest.mark.parametrize("first", DOCUMENTED)
def test_the_documented_keys_are_those_of_the_form(first: str) -> None:
    kind, (_, step, must, may, *_) = DOCUMENTED[first], _row(first)
    hints = get_type_hints(kind)
    wanted = [
        each.name for each in fields(kind) if each.name in keys(kind) and must_have(each, hints[each.name])
    ]
    assert re.findall(r"`(\w+)`", must) == wanted
    assert re.findall(r"`(\w+)`", may) == [key for key in keys(kind) if key not in wanted]
    code, acts = getattr(kind, "step", ""), HANDLING_ACTS if first.startswith("`handling.") else ACTS
    assert not code or step == acts[code].name


EXAMPLE = re.compile(
    r"^On ([-\d]+ [\d:]+), [^\n]*\n\n```jsonl\n(.*?)```\n\n```\n(.*?)```$", re.MULTILINE | re.DOTALL
)


def test_what_is_documented_is_answered_as_documented(tmp_path: Path, new_folder: Path) -> None:
    import shutil

    now = at("2024-09-20 00:00")
    office = Office.open(shutil.copytree(new_folder, tmp_path / "数据"), now=lambda: now)
    clerk: Actor = office.actor("clerk")
    days = EXAMPLE.findall(DOCS)
    for day, lines, expected in days:
        now = at(day)
        answers: list[str] = []
        serve(office, clerk, lines.splitlines(), answers.append)
        assert answers == expected.splitlines()
    office.close()
    sent = [json.loads(line) for _, lines, _ in days for line in lines.splitlines()]
    assert len(sent) == len(re.findall(r'"request_id": "[wh]\d', DOCS))
