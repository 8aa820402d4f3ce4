"""What can be done with a matter now, as verbs with their articles; what cannot, with the reason.

Screens show these; the services refuse the same things by themselves.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from qingyuan_desk.domain.accounts import Actor, Right
from qingyuan_desk.domain.matter import MatterFacts


@dataclass(frozen=True)
class Step:
    """Something a person does with a matter. hindrance: why it cannot be done now; empty when it can."""

    code: str
    name: str
    key: str
    article: str
    hindrance: str = ""


@dataclass(frozen=True)
class _Verb:
    code: str
    name: str
    key: str
    right: Right
    articles: Mapping[str, str]
    writes: bool = True
    when_void: str = ""


_PETITION = "《信访工作条例》"
_MEDIATION = "《人民调解法》"

#: In the order they stand in; articles by flow.
_VERBS = (
    _Verb(
        "note",
        "记事",
        "Ctrl+Enter",
        Right.NOTE,
        {
            "petition": f"{_PETITION}第二十一条：及时录入",
            "handover": f"{_PETITION}第二十一条：及时录入",
            "mediation": f"{_MEDIATION}第二十七条：应当记录调解情况",
        },
    ),
    _Verb(
        "again",
        "再次来访",
        "F4",
        Right.REGISTER,
        {
            "petition": f"{_PETITION}第二十二条：收到应当登记",
            "handover": f"{_PETITION}第二十三条：收到应当登记",
            "mediation": f"{_MEDIATION}第二十七条：调解登记",
        },
        when_void="这件事项已经作废，请作为新事项登记。",
    ),
    _Verb(
        "print",
        "打印文书",
        "F8",
        Right.PRINT,
        {
            "petition": f"{_PETITION}第二十三条：书面告知",
            "handover": f"{_PETITION}第二十三条：书面告知",
            "mediation": f"{_MEDIATION}第二十三条、第二十四条：权利和义务",
        },
        writes=False,
        when_void="登记都已作废，没有可以打印的文书。",
    ),
)


def steps(matter: MatterFacts, actor: Actor, read_only: str = "") -> tuple[Step, ...]:
    """Every step, those that cannot be taken too. read_only: why nothing can be written here, in a sentence."""
    return tuple(
        Step(
            verb.code,
            verb.name,
            verb.key,
            verb.articles.get(matter.flow, ""),
            _hindrance(verb, matter, actor, read_only),
        )
        for verb in _VERBS
    )


def _hindrance(verb: _Verb, matter: MatterFacts, actor: Actor, read_only: str) -> str:
    if not actor.may(verb.right):
        return f"“{actor.name}”没有这项权限。"
    if matter.state == "void" and verb.when_void:
        return verb.when_void
    return read_only if verb.writes else ""
