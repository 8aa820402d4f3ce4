"""Rows of an old ledger of mediations (调解台账) as cases that are over: which column is what, and what its cells mean.

Nothing is invented: who is not named stays unnamed, and a row whose result or form nobody can tell is refused.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from qingyuan_desk.domain import money
from qingyuan_desk.domain.columns import Columns, Fields, find, plain, settled, spellings, unreadable
from qingyuan_desk.domain.errors import Refused
from qingyuan_desk.domain.importing import RESULT, find_place, split_parties
from qingyuan_desk.domain.intake import EARLIEST
from qingyuan_desk.domain.moments import read_moment
from qingyuan_desk.domain.problems import Level, Problem
from qingyuan_desk.domain.reference import Reference
from qingyuan_desk.domain.text import LIMITS, clean_line, clean_text, search_key

#: What a column can be → the headers it is known by, the commonest first. The first one also names it to people.
FIELDS: Fields = {
    "opened_on": ("登记日期", "受理日期", "受理时间", "登记时间", "申请日期", "调解日期", "日期", "时间"),
    "ended_on": ("办结日期", "结案日期", "办结时间", "结案时间", "调结日期", "协议日期"),
    "dispute_type": ("纠纷类型", "纠纷类别", "矛盾纠纷类型", "案件类型", "类型"),
    "township": ("乡镇", "乡镇街道", "所属乡镇", "所在乡镇", "镇街", "属地乡镇"),
    "village": ("村", "村社区", "村居", "所属村", "所在村", "行政村"),
    "applicant": ("申请人", "申请人姓名", "姓名", "甲方", "来访人"),
    "respondent": ("对方", "被申请人", "对方当事人", "被申请人姓名", "乙方"),
    "parties": ("当事人", "双方当事人", "纠纷当事人"),
    "source": ("来源", "案件来源", "纠纷来源", "事项来源"),
    "result": ("结果", "调解结果", "办理结果", "是否成功", "调解情况"),
    "form": ("协议形式", "协议类型", "协议种类", "协议"),
    "amount": ("涉及金额", "协议金额", "协议涉及金额", "金额", "标的额"),
    "performance": ("履行", "履行情况", "协议履行情况", "是否履行"),
    "satisfaction": ("满意度", "满意情况", "回访满意度", "满意程度", "评价"),
    "mediators": ("调解员", "调解人", "主持人", "调解员姓名", "乡贤"),
    "narrative": ("纠纷简要情况", "简要情况", "事由", "主要内容", "纠纷情况", "案由", "内容"),
    "remark": ("备注", "说明"),
}

#: What cells say → the code it means; compared in the key of `plain`.
_RESULTS = {
    "agreed": ("调解成功", "成功", "达成协议", "已化解", "化解", "调成", "是", "已调解成功"),
    "failed": ("调解不成", "不成功", "未成功", "失败", "调解失败", "未达成协议", "终止", "终止调解", "否"),
    "withdrawn": ("撤回", "当事人撤回", "撤回申请", "撤诉", "自行和解"),
}
_FORMS = {
    "oral": ("口头", "口头协议", "口头协议登记"),
    "written": ("书面", "书面协议", "协议书", "调解协议书", "签订协议书"),
}
_PERFORMANCES = {
    "full": ("已全部履行", "全部履行", "已履行", "履行", "履行完毕", "当场履行", "是"),
    "partial": ("部分履行",),
    "none": ("未履行", "没有履行", "否"),
}
_SATISFACTIONS = {
    "satisfied": ("满意", "非常满意", "很满意"),
    "fairly": ("基本满意", "较满意", "一般"),
    "unsatisfied": ("不满意",),
    "declined": ("不愿评价", "未评价", "拒绝评价"),
}
_WORDS = {
    "result": ("结果", _RESULTS, "调解成功、调解不成或者撤回"),
    "form": ("协议形式", _FORMS, "口头或者书面"),
    "performance": ("履行", _PERFORMANCES, "已履行、部分履行或者未履行"),
    "satisfaction": ("满意度", _SATISFACTIONS, "满意、基本满意、不满意或者不愿评价"),
}
_BETWEEN = re.compile(r"[、,，;；/]+")
#: What a sum is meant in where the header says so: 涉及金额（万元）.
_TEN_THOUSAND = "万"
#: Where a dispute came from, as the official table of mediation (LP §1.9) calls it.
_ORIGINS: Mapping[str, str] = {
    "walk_in": "application",
    "township_report": "initiative",
    "transfer": "other_unit",
    "transfer_court": "court",
    "transfer_procuratorate": "procuratorate",
    "transfer_police": "police",
    "transfer_petition_office": "petition_office",
    "transfer_other": "other_unit",
}


@dataclass(frozen=True)
class PastCase:
    """A mediation that was over before it was written down here. amount: fen. Codes, "" for what the row does not say.

    applicants, respondents: names as they stand, with opponent_kind for what each is; empty where nobody is named.
    """

    opened_on: date
    ended_on: date
    dispute_type: str
    source: str
    origin: str
    result: str
    form: str
    amount: int
    performance: str
    satisfaction: str
    township: str
    village: str
    applicants: tuple[str, ...]
    respondents: tuple[str, ...]
    mediators: tuple[str, ...]
    narrative: str


@dataclass(frozen=True)
class CaseRow:
    """A row as a past case (None where it cannot be one), what is wrong with it, and what makes another row the same."""

    case: PastCase | None
    problems: tuple[Problem, ...]
    identity: tuple[str, ...]


def is_known(header: str) -> bool:
    """Whether a header names something an import of cases can take."""
    return plain(header) in _KNOWN


_KNOWN = spellings(FIELDS)


def columns(header: Sequence[str], mapping: Mapping[str, str] | None = None) -> Columns:
    """Find every field's column by its header; `mapping` as in domain/importing. Raises Refused for what is not there."""
    places, told = find(header, FIELDS)
    spelled = [plain(cell) for cell in header]
    for field_name, wanted in (mapping or {}).items():
        name = next((name for name, known in FIELDS.items() if field_name in (name, *known)), "")
        if not name:
            raise Refused.because(
                "mapping",
                f"对照文件里的“{field_name}”不是可以导入的项目。可用：{'、'.join(FIELDS)}（见 docs/import.md）。",
            )
        places.pop(name, None)
        if wanted and plain(wanted) not in spelled:
            raise Refused.because("mapping", f"表里没有“{wanted}”这一列。请改对照文件。")
        if wanted:
            places[name] = spelled.index(plain(wanted))
    return settled(header, places, told, RESULT)


def in_ten_thousands(header: str) -> bool:
    """Whether a header says that its sums are in 万元."""
    return _TEN_THOUSAND in header


# --- one row -----------------------------------------------------------------------------------------------------


def read_row(
    cells: Mapping[str, str], source: str, reference: Reference, today: date, *, ten_thousands: bool
) -> CaseRow:
    """The past case a row tells of. source: of rows that name none. ten_thousands: sums without a unit are 万元."""
    problems = list(unreadable(cells, FIELDS, ()))
    said = {name: clean_text(cells.get(name, "")) for name in FIELDS}
    opened = _day(said, "opened_on", today, problems)
    ended = _day(said, "ended_on", today, problems) or opened
    if opened is None and not any(each.field == "opened_on" for each in problems):
        problems.append(Problem("opened_on", "没有登记日期。请填写日期，例如 2024-09-20。"))
    if opened and ended and ended < opened:
        problems.append(Problem("ended_on", f"办结日期（{ended}）早于登记日期（{opened}），请核对。"))
    codes = {name: _code(said, name, problems) for name in _WORDS}
    if not said["result"]:
        problems.append(Problem("result", "没有写结果。请写明调解成功、调解不成或者撤回。"))
    if codes["result"] == "agreed" and not said["form"]:
        problems.append(
            Problem("form", "调解成功的要写明协议形式：口头或者书面。", "《人民调解法》第二十八条")
        )
    own = _own_codes(said, source, reference, problems)
    applicants, respondents = _sides(said)
    amount = _amount(said["amount"], ten_thousands, problems)
    identity = tuple(search_key(said[name]) for name in FIELDS)
    if opened is None or ended is None or any(each.level is Level.REFUSE for each in problems):
        return CaseRow(None, tuple(problems), identity)
    agreed = codes["result"] == "agreed"
    case = PastCase(
        opened_on=opened,
        ended_on=ended,
        result=codes["result"],
        form=codes["form"] if agreed else "",
        amount=amount if agreed else 0,
        performance=codes["performance"] if agreed else "",
        satisfaction=codes["satisfaction"],
        origin=_ORIGINS.get(own["source"], "application"),
        applicants=applicants,
        respondents=respondents,
        mediators=_mediators(said["mediators"], reference, problems),
        narrative=_narrative(said),
        **own,
    )
    return CaseRow(case, tuple(problems), identity)


def _day(said: Mapping[str, str], name: str, today: date, problems: list[Problem]) -> date | None:
    text, label = said[name], FIELDS[name][0]
    if not text:
        return None
    read = read_moment(text)
    on = read.date() if isinstance(read, datetime) else read
    if on is None:
        problems.append(Problem(name, f"{label}“{clean_line(text)[:30]}”看不懂，请写作 2024-09-20。"))
    elif on > today:
        problems.append(Problem(name, f"{label}在将来，请核对。"))
    elif on < EARLIEST:
        problems.append(Problem(name, f"{label}早于 {EARLIEST.year} 年，请核对。"))
    else:
        return on
    return None


def _code(said: Mapping[str, str], name: str, problems: list[Problem]) -> str:
    """The code of what a cell says in one of a few words; "" for an empty cell."""
    label, words, choices = _WORDS[name]
    if not said[name]:
        return ""
    spelled = plain(said[name])
    for code, known in words.items():
        if spelled in map(plain, known):
            return code
    problems.append(Problem(name, f"{label}“{clean_line(said[name])[:30]}”看不懂，请写{choices}。"))
    return ""


def _own_codes(
    said: Mapping[str, str], source: str, reference: Reference, problems: list[Problem]
) -> dict[str, str]:
    """Codes of what the office has tables of: type, source, township, village."""
    kind, came = reference.dispute_type(clean_line(said["dispute_type"])), said["source"] or source
    if kind is None:
        told = f"没有“{clean_line(said['dispute_type'])[:30]}”这个纠纷类型，请用十八类的名称或代码。"
        problems.append(Problem("dispute_type", told if said["dispute_type"] else "没有写纠纷类型。"))
    from_where = reference.source(clean_line(came))
    if from_where is None:
        problems.append(Problem("source", f"没有“{clean_line(came)[:30]}”这个来源，请改成来源表里的名称。"))
    town = reference.township(clean_line(said["township"])) or find_place(said["township"], reference)[0]
    if town is None and said["township"]:
        problems.append(Problem("township", f"没有“{clean_line(said['township'])[:30]}”这个乡镇，请核对。"))
    place = reference.village(town.code, clean_line(said["village"])) if town and said["village"] else None
    if said["village"] and place is None:
        told = f"没有找到村“{clean_line(said['village'])[:30]}”，没有记下。"
        problems.append(Problem("village", told, level=Level.WARN))
    return {
        "dispute_type": kind.code if kind else "",
        "source": from_where.code if from_where else "",
        "township": town.code if town else "",
        "village": place.code if place else "",
    }


def _sides(said: Mapping[str, str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    applicants, respondents = _names(said["applicant"]), _names(said["respondent"])
    both = split_parties(said["parties"])
    return applicants or both[:1], respondents or (() if applicants else both[1:])


def _names(text: str) -> tuple[str, ...]:
    return tuple(name[: LIMITS["name"]] for part in _BETWEEN.split(text) if (name := clean_line(part)))


def _mediators(text: str, reference: Reference, problems: list[Problem]) -> tuple[str, ...]:
    """Codes of those of the roster; others are told, for a case keeps mediators of the roster only."""
    found: list[str] = []
    for name in _names(text):
        known = [each for each in reference.mediators if name in (each.code, each.name)]
        if len(known) == 1:
            found.append(known[0].code)
        else:
            why = "有同名的" if known else "不在名册上"
            told = f"调解员“{name}”{why}，没有记为本案的调解员；原表的写法记在事由里。"
            problems.append(Problem("mediators", told, level=Level.WARN))
    return tuple(dict.fromkeys(found))


def _amount(text: str, ten_thousands: bool, problems: list[Problem]) -> int:
    tight = clean_line(text)
    if not tight:
        return 0
    bare = re.fullmatch(r"[0-9,，.]+", tight) is not None
    fen = money.read(tight + _TEN_THOUSAND if ten_thousands and bare else tight)
    if fen is None:
        problems.append(Problem("amount", f"涉及金额“{tight[:30]}”看不懂，请写数字，例如 3500 或 1.2万。"))
    return fen or 0


def _narrative(said: Mapping[str, str]) -> str:
    """What the row tells in words, and what no record has a place for."""
    parts = [said["narrative"]]
    parts += [f"{FIELDS[name][0]}：{said[name]}" for name in ("mediators", "remark") if said[name]]
    whole = "\n".join(filter(None, parts)) or "（原台账没有记事由）"
    return whole[: LIMITS["narrative"]]
