"""Request ids: what was asked once and answered is answered the same way when it is asked again."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from qingyuan_desk.domain.errors import Conflict, Refused
from qingyuan_desk.store.database import Rows, Tx


def answered(rows: Rows, request_id: str, operation: str) -> dict[str, Any] | None:
    """The answer already given to this request; None when it is new.

    Raises Refused without a request id, Conflict when the id was used for something else.
    """
    if not request_id.strip():
        raise Refused.because("request_id", "缺少请求号 request_id，没有它不能保证同一件事只办一次。")
    row = rows.one("SELECT operation, result FROM request WHERE request_id = ?", (request_id,))
    if row is None:
        return None
    if row["operation"] != operation:
        raise Conflict("这个请求号 request_id 已经用在别的操作上，没有办理。请换一个新的请求号再办。")
    answer: dict[str, Any] = json.loads(row["result"])
    return answer


def answered_about(rows: Rows, request_id: str, operation: str, matter_id: int) -> dict[str, Any] | None:
    """The answer already given to this request about a matter; Conflict also when it was about another matter."""
    answer = answered(rows, request_id, operation)
    if answer and answer["matter_id"] != matter_id:
        raise Conflict("这个请求号 request_id 已经用在另一件事项上，没有办理。请换一个请求号。")
    return answer


def record(tx: Tx, request_id: str, operation: str, actor: str, at: datetime, result: dict[str, Any]) -> None:
    """Remember the answer, in the transaction that carried the request out."""
    tx.run(
        "INSERT INTO request (request_id, operation, actor, at, result) VALUES (?, ?, ?, ?, ?)",
        (request_id, operation, actor, at.isoformat(), json.dumps(result, ensure_ascii=False)),
    )
