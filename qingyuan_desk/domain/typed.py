"""What somebody typed into one field: cleaned, turned into codes, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from qingyuan_desk.domain.problems import Level, Problem
from qingyuan_desk.domain.reference import Reference
from qingyuan_desk.domain.text import LIMITS, clean_line, had_hidden

#: So much of what somebody wrote is quoted back.
_QUOTED = 20


def line(field: str, text: str, limit: str, problems: list[Problem]) -> str:
    """A line fit to keep. limit: a key of LIMITS; what is longer is refused, never cut."""
    cleaned = clean_line(text)
    problems += text_problems(field, text, cleaned, LIMITS[limit])
    return cleaned


def text_problems(field: str, text: str, cleaned: str, limit: int) -> Iterable[Problem]:
    """What is wrong with a text: characters nobody sees were taken out, or it is too long."""
    if had_hidden(text):
        yield told(field, "文字里夹有看不见的控制符，已去掉，请核对。")
    if len(cleaned) > limit:
        yield Problem(field, f"最多 {limit} 个字，现有 {len(cleaned)} 个字，请缩短。")


def division(township: str, village: str, reference: Reference, problems: list[Problem]) -> tuple[str, str]:
    """Codes of township and village. A place outside the district stays as it was said, in the address."""
    town_said, village_said = clean_line(township), clean_line(village)
    town = reference.township(town_said)
    if town_said and town is None:
        problems.append(Problem("township", f"没有{quoted(town_said)}这个乡镇；区外的地址写在“详细地址”里。"))
    elif village_said and town is None:
        problems.append(Problem("village", f"请先选乡镇，再选{quoted(village_said)}；或者写在“详细地址”里。"))
    if town is None or not village_said:
        return town.code if town else "", ""
    place = reference.village(town.code, village_said)
    if place is None:
        problems.append(
            Problem("village", f"{town.name}没有{quoted(village_said)}这个村，从列表选或写进“详细地址”。")
        )
    return town.code, place.code if place else ""


def code_of(names: Mapping[str, str], text: str) -> str | None:
    """The code for a code or its Chinese name; None when it is neither."""
    said = clean_line(text)
    return said if said in names else next((code for code, name in names.items() if name == said), None)


def quoted(said: str) -> str:
    """What somebody wrote, in quotation marks, shortened."""
    return f"“{said}”" if len(said) <= _QUOTED else f"“{said[: _QUOTED - 1]}…”"


def told(field: str, sentence: str) -> Problem:
    """A problem that is only told."""
    return Problem(field, sentence, level=Level.WARN)
