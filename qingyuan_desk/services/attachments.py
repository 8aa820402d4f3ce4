"""Files of a matter (材料): scans and photographs, kept under our own names beside the data, and never altered."""

from __future__ import annotations

import stat
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from qingyuan_desk.domain.accounts import Actor, Right
from qingyuan_desk.domain.errors import Conflict, NotFound, Refused, cause_in_words
from qingyuan_desk.domain.handling.codes import FILE_NAMES, FILES
from qingyuan_desk.domain.handling.records import Alert, Extension, LegalAid, Notice, Opinion, Sending, Urge
from qingyuan_desk.domain.mediation.case import (
    Agreement,
    Attachment,
    CaseParty,
    Confirmation,
    FollowUp,
    Instalment,
    Mediation,
    Session,
)
from qingyuan_desk.domain.mediation.codes import ATTACHMENT_KINDS
from qingyuan_desk.domain.text import LIMITS, clean_line
from qingyuan_desk.services import ledger
from qingyuan_desk.services.mediation import FLOW
from qingyuan_desk.services.office import Office, require
from qingyuan_desk.store import attachments as files
from qingyuan_desk.store import mediations as store
from qingyuan_desk.store import records, requests, visits
from qingyuan_desk.store.database import Row, Rows, Tx

#: Bytes of the largest file that is taken.
LARGEST = 20 * 1024 * 1024

#: How a file of a kind begins; its name says nothing.
_BEGINNINGS = {"pdf": b"%PDF-", "jpeg": b"\xff\xd8\xff", "png": b"\x89PNG\r\n\x1a\n"}
_ENDINGS = {"pdf": "pdf", "jpeg": "jpg", "png": "png"}
#: A PDF may have a few bytes of something else in front.
_PDF_WITHIN = 1024
_ATTACH, _REMOVE = "attach", "remove"


def attach(
    office: Office,
    actor: Actor,
    request_id: str,
    matter_id: int,
    kind: str,
    title: str,
    path: Path,
    subject: int = 0,
) -> Attachment:
    """Keep a copy of a file in a matter. subject: the record it belongs to, or 0.

    kind: of a mediation, a code of ATTACHMENT_KINDS; of a matter in another flow, of FILES (and of both after a mediation).
    Without a title it is called as the file is. Asked again with the same request id, it is kept once.
    Raises Refused, NotAllowed, NotFound, Conflict, or Unavailable; then the matter has no new file.
    """
    named = clean_line(title) or clean_line(path.stem)
    if len(named) > LIMITS["title"]:
        raise Refused.because("title", f"名称最多 {LIMITS['title']} 个字，现有 {len(named)} 个字，请缩短。")
    answered = attached(office, actor, request_id, matter_id)
    if answered:
        return answered
    # Looking into a large file takes a while; nobody else is to wait for it.
    scan = _scan(path)
    with office.store.write() as tx:
        answered = _attached(tx, request_id, actor, matter_id)
        if answered:
            return answered
        place = _place(tx, office, actor, matter_id)
        _check_place(place, scan, kind, subject)
        files.keep(office.folder, scan.file, scan.content)
        attachment = Attachment(
            matter_id=matter_id,
            kind=kind,
            title=named,
            file=scan.file,
            media=scan.media,
            size=len(scan.content),
            pages=scan.pages,
            digest=scan.digest,
            at=office.now(),
            actor=actor.code,
            subject=subject,
        )
        kept = replace(attachment, record_id=records.put(tx, attachment))
        words = f"{FILE_NAMES[kind]}：{named}（{scan.pages} 页）"
        _record(tx, office, actor, request_id, _ATTACH, place, kept, words)
    return kept


def attached(office: Office, actor: Actor, request_id: str, matter_id: int) -> Attachment | None:
    """What a request attached, for who would have to find out anew what to attach; None when it is new."""
    require(actor, Right.READ)
    with office.store.read() as rows:
        return _attached(rows, request_id, actor, matter_id)


def read(office: Office, actor: Actor, attachment_id: int) -> bytes:
    """The bytes of a kept file. Raises NotFound, or Unavailable when it is gone or was changed on the disk."""
    require(actor, Right.READ)
    with office.store.read() as rows:
        attachment = store.attachment(rows, actor.code, attachment_id)
    if attachment is None:
        raise NotFound("没有找到这份材料。请刷新后再试。")
    return files.read(office.folder, attachment.file, attachment.digest)


def remove(office: Office, actor: Actor, request_id: str, attachment_id: int, reason: str) -> Attachment:
    """Leave a file out of the matter from now on, with the reason; what was kept is not deleted.

    Raises Refused without a reason or when the dossier is filed, NotFound, Conflict when it was removed already.
    """
    why = clean_line(reason)
    if not why:
        raise Refused.because("reason", "请写明为什么移除这份材料。")
    if len(why) > LIMITS["reason"]:
        raise Refused.because("reason", f"原因最多 {LIMITS['reason']} 个字，现有 {len(why)} 个字，请缩短。")
    with office.store.write() as tx:
        answered = _answered(tx, request_id, _REMOVE, actor)
        if answered:
            return answered
        attachment = store.attachment(tx, actor.code, attachment_id)
        if attachment is None:
            raise NotFound("没有找到这份材料。请刷新后再试。")
        if attachment.removed:
            raise Conflict("这份材料已经移除了。请刷新后再看。")
        place = _place(tx, office, actor, attachment.matter_id)
        if place.filed and attachment.kind in ATTACHMENT_KINDS:
            raise Refused.because("file", "卷宗已经归档，材料不能再移除；写错的地方请用“更正”。")
        removed = replace(attachment, removed=why)
        records.put(tx, removed)
        words = f"{FILE_NAMES[removed.kind]}：{removed.title}。{why}"
        _record(tx, office, actor, request_id, _REMOVE, place, removed, words)
    return removed


# --- what a file is ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Scan:
    """A file that can go into a dossier. file: what it is called among ours."""

    name: str
    content: bytes
    media: str
    pages: int
    digest: str

    @property
    def file(self) -> str:
        return f"{self.digest}.{_ENDINGS[self.media]}"


def _scan(path: Path) -> _Scan:
    content = _content(path)
    media = _media(content, path.name)
    return _Scan(path.name, content, media, _pages(content, media, path.name), files.digest_of(content))


def _content(path: Path) -> bytes:
    """The bytes of a file that is not too large."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise Refused.because("file", f"“{path.name}”不是文件。请选一个文件。")
        size = status.st_size
        if size > LARGEST:
            raise Refused.because(
                "file",
                f"“{path.name}”有 {size / 1024 / 1024:.1f} MB，最多 {LARGEST // 1024 // 1024} MB。"
                "请用较低的分辨率重新扫描，或者分成几份。",
            )
        content = path.read_bytes()
    except OSError as error:
        cause = cause_in_words(error)
        raise Refused.because(
            "file", f"“{path.name}”读不出来（{cause}）。请检查文件还在不在，再选一次。"
        ) from error
    if not content:
        raise Refused.because("file", f"“{path.name}”是空文件。请重新扫描或者换一个文件。")
    return content


def _media(content: bytes, name: str) -> str:
    """pdf, jpeg, or png, by what is in the file."""
    for media, beginning in _BEGINNINGS.items():
        within = _PDF_WITHIN if media == "pdf" else len(beginning)
        if beginning in content[:within]:
            return media
    raise Refused.because("file", f"“{name}”不是 PDF、JPG 或者 PNG 文件。请扫描或者另存为其中一种。")


def _pages(content: bytes, media: str, name: str) -> int:
    """How many pages it takes in a dossier. Raises Refused for a file that could not be bound into one."""
    from qingyuan_desk.documents import pages

    if media == "pdf":
        return len(pages.opened(content, name).pages)
    pages.image_page(content, name)
    return 1


# --- the matter it belongs to ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Place:
    """A matter that takes files. kinds: those it takes. subjects: records a file may belong to. filed: its dossier is."""

    row: Row
    kinds: Mapping[str, str]
    subjects: frozenset[int]
    files: tuple[Attachment, ...]
    filed: bool


def _place(rows: Rows, office: Office, actor: Actor, matter_id: int) -> _Place:
    """A matter that is not void, and opened where it is a mediation, as its readers with the right see it."""
    row = ledger.find(rows, office, actor, matter_id)
    mediates = row["flow"] == FLOW
    require(actor, Right.MEDIATE if mediates else Right.HANDLE)
    if row["state"] == "void":
        raise Refused.because("", "这件事项已经作废，不能再存材料。")
    opened = records.of_matter(rows, Mediation, row["id"])
    if mediates and not opened:
        raise Refused.because("", "还没有登记调解申请，请先在“当事人”里登记申请，再存材料。")
    return _Place(
        row,
        {**(ATTACHMENT_KINDS if opened else {}), **({} if mediates else FILES)},
        frozenset[int]().union(*(records.ids_of(rows, kind, row["id"]) for kind in _SUBJECTS)),
        records.of_matter(rows, Attachment, row["id"]),
        bool(opened and opened[0].filed_on),
    )


#: What a file may belong to.
_SUBJECTS = (
    CaseParty,
    Session,
    Agreement,
    Instalment,
    FollowUp,
    Confirmation,
    Sending,
    Notice,
    Extension,
    Opinion,
    Alert,
    Urge,
    LegalAid,
)


def _check_place(place: _Place, scan: _Scan, kind: str, subject: int) -> None:
    """The matter takes such files, the record it belongs to is one of the matter, and it has not got the file yet."""
    if kind not in place.kinds:
        raise Refused.because("kind", f"请选择材料种类：{'、'.join(place.kinds.values())}。")
    if subject and subject not in place.subjects:
        raise Refused.because("subject", "要挂上去的那一条记录不在本案里，请刷新后再选。")
    for each in place.files:
        if each.digest == scan.digest and not each.removed:
            said = f"“{scan.name}”已经存过，在本案材料里叫“{each.title}”，不用再存。"
            raise Refused.because("file", said)


def _attached(rows: Rows, request_id: str, actor: Actor, matter_id: int) -> Attachment | None:
    kept = _answered(rows, request_id, _ATTACH, actor)
    if kept and kept.matter_id != matter_id:
        raise Conflict("这个请求号 request_id 已经用在另一件事项上，没有办理。请换一个请求号。")
    return kept


def _answered(rows: Rows, request_id: str, operation: str, actor: Actor) -> Attachment | None:
    answered = requests.answered(rows, request_id, operation)
    return store.attachment(rows, actor.code, int(answered["record_id"])) if answered else None


def _record(
    tx: Tx,
    office: Office,
    actor: Actor,
    request_id: str,
    operation: str,
    place: _Place,
    attachment: Attachment,
    words: str,
) -> None:
    now, row = office.now(), place.row
    visits.move(tx, row["id"], row["node"], row["state"], now.date(), now)
    area = FLOW if row["flow"] == FLOW else "handling"
    visits.add_event(tx, row["id"], None, now, actor.code, f"{area}.{operation}", note=words)
    requests.record(tx, request_id, operation, actor.code, now, {"record_id": attachment.record_id})
