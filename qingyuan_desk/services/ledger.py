"""The tracking ledger (台账) and one matter (事项): list, count, search, read, note, saved views."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from qingyuan_desk.domain import ledger_sheet
from qingyuan_desk.domain.accounts import Actor, Right
from qingyuan_desk.domain.errors import NotFound, Refused
from qingyuan_desk.domain.matter import (
    LedgerFilter,
    LedgerPage,
    LedgerRow,
    MatterFacts,
    SearchHit,
    Today,
)
from qingyuan_desk.domain.numbers import dossier_of_this_year, in_full, parse, parse_dossier
from qingyuan_desk.domain.privacy import mask_name
from qingyuan_desk.domain.text import LIMITS, clean_line, clean_text
from qingyuan_desk.domain.tracking import Tracked
from qingyuan_desk.domain.visit import VISITOR_ROLES
from qingyuan_desk.services.office import Office, require
from qingyuan_desk.services.shown import ledger_row, matter_facts, search_hit, tracks
from qingyuan_desk.store import dues, matters, requests, visits
from qingyuan_desk.store import search as search_store
from qingyuan_desk.store import views as view_store
from qingyuan_desk.store.database import Row, Rows

_EXPORTED_AT_ONCE = 1000
#: What may be the serial of a number of this year; longer digits are phones and documents.
_SERIAL = re.compile("[0-9]{1,5}")


def page(
    office: Office, actor: Actor, wanted: LedgerFilter, after: int | None = None, size: int = 60
) -> LedgerPage:
    """The next rows of the ledger, newest first, after the row with the key `after`."""
    require(actor, Right.READ)
    with office.store.read() as rows:
        found = matters.page(rows, _asked(office, actor, wanted), after, size)
    shown = tuple(ledger_row(office, row) for row in found)
    return LedgerPage(shown, found[-1]["id"] if len(found) == size else None)


def count(office: Office, actor: Actor, wanted: LedgerFilter, cap: int = 10_000) -> int:
    """How many matters the filter lets through; counting stops at `cap`."""
    require(actor, Right.READ)
    with office.store.read() as rows:
        return matters.count(rows, _asked(office, actor, wanted), cap)


def some(office: Office, actor: Actor, matter_ids: Iterable[int]) -> tuple[LedgerRow, ...]:
    """The ledger's rows of these matters, in this order; those the actor may not know of are left out."""
    require(actor, Right.READ)
    wanted = tuple(matter_ids)
    with office.store.read() as rows:
        found = {row["id"]: ledger_row(office, row) for row in matters.some(rows, actor.code, wanted)}
    return tuple(found[matter_id] for matter_id in wanted if matter_id in found)


def export(office: Office, actor: Actor, wanted: LedgerFilter, path: Path) -> int:
    """Write what the ledger shows as a spreadsheet (.xlsx, .csv), names masked; how many matters. Sealed ones stay out.

    Raises NotAllowed, Refused at the field `file`, or Unavailable when the file cannot be written.
    """
    from qingyuan_desk.documents import sheets

    require(actor, Right.READ)
    require(actor, Right.EXPORT)
    shown = tracked(office, actor, wanted)
    sheets.write(path, [ledger_sheet.grid(shown, office.reference, office.today(), training=office.training)])
    return len(shown)


def tracked(
    office: Office, actor: Actor, wanted: LedgerFilter, most: int | None = None
) -> tuple[Tracked, ...]:
    """What the ledger shows, with the way of each matter; sealed ones stay out. Raises Refused for more than `most`."""
    require(actor, Right.READ)
    asked, found, after = _asked(office, actor, wanted), list[Tracked](), None
    with office.store.read() as rows:
        while part := matters.page(rows, asked, after, _EXPORTED_AT_ONCE):
            shown = [row for row in part if not row["sealed"]]
            found += map(Tracked, (ledger_row(office, row) for row in shown), tracks(office, rows, shown))
            if most is not None and len(found) > most:
                raise Refused.because(
                    "filter", f"超过 {most} 件，一次印不下。请按日期、流程或者乡镇缩小范围，或者导出表格。"
                )
            after = part[-1]["id"]
    return tuple(found)


def search(office: Office, actor: Actor, text: str, limit: int = 50) -> tuple[SearchHit, ...]:
    """Visits found by name, pinyin, phone or ID tail, number in any spelling, or words of the narrative."""
    require(actor, Right.READ)
    with office.store.read() as rows:
        numbered = search_store.by_number(rows, actor.code, _numbers(office, text))
        if numbered:
            return tuple(
                search_hit(row, "文号（已作废）" if row["visit_state"] == "void" else "文号")
                for row in numbered
            )
        meant = search_store.by_number(rows, actor.code, _of_this_year(office, text))
        words = search_store.words_of(text)
        found = search_store.find(rows, actor.code, text, limit)
        hits = [search_hit(row, "今年的文号") for row in meant]
        hits += [search_hit(row, _why(rows, row, words)) for row in found]
        first: dict[int, SearchHit] = {}
        for hit in hits:
            first.setdefault(hit.visit_id, hit)
        return tuple(first.values())[:limit]


def matter(office: Office, actor: Actor, number_or_id: str | int) -> MatterFacts:
    """Everything about one matter, by its number, a visit's or its dossier's number, or its id. Raises NotFound."""
    require(actor, Right.READ)
    with office.store.read() as rows:
        return matter_facts(rows, office, find(rows, office, actor, number_or_id))


def add_note(office: Office, actor: Actor, request_id: str, matter_id: int, text: str) -> None:
    """Write a note on a matter's timeline. Asked again with the same request id, it is written once."""
    require(actor, Right.NOTE)
    note = clean_text(text)
    if not note:
        raise Refused.because("note", "请写下要记的内容。")
    if len(note) > LIMITS["narrative"]:
        raise Refused.because("note", f"最多 {LIMITS['narrative']} 个字，现有 {len(note)} 个字，请分几条记。")
    now = office.now()
    with office.store.write() as tx:
        if requests.answered_about(tx, request_id, "note", matter_id):
            return
        if matters.by_id(tx, actor.code, matter_id) is None:
            raise NotFound("没有找到这件事项。请刷新后再试。")
        visits.add_note(tx, matter_id, now, actor.code, note)
        requests.record(tx, request_id, "note", actor.code, now, {"matter_id": matter_id})


def reveal(office: Office, actor: Actor, request_id: str, matter_id: int, reason: str) -> None:
    """Record who looks at the whole ID numbers and phones of a matter, and why; only then may they be shown."""
    require(actor, Right.READ)
    said = clean_line(reason)
    if not said:
        raise Refused.because(
            "reason", "请写明为什么要看证件号码和电话，例如：电话回访。", "《个人信息保护法》第六条"
        )
    if len(said) > LIMITS["reason"]:
        raise Refused.because("reason", f"理由最多 {LIMITS['reason']} 个字，现有 {len(said)} 个字。")
    now = office.now()
    with office.store.write() as tx:
        if requests.answered_about(tx, request_id, "reveal", matter_id):
            return
        if matters.by_id(tx, actor.code, matter_id) is None:
            raise NotFound("没有找到这件事项。请刷新后再试。")
        visits.add_event(tx, matter_id, None, now, actor.code, "reveal", note=said)
        requests.record(tx, request_id, "reveal", actor.code, now, {"matter_id": matter_id})


def today(office: Office, actor: Actor) -> Today:
    """The status bar: 件 and 次 of today, what is due today and overdue, and how much there is to do (今日必办)."""
    with office.store.read() as rows:
        todo, late = dues.ringing(rows, actor.code, office.today())
        return Today(**matters.today(rows, actor.code, office.today()), todo=todo, late=late)


def views(office: Office, actor: Actor) -> tuple[tuple[str, LedgerFilter], ...]:
    """The actor's saved filters, by name."""
    with office.store.read() as rows:
        return view_store.of(rows, actor.code)


def save_view(office: Office, actor: Actor, name: str, wanted: LedgerFilter) -> None:
    """Keep a filter under a name; the same name replaces it."""
    called = clean_line(name)
    if not called:
        raise Refused.because("view", "请给这个筛选起个名字。")
    if len(called) > LIMITS["name"]:
        raise Refused.because("view", f"名字最多 {LIMITS['name']} 个字，现有 {len(called)} 个字，请缩短。")
    with office.store.write() as tx:
        view_store.save(tx, actor.code, called, wanted)


def drop_view(office: Office, actor: Actor, name: str) -> None:
    """Forget a saved filter."""
    with office.store.write() as tx:
        view_store.drop(tx, actor.code, clean_line(name))


# --- what is meant, and why it was found -------------------------------------------------------------------------


def _asked(office: Office, actor: Actor, wanted: LedgerFilter) -> matters.Asked:
    return matters.Asked(actor.code, wanted, office.today(), _numbers(office, wanted.text))


def find(rows: Rows, office: Office, actor: Actor, number_or_id: str | int) -> Row:
    """A matter by its number in any spelling, a visit's or its dossier's number, or its id. Raises NotFound."""
    if isinstance(number_or_id, int):
        found = [matters.by_id(rows, actor.code, number_or_id)]
    else:
        meant = _numbers(office, number_or_id) or (in_full(number_or_id),)
        found = [matters.by_number(rows, actor.code, number) for number in meant]
    for row in found:
        if row is not None:
            return row
    raise NotFound(f"没有找到 {number_or_id}。请核对号码；密件只有指定的人能打开。")


def _numbers(office: Office, text: str) -> tuple[str, ...]:
    """The official numbers a person may mean; without a prefix both a visit's and a matter's."""
    said = text[: LIMITS["search"]]
    dossier = parse_dossier(said) or dossier_of_this_year(said, office.today().year)
    if dossier:
        prefix = dossier.prefix or office.reference.setting("number_prefix_mediation")
        return (str(replace(dossier, prefix=prefix)),)
    parsed = parse(said)
    if parsed is None:
        return ()
    if parsed.prefix:
        return (str(parsed),)
    prefixes = (office.reference.setting(f"number_prefix_{kind}") for kind in ("visit", "matter"))
    return tuple(str(replace(parsed, prefix=prefix)) for prefix in prefixes)


def _of_this_year(office: Office, text: str) -> tuple[str, ...]:
    """The numbers of this year's series a bare serial may mean: 630 is 清访〔2024〕0630号, or 0630 of the other series."""
    said, year = text.strip(), office.today().year
    if not _SERIAL.fullmatch(said):
        return ()
    return (*_numbers(office, f"〔{year}〕{said}"), *_numbers(office, f"人调{said}"))


def _why(rows: Rows, row: Row, words: tuple[str, ...]) -> str:
    """Why a visit was found: for every word where it stands, or the words around it."""
    people = search_store.parties(rows, row["visit_id"])
    return "，".join(dict.fromkeys(_reason(word, row["narrative"], people) for word in words))


def _reason(word: str, narrative: str, people: list[Row]) -> str:
    found = [(person, search_store.found_in(person, word)) for person in people]
    for person, by in found:
        if by not in ("", "address"):
            return _whose(person) + _FOUND_BY[by]
    start, end = search_store.place_of(word, narrative)
    if end:
        return _around(narrative, start, end)
    return next((_whose(person) + _FOUND_BY[by] for person, by in found if by), "")


_FOUND_BY = {"name": "姓名", "pinyin": "姓名（拼音）", "phone": "电话", "id": "证件号", "address": "地址"}


def _whose(person: Row) -> str:
    if person["side"] == "opponent":
        return f"对方“{mask_name(person['name'])}”的"
    return (
        VISITOR_ROLES["visitor"]
        if person["position"] == 0
        else f"{VISITOR_ROLES[person['role']]}“{mask_name(person['name'])}”的"
    )


def _around(narrative: str, start: int, end: int) -> str:
    """What stands there, with a few characters on either side."""
    before, after = max(0, start - 8), min(len(narrative), end + 10)
    said = narrative[before:after].replace("\n", " ")
    return f"{'…' if before else ''}{said}{'…' if after < len(narrative) else ''}"
