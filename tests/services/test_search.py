"""The search box: by everything a clerk may remember of a visit, and by nothing that breaks it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest

from qingyuan_desk.domain.accounts import Actor
from qingyuan_desk.domain.matter import LedgerFilter
from qingyuan_desk.domain.numbers import SHANGHAI
from qingyuan_desk.domain.visit import Opponent, Person, VisitForm
from qingyuan_desk.services import ledger, reception
from qingyuan_desk.services.office import Office

Visit = Callable[..., VisitForm]

#: Who came → the person, and what was said. 李四 is the other side of 张三.
PEOPLE = {
    "zhang": (Person("张三", phone="13812345678", id_number="11010519491231002X"), "邻居翻建房屋，滴水檐伸到我家院墙上。"),
    "traditional": (Person("張三丰"), "鄰居佔了宅基地。"),
    "shan": (Person("单雄信", phone="0312-7951234-801"), "村里道路多年不修，Ａ区3号楼积水。"),
    "rare": (Person("𠮷野家"), "李𬭎说拖欠工资，共12000元。"),
    "uyghur": (Person("阿依古丽·买买提", id_type="passport", id_number="E12345678"), "摊位被占。"),
    "foreign": (Person("John O'Neil", phone="+14155550123"), "iPhone 手机维修纠纷。"),
    "old": (Person("王建国", id_number="130622820101001", address="望亭村后街"), "赡养费。"),
}  # fmt: skip


@pytest.fixture(scope="module")
def stocked(new_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """An office these people have come to; the tests only look."""
    folder = tmp_path_factory.mktemp("stocked") / "数据"
    office = Office.open(
        shutil.copytree(new_folder, folder), now=lambda: datetime(2024, 9, 20, 10, 32, tzinfo=SHANGHAI)
    )
    for who, (person, narrative) in PEOPLE.items():
        opponents = (Opponent("李四", phone="13900139000"),) if who == "zhang" else ()
        form = VisitForm(who, (person,), opponents, narrative=narrative)
        reception.register(office, office.actor("clerk"), form)
    yield office
    office.close()


@pytest.fixture(scope="module")
def numbers(stocked: Office) -> dict[str, str]:
    """Who came → the number of the visit."""
    with stocked.store.read() as rows:
        return {row["request_id"]: row["number"] for row in rows.all("SELECT request_id, number FROM visit")}


@pytest.fixture(scope="module")
def looking(stocked: Office) -> Actor:
    """The clerk of the stocked office."""
    return stocked.actor("clerk")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        # names: whole, part, traditional, full width, spaces, rare characters, dots
        ("张三", "traditional zhang"),
        ("張三", "traditional zhang"),
        ("张", "traditional zhang"),
        ("三丰", "traditional"),
        ("张 三", "traditional zhang"),
        ("雄信", "shan"),
        ("𠮷野家", "rare"),
        ("𠮷野", "rare"),
        ("阿依古丽·买买提", "uyghur"),
        ("阿依古丽•买买提", "uyghur"),
        ("古丽买买", "uyghur"),
        ("李四", "zhang"),
        ("李𬭎", "rare"),
        ("o'neil", "foreign"),
        ("JOHN", "foreign"),
        # pinyin: every reading of a surname, whole syllables, beginnings
        ("zs", "traditional zhang"),
        ("ZS", "traditional zhang"),
        ("ｚｓ", "traditional zhang"),
        ("zhangsan", "traditional zhang"),
        ("zhangsanf", "traditional"),
        ("sxx", "shan"),
        ("dxx", "shan"),
        ("cxx", "shan"),
        ("shanxiong", "shan"),
        ("ls", "zhang"),
        # phones: tail, whole, with signs, beginning, landline with and without area code
        ("5678", "uyghur zhang"),
        ("13812345678", "zhang"),
        ("138 1234 5678", "zhang"),
        ("138-1234-5678", "zhang"),
        ("１３８１２３４５６７８", "zhang"),
        ("12345678", "uyghur zhang"),
        ("138", "zhang"),
        ("0312-7951234", "shan"),
        ("7951234", "shan"),
        ("1234", "shan"),
        ("951234", "shan"),
        ("14155550123", "foreign"),
        ("9000", "zhang"),
        # documents: tail with X, longer tail, whole, of the first generation, passport
        ("002X", "zhang"),
        ("002x", "zhang"),
        ("31002X", "zhang"),
        ("110105194912310 02X", "zhang"),
        ("110105", "zhang"),
        ("130622820101001", "old"),
        ("1001", "old"),
        ("E12345678", "uyghur"),
        ("e1234", "uyghur"),
        # words inside the narrative and the address
        ("滴水檐", "zhang"),
        ("水檐", "zhang"),
        ("邻居", "traditional zhang"),
        ("鄰居占了", "traditional"),
        ("占了宅基地", "traditional"),
        ("A区", "shan"),
        ("3号楼", "shan"),
        ("12000", "rare"),
        ("iphone", "foreign"),
        ("iPhone手机", "foreign"),
        ("望亭", "old"),
        ("檐伸到我家院墙上", "zhang"),
        # pairs that stand apart are no word
        ("居翻水檐", ""),
        ("三张", ""),
        # several words
        ("张三 滴水檐", "zhang"),
        ("滴水檐 李四", "zhang"),
        ("zs 宅基地", "traditional"),
        ("张三 5678", "zhang"),
        ("5678 zs", "zhang"),
        ("zs ls", "zhang"),
        ("5678 002X", "zhang"),
        ("张三 工资", ""),
        ("单 积水 3号", "shan"),
        ("john 手机", "foreign"),
        ("邻居，张三", "traditional zhang"),
    ],
)  # fmt: skip
def test_what_is_remembered_finds_the_visit(
    stocked: Office, looking: Actor, numbers: dict[str, str], text: str, found: str
) -> None:
    wanted = sorted((numbers[who] for who in found.split()), reverse=True)
    assert [hit.visit_number for hit in ledger.search(stocked, looking, text)] == wanted
    # The ledger's text box finds the same.
    listed = ledger.page(stocked, looking, LedgerFilter(text=text)).rows
    assert sorted((row.last_visit_number for row in listed), reverse=True) == wanted
    assert ledger.count(stocked, looking, LedgerFilter(text=text)) == len(wanted)


@pytest.mark.parametrize(
    "text",
    [
        "清访〔2024〕0003号", "清访[2024]3号", "清访（2024）０００３号", "清访〔2024〕 0003 号", "清访2024-3", "〔2024〕3号", "清事〔2024〕0003号",
    ],
)  # fmt: skip
def test_an_official_number_in_any_spelling(
    stocked: Office, looking: Actor, numbers: dict[str, str], text: str
) -> None:
    (hit,) = ledger.search(stocked, looking, text)
    assert (hit.visit_number, hit.why) == (numbers["shan"], "文号")
    assert ledger.matter(stocked, looking, hit.visit_number).number == "清事〔2024〕0003号"
    assert [row.number for row in ledger.page(stocked, looking, LedgerFilter(text=text)).rows] == [
        hit.matter_number
    ]


def test_a_bare_serial_is_this_years_number_before_anything_else(
    stocked: Office, looking: Actor, numbers: dict[str, str]
) -> None:
    first, *others = ledger.search(stocked, looking, " 3 ")
    assert (first.visit_number, first.why) == (numbers["shan"], "今年的文号")
    assert numbers["shan"] not in [hit.visit_number for hit in others]
    assert "今年的文号" not in [hit.why for hit in ledger.search(stocked, looking, "9999")]


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "\u3000", "\u200b", "\x00", "\ud800", "'; DROP TABLE visit;--", '" OR 1=1 --', "%", "_", "\\", '"', '""', "*", "a AND", "NEAR(",
        "name:张", "-x", "^", "(", "{", "+++", "x" * 100_000, "纠" * 1_000_000, "张 " * 5000, "·", "𠮷" * 200, "1" * 5000, "a1" * 60, "zs " * 40,
        "NOT", "OR", "n张三", "清访〔2024〕9999号", "清访〔2024〕0000号", "9" * 40, "１" * 18, "😀👨‍👩‍👧", "\u202e321三张", "0x41", "1e400",
    ],
)  # fmt: skip
def test_hostile_text_finds_nothing_and_breaks_nothing(
    stocked: Office, looking: Actor, numbers: dict[str, str], text: str
) -> None:
    found = ledger.search(stocked, looking, text)
    assert [hit.visitor for hit in found if "张" not in text] == []
    ledger.page(stocked, looking, LedgerFilter(text=text))
    ledger.count(stocked, looking, LedgerFilter(text=text))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("张三 ", "来访人姓名"),
        ("李四", "对方“李*”的姓名"),
        ("zhangsan", "来访人姓名（拼音）"),
        ("5678", "来访人电话"),
        ("9000", "对方“李*”的电话"),
        ("002x", "来访人证件号"),
        ("望亭", "来访人地址"),
        ("滴水檐", "邻居翻建房屋，滴水檐伸到我家院墙上。"),
        ("鄰居翻建", "邻居翻建房屋，滴水檐伸到我家…"),
        ("a区", "…里道路多年不修，Ａ区3号楼积水。"),
        ("滴水檐 5678", "邻居翻建房屋，滴水檐伸到我家院墙上。，来访人电话"),
    ],
)
def test_why_it_was_found_stands_beside_it(
    stocked: Office, looking: Actor, numbers: dict[str, str], text: str, why: str
) -> None:
    assert why in {hit.why for hit in ledger.search(stocked, looking, text)}


def test_names_in_the_list_are_masked(stocked: Office, looking: Actor) -> None:
    hits = ledger.search(stocked, looking, "张")
    assert [hit.visitor for hit in hits] == ["張**", "张*"]
    assert "13812345678" not in repr(ledger.search(stocked, looking, "13812345678"))
    assert "11010519491231002X" not in repr(ledger.search(stocked, looking, "11010519491231002X"))


def test_representatives_and_agents_are_found_too(office: Office, clerk: Actor, visit: Visit) -> None:
    persons = (
        Person(name="赵一", id_type="none"),
        Person(name="钱二", id_type="none", role="agent", authority="general"),
    )
    reception.register(office, clerk, visit(persons=persons))
    (hit,) = ledger.search(office, clerk, "钱二")
    assert (hit.visitor, hit.why) == ("赵*", "代理人“钱*”的姓名")


def test_a_void_visit_is_found_by_its_number_only(office: Office, clerk: Actor, visit: Visit) -> None:
    done = reception.register(office, clerk, visit(name="单雄信", phone="0312-7951234"))
    reception.take_back(office, clerk, "back", done.visit_number, "重复登记")
    (hit,) = ledger.search(office, clerk, done.visit_number)
    assert hit.why == "文号（已作废）"
    for text in ("单雄信", "sxx", "7951234", "1234", "宅基地"):
        assert ledger.search(office, clerk, text) == ()
        assert ledger.page(office, clerk, LedgerFilter(text=text)).rows == ()


def test_the_newest_come_first_and_no_more_than_asked(office: Office, clerk: Actor, visit: Visit) -> None:
    numbers = [reception.register(office, clerk, visit()).visit_number for _ in range(12)]
    for text in ("宅基地", "王建国", "wjg", "宅基"):
        assert [hit.visit_number for hit in ledger.search(office, clerk, text, 5)] == numbers[:-6:-1]


def test_void_and_sealed_visits_do_not_use_up_the_list(office: Office, clerk: Actor, visit: Visit) -> None:
    kept = reception.register(office, clerk, visit(narrative="宅基地纠纷。")).visit_number
    for serial in range(8):
        done = reception.register(office, clerk, visit(narrative="宅基地纠纷。"))
        reception.take_back(office, clerk, f"back-{serial}", done.visit_number, "登错")
        reception.register(office, clerk, visit(narrative="举报村支书在宅基地审批中贪污受贿。"))
    for text in ("宅基地", "wjg", "王建国"):
        found = ledger.search(office, office.actor("mediator"), text, 2)
        assert [hit.visit_number for hit in found] == [kept], text
