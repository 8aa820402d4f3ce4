"""The business date and official numbers such as 清访〔2024〕0630号, in every spelling people use."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone

from qingyuan_desk.domain.text import clean_line

#: Asia/Shanghai has had no summer time since 1991; a fixed offset needs no time-zone files on the machine.
SHANGHAI = timezone(timedelta(hours=8), "Asia/Shanghai")

_OPEN = r"[(\[{〔【〖《〈「]"
_CLOSE = r"[)\]}〕】〗》〉」]"
#: For text whose runs of spaces are one space.
_SPELLING = re.compile(
    rf"""(?P<prefix>[^\W\d_]{{0,20}}?) [ ]? (?:{_OPEN}[ ]?)? (?P<year>(?:19|20|21)[0-9]{{2}}) [ ]? 年? [ ]?
    (?:{_CLOSE}|[-/_.—])? [ ]? 第? [ ]? (?P<serial>[0-9]{{1,9}}) [ ]? 号?""",
    re.VERBOSE,
)

#: A dossier's number; for text whose brackets and spaces are gone.
_DOSSIER = re.compile(
    r"(?:(?P<year>(?:19|20|21)[0-9]{2})年?)?(?P<prefix>[^\W\d_]{0,20}?)人调字?(?:(?P<later>(?:19|20|21)[0-9]{2})年?)?第?"
    r"(?P<serial>[0-9]{1,9})号?"
)

#: The same said without any year.
_NO_YEAR = re.compile(r"(?P<prefix>[^\W\d_]{0,20}?)人调字?第?(?P<serial>[0-9]{1,5})号?")


def business_date(at: datetime) -> date:
    """The date in Asia/Shanghai that a moment belongs to. A time without zone is a ValueError."""
    if at.tzinfo is None or at.utcoffset() is None:
        raise ValueError("business_date needs a time with its zone")
    return at.astimezone(SHANGHAI).date()


@dataclass(frozen=True, order=True)
class OfficialNumber:
    """A number of a series: the prefix names unit and kind (清访), the serial starts at 1 every business year."""

    prefix: str
    year: int
    serial: int

    def __str__(self) -> str:
        return f"{self.prefix}〔{self.year}〕{self.serial:04d}号"


def parse(text: str) -> OfficialNumber | None:
    """The number a person means, or None.

    Any brackets or none, full-width digits, spaces, 第 and 号 left out. Without its prefix a number is only
    recognised by its brackets; it comes back with an empty prefix.
    """
    match = _SPELLING.fullmatch(re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text)).strip())
    if match is None or int(match["serial"]) == 0:
        return None
    if not match["prefix"] and not re.search(_OPEN, match[0]):
        return None
    return OfficialNumber(match["prefix"], int(match["year"]), int(match["serial"]))


@dataclass(frozen=True, order=True)
class DossierNumber:
    """The number of a mediation's dossier (卷号), as the official forms write it: （2024）清综人调字第0001号."""

    prefix: str
    year: int
    serial: int

    def __str__(self) -> str:
        return f"（{self.year}）{self.prefix}人调字第{self.serial:04d}号"


def parse_dossier(text: str) -> DossierNumber | None:
    """The dossier number a person means, or None: any brackets or none, the year before or behind 人调字.

    人调 makes it one: 清调〔2024〕1号 is a number of another series. Without its prefix it comes back with an empty one.
    """
    tight = re.sub(rf"\s|{_OPEN}|{_CLOSE}", "", unicodedata.normalize("NFKC", text))
    match = _DOSSIER.fullmatch(tight)
    if match is None or int(match["serial"]) == 0 or bool(match["year"]) == bool(match["later"]):
        return None
    return DossierNumber(match["prefix"], int(match["year"] or match["later"]), int(match["serial"]))


def dossier_of_this_year(text: str, year: int) -> DossierNumber | None:
    """A dossier number said without its year: 清综人调字第55号, 人调55."""
    match = _NO_YEAR.fullmatch(re.sub(r"\s", "", unicodedata.normalize("NFKC", text)))
    return (
        DossierNumber(match["prefix"], year, int(match["serial"])) if match and int(match["serial"]) else None
    )


def in_full(text: str) -> str:
    """A number in its official spelling; anything else without what cannot be part of one."""
    dossier = parse_dossier(text)
    parsed = dossier if dossier and dossier.prefix else parse(text)
    return str(parsed) if parsed else clean_line(text)
