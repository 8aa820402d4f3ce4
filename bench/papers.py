"""The first slip of a process and further slips, against the same pages drawn on a bare reportlab canvas.

The floor knows every string, place, font, and the modules of the QR code beforehand: it only draws and saves.
"""

from __future__ import annotations

import json
import pickle
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from time import perf_counter
from zoneinfo import ZoneInfo

from bench import bare_canvas, marks
from bench.measure import Figure
from qingyuan_desk.documents import fonts, slips
from qingyuan_desk.domain.papers import ClockLine, Letterhead, SlipFacts

_FRESH, _FURTHER = 15, 200

_FACTS = SlipFacts(
    office=Letterhead(
        "样例综合治理中心", "", "样例路1号", "0312-0000000", "工作日 8:30—12:00", "样例人民调解委员会"
    ),
    visit_number="清访〔2024〕0001号",
    matter_number="清事〔2024〕0001号",
    ordinal=1,
    received_at=datetime(2024, 9, 20, 10, 32, tzinfo=ZoneInfo("Asia/Shanghai")),
    visitor="样例甲",
    sex="男",
    id_note="130608********0017",
    phone="138****8000",
    home="冉庄镇样例村3组12号",
    headcount=1,
    representatives=(),
    agent="",
    opponents=("样例乙",),
    brief="与东邻因宅基地界墙位置发生争议，对方翻建北房时将滴水落在我家院内，村委会两次调解未果，请求恢复原状。",
    category="民间纠纷",
    flow="矛盾纠纷调解",
    dispute_type="房屋宅基地纠纷",
    room="乡贤调解室",
    unit="冉庄镇人民政府",
    co_units=(),
    reasons=(),
    clocks=(),
    limitations=(
        ClockLine(
            "向人民法院请求保护民事权利（诉讼时效）",
            "",
            date(2027, 9, 20),
            date(2027, 9, 20),
            True,
            "《民法典》第一百八十八条",
            "自登记之日起3年",
        ),
    ),
    materials=(),
    clerk="样例丙",
    sealed=False,
    printed_at=datetime(2024, 9, 20, 10, 33, tzinfo=ZoneInfo("Asia/Shanghai")),
    count=1,
)

#: The first receipt of a process, from before anything of documents is imported.
_OURS = """
import pickle, sys
from time import perf_counter
facts = pickle.load(sys.stdin.buffer)
start = perf_counter()
from qingyuan_desk.documents import slips
slips.render("receipt", facts, "a5")
print((perf_counter() - start) * 1000)
"""


def measure() -> Iterator[Figure]:
    """Two figures; ours and the floor take turns, so that a busy machine slows both."""
    files = {fonts.faces().regular.name: str(fonts.REGULAR), fonts.faces().bold.name: str(fonts.BOLD)}
    page_of = json.dumps({"fonts": files, "pages": _page(_FACTS)}).encode()
    ours, floor = [], []
    for _ in range(_FRESH):
        ours.append(_fresh(["-c", _OURS], pickle.dumps(_FACTS)))
        floor.append(_fresh(["-m", "bench.bare_canvas"], page_of))
    yield Figure("first slip of a process, fonts included", ours, floor, "held to 1.5")
    ours, floor = [], []
    for serial in range(_FURTHER):
        facts = replace(_FACTS, visit_number=f"清访〔2024〕{serial:04d}号", visitor=f"样例{serial}")
        start = perf_counter()
        slips.render("receipt", facts, "a5")
        ours.append((perf_counter() - start) * 1000)
        pages = _page(facts)
        start = perf_counter()
        bare_canvas.draw(pages)
        floor.append((perf_counter() - start) * 1000)
    yield Figure("further slips", ours, floor, "held to 1.2")


def _fresh(command: list[str], given: bytes) -> float:
    done = subprocess.run([sys.executable, *command], input=given, capture_output=True, check=True)
    return float(done.stdout)


def _page(facts: SlipFacts) -> list[bare_canvas.Page]:
    """The size and every mark of the slip's one page."""
    pages = marks.of(lambda: slips.render("receipt", facts, "a5"))
    assert len(pages) == 1, "the floor draws one page"
    return pages
