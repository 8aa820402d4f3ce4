"""Packages: written, compared when read back, and refused when anything in them is not as it was written."""

from __future__ import annotations

import json
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from random import Random
from zipfile import ZipFile

import pytest

from qingyuan_desk.documents import packages
from qingyuan_desk.documents.packages import Entry, safe_name
from qingyuan_desk.domain.errors import Refused

ENTRIES = (Entry("01 转办单.pdf", "转办单", b"%PDF-1"), Entry("附件/01 照片.jpg", "照片", b"\xff\xd8\xff"))

Files = dict[str, bytes]


@pytest.fixture
def changed(tmp_path: Path) -> Callable[[Callable[[Files], object]], Path]:
    """A package whose files were changed by hand."""

    def make(change: Callable[[Files], object]) -> Path:
        with ZipFile(BytesIO(packages.write("送案包", ENTRIES))) as archive:
            files = {name: archive.read(name) for name in archive.namelist()}
        change(files)
        path = tmp_path / "包.zip"
        with ZipFile(path, "w") as archive:
            for name, content in files.items():
                archive.writestr(name, content)
        return path

    return make


def test_what_was_written_is_read_back(tmp_path: Path) -> None:
    content = packages.write("送案包　清转〔2025〕0001号", ENTRIES)
    path = tmp_path / "包.zip"
    path.write_bytes(content)
    found = packages.read(path)
    assert {name: found[name] for name in (each.name for each in ENTRIES)} == {
        each.name: each.content for each in ENTRIES
    }
    listed = found["目录.txt"].decode("utf-8-sig")
    assert listed.startswith("送案包　清转〔2025〕0001号")
    assert all(each.name in listed and each.digest in listed for each in ENTRIES)
    assert packages.write("送案包　清转〔2025〕0001号", ENTRIES) == content


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda files: files.update({"01 转办单.pdf": b"%PDF-2"}), "SHA-256 不一致"),
        (lambda files: files.pop("附件/01 照片.jpg"), "缺少“附件/01 照片.jpg”"),
        (lambda files: files.update({"说明.exe": b"MZ"}), "“说明.exe”不在送案包的目录里"),
        (lambda files: files.pop("contents.json"), "没有 contents.json"),
        (lambda files: files.update({"contents.json": b"[]"}), "contents.json 读不懂"),
        (lambda files: files.update({"目录.txt": b""}), "“目录.txt”与目录里的 SHA-256 不一致"),
    ],
    ids=["changed", "missing", "added", "no list", "bad list", "list for people changed"],
)
def test_a_changed_package_is_refused(
    changed: Callable[..., Path], change: Callable[[Files], object], said: str
) -> None:
    with pytest.raises(Refused) as refused:
        packages.read(changed(change))
    assert said in refused.value.sentence and refused.value.problems[0].field == "file"


def test_what_is_no_zip_or_was_cut_off(tmp_path: Path) -> None:
    whole = packages.write("送案包", ENTRIES)
    for content in (b"", b"%PDF-1.7", whole[: len(whole) // 2]):
        path = tmp_path / "包.zip"
        path.write_bytes(content)
        with pytest.raises(Refused, match="不是完整的 zip"):
            packages.read(path)
    with pytest.raises(Refused, match="打不开"):
        packages.read(tmp_path / "没有.zip")


def test_any_damage_ends_in_a_sentence(tmp_path: Path) -> None:
    whole, chance = packages.write("送案包", ENTRIES), Random(7)
    path = tmp_path / "包.zip"
    for _ in range(400):
        damaged = bytearray(whole)
        damaged[chance.randrange(len(damaged))] ^= chance.randrange(1, 256)
        path.write_bytes(damaged)
        try:
            found = packages.read(path)
        except Refused as refused:
            assert refused.problems[0].field == "file"
        else:  # a date, or another thing nobody reads
            assert {found[each.name] for each in ENTRIES} == {each.content for each in ENTRIES}


def test_too_many_files_are_not_unpacked(changed: Callable[..., Path]) -> None:
    path = changed(lambda files: files.update({f"{number}": b"" for number in range(packages.MAX_FILES)}))
    with pytest.raises(Refused, match="超过"):
        packages.read(path)


def test_two_files_of_one_name_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "包.zip"
    with ZipFile(path, "w") as archive:
        for name in ("a.pdf", "A.pdf", packages.CONTENTS):
            archive.writestr(name, json.dumps({"schema": packages.SCHEMA, "files": []}))
    with pytest.raises(Refused, match="重名"):
        packages.read(path)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ('关于<路>的"照片"|1/2?*:', "关于_路_的_照片__1_2___"),
        ("结尾有点. . ", "结尾有点"),
        ("反向\u202e gpj.exe", "反向 gpj.exe"),
        ("两\n行\t字\x00", "两行字"),
        ("清转〔2025〕0001号 区交通运输局", "清转〔2025〕0001号 区交通运输局"),
        ("长" * 80, "长" * 60),
    ],
)
def test_names_any_system_takes(text: str, name: str) -> None:
    assert safe_name(text) == name
