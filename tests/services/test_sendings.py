"""What leaves the desk with a matter: packages compared when read back, the national export on record, the printed ledger."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest
from pypdf import PdfReader

from qingyuan_desk.documents import sheets
from qingyuan_desk.domain.accounts import Actor
from qingyuan_desk.domain.errors import Conflict, NotAllowed, NotFound, Refused
from qingyuan_desk.domain.handling import forms
from qingyuan_desk.domain.handling import national as fields
from qingyuan_desk.domain.handling import package as told
from qingyuan_desk.domain.matter import LedgerFilter
from qingyuan_desk.domain.visit import VisitForm
from qingyuan_desk.services import attachments, handling, ledger, reception, sendings
from qingyuan_desk.services.office import Office
from tests.conftest import Clock
from tests.documents.foreign import A4, pdf
from tests.documents.reading import words
from tests.services import handled, mediated
from tests.services.handled import UNIT, forward, take

Visit = Callable[..., VisitForm]
ID, PHONE = "130622194912310019", "13800138000"


@pytest.fixture
def matter(office: Office, clerk: Actor, visit: Visit) -> int:
    """A petition that was assigned to a unit."""
    found = handled.petition(
        office,
        clerk,
        visit,
        narrative="村里环村路坑洼积水两年，请求修复。=HYPERLINK(1)",
        township="冉庄镇",
        id_number=ID,
        phone=PHONE,
        opponent="某某建筑公司",
    )
    assigned = forward(mode="assign", limit_on=date(2024, 10, 10), requirement="查清后书面答复")
    take(office, clerk, found, assigned)
    return found


def packed(office: Office, actor: Actor, matter: int, folder: Path, request: str = "p1") -> Path:
    sent = handling.case(office, actor, matter).sendings[-1]
    return sendings.package(office, actor, request, matter, sent.record_id, folder)


# --- packages ----------------------------------------------------------------------------------------------------


def test_a_package_holds_slip_receipt_sheet_facts_and_files(
    office: Office, clerk: Actor, matter: int, tmp_path: Path
) -> None:
    photo = tmp_path / "路面.pdf"
    photo.write_bytes(pdf(A4))
    attachments.attach(office, clerk, "a1", matter, "petition", '路面照片<1>: "北段"', photo)
    path = packed(office, clerk, matter, tmp_path)
    assert path.name == "送案包 清转〔2024〕0001号 区自然资源和规划局.zip"
    with ZipFile(path) as archive:
        names = archive.namelist()
    assert names == [
        "contents.json",
        "目录.txt",
        "01 交办单 清转〔2024〕0001号.pdf",
        "02 签收回执 清转〔2024〕0001号.pdf",
        "03 送案信息.xlsx",
        "matter.json",
        "附件/01 路面照片_1__ _北段_.pdf",
    ]
    found = sendings.read_package(path)
    assert found.files[names[-1]] == photo.read_bytes()
    assert "清转〔2024〕0001号" in words(found.files[names[2]]) and "查清后书面答复" in words(
        found.files[names[2]]
    )
    assert "签收人（签名）" in words(found.files[names[3]])


def test_what_a_package_says_is_read_back_by_another_desk(
    office: Office, clerk: Actor, matter: int, tmp_path: Path
) -> None:
    found = sendings.read_package(packed(office, clerk, matter, tmp_path)).package
    assert (found.sending.number, found.sending.unit, found.sending.mode_name) == (
        "清转〔2024〕0001号",
        UNIT,
        "交办",
    )
    assert (found.sending.limit_on, found.sending.listed, found.sending.approved_by) == (
        "2024-10-10",
        False,
        "张主任",
    )
    assert "职责清单" in found.sending.why
    visitor, company = found.people
    assert (visitor.name, visitor.id_number, visitor.phone, visitor.place) == ("王建国", ID, PHONE, "冉庄镇")
    assert (company.side, company.name) == ("opponent", "某某建筑公司")
    assert found.matter.narrative.startswith("村里环村路") and found.matter.petition_kind == "申诉求决"
    assert [(each.rule, each.natural_end) for each in found.limits] == [
        ("petition_objection", ""),
        ("petition_notify_forwarded", ""),
        ("petition_assigned", "2024-10-10"),
    ]
    assert found.limits[0].period == "自收到转送、交办之日起5个工作日"
    assert told.from_json(told.as_json(found)) == found


def test_the_limits_of_a_unit_that_signed_have_their_days(
    office: Office, clerk: Actor, matter: int, tmp_path: Path
) -> None:
    take(office, clerk, matter, forms.Receive(receiver="周签收"))
    found = sendings.read_package(packed(office, clerk, matter, tmp_path)).package
    # Five workdays from Friday 20 September 2024, before the National Day holidays.
    assert [each.natural_end for each in found.limits][:2] == ["2024-09-27", "2024-10-05"]
    assert found.limits[1].shifted_end == "2024-10-08"


def test_the_sheet_of_a_package_is_text_only(
    office: Office, clerk: Actor, matter: int, tmp_path: Path
) -> None:
    files = sendings.read_package(packed(office, clerk, matter, tmp_path)).files
    book = openpyxl.load_workbook(BytesIO(files["03 送案信息.xlsx"]))
    assert book.sheetnames == ["送案", "当事人", "来访", "期限", "材料"]
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert ID in {cell.value for cell in cells} and {cell.number_format for cell in cells} == {"@"}


def test_that_a_package_was_made_stands_on_the_timeline_once(
    office: Office, clerk: Actor, visit: Visit, matter: int, tmp_path: Path
) -> None:
    first = packed(office, clerk, matter, tmp_path)
    assert packed(office, clerk, matter, tmp_path) == first
    lines = [each for each in ledger.matter(office, clerk, matter).events if each.action == "制作送案包"]
    assert len(lines) == 1
    assert "清转〔2024〕0001号" in lines[0].note and str(first) in lines[0].note
    other = handled.petition(office, clerk, visit, name="李样例")
    take(office, clerk, other, forward())
    with pytest.raises(Conflict):
        packed(office, clerk, other, tmp_path)
    with pytest.raises(Conflict):
        packed(office, clerk, matter, tmp_path / "另一处")
    assert [each.name for each in tmp_path.glob("**/*.zip")] == [first.name]


def test_a_package_can_be_named(office: Office, clerk: Actor, matter: int, tmp_path: Path) -> None:
    path = sendings.package(office, clerk, "p1", matter, 0, tmp_path / "新建" / "给国土.zip")
    assert path == tmp_path / "新建" / "给国土.zip" and sendings.read_package(path).package.matter.number


def test_who_may_not_handle_makes_no_package(office: Office, matter: int, tmp_path: Path) -> None:
    with pytest.raises(NotAllowed):
        sendings.package(office, office.actor("mediator"), "p1", matter, 0, tmp_path)
    assert list(tmp_path.glob("*.zip")) == []


def test_a_matter_that_was_not_sent_has_no_package(
    office: Office, clerk: Actor, visit: Visit, tmp_path: Path
) -> None:
    kept = handled.petition(office, clerk, visit)
    with pytest.raises(NotFound, match="请先转送"):
        sendings.package(office, clerk, "p1", kept, 0, tmp_path)


def test_a_package_whose_facts_were_changed_is_refused(
    office: Office, clerk: Actor, matter: int, tmp_path: Path
) -> None:
    path = packed(office, clerk, matter, tmp_path)
    with ZipFile(path) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    files["matter.json"] = files["matter.json"].replace("冉庄镇".encode(), "阳城镇".encode())
    with ZipFile(path, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    with pytest.raises(Refused, match=r"matter\.json”与目录里的 SHA-256 不一致"):
        sendings.read_package(path)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"schema": "other"}, "不是清苑解纷台的送案包"),
        ({"version": 2}, "请先升级本机的程序"),
        ({"people": {}}, "“people”的写法不对"),
        ({"people": [{"name": 7}]}, r"“people\[0\].name”的写法不对"),
        ({"sending": []}, "“sending”的写法不对"),
    ],
    ids=["another schema", "newer", "no list", "a number for a name", "no object"],
)
def test_facts_of_another_shape_are_refused(change: dict[str, object], said: str) -> None:
    facts = json.loads(told.as_json(told.Package()))
    with pytest.raises(Refused, match=said):
        told.from_json(json.dumps(facts | change).encode())


def test_facts_a_newer_desk_adds_are_passed_over() -> None:
    facts = json.loads(told.as_json(told.Package(made_at="2025-01-01T09:00:00+08:00")))
    facts["more"] = facts["matter"]["more"] = {"x": 1}
    assert told.from_json(json.dumps(facts).encode()).made_at == "2025-01-01T09:00:00+08:00"


# --- sealed matters ----------------------------------------------------------------------------------------------


@pytest.fixture
def sealed(office: Office, clerk: Actor, visit: Visit) -> int:
    found = handled.petition(office, clerk, visit, narrative="举报某某侵占补偿款。", name="司徒检举")
    take(office, clerk, found, forms.Classify("accusation", "accuse"))
    take(office, clerk, found, forms.Discipline("discipline"))
    return found


def test_an_accusation_is_packed_for_the_discipline_inspection_without_a_name_outside(
    office: Office, clerk: Actor, sealed: int, tmp_path: Path
) -> None:
    path = packed(office, clerk, sealed, tmp_path)
    assert path.name == "送案包 清转〔2024〕0001号 密件.zip"
    found = sendings.read_package(path)
    slip = next(name for name in found.files if name.endswith(".pdf"))
    assert "司徒" not in words(found.files[slip]) and "补偿款" not in words(found.files[slip])
    assert not [name for name in found.files if "签收回执" in name]
    assert found.package.sealed


def test_an_accusation_sent_elsewhere_before_it_was_known_is_not_packed(
    office: Office, clerk: Actor, visit: Visit, tmp_path: Path
) -> None:
    found = handled.petition(office, clerk, visit, narrative="举报某某侵占补偿款。")
    take(office, clerk, found, forward())
    take(office, clerk, found, forms.Classify("accusation", "accuse"))
    with pytest.raises(Refused, match="只能打包移送纪检监察机关"):
        packed(office, clerk, found, tmp_path)
    assert list(tmp_path.glob("*.zip")) == []


# --- the national export ------------------------------------------------------------------------------------------

DAY = date(2024, 9, 20)


def exported(office: Office, actor: Actor, path: Path, reason: str = "补录到信访信息系统") -> int:
    return sendings.national(office, actor, f"n-{path.name}", DAY, DAY, path, reason)


def test_petitions_under_the_national_field_names(
    office: Office, clerk: Actor, visit: Visit, matter: int, sealed: int, tmp_path: Path
) -> None:
    mediated.begun(office, clerk, visit, ("M04",))
    assert exported(office, clerk, tmp_path / "信访.xlsx") == 1
    book = openpyxl.load_workbook(tmp_path / "信访.xlsx")
    assert book.sheetnames == ["信访件", "信访人"]
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    header, first = ([cell.value or "" for cell in line] for line in book["信访件"].iter_rows(max_row=2))
    row = dict(zip(header, first, strict=True))
    number = ledger.matter(office, clerk, matter).visits[0].number
    assert (row["信访件编号"], row["信访形式"], row["信访目的"]) == (number, "来访", "求决")
    assert (row["首次信访标志"], row["最后一次办理方式"], row["限办时间"]) == ("是", "交办", "2024-10-10")
    assert (row["全国初次"], row["是否法院已受理"], row["办结标志"]) == ("", "", "否")
    assert row["问题属地"] == "冉庄镇" and row["关联信访事项编号"].startswith("清事〔2024〕")
    people = book["信访人"]
    assert [cell.value for cell in people[1]][:4] == ["信访件编号", "姓名", "性别", "民族"]
    assert {"王建国", ID, PHONE} <= {cell.value for cell in people[2]}


def test_the_same_as_json(office: Office, clerk: Actor, matter: int, sealed: int, tmp_path: Path) -> None:
    exported(office, clerk, tmp_path / "信访.json")
    facts = json.loads((tmp_path / "信访.json").read_text("utf-8"))
    (entry,) = facts["信访件"]
    assert list(entry) == [*fields.FIELDS, "信访人"]
    assert entry["信访人"][0]["证件号码"] == ID and (facts["first"], facts["last"]) == ("2024-09-20",) * 2


def test_a_further_visit_is_a_row_of_its_own(
    office: Office, clerk: Actor, visit: Visit, matter: int, tmp_path: Path
) -> None:
    number = handling.case(office, clerk, matter).number
    reception.register(office, clerk, visit(matter=number, narrative="再来催问。"))
    assert exported(office, clerk, tmp_path / "信访.json") == 2
    rows = json.loads((tmp_path / "信访.json").read_text("utf-8"))["信访件"]
    assert [row["首次信访标志"] for row in rows] == ["是", "否"]
    assert {row["关联信访事项编号"] for row in rows} == {number}


def test_the_reason_stands_on_every_matter_that_was_exported(
    office: Office, clerk: Actor, matter: int, sealed: int, tmp_path: Path
) -> None:
    before = ledger.matter(office, clerk, matter).version
    exported(office, clerk, tmp_path / "信访.xlsx")
    exported(office, clerk, tmp_path / "信访.xlsx")
    lines = [each for each in ledger.matter(office, clerk, matter).events if each.action == "导出信访信息"]
    assert [each.note for each in lines] == ["补录到信访信息系统"]
    assert ledger.matter(office, clerk, matter).version == before
    assert "导出信访信息" not in {each.action for each in ledger.matter(office, clerk, sealed).events}


def test_without_a_reason_or_the_right_nothing_is_exported(
    office: Office, clerk: Actor, matter: int, tmp_path: Path
) -> None:
    path = tmp_path / "信访.xlsx"
    with pytest.raises(Refused) as refused:
        exported(office, clerk, path, "  ")
    assert refused.value.problems[0].field == "reason"
    with pytest.raises(Refused, match=r"\.xlsx 或 \.json"):
        exported(office, clerk, tmp_path / "信访.csv")
    with pytest.raises(NotAllowed):
        exported(office, office.actor("mediator"), path)
    with pytest.raises(Refused, match="截止日期"):
        sendings.national(office, clerk, "n", DAY, date(2024, 9, 1), path, "补录")
    assert not path.exists()


# --- the tracking ledger ------------------------------------------------------------------------------------------


def test_the_ledger_tells_the_days_at_each_node_and_how_it_was_closed(
    office: Office, clerk: Actor, matter: int, clock: Clock, tmp_path: Path
) -> None:
    clock.forward(days=2)
    take(office, clerk, matter, forms.Receive(receiver="周签收"))
    clock.forward(days=5)
    take(office, clerk, matter, forms.Accept(told_on=office.today()))
    clock.forward(days=30)
    take(
        office,
        clerk,
        matter,
        forms.Answer(
            "区自然资源和规划局",
            "清自处〔2024〕1号",
            "upheld",
            "已修复。",
            "《公路法》第八条",
            served_on=office.today(),
        ),
    )
    take(office, clerk, matter, forms.Close("substantial", "路面已修复，来访人认可。"))
    path = tmp_path / "台账.xlsx"
    assert ledger.export(office, clerk, LedgerFilter(), path) == 1
    table = sheets.read(path)
    row = dict(zip(table.header, table.rows[0], strict=True))
    assert row["各节点用时"] == (
        "待转送交办 0 天 → 待单位签收 2 天 → 待受理 5 天 → 办理中 30 天 → 已答复 0 天 → 已办结"
    )
    assert (row["共用天数"], row["办结方式"], row["办结日期"]) == ("37", "实质性办结", "2024-10-27")


@pytest.mark.parametrize(("size", "wide"), [("a3", 1191), ("a4", 842)])
def test_the_ledger_is_printed_across_with_its_head_on_every_page(
    office: Office, clerk: Actor, visit: Visit, matter: int, sealed: int, size: str, wide: int
) -> None:
    for number in range(60):
        reception.register(office, clerk, visit(narrative=f"第{number}件，邻居盖房占地。"))
    paper = sendings.ledger_paper(office, clerk, LedgerFilter(period="month"), size)
    pages = PdfReader(BytesIO(paper.pdf)).pages
    assert round(float(pages[0].mediabox.width)) == wide and pages[0].mediabox.height < wide
    assert paper.pages == len(pages) > 1
    for number, page in enumerate(pages, 1):
        said = "".join(page.extract_text().split())
        assert "各节点用时" in said or number == len(pages)
        assert f"第{number}页/共{len(pages)}页" in said
    told_ = words(paper.pdf)
    assert "共61件" in told_ and "登记日期2024年9月1日至2024年9月20日" in told_
    assert "王*" in told_ and "王建国" not in told_ and "密件（" not in told_ and "司徒" not in told_
    assert paper.missing == ()


def test_an_empty_ledger_says_so(office: Office, clerk: Actor) -> None:
    assert "没有符合条件的事项" in words(sendings.ledger_paper(office, clerk, LedgerFilter()).pdf)
    with pytest.raises(Refused, match="A3 横向"):
        sendings.ledger_paper(office, clerk, LedgerFilter(), "a5")
