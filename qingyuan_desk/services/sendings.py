"""What leaves the desk with a matter: the package of a sending (送案包), the export for the national petition system, the printed ledger.

A package is a zip: slip, receipt to sign, spreadsheet, JSON, files, and a list of all with their SHA-256. docs/packages.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qingyuan_desk.domain import ledger_sheet
from qingyuan_desk.domain.accounts import Actor, Right
from qingyuan_desk.domain.errors import Conflict, NotFound, Refused
from qingyuan_desk.domain.figures import FIGURES
from qingyuan_desk.domain.flows import node_name
from qingyuan_desk.domain.handling import national as told_nationally
from qingyuan_desk.domain.handling import package as told
from qingyuan_desk.domain.handling.case import Handled, by_id
from qingyuan_desk.domain.handling.papers import HANDLING_PAPERS
from qingyuan_desk.domain.handling.records import Sending
from qingyuan_desk.domain.matter import DUES, MATTER_STATES, LedgerFilter, VisitView
from qingyuan_desk.domain.mediation.case import Attachment
from qingyuan_desk.domain.mediation.codes import ORIGINS, RESULTS
from qingyuan_desk.domain.papers import Paper
from qingyuan_desk.domain.text import LIMITS, clean_line
from qingyuan_desk.domain.tracking import SIZES, TrackingFacts
from qingyuan_desk.services import attachments, handling, handling_papers, ledger
from qingyuan_desk.services.office import Office, require
from qingyuan_desk.services.package_facts import package_of
from qingyuan_desk.services.papers import letterhead
from qingyuan_desk.store import exports, requests, visits

if TYPE_CHECKING:
    from qingyuan_desk.documents.packages import Entry

_PACKAGE, _NATIONAL = "handling.package", "handling.national"
#: More matters are no paper any more.
_PRINTED_AT_MOST = 500
_MATTER = "matter.json"
_FILES = "附件"
_SUFFIXES = {"pdf": "pdf", "jpeg": "jpg", "png": "png"}

#: Mode of a sending → its slip.
_SLIPS: Mapping[str, str] = {
    "forward": "transfer",
    "assign": "assign",
    "hand_over": "hand_over",
    "discipline": "discipline",
    "support": "support",
}


# --- the package -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Received:
    """A package read back: what it says, and every file of it by name, each compared with its digest."""

    package: told.Package
    files: Mapping[str, bytes]


def package(
    office: Office, actor: Actor, request_id: str, matter: int | str, sending_id: int, target: Path
) -> Path:
    """Make the package of a sending; where it was written. target: a folder, or the .zip itself.

    That it was made stands on the timeline before it is written, once for a request id. A sealed matter (检举控告) is
    packed for the discipline inspection only. Raises Refused, NotAllowed, NotFound, Conflict, or Unavailable.
    """
    from qingyuan_desk.documents import packages
    from qingyuan_desk.documents.files import write_atomically

    require(actor, Right.HANDLE)
    found = handling.case(office, actor, matter)
    sent = _sending(found, sending_id)
    entries = _entries(office, actor, found, sent)
    title = f"送案包　{sent.number}　{office.reference.setting('office_name')}"
    content = packages.write(title, entries)
    path = target if target.suffix.lower() == ".zip" else target / _file_name(office, found, sent)
    digest = packages.digest_of(content)
    note = f"{sent.number}，{len(entries)} 个文件，SHA-256 {digest}（{path}）"
    meant = {"matter_id": found.matter_id, "sending": sent.record_id, "path": str(path)}
    _note(office, actor, request_id, _PACKAGE, meant, [found.matter_id], note)
    write_atomically(path, content)
    return path


def read_package(path: Path) -> Received:
    """What another desk sent. Nothing is written; each file is compared with its digest.

    Raises Refused at the field `file` when it is none, is not whole, or was changed.
    """
    from qingyuan_desk.documents import packages

    files = packages.read(path)
    if _MATTER not in files:
        raise told.refused("送案包里没有 matter.json。请让对方重新制作送案包。")
    found = told.from_json(files[_MATTER])
    for each in found.attachments:
        if each.file not in files or packages.digest_of(files[each.file]) != each.sha256:
            raise told.refused(f"材料“{each.title}”与登记的不一致，或者不在包里。请让对方重新发送送案包。")
    return Received(found, files)


def _sending(found: Handled, sending_id: int) -> Sending:
    """The sending meant; 0: the one the matter is with now."""
    sent = by_id(found.sendings, sending_id) if sending_id else (found.sending or _last(found))
    if sent is None:
        raise NotFound("这件事项里没有找到要打包的送案。请先转送、交办或者移送，或者刷新后再试。")
    if found.sealed and sent.mode != "discipline":
        raise Refused.because(
            "sending",
            "检举控告密件只能打包移送纪检监察机关，没有制作送案包。",
            "《信访工作条例》第三十条第三款",
        )
    return sent


def _last(found: Handled) -> Sending | None:
    return found.sendings[-1] if found.sendings else None


def _file_name(office: Office, found: Handled, sent: Sending) -> str:
    """Says to whom it goes and under which number; of a sealed matter only the number."""
    from qingyuan_desk.documents.packages import safe_name

    to = "密件" if found.sealed else _unit(office, sent.unit)
    return f"送案包 {safe_name(f'{sent.number} {to}')}.zip"


def _note(
    office: Office,
    actor: Actor,
    request_id: str,
    action: str,
    meant: dict[str, Any],
    matter_ids: Iterable[int],
    words: str,
) -> None:
    """Write down that data leaves the desk, once for a request; a read-only folder writes nothing down.

    Raises Conflict when the request was about something else than what is meant.
    """
    if office.read_only:
        return
    with office.store.write() as tx:
        answer = requests.answered(tx, request_id, action)
        if answer not in (None, meant):
            raise Conflict("这个请求号 request_id 已经用在另一次导出上，没有办理。请换一个请求号。")
        if answer is None:
            now = office.now()
            for matter_id in matter_ids:
                visits.add_event(tx, matter_id, None, now, actor.code, action, note=words)
            requests.record(tx, request_id, action, actor.code, now, meant)


def _entries(office: Office, actor: Actor, found: Handled, sent: Sending) -> list[Entry]:
    """The files of the package: papers, sheet, JSON, then what is enclosed."""
    from qingyuan_desk.documents import sheets
    from qingyuan_desk.documents.packages import Entry, safe_name

    kinds = [_SLIPS[sent.mode], *([] if found.sealed else ["receipt"])]
    papers = []
    for number, kind in enumerate(kinds, 1):
        title = HANDLING_PAPERS[kind].title
        paper = handling_papers.compose(office, actor, found.matter_id, kind, sent.record_id)
        papers.append(Entry(f"{number:02} {safe_name(f'{title} {sent.number}')}.pdf", title, paper.pdf))
    kept = [each for each in found.attachments if not each.removed]
    enclosed = [
        Entry(_enclosed_name(number, each), each.title, attachments.read(office, actor, each.record_id))
        for number, each in enumerate(kept, 1)
    ]
    listed = [told.Enclosed(each.name, each.title, len(each.content), each.digest) for each in enclosed]
    facts = package_of(office, ledger.matter(office, actor, found.matter_id), found, sent, listed)
    sheet = sheets.workbook(told.grids(facts))
    return [
        *papers,
        Entry(f"{len(kinds) + 1:02} 送案信息.xlsx", "送案信息", sheet),
        Entry(_MATTER, "供程序读取", told.as_json(facts)),
        *enclosed,
    ]


def _enclosed_name(number: int, each: Attachment) -> str:
    from qingyuan_desk.documents.packages import safe_name

    return f"{_FILES}/{number:02} {safe_name(each.title)}.{_SUFFIXES[each.media]}"


# --- the export for the national petition system --------------------------------------------------------------------


def national(
    office: Office, actor: Actor, request_id: str, first: date, last: date, path: Path, reason: str
) -> int:
    """Write the petitions of a period under the national system's field names, .xlsx or .json; how many registrations.

    Names and numbers are whole, so that the reason stands on the timeline of every matter before anything is written; once
    for a request id. Sealed matters stay out. Raises NotAllowed, Refused by field, Conflict, or Unavailable.
    """
    from qingyuan_desk.documents import sheets
    from qingyuan_desk.documents.files import write_atomically

    require(actor, Right.READ)
    require(actor, Right.EXPORT)
    said = _reason(reason)
    if last < first:
        raise Refused.because("last", "截止日期不能早于起始日期。")
    if path.suffix.lower() not in (".xlsx", ".json"):
        raise Refused.because("file", f"只能存为 .xlsx 或 .json，不能存为“{path.name}”。请改文件名。")
    entries = _registrations(office, actor, first, last)
    sheet = told_nationally.Sheet(
        office.reference.setting("office_name"), office.reference, office.today(), office.training
    )
    content = (
        sheets.workbook(told_nationally.grids(entries, sheet))
        if path.suffix.lower() == ".xlsx"
        else told_nationally.as_json(entries, sheet, first, last, office.now())
    )
    if office.read_only:
        raise office.read_only
    meant = {"first": first.isoformat(), "last": last.isoformat(), "path": str(path)}
    concerned = sorted({each.case.matter_id for each in entries})
    _note(office, actor, request_id, _NATIONAL, meant, concerned, said)
    write_atomically(path, content)
    return len(entries)


def _reason(reason: str) -> str:
    said = clean_line(reason)
    if not said:
        raise Refused.because(
            "reason",
            "请写明为什么导出姓名、证件号码和电话，例如：补录到信访信息系统。",
            "《个人信息保护法》第六条",
        )
    if len(said) > LIMITS["reason"]:
        raise Refused.because("reason", f"理由最多 {LIMITS['reason']} 个字，现有 {len(said)} 个字，请缩短。")
    return said


def _registrations(
    office: Office, actor: Actor, first: date, last: date
) -> list[told_nationally.Registration]:
    """The petitions' visits of a period, each with its matter as it stands."""
    with office.store.read() as rows:
        visited = exports.petition_visits(rows, first, last)
    cases: dict[int, tuple[Handled, dict[int, VisitView]]] = {}
    for row in visited:
        matter_id = row["matter_id"]
        if matter_id not in cases:
            came = ledger.matter(office, actor, matter_id).visits
            cases[matter_id] = (
                handling.case(office, actor, matter_id),
                {each.visit_id: each for each in came},
            )
    return [
        told_nationally.Registration(cases[row["matter_id"]][0], cases[row["matter_id"]][1][row["id"]])
        for row in visited
    ]


# --- the printed ledger -----------------------------------------------------------------------------------------------


def ledger_paper(office: Office, actor: Actor, wanted: LedgerFilter, size: str = "a3") -> Paper:
    """The tracking ledger (案件跟踪台账) on A3 or A4 across, names masked, sealed matters left out. Nothing is written.

    Raises NotAllowed, or Refused for more matters than can be printed at a time or for another size.
    """
    from qingyuan_desk.documents import tracking

    require(actor, Right.PRINT)
    if size not in SIZES:
        raise Refused.because("size", f"台账只印在{'、'.join(SIZES.values())}上。请选 {' 或 '.join(SIZES)}。")
    rows = ledger.tracked(office, actor, wanted, _PRINTED_AT_MOST)
    return tracking.render(
        TrackingFacts(
            office=letterhead(office),
            header=ledger_sheet.PRINTED,
            rows=ledger_sheet.printed(rows, office.reference, office.today()),
            asked=_asked(office, wanted),
            printed_at=office.now(),
            made_by=actor.name,
            size=size,
        )
    )


def _asked(office: Office, wanted: LedgerFilter) -> str:
    """What the ledger was narrowed to, in words."""
    reference = office.reference
    first, last = wanted.days(office.today())
    days = ""
    if first or last:
        begins = f"{first.year}年{first.month}月{first.day}日" if first else ""
        ends = f"{last.year}年{last.month}月{last.day}日" if last else ""
        days = f"{'统计' if wanted.figure else '登记'}日期{begins}至{ends}"
    said = (
        days,
        _name(reference.flow(wanted.flow)),
        node_name(wanted.flow, wanted.node),
        MATTER_STATES.get(wanted.state, ""),
        _name(reference.township(wanted.township)),
        _name(reference.category(wanted.category)),
        _name(reference.unit(wanted.unit)),
        _name(reference.source(wanted.source)),
        _name(reference.dispute_type(wanted.dispute_type)),
        RESULTS.get(wanted.result, "") if wanted.result else "",
        ORIGINS.get(wanted.origin, ""),
        _name(FIGURES.get(wanted.figure)),
        DUES.get(wanted.due, ""),
        f"“{wanted.text}”" if wanted.text else "",
    )
    return "，".join(filter(None, said)) or "全部事项"


def _unit(office: Office, code: str) -> str:
    return _name(office.reference.unit(code)) or code


def _name(row: object) -> str:
    return str(getattr(row, "name", ""))
