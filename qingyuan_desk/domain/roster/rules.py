"""What may be written down about a mediator: cleaned values, codes for names, and what is wrong. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from qingyuan_desk.domain.identity import EARLIEST_BIRTH, SEXES, read_phone, read_sex
from qingyuan_desk.domain.moments import read_moment
from qingyuan_desk.domain.problems import Level, Problem
from qingyuan_desk.domain.reference import Reference
from qingyuan_desk.domain.roster.mediators import KINDS, LEVELS, STATUSES, TERM_ARTICLE, WEEKDAYS, Mediator
from qingyuan_desk.domain.text import LIMITS, clean_line, clean_text, had_hidden, search_key

#: 《人民调解法》第十四条: 成年公民.
ADULT = 18
ADULT_ARTICLE = "《人民调解法》第十四条"


@dataclass(frozen=True)
class Checked:
    """A mediator with every value normalised and every name turned into its code, and what is wrong."""

    mediator: Mediator
    problems: tuple[Problem, ...]


def check(mediator: Mediator, reference: Reference, today: date) -> Checked:
    """Clean an entry of the roster and say what stands in its way, field by field.

    Townships, villages, skills, kinds, levels, and days may come as codes or as the Chinese words people write.
    """
    found: list[Problem] = []
    kind = _code("kind", mediator.kind, KINDS, "类别", found) or "elder"
    township, village = _place(mediator, kind, reference, found)
    cleaned = replace(
        mediator,
        code=clean_line(mediator.code),
        name=_name(mediator.name, found),
        sex=_sex(mediator.sex, found),
        birth_year=_birth_year(mediator.birth_year, today, found),
        township=township,
        village=village,
        phone=_phone(mediator.phone, found),
        identity=_line("identity", mediator.identity, found),
        skills=_skills(mediator.skills, reference, found),
        posts=_line("posts", mediator.posts, found),
        kind=kind,
        term_start=_term_start(mediator.term_start, found),
        level=_level(mediator.level, found),
        status=_code("status", mediator.status, STATUSES, "状态", found) or "active",
        free_days=_free_days(mediator.free_days, found),
        note=_note(mediator.note, found),
    )
    found += _term_warnings(cleaned, today)
    return Checked(cleaned, tuple(found))


def twin(mediator: Mediator, others: Iterable[Mediator]) -> Mediator | None:
    """Another entry that is the same person: same name, place, and year of birth as far as both say it.

    Entries without a code are new ones, each another.
    """
    return next(
        (
            other
            for other in others
            if not (mediator.code and other.code == mediator.code)
            and search_key(other.name) == search_key(mediator.name)
            and (other.township, other.village) == (mediator.township, mediator.village)
            and _may_agree(other.birth_year, mediator.birth_year)
        ),
        None,
    )


def _may_agree(one: str, other: str) -> bool:
    return not one or not other or one == other


def _name(text: str, found: list[Problem]) -> str:
    name = clean_line(text)
    if not name:
        found.append(Problem("name", "请填写调解员姓名。"))
    if len(name) > LIMITS["name"]:
        found.append(Problem("name", f"姓名最多 {LIMITS['name']} 个字，现有 {len(name)} 个字，请缩短。"))
    if had_hidden(text):
        found.append(Problem("name", "姓名里夹有看不见的控制符，已去掉，请核对。", level=Level.WARN))
    return name


def _line(field: str, text: str, found: list[Problem]) -> str:
    cleaned = clean_line(text)
    if len(cleaned) > LIMITS["title"]:
        found.append(Problem(field, f"最多 {LIMITS['title']} 个字，现有 {len(cleaned)} 个字，请缩短。"))
    return cleaned


def _note(text: str, found: list[Problem]) -> str:
    cleaned = clean_text(text)
    if len(cleaned) > LIMITS["remark"]:
        found.append(Problem("note", f"备注最多 {LIMITS['remark']} 个字，现有 {len(cleaned)} 个字，请缩短。"))
    return cleaned


def _sex(text: str, found: list[Problem]) -> str:
    sex = read_sex(text)
    if clean_line(text) and not sex:
        found.append(Problem("sex", f"性别填“{'”或“'.join(SEXES.values())}”。"))
    return sex


def _birth_year(text: str, today: date, found: list[Problem]) -> str:
    """The year of birth; more exact dates are cut to it."""
    said = clean_line(text)
    if not said:
        return ""
    match = re.match(r"[12]\d{3}(?!\d)|[12]\d{3}(?=\d{4}$)", said, re.ASCII)
    if not match:
        found.append(Problem("birth_year", "出生年份填四位数字，例如 1958。"))
        return ""
    year = int(match[0])
    if not EARLIEST_BIRTH <= year <= today.year:
        found.append(Problem("birth_year", f"出生年份 {year} 不对，请核对。"))
        return ""
    if today.year - year < ADULT:
        found.append(Problem("birth_year", "人民调解员应当由成年公民担任，请核对出生年份。", ADULT_ARTICLE))
    return match[0]


def _place(mediator: Mediator, kind: str, reference: Reference, found: list[Problem]) -> tuple[str, str]:
    """Codes of township and village. An elder belongs to a township."""
    said, said_village = clean_line(mediator.township), clean_line(mediator.village)
    town = reference.township(said)
    if said and town is None:
        found.append(Problem("township", f"没有“{said}”这个乡镇，请从列表中选。"))
    if town is None:
        if not said and (kind == "elder" or said_village):
            found.append(Problem("township", "请选择调解员所在的乡镇。"))
        return "", ""
    village = reference.village(town.code, said_village)
    if said_village and village is None:
        found.append(Problem("village", f"{town.name}没有“{said_village}”这个村（社区），请从列表中选。"))
    return town.code, village.code if village else ""


def _phone(text: str, found: list[Problem]) -> str:
    """Phone numbers in one spelling. One that looks wrong is kept: only the mediator can say what it should be."""
    reading = read_phone(text)
    if len(reading.text) > LIMITS["phone"]:
        found += reading.problems
    elif reading.problems:
        sentence = f"“{reading.text}”不像电话号码，已照原样保存，请向本人核对。"
        found.append(Problem("phone", sentence, level=Level.WARN))
    return reading.text


def _skills(said: tuple[str, ...], reference: Reference, found: list[Problem]) -> tuple[str, ...]:
    """Codes in the order they were said; a type may be named without its last word: 邻里."""
    codes: dict[str, None] = {}
    for text in filter(None, map(clean_line, said)):
        kind = reference.dispute_type(text) or reference.dispute_type(f"{text}纠纷")
        if kind is None:
            found.append(Problem("skills", f"擅长领域里没有“{text}”这种纠纷类型，请从列表中选。"))
        else:
            codes[kind.code] = None
    if not codes:
        found.append(Problem("skills", "没有填擅长的纠纷类型，推荐时只看乡镇和村。", level=Level.WARN))
    return tuple(codes)


def _term_start(text: str, found: list[Problem]) -> str:
    """The ISO day, from the ways people and spreadsheets write it."""
    said = clean_line(text)
    if not said:
        return ""
    moment = read_moment(said)
    if moment is None:
        found.append(Problem("term_start", "任期起始日写作 2024-09-18 这样的形式，请核对。"))
        return ""
    return moment.date().isoformat() if isinstance(moment, datetime) else moment.isoformat()


def _term_warnings(mediator: Mediator, today: date) -> Iterable[Problem]:
    term = mediator.term
    if term is None:
        return
    words = term.words(today)
    match term.state(today):
        case "ended":
            sentence = f"{words}；连选连任的，请把任期起始日改为新一届的。"
            yield Problem("term_start", sentence, TERM_ARTICLE, Level.WARN)
        case "ahead":
            yield Problem("term_start", f"{words}，此前不推荐。", TERM_ARTICLE, Level.WARN)


def _level(text: str, found: list[Problem]) -> str:
    """A level by its number or name: 三级, 三级人民调解员."""
    said = clean_line(text).removesuffix("人民调解员").removesuffix("级")
    numbers = {name[0]: code for code, name in LEVELS.items()}
    return _code("level", numbers.get(said, said), LEVELS, "等级", found)


def _code(field: str, text: str, names: Mapping[str, str], label: str, found: list[Problem]) -> str:
    """The code for a code or its Chinese name."""
    said = clean_line(text)
    code = next((code for code, name in names.items() if said in (code, name)), "")
    if said and not code:
        found.append(Problem(field, f"没有“{said}”这个{label}，可选：{'、'.join(names.values())}。"))
    return code


_NUMBERS = {word: number for number, word in WEEKDAYS.items()} | {"天": "7"}
_DAYS_SAID = {"随叫随到": "", "每天": "1-7", "天天": "1-7", "工作日": "1-5", "周末": "6-7", "双休日": "6-7"}
_RANGE = re.compile(r"([1-7])[-至到~—]+([1-7])")


def _free_days(text: str, found: list[Problem]) -> str:
    """Weekdays as "1 3 5", from 周一、周三、周五, 一三五, 周一至周五, or 工作日."""
    said = clean_line(text)
    tight = re.sub(r"星期|礼拜|每周|周|[\s、,，;；/和]", "", _DAYS_SAID.get(said, said))
    spelled = "".join(_NUMBERS.get(character, character) for character in tight)
    days = _RANGE.sub(_span, spelled)
    if not set(days) <= set(WEEKDAYS):
        found.append(
            Problem("free_days", "空闲日写作“周一、周三”，随时能来的留空；每月固定的日子写在备注里。")
        )
        return ""
    return " ".join(sorted(set(days)))


def _span(ends: re.Match[str]) -> str:
    """1-3 → 123; a span that runs backwards stays as it is and is refused."""
    return "".join(map(str, range(int(ends[1]), int(ends[2]) + 1))) or ends[0]
