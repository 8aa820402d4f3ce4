"""What became of what was sent to units in a period (送案): of petitions, of other matters handed over, and of calls for support.

Counted are the sendings (件次) of the period, as they stand when the report is made; a matter sent twice is two of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields

from qingyuan_desk.domain.breakdowns import Figure, Rate
from qingyuan_desk.domain.errors import Unavailable


@dataclass(frozen=True)
class SendingCounts:
    """Sendings, 件次. to_answer: those with a limit to answer that came to its end; in_time: those of them met in time."""

    sent: int = 0
    received: int = 0
    objected: int = 0
    returned: int = 0
    recalled: int = 0
    replied: int = 0
    to_answer: int = 0
    in_time: int = 0

    def __add__(self, other: SendingCounts) -> SendingCounts:
        return SendingCounts(*(getattr(self, name) + getattr(other, name) for name in COLUMNS))

    @property
    def on_time(self) -> Rate:
        """按期回复率."""
        return Rate(self.in_time, self.to_answer)


COLUMNS = tuple(each.name for each in fields(SendingCounts))
NOTHING = SendingCounts()

#: Kind of sending → what it is called, whose limit to answer it has. A figure of it has the key KIND_column.
KINDS: Mapping[str, tuple[str, str]] = {
    "petition_sending": ("转送交办", "交办单指定的办理期限"),
    "handover": ("移送", "办结并回复的期限"),
    "support": ("联动响应请求", "响应的期限"),
}
#: Keys of the figures whose matters can be listed, by unit.
COUNTED = tuple(f"{kind}_{column}" for kind in KINDS for column in COLUMNS)
#: Column → its name and definition, where {kind} and {limit} are filled in.
_DEFINED: Mapping[str, tuple[str, str]] = {
    "sent": ("{kind}", "本期送出的{kind}，每送一次计一件次"),
    "received": ("{kind}签收", "本期送出的{kind}中，制表时单位已经签收的"),
    "objected": ("{kind}提出异议", "本期送出的{kind}中，制表时单位提出过异议的"),
    "returned": ("{kind}退回", "本期送出的{kind}中，制表时由单位退回的"),
    "recalled": ("{kind}收回、改派", "本期送出的{kind}中，制表时已经收回、改派或者撤销的"),
    "replied": ("{kind}回复", "本期送出的{kind}中，制表时单位已经回复的"),
    "to_answer": (
        "{kind}应回复",
        "本期送出的{kind}中，制表时{limit}已经到期或者已经回复的，取消的不计",
    ),
    "in_time": ("{kind}按期回复", "{kind}应回复中，在末日（遇法定休假日的为顺延后末日）或以前回复的"),
}

FIGURES: tuple[Figure, ...] = tuple(
    figure
    for code, (kind, limit) in KINDS.items()
    for figure in (
        *(
            Figure(f"{code}_{column}", name.format(kind=kind), "件次", said.format(kind=kind, limit=limit))
            for column, (name, said) in _DEFINED.items()
        ),
        Figure(f"{code}_on_time_rate", f"{kind}按期回复率", "%", f"{kind}按期回复占{kind}应回复的百分比"),
    )
)


@dataclass(frozen=True)
class SendingLine:
    """What was sent to a unit."""

    unit: str
    name: str
    counts: SendingCounts


@dataclass(frozen=True)
class SendingFigures:
    """Sendings of a kind (of KINDS) by unit: those units to which something was sent, in the office's order."""

    kind: str
    lines: tuple[SendingLine, ...] = ()
    total: SendingCounts = NOTHING

    def __post_init__(self) -> None:
        for line in self.lines:
            if line.counts.in_time > line.counts.to_answer or line.counts.to_answer > line.counts.sent:
                raise Unavailable(
                    "QY-140",
                    table=KINDS[self.kind][0],
                    cause=f"{line.name}送出 {line.counts.sent} 件次，应回复 {line.counts.to_answer} 件次，"
                    f"按期回复 {line.counts.in_time} 件次",
                )


def tabulate_sendings(
    kind: str, counted: Mapping[str, SendingCounts], units: Mapping[str, str]
) -> SendingFigures:
    """The sendings of a period by unit. units: code → name, in the office's order; others come last by their codes."""
    order = {code: place for place, code in enumerate(units)}
    lines = [
        SendingLine(code, units.get(code, code), counts)
        for code, counts in sorted(
            counted.items(), key=lambda each: (order.get(each[0], len(order)), each[0])
        )
    ]
    return SendingFigures(kind, tuple(lines), sum(counted.values(), NOTHING))
