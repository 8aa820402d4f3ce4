"""`clerk`: one JSON line in, one service call, one line out. docs/clerk.md describes every operation.

`ACK <request_id> …` is printed only after the commit; `REFUSED <request_id> <reason>` otherwise, and the next line is read.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from typing import NoReturn

from qingyuan_desk.clerk import consulting, desk, handling, mediation, reports, roster, tables
from qingyuan_desk.clerk.operation import COMMON, Facts, Operation, text
from qingyuan_desk.domain.accounts import Actor
from qingyuan_desk.domain.errors import DeskError, Refused, Unavailable
from qingyuan_desk.domain.problems import Problem
from qingyuan_desk.domain.text import clean_line
from qingyuan_desk.services import upkeep
from qingyuan_desk.services.office import Office

Say = Callable[[str], None]

#: A request id is one word, so that an answer can be taken apart at its spaces.
_REQUEST_ID = re.compile(r"[^\s\x00-\x1f\x7f\ud800-\udfff]{1,200}")
#: What reading a byte that is no UTF-8 leaves in its place.
_NO_UTF8 = re.compile("[\udc80-\udcff]")


def serve(office: Office, actor: Actor, lines: Iterable[str], say: Say) -> int:
    """Carry out every line; how many were refused."""
    refused = 0
    for line in lines:
        if line.strip():
            done, answer = _answer(office, actor, line)
            say(answer)
            refused += not done
    return refused


def _answer(office: Office, actor: Actor, line: str) -> tuple[bool, str]:
    request_id, known = "-", tuple[str, ...]()
    try:
        facts = _decoded(line)
        request_id = _request_id(facts)
        operation = _operation(facts)
        known = operation.keys
        account = facts.get("actor")
        result = operation.act(
            office, actor if account is None else office.actor(text(facts, "actor")), facts, request_id
        )
        return True, f"ACK {request_id} {result}"
    except Refused as error:
        sentence = " ".join(_said(each, known) for each in error.problems)
    except DeskError as error:
        sentence = error.sentence
    except Exception as error:
        # A fault of ours: noted without its data, said as a sentence, and the next line is read.
        upkeep.note_fault(office.folder, error)
        sentence = Unavailable("QY-199", cause=type(error).__name__).sentence
    return False, f"REFUSED {request_id} {' '.join(clean_line(sentence).split())}"


def _said(problem: Problem, known: tuple[str, ...]) -> str:
    """A problem in words, with the key of the line it is about: the rules speak to people who see a form."""
    named = problem.field in known and problem.field not in problem.sentence
    key = f"{problem.field}：" if named else ""
    return f"{key}{problem.sentence}{problem.article and f'（{problem.article}）'}"


# --- reading a line --------------------------------------------------------------------------------------------------


def _decoded(line: str) -> Facts:
    wrong = _NO_UTF8.search(line)
    if wrong:
        raise Refused.because("", f"这一行第 {wrong.start() + 1} 个字符不是 UTF-8 编码，请改用 UTF-8 再送。")
    try:
        facts = json.loads(line.lstrip("\ufeff"), parse_constant=_no_number)
    except RecursionError:
        raise Refused.because("", "这一行括号嵌套太深，不是可办的内容。") from None
    except ValueError as error:
        raise Refused.because(
            "", f"这一行不是 JSON（第 {getattr(error, 'pos', 0) + 1} 个字符处）。"
        ) from None
    if not isinstance(facts, dict):
        raise Refused.because("", "一行应是一个 JSON 对象。")
    return facts


def _no_number(word: str) -> NoReturn:
    raise ValueError(word)


def _request_id(facts: Facts) -> str:
    value = facts.get("request_id")
    said = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
    if said is None or said == "":
        raise Refused.because("request_id", "缺少请求号 request_id，没有它不能保证同一件事只办一次。")
    if not isinstance(said, str) or not _REQUEST_ID.fullmatch(said):
        raise Refused.because("request_id", "请求号 request_id 应是 1 到 200 个字符，不含空格和控制符。")
    return said


def _operation(facts: Facts) -> Operation:
    name = facts.get("op", "register")
    operation = OPERATIONS.get(name) if isinstance(name, str) else None
    if operation is None:
        raise Refused.because("op", f"没有“{str(name)[:40]}”这个操作。可用：{'、'.join(OPERATIONS)}。")
    unknown = [key for key in facts if key not in (*COMMON, *operation.keys)] if operation.keys else []
    if unknown:
        raise Refused.because(
            "",
            f"没有“{'、'.join(unknown)}”这一项，请核对拼写。可用：{'、'.join((*COMMON, *operation.keys))}。",
        )
    return operation


OPERATIONS: Mapping[str, Operation] = {
    **desk.OPERATIONS,
    **handling.OPERATIONS,
    **consulting.OPERATIONS,
    **mediation.OPERATIONS,
    **roster.OPERATIONS,
    **tables.OPERATIONS,
    **reports.OPERATIONS,
}
