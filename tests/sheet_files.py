"""Ledgers to import, as townships keep them."""

from __future__ import annotations

from pathlib import Path

from qingyuan_desk.documents import sheets
from qingyuan_desk.domain.grid import Grid

HEADER = ("序号", "来访时间", "姓名", "身份证号", "联系电话", "乡镇", "村", "来访事由", "对方当事人")


def sheet_row(serial: int, **cells: str) -> tuple[str, ...]:
    """A good row, each another visit; `cells`: what it says otherwise, in columns of its own where HEADER has none."""
    facts = {
        "序号": str(serial),
        "来访时间": f"2024-0{serial % 8 + 1}-{serial % 28 + 1:02d} 10:{serial % 60:02d}",
        "姓名": f"样例{serial}",
        "联系电话": f"138{serial:08d}",
        "乡镇": "冉庄镇",
        "村": "张马庄村",
        "来访事由": f"第 {serial} 件：邻居盖房占了宅基地，请求调解。",
        **cells,
    }
    return tuple(facts.get(name, "") for name in (*HEADER, *(set(cells) - set(HEADER))))


def sheet_file(path: Path, *rows: tuple[str, ...], header: tuple[str, ...] = HEADER) -> Path:
    """A ledger of these rows."""
    sheets.write(path, [Grid("来访", header, rows)])
    return path
