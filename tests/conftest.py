"""An office over a fresh data folder and a clock that tests set: real files, real rules, nothing pretended."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from qingyuan_desk.domain.accounts import Actor
from qingyuan_desk.domain.visit import Opponent, Person, VisitForm
from qingyuan_desk.services.office import Office

SHANGHAI = ZoneInfo("Asia/Shanghai")


@dataclass
class Clock:
    """The office's clock; a test moves it."""

    moment: datetime = field(default_factory=lambda: datetime(2024, 9, 20, 10, 32, 5, tzinfo=SHANGHAI))

    def __call__(self) -> datetime:
        return self.moment

    def forward(self, **step: float) -> None:
        """Let time pass."""
        self.moment += timedelta(**step)


@pytest.fixture
def clock() -> Clock:
    """10:32:05 on 20 September 2024, a Friday at the centre's opening."""
    return Clock()


@pytest.fixture(scope="session")
def new_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder just made and closed; tests copy it, which is quicker than making one each."""
    folder = tmp_path_factory.mktemp("new") / "数据"
    Office.open(folder).close()
    return folder


@pytest.fixture
def office(tmp_path: Path, clock: Clock, new_folder: Path) -> Iterator[Office]:
    """A newly opened data folder."""
    opened = Office.open(shutil.copytree(new_folder, tmp_path / "数据"), now=clock)
    yield opened
    opened.close()


@pytest.fixture
def clerk(office: Office) -> Actor:
    """The front-desk clerk."""
    return office.actor("clerk")


@pytest.fixture
def visit() -> Callable[..., VisitForm]:
    """Makes forms: `visit(narrative="…", name="…")`; anything not said is a plain neighbour dispute."""
    serial = count(1)

    def make(*, name: str = "王建国", opponent: str = "", **facts: object) -> VisitForm:
        person_facts = {key: facts.pop(key) for key in list(facts) if key in Person.__dataclass_fields__}
        form_facts: dict[str, object] = {
            "request_id": f"request-{next(serial)}",
            "persons": (Person(name=name, **person_facts),),
            "narrative": "邻居盖房占了我家宅基地，多次协商不成，请求调解。",
            **facts,
        }
        if opponent:
            form_facts["opponents"] = (Opponent(name=opponent),)
        return VisitForm(**form_facts)  # type: ignore[arg-type]

    return make
