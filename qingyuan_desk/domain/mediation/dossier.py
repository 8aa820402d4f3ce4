"""The dossier (卷宗) of a case: the thirteen lines of its contents, what fills each of them, and what is missing.

Lines and order: forms of the Ministry of Justice (人民调解文书格式, 2010). Which of them a case must have depends on how it
went and how hard it was: a simple dispute with an oral agreement is filed as one register and one agreement (一案一表).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from qingyuan_desk.domain.mediation.case import Attachment, Case, CaseParty, Instalment, Mediation
from qingyuan_desk.domain.mediation.choices import paper_title
from qingyuan_desk.domain.mediation.codes import ATTACHMENT_KINDS
from qingyuan_desk.domain.mediation.papers import MEDIATION_PAPERS

TITLE = "人民调解卷宗"

#: States of a line → their Chinese names.
STATES = {"there": "已有", "missing": "缺", "not_needed": "本案不需要"}

#: A line that names more of its papers than this says how many there are.
_NAMED = 3


@dataclass(frozen=True)
class Part:
    """A paper (kind, subject) or a file (attachment: its record id) on a line of the dossier."""

    title: str
    kind: str = ""
    subject: int = 0
    attachment: int = 0


@dataclass(frozen=True)
class DossierLine:
    """A line of the contents. required: 必须 for this case, else 按需. what: its papers in words.

    state: "there", "missing" (of a line that is not required: usual for a case like this), or "not_needed".
    hint: what is missing and what to do next; on a line that is there, what would make it better.
    """

    no: int
    title: str
    required: bool
    state: str
    what: str
    hint: str
    parts: tuple[Part, ...] = ()

    @property
    def standing(self) -> str:
        """The state in a word; what is missing without being required is only wanted (宜补)."""
        wanted = self.state == "missing" and not self.required
        return "宜补" if wanted else STATES[self.state]


@dataclass(frozen=True)
class _Found:
    """What a rule says of its line. lacking: what is missing, in a sentence; "" when nothing is. advice: see hint."""

    required: bool = False
    parts: tuple[Part, ...] = ()
    lacking: str = ""
    advice: str = ""


def completeness(case: Case) -> tuple[DossierLine, ...]:
    """The thirteen lines of this case's dossier in official order; none before the mediation was opened."""
    if case.mediation is None:
        return ()
    return tuple(
        _line(number, title, rule(case, case.mediation)) for number, (title, rule) in enumerate(_LINES, 1)
    )


def lacking(lines: Iterable[DossierLine]) -> tuple[DossierLine, ...]:
    """The lines this case must have and has not."""
    return tuple(line for line in lines if line.required and line.state == "missing")


def without_private(case: Case) -> Case:
    """The case as its dossier knows it: private notes (背对背谈话、方案、让步) are not in it."""
    return replace(case, notes=tuple(note for note in case.notes if not note.private))


def paper_of(title: str) -> str:
    """The code of the paper whose signed copy (扫描件) has this title; "" when it names none.

    The longest name wins: 司法确认申请书 is not an 申请书.
    """
    return next((kind for name, kind in _SIGNABLE if name in title), "")


def _line(number: int, title: str, found: _Found) -> DossierLine:
    state = "missing" if found.lacking else "there" if found.parts else "not_needed"
    names = [part.title for part in found.parts]
    what = "、".join(names[:_NAMED]) + (f"等 {len(names)} 份" if len(names) > _NAMED else "")
    return DossierLine(number, title, found.required, state, what, found.lacking or found.advice, found.parts)


# --- how the case went -------------------------------------------------------------------------------------------


def _unsettled(mediation: Mediation) -> bool:
    """It ended without an agreement, or was not begun."""
    return mediation.result in ("failed", "withdrawn", "declined")


def _one_sheet(case: Case, mediation: Mediation) -> bool:
    """A simple dispute with an oral agreement: local practice wants the register and the agreement only (一案一表)."""
    current = case.agreement
    return mediation.difficulty == "simple" and current is not None and current.form == "oral"


def _begun(case: Case, mediation: Mediation) -> bool:
    """Parties agreed to mediate, and it goes on or came to something."""
    return bool(case.held) or not _unsettled(mediation)


def _held(case: Case, kind: str) -> tuple[int, ...]:
    return tuple(each.record_id for each in case.held if each.kind == kind)


# --- what fills a line -------------------------------------------------------------------------------------------


def _files(case: Case, kind: str) -> tuple[Attachment, ...]:
    return tuple(each for each in case.attachments if each.kind == kind and not each.removed)


def _as_parts(files: Iterable[Attachment]) -> tuple[Part, ...]:
    return tuple(Part(each.title, attachment=each.record_id) for each in files)


def _scans(case: Case, kind: str) -> tuple[Attachment, ...]:
    """Signed copies of a kind of paper."""
    return tuple(each for each in _files(case, "signed") if paper_of(each.title) == kind)


def _papers(case: Case, kind: str, subjects: Sequence[int] = (0,)) -> tuple[Part, ...]:
    """The papers of a kind; a signed copy stands in the place of what it is a copy of."""
    scans = _scans(case, kind)
    parts: list[Part] = []
    placed: set[int] = set()
    for subject in subjects:
        own = [each for each in scans if each.subject == subject or len(subjects) == 1]
        placed |= {each.record_id for each in own}
        parts += _as_parts(own) or [Part(paper_title(case, kind, subject), kind, subject)]
    return (*parts, *_as_parts(each for each in scans if each.record_id not in placed))


def _unsigned(parts: Iterable[Part]) -> str:
    """Advice about papers that stand in the dossier as the program prints them."""
    printed = next((part.kind for part in parts if part.kind), "")
    if not printed:
        return ""
    title = MEDIATION_PAPERS[printed].title
    return f"签名以后扫描，作为“{ATTACHMENT_KINDS['signed']}”加进来，名称里写上“{title}”，卷宗里就换成签名的那一份。"


def _not_covered(
    wanted: Sequence[CaseParty | Instalment], files: Sequence[Attachment]
) -> tuple[CaseParty | Instalment, ...]:
    """Records no file belongs to, by what it was filed under or the name in its title; any other file stands for one."""
    ids = {each.record_id for each in wanted}
    covered: set[int] = set()
    spare = 0
    for file in files:
        named = [each.record_id for each in wanted if isinstance(each, CaseParty) and each.name in file.title]
        if file.subject in ids:
            covered.add(file.subject)
        elif named:
            covered.update(named)
        else:
            spare += 1
    return tuple([each for each in wanted if each.record_id not in covered][spare:])


def _names(records: Iterable[CaseParty | Instalment]) -> str:
    return "、".join(
        each.name if isinstance(each, CaseParty) else f"第 {each.position} 期" for each in records
    )


# --- a rule a line -----------------------------------------------------------------------------------------------


def _application(case: Case, mediation: Mediation) -> _Found:
    asked = mediation.origin == "application" or bool(_scans(case, "application"))
    parts = _papers(case, "application") if asked else ()
    if mediation.accepted_on:
        parts += _papers(case, "acceptance")
    required = bool(parts) or not _unsettled(mediation)
    missing = "" if parts or not required else "还没有受理：各方同意调解以后，就有受理登记表。"
    return _Found(required, parts, missing, _unsigned(parts))


def _rights(case: Case, mediation: Mediation) -> _Found:
    told = any(each.rights_told for each in case.held) or bool(_scans(case, "rights"))
    parts = _papers(case, "rights") if told else ()
    if any(each.conflicts for each in case.appointments):
        parts += _papers(case, "disclosure")
    required = _begun(case, mediation) and not _one_sheet(case, mediation)
    missing = (
        "没有告知权利义务的记录：请打印告知书由各方签名并扫描，或者在调解记录里勾选“已告知”（《人民调解法》第二十三条、第二十四条）。"
        if required and not told
        else ""
    )
    return _Found(required, parts, missing, _unsigned(parts))


def _identity(case: Case, mediation: Mediation) -> _Found:
    files = _files(case, "identity")
    required = _begun(case, mediation) and not _one_sheet(case, mediation)
    without = _not_covered(case.parties, files)
    missing = (
        f"缺{_names(without)}的身份证明：请把证件拍照或扫描，在“材料”里加进来，名称里写上是谁的。"
        if required and without
        else ""
    )
    return _Found(required, _as_parts(files), missing)


def _authority(case: Case, mediation: Mediation) -> _Found:
    files = (*_files(case, "authority"), *_scans(case, "authority"))
    represented = [party for party in case.parties if party.agent]
    without = _not_covered(represented, files)
    missing = (
        f"{_names(without)}由别人代理，缺授权委托书：请打印后由委托人签名，扫描加进来。" if without else ""
    )
    return _Found(bool(represented), _as_parts(files), missing)


def _investigation(case: Case, mediation: Mediation) -> _Found:
    held = _held(case, "investigation")
    parts = _papers(case, "investigation", held)
    missing = "疑难复杂案件一般应有调查记录：请记录一次调查。" if _expected(mediation) and not parts else ""
    return _Found(False, parts, missing, _unsigned(parts))


def _evidence(case: Case, mediation: Mediation) -> _Found:
    files = _files(case, "evidence")
    missing = (
        "疑难复杂案件一般应有证据材料：请在“材料”里加进来。" if _expected(mediation) and not files else ""
    )
    return _Found(False, _as_parts(files), missing)


def _expected(mediation: Mediation) -> bool:
    """What a complex case usually has is expected of this one."""
    return mediation.difficulty == "complex" and mediation.accepted_on is not None


def _record(case: Case, mediation: Mediation) -> _Found:
    held = _held(case, "mediation")
    parts = _papers(case, "record", held)
    if mediation.result == "failed" and any(note.kind == "undisputed" for note in case.notes):
        parts += _papers(case, "undisputed")
    required = _begun(case, mediation) and not _one_sheet(case, mediation)
    missing = (
        "还没有调解记录：请在“调解”里记录一次（《人民调解法》第二十七条）。" if required and not held else ""
    )
    return _Found(required, parts, missing, _unsigned(parts))


def _outcome(case: Case, mediation: Mediation) -> _Found:
    """The agreement, each version that was in force; without one the notice that takes its place."""
    reached = [each for each in case.agreements if each.state in ("effective", "superseded")]
    oral = tuple(each.record_id for each in reached if each.form == "oral")
    written = tuple(each.record_id for each in reached if each.form == "written")
    notice = "declined" if mediation.result == "declined" else "termination"
    parts = (
        *(_papers(case, "oral", oral) if oral else ()),
        *(_papers(case, "signing", written) if written else ()),
        *(_papers(case, notice) if _unsettled(mediation) else ()),
    )
    return _Found(True, parts, "" if parts else _no_agreement(case), _unsigned(parts))


def _no_agreement(case: Case) -> str:
    if case.draft:
        return "协议还在草拟：各方和调解员签名、加盖印章以后，请登记签字生效（《人民调解法》第二十九条）。"
    return "还没有达成协议：达成以后请写协议书或者登记口头协议；调解不成的请终止调解，由通知书代替。"


def _receipts(case: Case, mediation: Mediation) -> _Found:
    files = (*_files(case, "receipt"), *_scans(case, "receipt"))
    paid = [each for each in case.schedule if each.paid_on and each.amount]
    required = bool(paid) and not _one_sheet(case, mediation)
    without = _not_covered(paid, files) if required else ()
    missing = (
        f"已登记履行，缺{_names(without)}的凭证：请把收条或者转账凭证拍照或扫描加进来。" if without else ""
    )
    return _Found(required, _as_parts(files), missing)


def _follow_up(case: Case, mediation: Mediation) -> _Found:
    done = tuple(each.record_id for each in case.follow_ups if each.done_on)
    parts = _papers(case, "follow_up", done)
    current = case.agreement
    to_watch = current is not None and not current.at_once and not _one_sheet(case, mediation)
    required = to_watch and (case.performed or mediation.closed_on is not None)
    missing = (
        "协议不是当场履行的，还没有回访记录：请回访当事人并记录（《人民调解法》第三十一条）。"
        if required and not parts
        else ""
    )
    return _Found(required, parts, missing, _unsigned(parts))


def _confirmation(case: Case, mediation: Mediation) -> _Found:
    files = _files(case, "confirmation")
    asked = tuple(dict.fromkeys(each.agreement for each in case.confirmations))
    parts = (
        *(_papers(case, "confirmation", asked) if asked else ()),
        *(_papers(case, "proof", asked) if asked else ()),
        *_as_parts(files),
    )
    decided = any(each.result in ("confirmed", "rejected", "not_accepted") for each in case.confirmations)
    missing = "法院已经答复，缺裁定书：请扫描后作为“司法确认材料”加进来。" if decided and not files else ""
    return _Found(bool(asked), parts, missing, _unsigned(parts))


def _explanation(case: Case, mediation: Mediation) -> _Found:
    """What is said about the dossier itself, corrections, the closing report, and files that belong to no other line."""
    over = mediation.closed_on or mediation.ended_on
    corrections = tuple(each.record_id for each in case.corrections)
    parts = (
        *(_papers(case, "closing") if over else ()),
        *(_papers(case, "correction", corrections) if corrections else ()),
        *(_papers(case, "explanation") if mediation.remark else ()),
    )
    others = [rule for _, rule in _LINES if rule is not _explanation]
    placed = {
        part.attachment
        for each in (*(rule(case, mediation).parts for rule in others), parts)
        for part in each
    }
    loose = [each for each in case.attachments if not each.removed and each.record_id not in placed]
    return _Found(bool(mediation.remark), (*parts, *_as_parts(loose)), "", _unsigned(parts))


def _back_cover(case: Case, mediation: Mediation) -> _Found:
    advice = "" if mediation.filed_on else "还没有归档：办结或者终止以后请立卷，写明立卷人和保管期限。"
    return _Found(True, (Part(MEDIATION_PAPERS["back_cover"].title, "back_cover"),), "", advice)


_LINES: tuple[tuple[str, Callable[[Case, Mediation], _Found]], ...] = (
    ("人民调解申请书或者受理登记表", _application),
    ("当事人权利义务告知书", _rights),
    ("当事人身份证明", _identity),
    ("授权委托书", _authority),
    ("人民调解调查记录", _investigation),
    ("证据材料", _evidence),
    ("人民调解记录", _record),
    ("人民调解协议书", _outcome),
    ("履行凭证（收条、汇款单等）", _receipts),
    ("人民调解回访记录", _follow_up),
    ("司法确认有关材料", _confirmation),
    ("卷宗情况说明", _explanation),
    ("封底", _back_cover),
)

#: How people call a paper, the longest first → its code. The copy that is signed is the one made for signing.
_SIGNABLE: Sequence[tuple[str, str]] = sorted(
    {
        kind.title.removeprefix("人民调解").removeprefix("当事人"): code
        for code, kind in MEDIATION_PAPERS.items()
        if not kind.internal and code not in ("cover", "contents", "back_cover")
    }.items(),
    key=lambda named: -len(named[0]),
)
