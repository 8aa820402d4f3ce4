"""Papers and dossiers of a mediation at a terminal: what is written, what is said, and the exit code."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
import uuid
from datetime import timedelta
from functools import partial
from pathlib import Path
from zipfile import ZipFile

import pytest
from pypdf import PdfReader

from qingyuan_desk.domain.handling.papers import HANDLING_PAPERS
from qingyuan_desk.domain.mediation.forms import Assign, Consent, Form, Hold, Open, Simple
from qingyuan_desk.domain.mediation.papers import MEDIATION_PAPERS
from qingyuan_desk.domain.visit import Opponent, Person, VisitForm
from qingyuan_desk.services import mediation, reception
from qingyuan_desk.services.office import Office

from .conftest import Terminal


@pytest.fixture(scope="module")
def made(new_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, tuple[str, str]]:
    """A folder with a dispute settled on the spot and one that is being mediated; their numbers."""
    folder = Path(shutil.copytree(new_folder, tmp_path_factory.mktemp("made") / "数据"))
    office = Office.open(folder)
    numbers = (
        _settled(office, _registered(office, "王测试一")),
        _mediating(office, _registered(office, "王测试二")),
    )
    office.close()
    return folder, numbers


def _registered(office: Office, name: str) -> int:
    form = VisitForm(
        request_id=name,
        persons=(Person(name=name),),
        opponents=(Opponent(name="赵测试"),),
        narrative="邻居盖房占了我家宅基地，请求调解。",
        flow="mediation",
    )
    return reception.register(office, office.actor("clerk"), form).matter_id


def _settled(office: Office, matter: int) -> str:
    before = office.now() - timedelta(seconds=2)
    simple = Simple(
        (_mediator(office),),
        before,
        "滴水流入邻院。",
        ("改向自家一侧。",),
        room="elder_mediation",
        accepted=True,
    )
    return _take(office, matter, simple)


def _mediating(office: Office, matter: int) -> str:
    _take(office, matter, Open(claims=("改走自家一侧",)))
    parties = tuple(
        party.record_id for party in mediation.case(office, office.actor("mediator"), matter).parties
    )
    held = partial(
        Hold, office.now() - timedelta(seconds=2), room="elder_mediation", present=parties, rights_told=True
    )
    return _take(
        office,
        matter,
        *(Consent(each, True) for each in parties),
        Assign((_mediator(office),), accepted=True),
        held(statements="各自陈述。"),
        held(statements="又谈一次。"),
    )


def _mediator(office: Office) -> str:
    return next(each.code for each in office.reference.mediators if each.status == "active")


def _take(office: Office, matter: int, *forms: Form) -> str:
    actor = office.actor("mediator")
    for form in forms:
        mediation.take(office, actor, uuid.uuid4().hex, matter, form)
    return mediation.case(office, actor, matter).number


@pytest.fixture
def folder(made: tuple[Path, tuple[str, str]], tmp_path: Path) -> Path:
    """A copy of that folder."""
    return Path(shutil.copytree(made[0], tmp_path / "数据"))


@pytest.fixture
def numbers(made: tuple[Path, tuple[str, str]]) -> tuple[str, str]:
    """Numbers of the settled dispute, and of the other one."""
    return made[1]


# --- papers ------------------------------------------------------------------------------------------------------


def test_a_paper_is_written_and_counted(
    terminal: Terminal, numbers: tuple[str, str], folder: Path, tmp_path: Path
) -> None:
    out = tmp_path / "登记表.pdf"
    answer = terminal("paper", numbers[0], "acceptance", "--out", str(out))
    assert (answer.code, answer.err) == (0, "")
    assert answer.out.startswith("人民调解受理登记表 ") and str(out) in answer.out
    assert "王测试一" in PdfReader(out).pages[0].extract_text()
    rows = sqlite3.connect(folder / "desk.db").execute("SELECT kind, printer, count FROM print")
    assert rows.fetchall() == [("acceptance:0", "PDF 文件", 1)]


def test_of_several_papers_one_is_chosen(
    terminal: Terminal, numbers: tuple[str, str], tmp_path: Path
) -> None:
    out = str(tmp_path / "记录.pdf")
    answer = terminal("paper", numbers[1], "record", "--out", out)
    assert answer.code == 1 and "请选一份" in answer.err
    subject = answer.err.split("请选一份：")[1].split("（")[0]
    assert terminal("paper", numbers[1], "record", "--subject", subject, "--out", out).code == 0
    assert "各自陈述。" in PdfReader(out).pages[0].extract_text()


def test_a_blank_form_is_of_no_case(terminal: Terminal, folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "空白.pdf"
    answer = terminal("paper", "-", "application", "--blank", "--out", str(out))
    assert (answer.code, answer.err) == (0, "")
    assert "人民调解申请书" in PdfReader(out).pages[0].extract_text()
    assert sqlite3.connect(folder / "desk.db").execute("SELECT count(*) FROM print").fetchone() == (0,)


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        (("paper", "{0}", "xyz", "--out", "{out}"), 1, "没有“xyz”这种文书"),
        (("paper", "清事〔2024〕9999号", "rights", "--out", "{out}"), 1, "没有找到"),
        (("paper", "{0}", "rights", "--out", "{out}/file/x.pdf"), 3, "QY-132"),
        (("paper", "{0}", "rights"), 2, "缺少 --out"),
        (("paper", "{0}", "rights", "--out", "{out}", "--subject", "x"), 2, "--subject 写得不对"),
        (("dossier", "{0}"), 2, "缺少 --out"),
        (("dossier", "清事〔2024〕9999号", "--check"), 1, "没有找到"),
    ],
)
def test_a_paper_that_cannot_be(
    terminal: Terminal,
    numbers: tuple[str, str],
    tmp_path: Path,
    arguments: tuple[str, ...],
    code: int,
    sentence: str,
) -> None:
    (tmp_path / "file").write_text("")
    answer = terminal(*(each.format(*numbers, out=tmp_path) for each in arguments))
    assert (answer.code, sentence in answer.err) == (code, True), answer.err
    assert "Traceback" not in answer.err


# --- dossiers ----------------------------------------------------------------------------------------------------


def test_a_dossier_is_one_file(terminal: Terminal, numbers: tuple[str, str], tmp_path: Path) -> None:
    out = tmp_path / "新文件夹" / "卷宗.pdf"
    answer = terminal("dossier", numbers[0], "--out", str(out))
    assert (answer.code, answer.err) == (0, "")
    assert answer.out.startswith("人民调解卷宗 （")
    found = PdfReader(out)
    assert "人民调解口头协议登记表" in "".join(page.extract_text() for page in found.pages)
    assert [str(each["/Title"]) for each in found.outline if isinstance(each, dict)][:2] == [
        "卷宗封面",
        "卷内目录",
    ]


def test_what_a_dossier_lacks_is_told_beside_it(
    terminal: Terminal, numbers: tuple[str, str], tmp_path: Path
) -> None:
    answer = terminal("dossier", numbers[1], "--out", str(tmp_path / "卷宗.pdf"))
    assert answer.code == 0, "it can be looked at before it is whole"
    assert "缺 当事人身份证明：" in answer.err and "缺 人民调解协议书：" in answer.err


def test_checking_a_dossier(terminal: Terminal, numbers: tuple[str, str], folder: Path) -> None:
    whole = terminal("dossier", numbers[0], "--check")
    assert (whole.code, whole.err, len(whole.out.splitlines())) == (0, "", 13)
    assert "〔必须〕  已有：人民调解口头协议登记表" in whole.out
    lacking = terminal("dossier", numbers[1], "--check")
    assert (lacking.code, len(lacking.out.splitlines())) == (1, 13)
    assert " 3  当事人身份证明  〔必须〕  缺" in lacking.out
    assert "缺 当事人身份证明：" in lacking.err
    assert sqlite3.connect(folder / "desk.db").execute("SELECT count(*) FROM print").fetchone() == (0,)


def test_checking_and_writing_at_once(terminal: Terminal, numbers: tuple[str, str], tmp_path: Path) -> None:
    answer = terminal("dossier", numbers[1], "--check", "--out", str(tmp_path / "卷宗.pdf"))
    assert (answer.code, (tmp_path / "卷宗.pdf").exists()) == (1, True)


def test_checking_as_json(terminal: Terminal, numbers: tuple[str, str]) -> None:
    answer = terminal("dossier", numbers[1], "--json")
    assert answer.code == 1
    lines = json.loads(answer.out)
    assert [line["no"] for line in lines if line["required"] and line["state"] == "missing"] == [3, 8]
    assert lines[6]["parts"][0]["kind"] == "record"


def test_a_package_of_single_files(
    terminal: Terminal, numbers: tuple[str, str], folder: Path, tmp_path: Path
) -> None:
    out = tmp_path / "卷宗.ZIP"
    answer = terminal("dossier", numbers[0], "--out", str(out))
    assert (answer.code, answer.err, str(out) in answer.out) == (0, "", True)
    with ZipFile(out) as archive:
        assert "08-01 人民调解口头协议登记表.pdf" in archive.namelist()
    rows = sqlite3.connect(folder / "desk.db").execute("SELECT kind, printer FROM print").fetchall()
    assert rows == [("package:0", "ZIP 文件")]


DOCUMENTED = (Path(__file__).parents[2] / "docs" / "papers.md").read_text("utf-8")


def test_the_documentation_knows_every_kind() -> None:
    told = DOCUMENTED.split("## Kinds")[1].split("\n## ")[0]
    kinds = re.findall(r"^\| `(\w+)` \| ([^|（]+)", told, re.MULTILINE)
    assert {kind: title.strip() for kind, title in kinds} == {
        kind: paper.title.split("（")[0] for kind, paper in MEDIATION_PAPERS.items()
    }


def test_the_documentation_knows_every_kind_of_handling() -> None:
    parts = [each for each in DOCUMENTED.split("\n## ") if "`documents/handling/`" in each]
    rows = re.findall(r"^\| (`.+?`) \|", "\n".join(parts), re.MULTILINE)
    assert {kind for row in rows for kind in re.findall(r"`(\w+)`", row)} == set(HANDLING_PAPERS)
