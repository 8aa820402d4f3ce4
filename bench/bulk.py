"""A large data file made in a minute or two: visits written straight into the store's own tables.

The people are drawn from common surnames and given names, so that frequent and rare ones occur as they do in a county.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from qingyuan_desk.domain.numbers import OfficialNumber
from qingyuan_desk.services.office import Office
from qingyuan_desk.store import index
from qingyuan_desk.store.database import Tx

FIRST_DAY = date(2014, 9, 18)
_YEARS = 10
_AT_ONCE = 5000

# The frequent ones first.
_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙马朱胡郭何林高梁郑罗宋谢唐韩曹许邓萧冯曾程蔡彭潘袁于董余苏叶吕魏蒋田杜丁沈姜范江傅钟"
    "卢汪戴崔任陆廖姚方金邱夏谭韦贾邹石熊孟秦阎薛侯雷白龙段郝孔邵史毛常万顾赖武康贺严尹钱施牛洪龚单仇解"
)
_GIVEN = (
    "建国志强秀英桂兰明华玉芳军丽文海红梅永福春生淑珍金宝凤霞树立俊杰德胜美娟新民素云振兴爱莲立波双喜小东国庆长河"
    "雪洁晓敏少华"
)
_SUBJECTS = (
    "宅基地", "滴水檐", "院墙", "工资", "工程款", "彩礼", "赡养费", "借款", "土地承包", "灌溉机井", "噪音",
    "道路", "排水沟", "林权", "医药费", "车祸赔偿", "租房押金", "物业费", "低保", "养老金", "户口", "学区",
    "征地补偿", "污水", "垃圾堆",
)  # fmt: skip
_OPENINGS = (
    "邻居翻建房屋时占了", "反映村里多年没有解决", "与对方协商不成的是", "请求中心帮助解决",
    "在保定打工被拖欠", "两家为多年争执的是", "来咨询怎样处理", "多次找过村委会的",
)  # fmt: skip
_ENDINGS = (
    "希望安排调解并现场查看界址", "请有关部门答复", "双方愿意坐下来谈", "对方一直不露面", "急需用钱看病",
    "已经影响正常生活", "想知道下一步怎么办", "请求给一个说法",
)  # fmt: skip


def fill(folder: Path, visits: int, seed: int = 630, years: int = _YEARS) -> None:
    """Make a data folder with so many visits in the last years of ten, one matter in five visited twice."""
    office = Office.open(folder)
    dice = random.Random(seed)
    with office.store.write() as tx:
        # Made once, in the order of the rows: an index kept up row by row costs as much again.
        indexes = tx.all("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL")
        for index in indexes:
            tx.run(f"DROP INDEX {index['name']}")
        for first in range(1, visits + 1, _AT_ONCE):
            _write(tx, office, dice, range(first, min(first + _AT_ONCE, visits + 1)), visits, years)
        for index in indexes:
            tx.run(index["sql"])
        _count(tx)
    office.close()


def _write(tx: Tx, office: Office, dice: random.Random, ids: range, visits: int, years: int) -> None:
    rows: dict[str, list[dict[str, object]]] = {
        table: [] for table in ("matter", "visit", "party", "event", "clock", "request", "lookup", "search")
    }
    for visit_id in ids:
        again = visit_id % 6 == 0
        matter_id = visit_id - visit_id // 6 if not again else dice.randint(1, visit_id - visit_id // 6)
        for table, row in _visit(office, dice, visit_id, matter_id, again, visits, years):
            rows[table].append(row)
    for table, found in rows.items():
        if table == "search":
            tx.connection.executemany(
                "INSERT INTO search (rowid, tokens) VALUES (?, ?)",
                [(row["id"], row["tokens"]) for row in found],
            )
        else:
            tx.insert_all(table, found)


def _visit(
    office: Office, dice: random.Random, visit_id: int, matter_id: int, again: bool, visits: int, years: int
) -> Iterator[tuple[str, dict[str, object]]]:
    reference = office.reference
    day = FIRST_DAY + timedelta(days=365 * (_YEARS - years) + visit_id * 365 * years // visits)
    at = f"{day.isoformat()}T{9 + visit_id % 8:02d}:{visit_id % 60:02d}:00+08:00"
    category = dice.choice(reference.categories)
    town = dice.choice(reference.townships)
    village = dice.choice(reference.villages(town.code)).code
    name, other = _name(dice), _name(dice)
    narrative = f"{dice.choice(_OPENINGS)}{dice.choice(_SUBJECTS)}，{dice.choice(_SUBJECTS)}的事，{dice.choice(_ENDINGS)}。"
    phone = f"1{dice.choice('3578')}{dice.randint(0, 999_999_999):09d}"
    id_number = f"130608{dice.randint(1940, 2005)}{dice.randint(1, 12):02d}{dice.randint(1, 28):02d}{dice.randint(0, 9999):04d}"
    number = str(OfficialNumber("清访", day.year, visit_id))
    done = visit_id < visits * 0.98
    routed = {
        "category": category.code,
        "flow": category.flow,
        "room": category.room,
        "unit": category.unit,
        "source": dice.choice(reference.sources).code,
        "dispute_type": dice.choice(reference.dispute_types).code,
        "matter_kind": "",
        "flags": "",
        "narrative": narrative,
    }
    if not again:
        yield (
            "matter",
            {
                "id": matter_id,
                "number": str(OfficialNumber("清事", day.year, matter_id)),
                "title": narrative[:28],
                "visitor": name,
                "node": "",
                "state": "closed" if done else "open",
                "township": town.code,
                "village": village,
                "sealed": 0,
                "reasons": "[]",
                "visits": 1,
                "headcount": 1,
                "last_visit": number,
                "opened_on": day.isoformat(),
                "opened_at": at,
                "updated_at": at,
                **routed,
            },
        )
        if category.flow == "petition":
            end = (day + timedelta(days=15)).isoformat()
            yield (
                "clock",
                {
                    "matter_id": matter_id,
                    "rule": "petition_register",
                    "event": "登记并转送、交办",
                    "article": "《信访工作条例》第二十二条",
                    "start_on": day.isoformat(),
                    "natural_end": end,
                    "shifted_end": end,
                    "alarm_on": end,
                    "provisional": 0,
                    "state": "met" if done else "running",
                    "ended_on": end if done else None,
                },
            )
    yield (
        "visit",
        {
            "id": visit_id,
            "number": number,
            "matter_id": matter_id,
            "ordinal": 2 if again else 1,
            "state": "valid",
            "request_id": f"bulk-{visit_id}",
            "received_at": at,
            "business_day": day.isoformat(),
            "registered_at": at,
            "registered_by": "clerk",
            "headcount": 1,
            "is_group": 0,
            "suggested": "{}",
            "route_reason": "",
            "overrides": "{}",
            "triage_minutes": 3,
            **routed,
        },
    )
    for side, place, who, phone_of, id_of in (
        ("visitor", 0, name, phone, id_number),
        ("opponent", 0, other, "", ""),
    ):
        yield (
            "party",
            {
                "matter_id": matter_id,
                "visit_id": visit_id,
                "side": side,
                "role": "visitor" if side == "visitor" else "person",
                "position": place,
                "name": who,
                "name_key": who,
                "sex": "",
                "birth_date": "",
                "id_type": "id_card" if id_of else "none",
                "id_number": id_of,
                "phone": phone_of,
                "township": town.code,
                "village": village,
                "address": "村东头",
                "crowd": "",
                "authority": "",
                "relation": "",
            },
        )
    for action in ("register", "route", "note"):
        yield (
            "event",
            {
                "matter_id": matter_id,
                "visit_id": visit_id,
                "at": at,
                "actor": "clerk",
                "action": action,
                "node_from": "",
                "node_to": "",
                "note": "",
            },
        )
    yield (
        "request",
        {
            "request_id": f"bulk-{visit_id}",
            "operation": "register",
            "actor": "clerk",
            "at": at,
            "result": json.dumps({"visit_id": visit_id}),
        },
    )
    numbers = index.Spoken((), "", (), (phone,), (id_number,))
    for kind, key in sorted({*index.lookup_keys(numbers), *_named(name)[1], *_named(other)[1]}):
        yield "lookup", {"kind": kind, "key": key, "visit_id": visit_id}
    yield (
        "search",
        {"id": visit_id, "tokens": " ".join((_named(name)[0], _named(other)[0], _told(narrative)))},
    )


# The same names and stories come again and again; their keys are made once.


@cache
def _named(name: str) -> tuple[str, frozenset[tuple[str, str]]]:
    spoken = index.Spoken((name,), "", (), (), ())
    return " ".join(index.tokens(spoken)), frozenset(index.lookup_keys(spoken))


@cache
def _told(narrative: str) -> str:
    return " ".join(index.tokens(index.Spoken((), narrative, ("村东头",), (), ())))


def _name(dice: random.Random) -> str:
    """Early surnames and given names are the frequent ones."""
    surname = _SURNAMES[min(int(dice.expovariate(0.06)), len(_SURNAMES) - 1)]
    given = "".join(dice.choice(_GIVEN) for _ in range(1 if dice.random() < 0.2 else 2))
    return surname + given


def _count(tx: Tx) -> None:
    """What a registration keeps up besides its own rows: counters, and the visits of each matter."""
    for kind in ("visit", "matter"):
        tx.run(
            f"INSERT INTO counter (unit, kind, year, last) SELECT 'QY', '{kind}', CAST(substr(number, 4, 4) AS INTEGER),"
            f" max(id) FROM {kind} GROUP BY 3"
        )
    tx.run(
        "UPDATE matter SET visits = (SELECT count(*) FROM visit v WHERE v.matter_id = matter.id) WHERE id IN"
        " (SELECT matter_id FROM visit WHERE ordinal = 2)"
    )
