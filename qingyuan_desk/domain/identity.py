"""Identity documents, phones, ages: what people show or say, read tolerantly and judged exactly.

Nobody is turned away for want of a document: an empty number is fine, and most faults can be kept with a reason.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from qingyuan_desk.domain.problems import Level, Problem
from qingyuan_desk.domain.regions import region_name, region_problem
from qingyuan_desk.domain.text import LIMITS, clean_line

#: Kind of document → its Chinese name.
ID_TYPES: Mapping[str, str] = {
    "id_card": "居民身份证",
    "residence_permit": "港澳台居民居住证",
    "foreigner_card": "外国人永久居留身份证",
    "mainland_permit": "港澳居民来往内地通行证",
    "taiwan_permit": "台湾居民来往大陆通行证",
    "passport": "护照",
    "officer_card": "军官证/士兵证",
    "household_book": "户口簿",
    "other": "其他证件",
    "none": "未出示证件",
}

SEXES: Mapping[str, str] = {"male": "男", "female": "女"}

#: Nobody who comes to the desk was born before this year.
EARLIEST_BIRTH = 1900

#: Said instead of a number; means that there is none.
_NOTHING = frozenset(
    {"", "无", "没有", "不详", "未知", "未带", "未出示", "无证件", "无身份证", "无电话", "-", "/", "—", "0"}
)


@dataclass(frozen=True)
class IdReading:
    """What a document number says. `suggested`: the 18-digit form of a 15-digit number."""

    number: str
    birth_date: date | None
    sex: str
    region: str
    problems: tuple[Problem, ...]
    suggested: str = ""


@dataclass(frozen=True)
class PhoneReading:
    """Phone numbers in one spelling: `text` joins them with a slash."""

    text: str
    numbers: tuple[str, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class _Kind:
    """The form of a document number that carries no birth date."""

    pattern: str
    example: str


_KINDS: Mapping[str, _Kind] = {
    "mainland_permit": _Kind(r"[HM]\d{8}(\d{2})?", "H12345678"),
    "taiwan_permit": _Kind(r"\d{8}|\d{10}[A-Z]?|[A-Z]\d{8,10}", "12345678"),
    "passport": _Kind(r"[A-Z0-9]{5,17}", "E12345678"),
    "officer_card": _Kind(r".{4,30}", "南字第01234567号"),
    "household_book": _Kind(r".{4,30}", "130608199001010017"),
    "other": _Kind(r".{1,30}", "1306081234"),
}
#: Documents whose numbers follow the citizen identification standard (GB 11643): 18 characters with a checksum.
_CITIZEN = frozenset({"id_card", "residence_permit", "foreigner_card", "none"})
_CITIZEN_NUMBER = re.compile(r"[0-9]{17}[0-9X]|[0-9]{15}")
#: Cards issued before 2023: country, district, birth, serial, check.
_OLD_FOREIGNER = re.compile(r"[A-Z]{3}[0-9]{12}")
_ASCII_ONLY = _CITIZEN | {"mainland_permit", "taiwan_permit", "passport"}


def read_sex(text: str) -> str:
    """ "male", "female", or "" for anything else; takes the codes and the Chinese words."""
    said = clean_line(text).casefold().removesuffix("性")
    return next((code for code, word in SEXES.items() if said in (code, word)), "")


def age_on(birth: date, day: date) -> int:
    """Full years (周岁) on a day; 0 before birth."""
    before_birthday = (day.month, day.day) < (birth.month, birth.day)
    return max(0, day.year - birth.year - before_birthday)


def read_id(id_type: str, text: str, today: date) -> IdReading:
    """Read a document number of a kind (key of ID_TYPES). Problems are of the field "id_number".

    A number stated without showing a document (kind "none") is read as that of an identity card.
    """
    number = _normal_number(text, id_type)
    if number in _NOTHING:
        return IdReading("", None, "", "", ())
    if len(number) > LIMITS["id_number"]:
        return _refused(number, f"证件号码最多 {LIMITS['id_number']} 位，现有 {len(number)} 位，请核对。")
    stranger = _stranger(number) if id_type in _ASCII_ONLY else ""
    if stranger:
        return _refused(number, stranger)
    if id_type not in _CITIZEN and not (id_type == "household_book" and _CITIZEN_NUMBER.fullmatch(number)):
        return _plain_number(id_type, number)
    if id_type == "foreigner_card" and _OLD_FOREIGNER.fullmatch(number):
        return IdReading(number, None, "", "", ())
    if re.fullmatch("[0-9]{15}", number):
        return _first_generation(number, today)
    return _second_generation(number, today)


def _normal_number(text: str, id_type: str) -> str:
    tight = re.sub(r"\s", "", unicodedata.normalize("NFKC", clean_line(text)))
    number = unicodedata.normalize("NFKC", tight).upper()
    if id_type in _CITIZEN and number not in _NOTHING:
        return number.replace("-", "").replace("×", "X")
    return number


def _stranger(number: str) -> str:
    """A sentence about the first character that is no digit or Latin letter, such as a Cyrillic О."""
    for place, character in enumerate(number, start=1):
        if not character.isascii():
            return f"证件号码第 {place} 位是“{character}”，不是数字或英文字母，请删去后用键盘重新输入这一位。"
    return ""


def _plain_number(id_type: str, number: str) -> IdReading:
    kind = _KINDS.get(id_type, _KINDS["other"])
    if re.fullmatch(kind.pattern, number):
        return IdReading(number, None, "", "", ())
    label = ID_TYPES.get(id_type, ID_TYPES["other"])
    sentence = f"不像{label}的号码（例如 {kind.example}），请核对证件类型和号码；确实如此请填写理由。"
    return IdReading(number, None, "", "", (_doubt(sentence),))


def _first_generation(number: str, today: date) -> IdReading:
    body = f"{number[:6]}19{number[6:]}"
    suggested = body + _check_character(body)
    reading = _citizen(number, suggested, today)
    if reading.birth_date is None:
        return reading
    offer = Problem("id_number", f"这是15位的第一代身份证号，可换成18位 {suggested}。", level=Level.WARN)
    return replace(reading, problems=(offer, *reading.problems), suggested=suggested)


def _second_generation(number: str, today: date) -> IdReading:
    if not re.fullmatch("[0-9]{17}[0-9X]", number):
        return IdReading(number, None, "", "", (_doubt(_shape_sentence(number)),))
    reading = _citizen(number, number, today)
    if _check_character(number[:17]) == number[17]:
        return reading
    wrong = _doubt("身份证号校验位不对，可能输错一位，请对照证件核对；证件无误请填写理由。")
    return replace(reading, problems=(wrong, *reading.problems))


def _citizen(number: str, full: str, today: date) -> IdReading:
    """What 18 characters say, apart from the checksum."""
    sex = "male" if int(full[16]) % 2 else "female"
    region = region_name(full[:6])
    written = full[6:14]
    try:
        birth = date(int(written[:4]), int(written[4:6]), int(written[6:]))
    except ValueError:
        sentence = f"身份证号中的出生日期 {written} 不存在，请对照证件核对；确实如此请填写理由。"
        return IdReading(number, None, sex, region, (_doubt(sentence),))
    if birth > today or birth.year < EARLIEST_BIRTH:
        wrong = "晚于今天" if birth > today else f"早于{EARLIEST_BIRTH}年"
        sentence = f"身份证号中的出生日期 {birth.isoformat()} {wrong}，请对照证件核对；确实如此请填写理由。"
        return IdReading(number, birth, sex, region, (_doubt(sentence),))
    warning = region_problem(full[:6], birth)
    problems = (Problem("id_number", warning, level=Level.WARN),) if warning else ()
    return IdReading(number, birth, sex, region, problems)


def _shape_sentence(number: str) -> str:
    for place, character in enumerate(number, start=1):
        if not character.isdigit() and not (character == "X" and place == 18):
            return f"身份证号第 {place} 位是“{character}”，应为数字（末位可为X）；通行证、护照等请改选证件类型，确实如此请填写理由。"
    return f"身份证号应为18位（第一代15位），现有 {len(number)} 位，请对照证件核对；确实如此请填写理由。"


def _check_character(body: str) -> str:
    """The last character by ISO 7064 MOD 11-2, which GB 11643 prescribes."""
    from stdnum.iso7064 import mod_11_2

    return str(mod_11_2.calc_check_digit(body))


def _doubt(sentence: str) -> Problem:
    return Problem("id_number", sentence, level=Level.DOUBT)


def _refused(number: str, sentence: str) -> IdReading:
    return IdReading(number, None, "", "", (Problem("id_number", sentence),))


_SEPARATORS = re.compile(r"[/\\,;、|]|或|和")
_LABEL = re.compile(r"^(联系)?(手机|电话|座机|固话|固定电话|手机号|电话号码)(号码?)?\s*:?\s*")
_MOBILE = re.compile(r"(?:\+?86|0086)?(1[3-9][0-9]{9})")
_LANDLINE = re.compile(
    r"(?:(?:\+86|0086|86)-?0?|0)(10|2[0-9]|[3-9][0-9]{2})-?([2-8][0-9]{6,7})(?:-([0-9]{1,6}))?"
)
_LOCAL = re.compile(r"([2-8][0-9]{6,7})(?:-([0-9]{1,6}))?")
_SERVICE = re.compile(r"([48]00[0-9]{7})")
_ABROAD = re.compile(r"(?:\+|00)(?!86)([1-9][0-9]{6,14})")


def read_phone(text: str) -> PhoneReading:
    """Read one or several phone numbers. Problems are of the field "phone". 无 and the like mean none.

    Mobiles, landlines with area code and extension, local landlines, 400 numbers, numbers abroad with +.
    """
    said = unicodedata.normalize("NFKC", clean_line(text))
    if re.sub(r"\s", "", said) in _NOTHING:
        return PhoneReading("", (), ())
    found: list[str] = []
    doubtful: list[str] = []
    for part in filter(None, (_LABEL.sub("", part.strip()) for part in _SEPARATORS.split(said))):
        numbers = _numbers(part)
        found += [number for number in numbers if number]
        doubtful += [part] if None in numbers else []
    numbers_found = tuple(dict.fromkeys(found))
    kept = said if doubtful else "/".join(numbers_found)
    return PhoneReading(kept, numbers_found, _phone_problems(kept, doubtful))


def _phone_problems(kept: str, doubtful: list[str]) -> tuple[Problem, ...]:
    if len(kept) > LIMITS["phone"]:
        return (Problem("phone", f"电话最多 {LIMITS['phone']} 个字符，请只留常用的号码。"),)
    if not doubtful:
        return ()
    sentence = f"“{doubtful[0]}”不像电话号码（例 0312-7951234），请核对；没有填“无”，或者填写理由。"
    return (Problem("phone", sentence, level=Level.DOUBT),)


def _numbers(part: str) -> list[str | None]:
    """The number in a part, or the numbers separated by spaces; None for what is no number."""
    whole = _number(part)
    return [whole] if whole else [_number(word) for word in part.split()]


def _number(text: str) -> str | None:
    tight = re.sub("[转#]", "-", re.sub(r"[\s()]", "", text))
    bare = tight.replace("-", "")
    if match := _MOBILE.fullmatch(bare) or _SERVICE.fullmatch(bare):
        return match[1]
    # Dashes as written first: the last group may be an extension. Then 0312-795-1234.
    if match := _LANDLINE.fullmatch(tight) or _LANDLINE.fullmatch(bare):
        return "-".join(filter(None, (f"0{match[1]}", match[2], match[3])))
    if match := _LOCAL.fullmatch(tight) or _LOCAL.fullmatch(bare):
        return "-".join(filter(None, match.groups()))
    match = _ABROAD.fullmatch(bare)
    return f"+{match[1]}" if match else None
