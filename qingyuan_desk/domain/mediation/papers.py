"""The official papers of a mediation: which there are, what each is about, and the facts it is made of.

Forms of the Ministry of Justice (人民调解文书格式, 2010) and the papers offices add to them (《人民调解法》第二十六条 to
第三十三条). documents/forms turns them into pages.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from qingyuan_desk.domain.mediation.case import Case
from qingyuan_desk.domain.papers import Letterhead, PaperKind, PathLine

#: code → kind. A "confirmation" and a "proof" are about the agreement they are asked for.
MEDIATION_PAPERS: Mapping[str, PaperKind] = {
    "application": PaperKind("人民调解申请书"),
    "acceptance": PaperKind("人民调解受理登记表"),
    "declined": PaperKind("不予受理告知书"),
    "rights": PaperKind("当事人权利义务告知书"),
    "authority": PaperKind("授权委托书", "party"),
    "disclosure": PaperKind("调解员回避事项披露及同意书"),
    "invitation": PaperKind("调解邀请函", "session"),
    "phone_script": PaperKind("电话联系提纲", "party"),
    "investigation": PaperKind("人民调解调查记录", "session"),
    "record": PaperKind("人民调解记录", "session"),
    "offers": PaperKind("方案阶梯（调解员内部参考）", blank=False, internal=True),
    "agreement": PaperKind("人民调解协议书", "agreement"),
    "signing": PaperKind("人民调解协议书", "agreement", blank=False, use="签署用"),
    "oral": PaperKind("人民调解口头协议登记表", "agreement"),
    "receipt": PaperKind("履行凭证（收条）", "instalment"),
    "follow_up": PaperKind("人民调解回访记录", "follow_up"),
    "confirmation": PaperKind("司法确认申请书", "agreement"),
    "proof": PaperKind("调解组织主持调解的证明", "agreement"),
    "undisputed": PaperKind("无争议事实确认书"),
    "termination": PaperKind("终止调解通知书"),
    "next_paths": PaperKind("纠纷化解途径告知单"),
    "correction": PaperKind("更正说明", "correction"),
    "closing": PaperKind("人民调解结案报告表"),
    "explanation": PaperKind("卷宗情况说明"),
    "cover": PaperKind("卷宗封面"),
    "contents": PaperKind("卷内目录"),
    "back_cover": PaperKind("封底"),
}


@dataclass(frozen=True)
class ContentsLine:
    """A line of the contents (卷内目录). first, last: the pages of the dossier it takes; 0 when it is not there."""

    title: str
    first: int = 0
    last: int = 0
    note: str = ""


@dataclass(frozen=True)
class CasePaper:
    """Everything a paper of one case may say.

    subject: record id of what the paper is about (PaperKind.about). count: which print of it this is.
    names: codes of mediators and accounts → their names. homes: record ids of parties → their whole address.
    rooms: codes of rooms → their names. dispute_type: its name.
    paths: for the papers that say where to go. contents, pages: for 卷内目录 and 封底, all pages of the dossier.
    logged: whether prints are logged.

    Private notes reach the "offers" ladder only, when case.notes carry their text; no other paper reads them.
    """

    case: Case
    office: Letterhead
    printed_at: datetime
    subject: int = 0
    count: int = 1
    dispute_type: str = ""
    names: Mapping[str, str] = field(default_factory=dict)
    homes: Mapping[int, str] = field(default_factory=dict)
    rooms: Mapping[str, str] = field(default_factory=dict)
    paths: tuple[PathLine, ...] = ()
    contents: tuple[ContentsLine, ...] = ()
    pages: int = 0
    logged: bool = True


def for_hand(office: Letterhead, printed_at: datetime) -> CasePaper:
    """Facts of a blank form: who issues it, and nothing else."""
    nothing = Case(
        matter_id=0,
        number="",
        title="",
        node="",
        state="",
        dispute_type="",
        township="",
        village="",
        room="",
        opened_on=date.min,
        version=0,
    )
    return CasePaper(nothing, office, printed_at)
