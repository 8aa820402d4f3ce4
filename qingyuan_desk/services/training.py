"""Training (演练): a data folder of its own, filled with an invented year that goes through the same services as a real one."""

from __future__ import annotations

import shutil
import tomllib
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path

from qingyuan_desk.domain.accounts import Actor
from qingyuan_desk.domain.errors import Unavailable, cause_in_words
from qingyuan_desk.domain.handling.case import Handled
from qingyuan_desk.domain.handling.forms import Form
from qingyuan_desk.domain.matter import LedgerFilter
from qingyuan_desk.domain.periods import Period
from qingyuan_desk.domain.quarters import Quarter
from qingyuan_desk.domain.roster.callouts import CallForm
from qingyuan_desk.domain.training.days import Act, Handle
from qingyuan_desk.domain.training.year import plan
from qingyuan_desk.domain.visit import Registered, VisitForm
from qingyuan_desk.services import (
    callouts,
    case_papers,
    handling,
    ledger,
    mediation,
    outreach,
    papers,
    reception,
    reporting,
    roster,
    sendings,
    subsidy,
    today,
)
from qingyuan_desk.services.office import SEEDS, Office
from qingyuan_desk.store import attachments, requests
from qingyuan_desk.store.database import FILE_NAME

#: The folder of the papers of periods.
REPORTS = "月报"
#: What the centre had in its first year: 接待群众630余件（次）.
VISITS = 630
#: Days of the year, and days behind its end on which something agreed may still be due.
_YEAR, _BEYOND = 364, 150
_ROUTE_REASON = "来访人当面说明诉求，按其诉求确定类别"

#: Steps with which an agreement takes effect; a played dispute takes one of them, and once.
_SETTLING = ("simple", "oral", "sign")
_CASE_ACTS = ("step", "assign", "callout")
#: Of so many who suit a dispute, the one with the fewest cases is asked.
_FEW = 5

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Played:
    """What a played year left behind.

    samples: numbers of the newest visit of every category and of the newest group, for whoever wants to show papers.
    decided_otherwise: how often the category was not the one triage suggested. settled: disputes that were (调解成功).
    """

    visits: int
    matters: int
    groups: int
    sealed: int
    taken_back: int
    first_day: date
    last_day: date
    samples: tuple[str, ...]
    decided_otherwise: int
    settled: int


def play_year(
    office: Office, actor: Actor, progress: Progress | None = None, *, visits: int = VISITS
) -> Played:
    """Play an invented year that ends now. Played again, it adds nothing: its request ids are its own.

    progress: called with how much is done and how much there is. Raises Unavailable QY-121 in an office's folder.
    """
    if not office.training:
        raise Unavailable("QY-121", path=office.folder)
    until = office.now()
    days = [
        day
        for on in range(-_YEAR, _BEYOND)
        if office.calendar.is_workday(day := until.date() + timedelta(days=on))
    ]
    acts = plan(_script(), office.reference, days, until, visits)
    stage = _Stage(office, actor, until)
    with office.store.unhurried():
        for done, act in enumerate(acts, 1):
            stage.play(act)
            if progress:
                progress(done, len(acts))
    office.reload()
    return stage.played(acts)


def clear(folder: Path) -> None:
    """Make room for a new year: remove the data file of an earlier training folder, and the files of its cases.

    Raises Unavailable when the folder holds anything but training data, or the file cannot be removed.
    """
    path = folder / FILE_NAME
    if not path.exists():
        return
    Office.open(folder, training=True).close()
    try:
        if (folder / attachments.FOLDER).exists():
            shutil.rmtree(folder / attachments.FOLDER)
        for name in (FILE_NAME, f"{FILE_NAME}-wal", f"{FILE_NAME}-shm"):
            (folder / name).unlink(missing_ok=True)
    except OSError as error:
        raise Unavailable("QY-117", path=folder, cause=cause_in_words(error)) from error


def write_papers(
    office: Office, actor: Actor, played: Played, folder: Path, progress: Progress | None = None
) -> tuple[Path, ...]:
    """What a year leaves on paper; the files: receipts of the newest visits (A5 and 80 mm), the dossier closed last, the
    last quarter's 以案定补, what is due today, the tracking ledger; in 月报, the papers of the months, quarters, and the year
    that are over, and the last month's figures. progress: called with how many of these papers are made and how many there are.
    """
    from qingyuan_desk.documents.files import write_atomically

    written = {}
    for number in played.samples:
        for paper_format in ("a5", "80mm"):
            paper = papers.compose(office, actor, number, "receipt", paper_format)
            written[folder / f"{paper.title}-{number}-{paper_format}.pdf"] = paper.pdf
    for row in ledger.page(office, actor, LedgerFilter(node="closed", result="agreed"), size=1).rows:
        dossier = case_papers.dossier(office, actor, row.matter_id)
        written[folder / f"人民调解卷宗-{row.number}.pdf"] = dossier.pdf
    quarter = Quarter.of(office.today()).shifted(-1)
    sheet = subsidy.sheet_paper(office, actor, quarter.code)
    written[folder / f"以案定补申报表-{quarter.code}.pdf"] = sheet.pdf
    written[folder / "今日必办.pdf"] = today.paper(office, actor).pdf
    tracked = sendings.ledger_paper(office, actor, LedgerFilter(state="open"))
    written[folder / "案件跟踪台账.pdf"] = tracked.pdf
    last, periods = reporting.last_month(office), _over(office)
    for done, period in enumerate(periods, 1):
        figures = reporting.period(office, actor, period)
        name = f"{period.name}{period.paper}"
        written[folder / REPORTS / f"{name}.pdf"] = reporting.month_pdf(office, actor, figures)
        if period == last:
            written[folder / REPORTS / f"{name}.json"] = reporting.json_file(figures)
        if progress:
            progress(done, len(periods))
    for path, content in written.items():
        write_atomically(path, content)
    return tuple(written)


def _over(office: Office) -> tuple[Period, ...]:
    """The last twelve months that are over, the last four quarters, and the twelve months as one."""
    last = reporting.last_month(office)
    months = last.trend(12)
    now = Quarter.of(office.today())
    return (
        *months,
        *(Period.quarter(each.year, each.number) for each in map(now.shifted, (-4, -3, -2, -1))),
        Period.year(last.last.year) if last.last.month == 12 else Period.span(months[0].first, last.last),
    )


class _Stage:
    """The office with a clock that the acts move."""

    def __init__(self, office: Office, actor: Actor, start: datetime) -> None:
        self._moment = start
        self._office = Office(office.folder, office.store, lambda: self._moment)
        self._actor = actor
        self._registered: dict[tuple[int, int], Registered] = {}
        self._decided_otherwise = 0
        self._cases: Counter[str] = Counter()

    def play(self, act: Act) -> None:
        """Carry out one act at its moment."""
        self._moment = act.at
        if act.form is not None:
            self._register(act, act.form)
            return
        if act.what == "renew":
            self._renew(act)
            return
        if act.what in _CASE_ACTS:
            self._mediate(act)
            return
        if act.activity is not None:
            outreach.log(self._office, self._actor, f"training-outreach-{act.ordinal}", act.activity)
            return
        if act.handled is not None:
            self._handle(act, act.handled)
            return
        done = self._registered[act.matter, act.ordinal]
        request_id = f"training-{act.matter:04d}-{act.ordinal}-{act.what}"
        if act.what == "note":
            ledger.add_note(self._office, self._actor, request_id, done.matter_id, act.text)
        else:
            reception.take_back(self._office, self._actor, request_id, done.visit_number, act.text)

    def _renew(self, act: Act) -> None:
        """A mediator's next term begins today."""
        entry = next(each for each in self._office.reference.mediators if each.code == act.text)
        renewed = replace(entry, term_start=act.at.date().isoformat())
        roster.save(self._office, self._actor, f"training-renew-{act.text}", renewed)

    def _handle(self, act: Act, handled: Handle | Form) -> None:
        """Carry out a step of a matter's handling. Played again it adds nothing: what was answered is not asked again."""
        request_id = f"training-{act.matter:04d}-h{act.ordinal}"
        matter_id = self._registered[act.matter, 1].matter_id
        if handling.taken(self._office, self._actor, request_id, matter_id, act.text):
            return
        form = handled(self._case(matter_id)) if callable(handled) else handled
        if form is not None:
            handling.take(self._office, self._actor, request_id, matter_id, form)

    def _case(self, matter_id: int) -> Handled:
        return handling.case(self._office, self._actor, matter_id)

    def _mediate(self, act: Act) -> None:
        """Carry out an act of a mediation. Played again it adds nothing: what was answered is not asked again."""
        request_id = f"training-{act.matter:04d}-m{act.ordinal}"
        matter_id = self._registered[act.matter, 1].matter_id
        with self._office.store.read() as rows:
            operation = "callout" if act.called_at else f"mediation.{act.text}"
            if requests.answered(rows, request_id, operation):
                return
        if act.what == "callout":
            self._call_out(act, request_id, matter_id)
            return
        form = act.named(self._suitable(matter_id)) if act.named else None
        if act.move:
            form = act.move(mediation.case(self._office, self._actor, matter_id))
        if form is not None:
            mediation.take(self._office, self._actor, request_id, matter_id, form)

    def _suitable(self, matter_id: int) -> str:
        """Of the few who suit a dispute best and have no conflict, who had the fewest until now."""
        found = mediation.candidates(self._office, self._actor, matter_id)
        free = [each.card.code for each in found if not each.conflicts][:_FEW]
        code = min(free, key=lambda code: self._cases[code])
        self._cases[code] += 1
        return code

    def _call_out(self, act: Act, request_id: str, matter_id: int) -> None:
        """The mediator of a case was called some time ago, and is here now."""
        found = mediation.case(self._office, self._actor, matter_id)
        session = next(each for each in found.sessions if each.state == "planned")
        called = callouts.call(
            self._office,
            self._actor,
            request_id,
            CallForm(
                mediator=found.mediators[0].mediator,
                purpose=act.text,
                matter=found.number,
                called_at=act.called_at,
                room=session.room,
                place=session.place,
            ),
        )
        callouts.answer(self._office, self._actor, f"{request_id}-came", called.record_id, "came", act.at)

    def _register(self, act: Act, form: VisitForm) -> None:
        if act.ordinal > 1:
            form = replace(form, matter=self._registered[act.matter, 1].matter_number)
        elif reception.suggest(self._office, form).category != act.category:
            form = replace(form, category=act.category, route_reason=_ROUTE_REASON)
            self._decided_otherwise += 1
        self._registered[act.matter, act.ordinal] = reception.register(self._office, self._actor, form)

    def played(self, acts: tuple[Act, ...]) -> Played:
        """What all these acts left behind."""
        visits = [act for act in acts if act.form is not None]
        gone = {(act.matter, act.ordinal) for act in acts if act.what == "take_back"}
        newest: dict[str, str] = {}
        for act in visits:
            done = self._registered[act.matter, act.ordinal]
            if not done.sealed and (act.matter, act.ordinal) not in gone:
                newest[act.category] = done.visit_number
                if act.form is not None and act.form.is_group:
                    newest["group"] = done.visit_number
        return Played(
            visits=len(visits),
            matters=len({act.matter for act in visits}),
            groups=sum(1 for act in visits if act.form is not None and act.form.is_group),
            sealed=len({done.matter_id for done in self._registered.values() if done.sealed}),
            taken_back=len(gone),
            first_day=visits[0].at.date(),
            last_day=visits[-1].at.date(),
            samples=tuple(dict.fromkeys(newest.values())),
            decided_otherwise=self._decided_otherwise,
            settled=sum(1 for act in acts if act.text in _SETTLING),
        )


def _script() -> dict[str, object]:
    return tomllib.loads((SEEDS / "training.toml").read_text(encoding="utf-8"))
