"""What making papers of a matter shares, whatever flow it is in: which kind is meant, about which record, how it is logged."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from qingyuan_desk.domain.errors import Refused
from qingyuan_desk.domain.papers import Paper, PaperChoice, PaperKind


def kind_of(table: Mapping[str, PaperKind], kind: str) -> PaperKind:
    """A kind of a table of papers. Raises Refused, naming all of them, for what is none."""
    found = table.get(kind)
    if found is None:
        known = "、".join(f"{code}（{each.title}）" for code, each in table.items())
        raise Refused.because("kind", f"没有“{kind}”这种文书。可选：{known}。")
    return found


def only(choices: Iterable[PaperChoice], kind: str, title: str) -> int:
    """The record a paper of this kind is about when there is one; else raises Refused, naming those to choose from."""
    found = [each for each in choices if each.kind == kind]
    if len(found) == 1:
        return found[0].subject
    if not found:
        raise Refused.because("subject", f"这件事项现在没有“{title}”可以打印。")
    listed = "；".join(f"{each.subject}（{each.title}）" for each in found)
    raise Refused.because("subject", f"“{title}”有几份，请选一份：{listed}。")


def logged_as(paper: Paper, kind: str, title: str) -> Paper:
    """The paper as its prints are logged."""
    return replace(paper, kind=kind, title=title)
