"""Search as you type and the ledger's pages, beside one indexed query in bare sqlite3 on the same file.

BENCH_VISITS=1000000 measures on a million visits; making them takes some minutes.
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from bench import bulk
from bench.measure import Figure, timed
from qingyuan_desk.domain import pinyin
from qingyuan_desk.domain.matter import LedgerFilter
from qingyuan_desk.domain.visit import Opponent, Person, VisitForm
from qingyuan_desk.services import ledger, reception
from qingyuan_desk.services.office import Office
from qingyuan_desk.store.database import FILE_NAME, connect

_TIMES = 40
_PROMISE = "p99 held to 16 ms, flat to a million"


def measure() -> Iterator[Figure]:
    """Every way of searching, the panel of earlier records, pages of the ledger by every filter, today's figures."""
    visits = int(os.environ.get("BENCH_VISITS", "10000"))
    with tempfile.TemporaryDirectory() as folder:
        bulk.fill(Path(folder), visits)
        office = Office.open(Path(folder))
        bare = connect(Path(folder) / FILE_NAME, read_only=True)
        pinyin.warm()
        for what, act in _acts(office, bare).items():
            act()
            floor = timed(lambda: _one_indexed_query(bare), _TIMES)
            yield Figure(f"{what}, {visits} visits", timed(act, _TIMES), floor, _PROMISE)
        bare.close()
        office.close()


def _one_indexed_query(bare: sqlite3.Connection) -> list[Any]:
    """The floor: as many rows as a list of hits has, by one index."""
    return bare.execute(
        "SELECT id, number, visitor, title, flow, node, opened_on FROM matter WHERE flow = 'mediation'"
        " ORDER BY opened_on DESC, id DESC LIMIT 50"
    ).fetchall()


def _acts(office: Office, bare: sqlite3.Connection) -> dict[str, Callable[[], object]]:
    clerk = office.actor("clerk")
    one = dict(
        bare.execute(
            "SELECT p.*, v.number FROM party p JOIN visit v ON v.id = p.visit_id WHERE p.side = 'visitor'"
            " AND v.id = (SELECT max(id) / 2 FROM visit)"
        ).fetchone()
    )
    person = Person(**{key: one[key] for key in ("name", "phone", "id_number", "township", "village")})
    form = VisitForm("bench", (person,), (Opponent("王建国"),))
    texts = {
        "a whole name": one["name"],
        "two characters inside a name": one["name"][-2:] if len(one["name"]) > 2 else one["name"],
        "two characters of a frequent word": "宅基",
        "three characters of a frequent word": "宅基地",
        "a name and a word": f"{one['name']} 工资",
        "two frequent words": "彩礼 低保",
        "pinyin initials": "zs",
        "pinyin in full": "wangjianguo",
        "pinyin initials and a word": "zs 宅基地",
        "a phone's last four": one["phone"][-4:],
        "a whole phone": one["phone"],
        "an ID's last four": one["id_number"][-4:],
        "an ID's last six": one["id_number"][-6:],
        "an official number": one["number"],
        "a word nobody said": "不存在的词",
    }
    filters = {
        "everything": LedgerFilter(),
        "a flow": LedgerFilter(flow="mediation"),
        "a state": LedgerFilter(state="open"),
        "a township": LedgerFilter(township=one["township"]),
        "a source": LedgerFilter(source="transfer"),
        "a unit": LedgerFilter(unit="justice_bureau"),
        "a category": LedgerFilter(category="livelihood"),
        "a month long ago": LedgerFilter(first_day=date(2016, 3, 1), last_day=date(2016, 3, 31)),
        "what is due": LedgerFilter(due="ringing"),
        "a name": LedgerFilter(text=one["name"]),
        "a frequent word": LedgerFilter(text="宅基地"),
    }
    return {
        **{f"search {what}": _bound(ledger.search, office, clerk, text) for what, text in texts.items()},
        "earlier records like the form": _bound(reception.matches, office, clerk, form),
        **{
            f"ledger page of {what}": _bound(ledger.page, office, clerk, wanted)
            for what, wanted in filters.items()
        },
        "today's figures": _bound(ledger.today, office, clerk),
    }


def _bound(service: Callable[..., object], *arguments: object) -> Callable[[], object]:
    return lambda: service(*arguments)
