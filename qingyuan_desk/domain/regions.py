"""The first digits of citizen numbers: the provinces, and the codes 清苑 has had.

No national table is shipped: codes come and go, people keep the number they were given, so a code never refuses anyone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

_PROVINCES = """
11北京市 12天津市 13河北省 14山西省 15内蒙古自治区 21辽宁省 22吉林省 23黑龙江省 31上海市 32江苏省 33浙江省 34安徽省 35福建省
36江西省 37山东省 41河南省 42湖北省 43湖南省 44广东省 45广西壮族自治区 46海南省 50重庆市 51四川省 52贵州省 53云南省 54西藏自治区
61陕西省 62甘肃省 63青海省 64宁夏回族自治区 65新疆维吾尔自治区 71台湾省 81香港特别行政区 82澳门特别行政区 83台湾地区
"""

#: First two digits → province. 81, 82, 83 stand on residence permits for people of Hong Kong, Macao, and Taiwan.
PROVINCES: Mapping[str, str] = {entry[:2]: entry[2:] for entry in _PROVINCES.split()}


@dataclass(frozen=True)
class OwnCode:
    """A code 清苑 has had: the years it was in force, and the first year of birth that fits it.

    Until 1999 people got their number with their first card, at sixteen; since then at birth.
    """

    name: str
    since: int
    until: int
    first_birth: int


OWN_CODES: Mapping[str, OwnCode] = {
    "132431": OwnCode("河北省保定地区清苑县", 1984, 1994, 0),
    "130622": OwnCode("河北省保定市清苑县", 1994, 2015, 1978),
    "130608": OwnCode("河北省保定市清苑区", 2015, 9999, 2015),
}


def region_name(code: str) -> str:
    """The district for 清苑's own codes, else the province; 外国人 for foreigners' numbers; "" when unknown."""
    if code in OWN_CODES:
        return OWN_CODES[code].name
    return "外国人" if code.startswith("9") else PROVINCES.get(code[:2], "")


def region_problem(code: str, birth: date) -> str:
    """A Chinese sentence when code and birth date do not fit each other, or ""."""
    if not region_name(code):
        return f"身份证号前两位“{code[:2]}”不是已知的省份代码，请核对；可以照常登记。"
    own = OWN_CODES.get(code)
    if own and birth.year < own.first_birth:
        return f"{code}（{own.name}）自{own.since}年起使用，晚于出生年份，请核对；可以照常登记。"
    if own and birth.year > own.until:
        return f"{code}（{own.name}）{own.until}年已停用，早于出生年份，请核对；可以照常登记。"
    return ""
