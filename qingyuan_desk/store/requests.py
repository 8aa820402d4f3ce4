"""Request ids: what was asked once and answered is answered the same way when it is asked again."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from qingyuan_desk.store.database import Rows, Tx


def answered(rows: Rows, request_id: str) -> tuple[str, dict[str, Any]] | None:
    """The operation and result already given for this request."""
    row = rows.one("SELECT operation, result FROM request WHERE request_id = ?", (request_id,))
    return None if row is None else (row["operation"], json.loads(row["result"]))


def record(tx: Tx, request_id: str, operation: str, actor: str, at: datetime, result: dict[str, Any]) -> None:
    """Remember the answer, in the transaction that carried the request out."""
    tx.run(
        "INSERT INTO request (request_id, operation, actor, at, result) VALUES (?, ?, ?, ?, ?)",
        (request_id, operation, actor, at.isoformat(), json.dumps(result, ensure_ascii=False)),
    )
