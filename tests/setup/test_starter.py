"""What the starter decides before the program can run."""

import hashlib
import importlib.util
import os
import platform
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

HOME = Path(__file__).resolve().parents[2]
LOCK = HOME / "requirements.lock"
FONTS = HOME / "resources" / "fonts"

spec = importlib.util.spec_from_file_location("starter", HOME / "main.py")
assert spec is not None and spec.loader is not None
starter = importlib.util.module_from_spec(spec)
spec.loader.exec_module(starter)


def locked() -> dict[str, str]:
    """Package name -> exact version."""
    return dict(re.findall(r"^([a-z0-9-]+)==(\S+)", LOCK.read_text("utf-8"), re.MULTILINE))


# -- The lock


def test_lock_names_no_address() -> None:
    text = LOCK.read_text("utf-8")
    assert "://" not in text
    assert "--index" not in text and "--extra-index" not in text and "--find-links" not in text


def test_every_locked_package_has_a_hash() -> None:
    entries = re.split(r"\n(?=[a-z0-9-]+==)", LOCK.read_text("utf-8"))
    assert len(entries) > 30
    assert [entry.split("\n")[0] for entry in entries if "--hash=sha256:" not in entry] == []


def test_lock_holds_everything_the_project_asks_for() -> None:
    project = tomllib.loads((HOME / "pyproject.toml").read_text("utf-8"))
    lists = [project["project"]["dependencies"], *project["dependency-groups"].values()]
    names = {re.split(r"[=<>]", line)[0].lower() for asked in lists for line in asked}
    assert names - set(locked()) == set()


def test_qt_is_pinned_as_a_pair_and_without_the_big_packages() -> None:
    assert locked()["pyside6-pdf"].startswith(locked()["pyside6-essentials"] + ".")
    assert not {"pyside6", "pyside6-addons"} & set(locked())


def test_windows_gets_what_only_windows_needs() -> None:
    assert "colorama==" in LOCK.read_text("utf-8") and "tzdata" in locked()


# -- The system's packages


def test_every_needed_library_has_a_debian_package() -> None:
    table = starter.system_packages("need")
    assert len(table) == 20
    assert table["libxcb-cursor.so.0"] == "libxcb-cursor0"
    assert all(".so." in library for library in table)
    assert all(re.fullmatch(r"[a-z0-9.+-]+", package) for package in table.values())


def test_line_to_type_is_exact() -> None:
    line = starter.install_line(["libegl1", "libxcb-cursor0"])
    assert line == "sudo apt-get install -y --no-install-recommends libegl1 libxcb-cursor0"


def test_probing_libraries_programs_and_files(tmp_path: Path) -> None:
    font = tmp_path / "rare.ttf"
    wanted = {
        "libnowhere.so.9": "a",
        "no-such-program-here": "b",
        str(font): "c",
        Path(sys.executable).name: "d",
    }
    path = os.environ["PATH"]
    os.environ["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{path}"
    try:
        assert list(starter.missing(wanted).values()) == (["a", "b", "c"] if starter.ON_LINUX else [])
        font.write_bytes(b"")
        assert "c" not in starter.missing(wanted).values()
    finally:
        os.environ["PATH"] = path


@pytest.mark.skipif(not starter.ON_LINUX, reason="apt is asked on Linux only")
def test_without_root_the_line_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for program in ("apt-get", "env"):
        (tmp_path / program).symlink_to("/bin/true")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(starter.os, "geteuid", lambda: 1000)
    monkeypatch.setattr(starter, "system_packages", lambda kind: {"libnowhere.so.9": "libnowhere9"})
    with pytest.raises(starter.Lacking) as lack:
        starter.provide_system()
    assert "sudo apt-get install -y --no-install-recommends libnowhere9\n" in str(lack.value)
    assert "请执行下面一行" in str(lack.value)


@pytest.mark.skipif(not starter.ON_LINUX, reason="Qt brings its libraries itself elsewhere")
def test_without_apt_the_libraries_are_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(starter, "system_packages", lambda kind: {"libnowhere.so.9": "libnowhere9"})
    with pytest.raises(starter.Lacking, match=r"libnowhere\.so\.9") as lack:
        starter.provide_system()
    assert "apt-get" not in str(lack.value)


# -- The environment


def test_stamp_changes_with_lock_and_python() -> None:
    first = starter.stamp(b"a==1", "3.11.2 (main)")
    assert first == hashlib.sha256(b"a==13.11.2 (main)").hexdigest()
    assert len({first, starter.stamp(b"a==2", "3.11.2 (main)"), starter.stamp(b"a==1", "3.13.0 (main)")}) == 3


@pytest.mark.parametrize(("version", "fits"), [(platform.python_version(), True), ("3.2.1", False)])
def test_environment_of_another_python_is_not_used(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, version: str, fits: bool
) -> None:
    monkeypatch.setattr(starter, "VENV", tmp_path)
    assert starter.venv_fits() is False
    starter.venv_python().parent.mkdir()
    starter.venv_python().write_bytes(b"")
    (tmp_path / "pyvenv.cfg").write_text(f"home = /usr/bin\nversion = {version}\n", "utf-8")
    assert starter.venv_fits() is fits


def test_pip_takes_only_what_is_locked() -> None:
    online = starter.pip_arguments(offline=False, chatty=True)
    assert {"--require-hashes", "--no-deps", str(LOCK)} < set(online)
    assert online[online.index("--only-binary") + 1] == ":all:"
    assert "--no-index" not in online


def test_offline_office_asks_no_network() -> None:
    offline = starter.pip_arguments(offline=True, chatty=False)
    assert "--no-index" in offline
    assert offline[offline.index("--find-links") + 1] == str(HOME / "wheels")


@pytest.mark.skipif(not starter.ON_LINUX, reason="folders are write-protected otherwise elsewhere")
def test_folder_that_takes_no_environment_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.write_text("not a folder", "utf-8")
    monkeypatch.setattr(starter, "VENV", in_the_way / ".venv")
    with pytest.raises(starter.Lacking, match="磁盘空间和写入权限"):
        starter.make_venv()


def test_starter_needs_only_the_standard_library() -> None:
    command = [
        sys.executable,
        "-I",
        "-S",
        "-c",
        "import runpy, sys; runpy.run_path(sys.argv[1])",
        str(HOME / "main.py"),
    ]
    assert subprocess.run(command, check=False).returncode == 0


def test_old_python_is_told_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(starter.sys, "version_info", (3, 9, 2, "final", 0))
    assert starter.main() == 3
    assert "需要 Python 3.11" in capsys.readouterr().err


# -- The display


@pytest.mark.skipif(not starter.ON_LINUX, reason="X and Wayland")
def test_dead_display_is_no_display(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("QT_QPA_PLATFORM", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DISPLAY", ":4199")
    assert starter.has_display() is False
    monkeypatch.delenv("DISPLAY")
    assert starter.has_display() is False
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    assert starter.has_display() is True


@pytest.mark.skipif(not starter.ON_LINUX, reason="X and Wayland")
def test_wayland_counts_when_its_socket_is_there(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-7")
    assert starter.wayland_answers() is False
    (tmp_path / "wayland-7").touch()
    assert starter.wayland_answers() is True


@pytest.mark.skipif(not starter.ON_LINUX, reason="X and Wayland")
@pytest.mark.parametrize("arguments", [["--data", "somewhere"], ["--data=somewhere"]])
def test_window_without_a_display_ends_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    for name in ("QT_QPA_PLATFORM", "WAYLAND_DISPLAY", "DISPLAY"):
        monkeypatch.setenv(name, "")
    with pytest.raises(starter.Lacking, match="没有可用的显示器"):
        starter.run_desk(arguments)


# -- What is shipped


def test_fonts_come_with_their_licence() -> None:
    licence = (FONTS / "OFL.txt").read_text("utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
    reserved = re.findall(r"Reserved Font Name '(\w+)'", licence)
    assert reserved == ["Source"]
    assert not [font.name for font in FONTS.glob("*.ttf") if reserved[0].lower() in font.name.lower()]


@pytest.mark.parametrize("name", ["NotoSansSC-Regular.ttf", "NotoSansSC-Bold-subset.ttf"])
def test_fonts_are_truetype_outlines(name: str) -> None:
    head = (FONTS / name).read_bytes()[:512]
    assert head[:4] == b"\x00\x01\x00\x00"
    assert b"glyf" in head and b"CFF " not in head
    assert name in (FONTS / "README.md").read_text("utf-8")


def test_version_is_told_once() -> None:
    from qingyuan_desk import __version__

    project = tomllib.loads((HOME / "pyproject.toml").read_text("utf-8"))
    assert project["project"]["version"] == __version__
