"""The office's settings: what stands on its papers, its number series, its defaults. Every change is recorded."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from qingyuan_desk.domain.accounts import Actor, Right
from qingyuan_desk.domain.errors import NotAllowed, Refused
from qingyuan_desk.domain.mediation.codes import BODIES
from qingyuan_desk.domain.papers import FORMATS
from qingyuan_desk.domain.text import clean_line
from qingyuan_desk.services.office import Office, require
from qingyuan_desk.store import numbers, requests
from qingyuan_desk.store import reference as reference_store

#: Most characters of a setting.
_LONGEST = 200


@dataclass(frozen=True)
class Setting:
    """One setting as a page shows it. `locked`: why it cannot be changed any more; empty when it can."""

    key: str
    group: str
    name: str
    value: str
    help: str
    locked: str = ""


#: Key → group and name on the page, in the page's order.
NAMES: Mapping[str, tuple[str, str]] = {
    "office_name": ("文书抬头", "单位名称"),
    "second_name": ("文书抬头", "第二名称"),
    "committee_name": ("文书抬头", "调解委员会"),
    "committee_kind": ("文书抬头", "调解委员会类别"),
    "court_name": ("文书抬头", "人民法院"),
    "address": ("文书抬头", "地址"),
    "phone": ("文书抬头", "查询电话"),
    "hours": ("文书抬头", "接待时间"),
    "unit_code": ("文号", "单位代码"),
    "number_prefix_visit": ("文号", "来访文号前缀"),
    "number_prefix_matter": ("文号", "事项编号前缀"),
    "number_prefix_mediation": ("文号", "调解卷宗号前缀"),
    "number_prefix_sending": ("文号", "转办单文号前缀"),
    "number_prefix_urge": ("文号", "催办督办文号前缀"),
    "number_prefix_alert": ("文号", "紧急报告文号前缀"),
    "hot_least": ("统计", "热点件数"),
    "hot_rise": ("统计", "热点上升"),
    "printer": ("默认与保密", "默认打印机"),
    "paper": ("默认与保密", "回执纸张"),
    "sealed_readers": ("默认与保密", "密件知悉人"),
    "backup_folder": ("默认与保密", "第二备份文件夹"),
}

#: What stands in numbers, and the kind of number: a changed series would begin again at 1 and repeat numbers.
_SERIES = {
    "unit_code": "",
    "number_prefix_visit": "visit",
    "number_prefix_matter": "matter",
    "number_prefix_mediation": "mediation",
    "number_prefix_sending": "sending",
    "number_prefix_urge": "urge",
    "number_prefix_alert": "alert",
}
_READERS = "sealed_readers"
_SERIES_LOCKED = "已经用它编过号，不能再改；改了会出现重复的文号。"


def values(office: Office) -> tuple[Setting, ...]:
    """Every setting, in the page's order."""
    with office.store.read() as rows:
        kept = reference_store.settings(rows)
        locked = {key for key, kind in _SERIES.items() if numbers.any_taken(rows, kind)}
    kept[_READERS] = (_in_names(office, kept[_READERS][0]), kept[_READERS][1])
    return tuple(
        Setting(key, group, name, *kept.get(key, ("", "")), _SERIES_LOCKED if key in locked else "")
        for key, (group, name) in NAMES.items()
    )


def change(office: Office, actor: Actor, request_id: str, key: str, value: str) -> None:
    """Change one setting. Raises Refused with a sentence for the field `key`, NotAllowed.

    Who may see sealed matters is decided by those who see them: nobody makes a reader of themselves.
    """
    require(actor, Right.SETTINGS)
    setting = next((each for each in values(office) if each.key == key), None)
    if setting is None:
        raise Refused.because(key, f"没有“{key}”这个设置。")
    cleaned = clean_line(value)
    if cleaned == setting.value:
        return
    if key == _READERS:
        if actor.code not in office.reference.setting(_READERS).split():
            raise NotAllowed("密件由谁看，只有现在的知悉人可以改。请由他们登录后再改。")
        cleaned = _in_codes(office, cleaned)
    refusal = setting.locked or _too_long(cleaned) or _CHECKS.get(key, _anything)(office, cleaned)
    if refusal:
        raise Refused.because(key, refusal)
    with office.store.write() as tx:
        if requests.answered(tx, request_id, "setting"):
            return
        reference_store.change_setting(tx, key, cleaned)
        result = {"key": key, "old": setting.value, "new": cleaned}
        requests.record(tx, request_id, "setting", actor.code, office.now(), result)
    office.reload()


def _in_names(office: Office, codes: str) -> str:
    """Accounts as people call them: 负责人、审计员."""
    names = office.names()
    return "、".join(names.get(code, code) for code in codes.split())


def _in_codes(office: Office, said: str) -> str:
    """Accounts, written as names or codes, as the table keeps them; what is none is left as it was written."""
    codes = {name: code for code, name in office.names().items()}
    words = re.split(r"[、，,;；\s]+", said)
    return " ".join(dict.fromkeys(codes.get(word, word) for word in words if word))


def _too_long(value: str) -> str:
    return f"最多 {_LONGEST} 个字，现有 {len(value)} 个字。" if len(value) > _LONGEST else ""


def _anything(office: Office, value: str) -> str:
    return ""


def _needed(office: Office, value: str) -> str:
    return "" if value else "不能空着，它要印在每一张文书上。"


def _prefix(office: Office, value: str) -> str:
    fits = re.fullmatch(r"[^\W\d_]{1,6}", value)
    return "" if fits else "前缀是 1 到 6 个汉字或字母，不带括号和数字，例如 清访。"


def _code(office: Office, value: str) -> str:
    return "" if re.fullmatch(r"[A-Z0-9]{1,8}", value) else "单位代码是 1 到 8 个大写字母或数字，例如 QY。"


def _format(office: Office, value: str) -> str:
    return "" if value in FORMATS else f"可选：{'、'.join(FORMATS)}。"


def _body(office: Office, value: str) -> str:
    return "" if value in BODIES.values() else f"可选：{'、'.join(BODIES.values())}。"


def _threshold(office: Office, value: str) -> str:
    return "" if re.fullmatch(r"[1-9][0-9]?", value) else "填 1 到 99 的整数，例如 3。"


def _readers(office: Office, value: str) -> str:
    known = {actor.code: actor.name for actor in office.actors() if actor.may(Right.SEALED)}
    strangers = [code for code in value.split() if code not in known]
    if strangers:
        said = _in_names(office, " ".join(strangers))
        return f"“{said}”不是能看密件的账号。可填：{'、'.join(known.values())}。"
    return "" if value else "至少要有一个知悉人，否则密件没有人能办理。"


def _folder(office: Office, value: str) -> str:
    if not value:
        return ""
    path = Path(value)
    if not path.is_absolute():
        return "请写完整的路径，例如 E:\\备份 或 /media/usb/备份。"
    if path.resolve() == office.folder.resolve():
        return "不能和数据放在同一个文件夹，磁盘坏了会一起丢。请换一个盘。"
    return "" if path.is_dir() else f"没有找到文件夹 {value}。请先插好 U 盘或建好文件夹。"


_CHECKS: Mapping[str, Callable[[Office, str], str]] = {
    "office_name": _needed,
    "committee_name": _needed,
    "committee_kind": _body,
    "court_name": _needed,
    "hot_least": _threshold,
    "hot_rise": _threshold,
    "unit_code": _code,
    "number_prefix_visit": _prefix,
    "number_prefix_matter": _prefix,
    "number_prefix_mediation": _prefix,
    "number_prefix_sending": _prefix,
    "number_prefix_urge": _prefix,
    "number_prefix_alert": _prefix,
    "paper": _format,
    _READERS: _readers,
    "backup_folder": _folder,
}
