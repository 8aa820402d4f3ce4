"""Training (演练): a data folder of its own, filled with an invented year that goes through the same services as a real one."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path

from qingyuan_desk.domain.accounts import Actor
from qingyuan_desk.domain.errors import Unavailable, cause_in_words
from qingyuan_desk.domain.training import Act, plan
from qingyuan_desk.domain.visit import Registered, VisitForm
from qingyuan_desk.services import deadlines, ledger, papers, reception, reporting
from qingyuan_desk.services.office import SEEDS, Office
from qingyuan_desk.store.database import FILE_NAME

#: What the centre had in its first year: 接待群众630余件（次）.
VISITS = 630
_YEAR = timedelta(days=364)
_ROUTE_REASON = "来访人当面说明诉求，按其诉求确定类别"

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Played:
    """What a played year left behind.

    samples: numbers of the newest visit of every category and of the newest group, for whoever wants to show papers.
    decided_otherwise: how often the category was not the one triage suggested.
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
        for back in range(_YEAR.days, -1, -1)
        if office.calendar.is_workday(day := until.date() - timedelta(days=back))
    ]
    acts = plan(_script(), office.reference, days, until, visits)
    stage = _Stage(office, actor, until)
    for done, act in enumerate(acts, 1):
        stage.play(act)
        if progress:
            progress(done, len(acts))
    return stage.played(acts)


def clear(folder: Path) -> None:
    """Make room for a new year: remove the data file of an earlier training folder.

    Raises Unavailable when the folder holds anything but training data, or the file cannot be removed.
    """
    path = folder / FILE_NAME
    if not path.exists():
        return
    Office.open(folder, training=True).close()
    try:
        for name in (FILE_NAME, f"{FILE_NAME}-wal", f"{FILE_NAME}-shm"):
            (folder / name).unlink(missing_ok=True)
    except OSError as error:
        raise Unavailable("QY-117", path=folder, cause=cause_in_words(error)) from error


def write_papers(office: Office, actor: Actor, played: Played, folder: Path) -> tuple[Path, ...]:
    """Receipts of the newest visits (A5 and 80 mm) and the report of the last month, with its figures; the files."""
    from qingyuan_desk.documents.files import write_atomically

    written = {}
    for number in played.samples:
        for paper_format in ("a5", "80mm"):
            paper = papers.compose(office, actor, number, "receipt", paper_format)
            written[folder / f"{paper.title}-{number}-{paper_format}.pdf"] = paper.pdf
    period = reporting.last_month(office)
    figures = reporting.month(office, actor, period.name)
    written[folder / f"{period.name}月报.pdf"] = reporting.month_pdf(office, actor, figures)
    written[folder / f"{period.name}月报.json"] = reporting.json_file(figures)
    for path, content in written.items():
        write_atomically(path, content)
    return tuple(written)


class _Stage:
    """The office with a clock that the acts move."""

    def __init__(self, office: Office, actor: Actor, start: datetime) -> None:
        self._moment = start
        self._office = Office(office.folder, office.store, lambda: self._moment)
        self._actor = actor
        self._registered: dict[tuple[int, int], Registered] = {}
        self._decided_otherwise = 0

    def play(self, act: Act) -> None:
        """Carry out one act at its moment."""
        self._moment = act.at
        if act.form is not None:
            self._register(act, act.form)
            return
        done = self._registered[act.matter, act.ordinal]
        request_id = f"training-{act.matter:04d}-{act.ordinal}-{act.what}"
        if act.what == "note":
            ledger.add_note(self._office, self._actor, request_id, done.matter_id, act.text)
        elif act.what == "meet":
            for clock in ledger.matter(self._office, self._actor, done.matter_id).clocks:
                if clock.state != "met":
                    deadlines.meet(
                        self._office, self._actor, f"{request_id}-{clock.clock_id}", clock.clock_id
                    )
        else:
            reception.take_back(self._office, self._actor, request_id, done.visit_number, act.text)

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
        )


def _script() -> dict[str, object]:
    return tomllib.loads((SEEDS / "training.toml").read_text(encoding="utf-8"))
