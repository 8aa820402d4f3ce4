"""An office over a data folder of its own, its clerk, and its clock, for a whole module of lines."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any

from qingyuan_desk.clerk import serve
from qingyuan_desk.domain.mediation.case import Case
from qingyuan_desk.domain.numbers import SHANGHAI
from qingyuan_desk.services import mediation
from qingyuan_desk.services.office import Office

from .wrong_inputs import Wrong

START = datetime(2024, 9, 20, 10, 32, 5, tzinfo=SHANGHAI)


class Centre:
    """An office for a whole module: `ask` sends a line and gives the answer; `registered` begins a matter."""

    def __init__(self, folder: Path) -> None:
        self.now = START
        self.office = Office.open(folder, now=lambda: self.now)
        self.clerk = self.office.actor("clerk")
        self._serial = count(1)

    def ask(self, line: dict[str, Any]) -> str:
        answers: list[str] = []
        serve(self.office, self.clerk, [json.dumps(line, ensure_ascii=False)], answers.append)
        (answer,) = answers
        assert "QY-199" not in answer and "\n" not in answer, (line, answer)
        return answer

    def registered(self, **more: Any) -> str:
        visit = {
            "persons": [{"name": "王建国", "id_type": "none", "township": "冉庄镇"}],
            "opponents": ["李样例"],
            "narrative": "李样例拖欠施工款三千元，请求调解。",
            "category": "民间纠纷",
            "flow": "矛盾纠纷调解",
            **more,
        }
        answer = self.ask({"request_id": self.new_id(), **visit})
        assert answer.startswith("ACK "), answer
        return answer.split()[3]

    def new_id(self) -> str:
        return f"r{next(self._serial)}"

    def case(self, matter: str) -> Case:
        return mediation.case(self.office, self.clerk, matter)

    def refuses(self, good: dict[str, Any], wrong: Iterable[Wrong]) -> None:
        """Everything that is wrong with a line is refused, for the reason that is said; at least ten things are tried."""
        tried = [*wrong]
        assert len(tried) >= 10, good["op"]
        for changed, reason in tried:
            answer = self.ask({**good, **changed})
            assert answer.startswith("REFUSED ") and reason in answer, (good["op"], changed, answer)
