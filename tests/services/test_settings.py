"""The office's settings: what may be changed, what not, and that it is recorded."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from qingyuan_desk.domain.accounts import Actor
from qingyuan_desk.domain.errors import NotAllowed, Refused
from qingyuan_desk.domain.visit import VisitForm
from qingyuan_desk.services import mediation, reception, settings
from qingyuan_desk.services.office import Office
from tests.services import mediated


def _value(office: Office, key: str) -> str:
    return next(each.value for each in settings.values(office) if each.key == key)


def test_every_seeded_setting_has_a_place_on_the_page(office: Office) -> None:
    assert {each.key for each in settings.values(office)} == set(office.reference.settings)
    assert all(each.help for each in settings.values(office))


def test_a_change_is_in_force_at_once_and_stays(office: Office, clerk: Actor) -> None:
    settings.change(office, clerk, "s1", "phone", " 0312-7951234 ")
    assert office.reference.setting("phone") == "0312-7951234"
    settings.change(office, clerk, "s2", "phone", "0312-7950000")
    settings.change(office, clerk, "s1", "phone", "0312-7951234")  # the first press arrives again
    assert _value(office, "phone") == "0312-7950000"


@pytest.mark.parametrize(
    ("key", "value", "sentence"),
    [
        ("office_name", "  ", "不能空着"),
        ("office_name", "中" * 201, "最多 200 个字"),
        ("number_prefix_visit", "清访〔2024〕", "前缀是 1 到 6 个汉字或字母"),
        ("number_prefix_matter", "", "前缀是 1 到 6 个汉字或字母"),
        ("unit_code", "清苑", "单位代码是 1 到 8 个大写字母或数字"),
        ("paper", "a3", "可选"),
        ("backup_folder", "备份", "完整的路径"),
        ("backup_folder", "/没有/这个文件夹", "没有找到文件夹"),
        ("nothing", "1", "没有“nothing”这个设置"),
    ],
)
def test_what_does_not_fit_is_refused_with_a_sentence(
    office: Office, clerk: Actor, key: str, value: str, sentence: str
) -> None:
    with pytest.raises(Refused, match=sentence) as refused:
        settings.change(office, clerk, "s1", key, value)
    assert refused.value.problems[0].field == key


def test_who_sees_sealed_matters_is_decided_by_those_who_see_them(office: Office, clerk: Actor) -> None:
    leader = office.actor("leader")
    assert _value(office, "sealed_readers") == "负责人"
    with pytest.raises(NotAllowed, match="只有现在的知悉人可以改"):
        settings.change(office, clerk, "s1", "sealed_readers", "登记员")
    for key, value, sentence in (
        ("s2", "负责人、张三", "“张三”不是能看密件的账号"),
        ("s3", "", "至少要有一个知悉人"),
    ):
        with pytest.raises(Refused, match=sentence):
            settings.change(office, leader, key, "sealed_readers", value)
    settings.change(office, leader, "s4", "sealed_readers", "负责人、登记员")
    assert office.reference.setting("sealed_readers") == "leader clerk"
    assert _value(office, "sealed_readers") == "负责人、登记员"


def test_the_second_backup_may_not_lie_beside_the_data(office: Office, clerk: Actor, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="不能和数据放在同一个文件夹"):
        settings.change(office, clerk, "s1", "backup_folder", str(office.folder))
    (tmp_path / "U盘").mkdir()
    settings.change(office, clerk, "s2", "backup_folder", str(tmp_path / "U盘"))
    assert office.reference.setting("backup_folder") == str(tmp_path / "U盘")


def test_a_series_that_came_later_may_be_named_as_long_as_it_has_no_number(
    office: Office, clerk: Actor, visit: Callable[..., VisitForm]
) -> None:
    reception.register(office, clerk, visit(opponent="赵测试"))
    settings.change(office, clerk, "s1", "number_prefix_mediation", "清民")
    mediated.begun(office, clerk, visit, ("M04",))
    with pytest.raises(Refused, match="已经用它编过号"):
        settings.change(office, clerk, "s2", "number_prefix_mediation", "清综")
    with pytest.raises(Refused, match="已经用它编过号"):
        settings.change(office, clerk, "s3", "unit_code", "QX")
    numbered = mediation.case(office, clerk, "（2024）清民人调字第1号").mediation
    assert numbered is not None and numbered.number == "（2024）清民人调字第0001号"


def test_a_series_in_use_keeps_its_name(
    office: Office, clerk: Actor, visit: Callable[..., VisitForm]
) -> None:
    settings.change(office, clerk, "s1", "number_prefix_visit", "清接")
    assert reception.register(office, clerk, visit()).visit_number == "清接〔2024〕0001号"
    with pytest.raises(Refused, match="已经用它编过号"):
        settings.change(office, clerk, "s2", "number_prefix_visit", "清访")


def test_only_who_may_changes_settings(office: Office) -> None:
    with pytest.raises(NotAllowed):
        settings.change(office, office.actor("mediator"), "s1", "phone", "1")
