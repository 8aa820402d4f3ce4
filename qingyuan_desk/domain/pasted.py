"""Lines pasted from a chat or a sheet, such as “冉庄镇 东孟庄村 张三与李四 宅基地纠纷 13800138000”, taken apart.

What is found is a proposal: a person confirms every line before it is registered.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from qingyuan_desk.domain.importing import columns, find_place, is_known
from qingyuan_desk.domain.reference import Division, Reference
from qingyuan_desk.domain.surnames import is_compound
from qingyuan_desk.domain.text import clean_line

#: More lines are a file.
MAX_LINES = 500
#: What a line should say → how it is called when it does not.
WANTED: Mapping[str, str] = {
    "name": "姓名",
    "phone": "联系电话",
    "township": "乡镇",
    "village": "村",
    "opponent": "对方当事人",
    "narrative": "事由",
}

_NUMBERING = re.compile(r"^\s*(?:[(（]?\d{1,3}(?:[)）、]|[.．](?!\d))|[①-⑳]|[-*•]\s)\s*")
_ID = re.compile(r"(?:身份证号?码?\s*:?\s*)?(?<![0-9A-Za-z])([0-9]{17}[0-9Xx]|[0-9]{15})(?![0-9A-Za-z])")
_PHONE = re.compile(
    r"(?:(?:联系)?(?:电话|手机|方式)号?码?\s*:?\s*)?(?<!\d)(1[3-9]\d[ -]?\d{4}[ -]?\d{4}|0\d{2,3}-?[2-8]\d{6,7})(?!\d)"
)
_DATE = re.compile(
    r"(?<!\d)(\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?:\s?(?:上午|下午|晚上)?\d{1,2}[:时点]\d{0,2}分?(?::\d{2})?)?)"
)
_BETWEEN = re.compile(r"[\s,，;；。:：|/]+")
_LABEL = re.compile(
    r"^(?:本村|我村|该村)?(?:村民|群众|居民|反映人|来访人|信访人|当事人|双方当事人|申请人|姓名)"
)
_COUNTY = re.compile(r"(?:河北省?)?(?:保定市?)?(?:清苑区?)?$")
_VILLAGE = re.compile("(?:^|\\s)([\u3400-\u9fff]{1,8}?(?:村民委员会|村委会|村|社区))")
_COMPANY = re.compile(r"\S*?(?:公司|合作社|村委会|居委会|工程队|项目部)")
_NAME = re.compile(
    "[\u3400-\u9fff\U00020000-\U0003ffff]{2,4}|[\u3400-\u9fff]{1,12}(?:·[\u3400-\u9fff]{1,12})+"
)
_AND = re.compile("[与和跟同诉、]")
#: Where a name ends in text without spaces, besides the office's own words for disputes.
_TOPICS = (
    *("纠纷", "矛盾", "争议", "发生", "反映", "要求", "请求", "诉求", "关于", "因", "就", "为", "的", "之间"),
    *(
        "打架",
        "土地",
        "承包",
        "邻里",
        "房屋",
        "院墙",
        "排水",
        "赡养",
        "婚姻",
        "离婚",
        "交通",
        "买卖",
        "借",
        "欠",
    ),
)


@dataclass(frozen=True)
class Line:
    """One pasted line and what it says, by field of an import."""

    line_no: int
    text: str
    cells: Mapping[str, str]


def read_lines(text: str, reference: Reference) -> Iterator[Line]:
    """Every line that says something. A first line of headers, as copied from a sheet, names the columns."""
    lines = [(number, line) for number, line in enumerate(text.splitlines(), start=1) if clean_line(line)]
    if lines and sum(map(is_known, lines[0][1].split("\t"))) > 1:
        header = lines[0][1].split("\t")
        found = columns(header)
        for number, line in lines[1:]:
            row = [*line.split("\t"), *[""] * len(header)][: len(header)]
            yield Line(number, _shown(line), found.cells(row))
        return
    topics = _topics(reference)
    for number, line in lines:
        yield Line(number, _shown(line), _taken_apart(_NUMBERING.sub("", line), topics, reference))


def _shown(line: str) -> str:
    return clean_line(line.replace("\t", " "))


def _topics(reference: Reference) -> tuple[str, ...]:
    said = [word for duty in reference.duties for word in duty.words]
    said += [word for rule in reference.triage_rules for word in rule.any_words]
    said += [kind.name.removesuffix("纠纷") for kind in reference.dispute_types]
    return (*_TOPICS, *said)


def _taken_apart(line: str, topics: tuple[str, ...], reference: Reference) -> dict[str, str]:
    rest = unicodedata.normalize("NFKC", _shown(line))
    cells: dict[str, str] = {}
    for name, pattern in (("id_number", _ID), ("phone", _PHONE), ("received_at", _DATE)):
        cells[name] = "/".join(found[1] for found in pattern.finditer(rest))
        rest = pattern.sub(" ", rest)
    rest = _without_place(rest, cells, reference)
    words = [word for word in _BETWEEN.split(rest) if word]
    words = _without_names(words, cells, topics)
    told = " ".join(words)
    if told and cells.get("opponent"):
        told = f"{cells['name']}与{cells['opponent']}{'' if len(words) == 1 else '：'}{told}"
    return {**cells, "narrative": told}


def _without_place(line: str, cells: dict[str, str], reference: Reference) -> str:
    """Take township and village out of a line: the township in full anywhere, or by its short name as a word."""
    town, village = find_place(line, reference)
    if town is not None:
        before, _, after = line.partition(town.name)
        line = f"{_COUNTY.sub(' ', before)} {after}"
    else:
        place, town = _first(line.split(), reference.township)
        if town is None:
            return line
        line = " ".join(word for number, word in enumerate(line.split()) if number != place)
    cells["township"] = town.name
    spelled = _spelled(village, line) if village else ""
    if not spelled:
        place, village = _first(line.split(), lambda word: reference.village(town.code, f"{word}村"))
        # A village the township does not have is kept, for the person to see.
        unknown = _VILLAGE.search(line)
        spelled = line.split()[place] if village else unknown[1] if unknown else ""
    cells["village"] = village.short_name if village else spelled
    return line.replace(spelled, " ", 1) if spelled else line


def _spelled(village: Division, line: str) -> str:
    return next((name for name in (village.name, village.short_name, *village.aliases) if name in line), "")


def _first(words: list[str], find: Callable[[str], Division | None]) -> tuple[int, Division | None]:
    """The first word that names a place."""
    named = ((place, find(word)) for place, word in enumerate(words))
    return next(((place, found) for place, found in named if found), (-1, None))


def _without_names(words: list[str], cells: dict[str, str], topics: tuple[str, ...]) -> list[str]:
    """Take the people out of a line: both sides of a dispute, or the one who reports."""
    for place, word in enumerate(words):
        said = _LABEL.sub("", word)
        split = _AND.search(said, 2) or _AND.search(said, 1)
        if split and _NAME.fullmatch(said[: split.start()]):
            cells["name"] = said[: split.start()]
            cells["opponent"], told = _leading_name(said[split.end() :], topics)
            return [*words[:place], *filter(None, [told]), *words[place + 1 :]]
    for place, word in enumerate(words):
        name, told = _leading_name(_LABEL.sub("", word), topics)
        if _NAME.fullmatch(name) and (not told or _LABEL.match(word)):
            cells["name"] = name
            after = words[place + 1 :]
            if not told and after and _NAME.fullmatch(after[0]) and _leading_name(after[0], topics)[1] == "":
                cells["opponent"] = after.pop(0)
            return [*words[:place], *filter(None, [told]), *after]
    return words


def _leading_name(text: str, topics: tuple[str, ...]) -> tuple[str, str]:
    """A name at the beginning of a text, and the rest: it ends where the talk of the dispute begins."""
    ends = [place for topic in topics if (place := text.find(topic)) >= 0]
    end = min(ends, default=len(text))
    company = _COMPANY.match(text)
    if company:
        end = company.end()
    elif end > 4:
        end = 4 if is_compound(text) else 3
    return text[:end], text[end:]
