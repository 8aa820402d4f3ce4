"""What a dossier must have: thirteen lines, told for cases that went in different ways."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from qingyuan_desk.domain.mediation.case import Case
from qingyuan_desk.domain.mediation.dossier import (
    completeness,
    lacking,
    paper_of,
    without_private,
)
from qingyuan_desk.domain.mediation.forms import (
    Confirm,
    Correct,
    File,
    Open,
    Terminate,
    Withdraw,
    WriteNote,
)
from qingyuan_desk.domain.mediation.papers import MEDIATION_PAPERS
from tests.domain.casebook import Casebook, at, new_case
from tests.domain.cases import (
    TODAY,
    accepted,
    closed,
    failed,
    file,
    mediating,
    meeting,
    performing,
    refused,
    simple,
    with_files,
)

IDENTITY = (file("identity", "王测试身份证", 1), file("identity", "赵测试身份证", 2))

#: How it went → the lines it must have, and those that are missing (in brackets: only usual).
WAYS: dict[str, tuple[Callable[[], Case], str, str]] = {
    "applied": (lambda: Casebook().take(Open(claims=("改走",))).case, "1 2 3 7 8 13", "2 3 7 8"),
    "initiative": (lambda: Casebook().take(Open(origin="initiative")).case, "1 2 3 7 8 13", "1 2 3 7 8"),
    "mediating": (lambda: mediating().case, "1 2 3 7 8 13", "3 8"),
    "complex": (lambda: mediating(difficulty="complex").case, "1 2 3 7 8 13", "3 (5) (6) 8"),
    "performing": (lambda: performing().case, "1 2 3 7 8 13", "3"),
    "closed": (lambda: closed().case, "1 2 3 7 8 9 10 13", "3 9"),
    "whole": (
        lambda: with_files(closed().case, *IDENTITY, file("receipt", "转账凭证")),
        "1 2 3 7 8 9 10 13",
        "",
    ),
    "one sheet": (lambda: simple().case, "1 8 13", ""),
    "refused": (lambda: refused().case, "1 8 13", ""),
    "withdrawn": (
        lambda: accepted().take(Withdraw("自行和好")).case,
        "1 8 13",
        "",
    ),
    "failed": (lambda: failed().case, "1 2 3 7 8 13", "3"),
}


@pytest.mark.parametrize("way", WAYS)
def test_what_a_case_must_have(way: str) -> None:
    make, required, missing = WAYS[way]
    lines = completeness(make())
    assert [line.no for line in lines] == list(range(1, 14))
    assert " ".join(str(line.no) for line in lines if line.required) == required
    assert (
        " ".join(
            str(line.no) if line.required else f"({line.no})" for line in lines if line.state == "missing"
        )
        == missing
    )
    assert [str(line.no) for line in lacking(lines)] == [no for no in missing.split() if no.isdigit()]


@pytest.mark.parametrize("way", WAYS)
def test_a_line_says_what_it_has_or_what_to_do(way: str) -> None:
    for line in completeness(WAYS[way][0]()):
        assert (line.state == "there") == bool(line.what and line.state != "missing")
        assert line.state != "missing" or (
            line.hint.endswith("。") and ("请" in line.hint or "：" in line.hint)
        )
        assert line.state != "not_needed" or not (line.required or line.what or line.hint)


def test_what_is_only_usual_is_wanted_not_missing() -> None:
    lines = completeness(mediating(difficulty="complex").case)
    assert [line.standing for line in lines[2:7]] == ["缺", "本案不需要", "宜补", "宜补", "已有"]


def test_nothing_is_asked_before_the_mediation_was_opened() -> None:
    assert completeness(new_case()) == ()


def lines_of(case: Case) -> dict[int, str]:
    return {line.no: line.what for line in completeness(case)}


def test_a_failed_case_has_its_notice_in_the_agreements_place() -> None:
    assert lines_of(failed().case)[8] == "终止调解通知书"
    assert lines_of(refused().case)[8] == "终止调解通知书"
    assert lines_of(refused().case)[1] == "人民调解申请书"


def test_what_nobody_disputes_stands_with_the_record_of_a_failed_case() -> None:
    book = mediating().take(
        WriteNote("undisputed", "滴水流入邻院属实。"),
        meeting(outcome="failed", proposal="分歧太大"),
        Terminate("no_agreement", paths=("lawsuit",)),
    )
    assert lines_of(book.case)[7].endswith("无争议事实确认书")


def test_an_oral_agreement_is_its_register() -> None:
    what = lines_of(simple().case)
    assert what[8] == "人民调解口头协议登记表"
    assert what[1] == "人民调解申请书、人民调解受理登记表"
    assert what[12] == "人民调解结案报告表"


def test_a_signed_copy_takes_the_place_of_the_printed_paper() -> None:
    case = performing().case
    (printed,) = completeness(case)[7].parts
    assert (printed.kind, printed.subject, printed.attachment) == ("signing", case.agreement.record_id, 0)
    assert "扫描" in completeness(case)[7].hint
    line = completeness(with_files(case, file("signed", "协议书（签字盖章）")))[7]
    assert [(part.title, part.kind, part.attachment) for part in line.parts] == [
        ("协议书（签字盖章）", "", 90)
    ]
    assert line.hint == ""


def test_copies_are_told_apart_by_what_they_belong_to() -> None:
    book = mediating()
    book.now = at("2024-09-23 12:00")
    book.take(meeting(started_at=at("2024-09-23 08:30")))
    first, second = (each.record_id for each in book.case.held)
    scans = (file("signed", "调解记录", second), file("signed", "调解记录另页"))
    parts = completeness(with_files(book.case, *scans))[6].parts
    assert [part.title for part in parts] == ["人民调解记录（2024年9月20日）", "调解记录", "调解记录另页"]
    assert parts[0].subject == first


def test_a_removed_file_counts_no_more() -> None:
    gone = replace(IDENTITY[0], removed="传错了")
    line = completeness(with_files(mediating().case, gone, IDENTITY[1]))[2]
    assert (line.state, line.what) == ("missing", "赵测试身份证")
    assert line.hint.startswith("缺王测试的身份证明")


def test_a_file_of_nobody_stands_for_one_of_them() -> None:
    two = completeness(with_files(mediating().case, file("identity", "身份证"), file("identity", "身份证")))[
        2
    ]
    one = completeness(with_files(mediating().case, file("identity", "身份证")))[2]
    assert (two.state, one.state) == ("there", "missing")


def test_a_name_in_a_files_title_says_whose_it_is() -> None:
    both = completeness(with_files(mediating().case, file("identity", "王测试、赵测试身份证")))[2]
    twice = with_files(mediating().case, file("identity", "王测试正面"), file("identity", "王测试反面"))
    assert both.state == "there"
    assert completeness(twice)[2].hint.startswith("缺赵测试的身份证明")


def test_an_agent_needs_authority() -> None:
    case = mediating().case
    represented = replace(
        case, parties=(replace(case.parties[0], agent="王代理", authority="special"), *case.parties[1:])
    )
    line = completeness(represented)[3]
    assert (line.required, line.state) == (True, "missing")
    assert "王测试由别人代理" in line.hint
    signed = completeness(with_files(represented, file("authority", "委托书", 1)))[3]
    assert (signed.required, signed.state) == (True, "there")


def test_confirmation_waits_for_what_the_court_said() -> None:
    book = performing().take(Confirm(TODAY, "样例区人民法院"))
    assert completeness(book.case)[10].what == "司法确认申请书、调解组织主持调解的证明"
    assert completeness(book.case)[10].state == "there"
    book.take(Confirm(TODAY, result="confirmed", document="（2024）样民特1号"))
    assert completeness(book.case)[10].state == "missing"
    decided = with_files(book.case, file("confirmation", "裁定书"))
    assert completeness(decided)[10].state == "there"


def test_corrections_and_the_explanation_stand_together() -> None:
    book = closed()
    agreement = book.case.agreement.record_id
    book.take(
        Correct("agreement", "改向西侧", "改向东侧", "方位写反", "李主任", agreement),
        File("刘样例", "long", "身份证原件退回，未留复印件。"),
    )
    line = completeness(with_files(book.case, file("other", "现场示意图"), file("signed", "承诺书")))[11]
    assert [part.title for part in line.parts] == [
        "人民调解结案报告表",
        "更正说明（人民调解协议书）",
        "卷宗情况说明",
        "现场示意图",
        "承诺书",
    ]
    assert line.required


def test_many_papers_are_counted() -> None:
    files = [file("evidence", f"照片{number}") for number in range(12)]
    assert lines_of(with_files(mediating().case, *files))[6] == "照片0、照片1、照片2等 12 份"


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("人民调解协议书", "signing"),
        ("协议书扫描件", "signing"),
        ("人民调解口头协议登记表", "oral"),
        ("司法确认申请书（已签）", "confirmation"),
        ("申请书", "application"),
        ("人民调解当事人权利义务告知书", "rights"),
        ("回访记录", "follow_up"),
        ("调查记录 2", "investigation"),
        ("无争议事实确认书", "undisputed"),
        ("承诺书", ""),
        ("", ""),
    ],
)
def test_a_scan_is_known_by_its_title(title: str, kind: str) -> None:
    assert paper_of(title) == kind


def test_every_signed_copy_finds_its_way_into_the_dossier() -> None:
    """Whatever a scan is called, it stands on exactly one line."""
    book = closed().take(Confirm(TODAY, "样例区人民法院"))
    for title in {kind.title for kind in MEDIATION_PAPERS.values()} | {"别的"}:
        lines = completeness(with_files(book.case, file("signed", title)))
        found = [line.no for line in lines for part in line.parts if part.attachment]
        assert len(found) == 1, title


def test_private_notes_are_not_in_a_dossier() -> None:
    book = mediating().take(
        WriteNote("caucus", "他其实愿意出两千。", 2),
        WriteNote("fact", "滴水流入邻院。"),
        WriteNote("offer", "先给一千。", 2),
    )
    assert [note.text for note in without_private(book.case).notes] == ["滴水流入邻院。"]
