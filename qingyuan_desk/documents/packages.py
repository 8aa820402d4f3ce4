"""Packages: one zip of files with a list of what is in it and the SHA-256 of each, written and read back.

`contents.json` lists every other file; 目录.txt says the same to people. Names are safe on Windows. The same files give
the same bytes.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo
from zlib import error as BadStream

from qingyuan_desk.domain.errors import Refused, cause_in_words

CONTENTS = "contents.json"
LISTED = "目录.txt"
SCHEMA = "qingyuan-desk/contents"

#: Limits of a package that is read.
MAX_FILES = 500
MAX_BYTES = 300_000_000

#: Everything in a package has this moment, so that the same files give the same bytes.
_ALWAYS = (2000, 1, 1, 0, 0, 0)
_FORBIDDEN = str.maketrans({each: "_" for each in '<>:"/\\|?*'})
_LONGEST = 60
#: Bit of an entry that is encrypted.
_LOCKED = 0x1


@dataclass(frozen=True)
class Entry:
    """A file of a package. name: with `/` between a folder and it."""

    name: str
    title: str
    content: bytes

    @property
    def digest(self) -> str:
        """SHA-256 in hexadecimal digits."""
        return digest_of(self.content)


def digest_of(content: bytes) -> str:
    """SHA-256 in hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def safe_name(text: str) -> str:
    """A text as part of a file's name on any system: no control or direction marks, none of <>:"/\\|?*, no end in a dot."""
    kept = "".join(each for each in text if each == " " or unicodedata.category(each)[0] not in "CZ")
    return kept.translate(_FORBIDDEN)[:_LONGEST].strip(" .")


def write(title: str, entries: Sequence[Entry]) -> bytes:
    """The zip of these files with its lists. title: the first line of 目录.txt."""
    listed = Entry(LISTED, "目录", _listed(title, entries))
    told = {
        "schema": SCHEMA,
        "version": 1,
        "files": [
            {"name": each.name, "title": each.title, "size": len(each.content), "sha256": each.digest}
            for each in (listed, *entries)
        ],
    }
    contents = (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()
    buffer = BytesIO()
    with ZipFile(buffer, "w") as archive:
        for name, content in (
            (CONTENTS, contents),
            *((each.name, each.content) for each in (listed, *entries)),
        ):
            entry = ZipInfo(name, _ALWAYS)
            entry.compress_type = ZIP_DEFLATED
            archive.writestr(entry, content)
    return buffer.getvalue()


def read(path: Path) -> dict[str, bytes]:
    """The files of a package by name, each compared with its digest; nothing is written anywhere.

    Raises Refused at the field `file`: no zip, damaged, beyond the limits, a file missing, changed, or not listed.
    """
    try:
        with ZipFile(path) as archive:
            return _compared(archive)
    except OSError as error:
        raise _refused(
            f"{path.name} 打不开（{cause_in_words(error)}）。请核对位置，或者检查权限。"
        ) from error
    except (BadZipFile, BadStream, EOFError, ValueError, NotImplementedError) as error:
        raise _refused(f"{path.name} 不是完整的 zip 文件，可能没有传完。请让对方重新发送。") from error


def _compared(archive: ZipFile) -> dict[str, bytes]:
    infos = archive.infolist()
    if any(each.flag_bits & _LOCKED for each in infos):
        raise _refused("压缩包有密码，读不了。请让对方发送没有加密的送案包原件。")
    if len(infos) > MAX_FILES or sum(each.file_size for each in infos) > MAX_BYTES:
        raise _refused(
            f"送案包超过 {MAX_FILES} 个文件或者 {MAX_BYTES // 1_000_000} MB，没有打开。请让对方分开发送。"
        )
    names = [each.filename for each in infos]
    if len({name.casefold() for name in names}) != len(names):
        raise _refused("送案包里有重名的文件，没有读取。请让对方重新制作。")
    if CONTENTS not in names:
        raise _refused("压缩包里没有 contents.json，不是送案包，或者被人重新打过包。请用对方发来的原件。")
    found = {each.filename: _content(archive, each) for each in infos}
    expected = _expected(found.pop(CONTENTS))
    for name, digest in expected.items():
        if name not in found:
            raise _refused(f"送案包缺少“{name}”，不完整。请让对方重新发送。")
        if digest_of(found[name]) != digest:
            raise _refused(f"“{name}”与目录里的 SHA-256 不一致，被改动过或者没有传完整。请让对方重新发送。")
    more = sorted(found.keys() - expected.keys())
    if more:
        raise _refused(f"“{more[0]}”不在送案包的目录里，是后来放进去的，没有读取。请用对方发来的原件。")
    return found


def _content(archive: ZipFile, info: ZipInfo) -> bytes:
    """At most as many bytes as the entry says it has."""
    with archive.open(info) as file:
        content = file.read(info.file_size + 1)
    if len(content) != info.file_size:
        raise BadZipFile(info.filename)
    return content


def _expected(contents: bytes) -> Mapping[str, str]:
    """Name → digest of every file that must be there."""
    try:
        told = json.loads(contents)
        if told["schema"] != SCHEMA:
            raise KeyError(SCHEMA)
        return {str(each["name"]): str(each["sha256"]) for each in told["files"]}
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise _refused("contents.json 读不懂，可能被改动过。请让对方重新制作送案包。") from error


def _listed(title: str, entries: Sequence[Entry]) -> bytes:
    lines = [title, ""]
    for number, each in enumerate(entries, 1):
        lines += [f"{number:>2}  {each.name}", f"    {len(each.content)} 字节  SHA-256 {each.digest}"]
    return "\r\n".join([*lines, ""]).encode("utf-8-sig")


def _refused(sentence: str) -> Refused:
    return Refused.because("file", sentence)
