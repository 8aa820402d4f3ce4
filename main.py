#!/usr/bin/env python3
"""The starter: makes everything the desk needs on this machine, then starts it.

    python3 main.py                 opens the desk (without a display: plays the demo into demo-out/)
    python3 main.py COMMAND …       the same work from a terminal, see `python3 main.py --help`
    python3 main.py --test …        the tests;  --lint  the checks;  --bench …  the measures

Only the standard library is used until the program runs inside `.venv`, which this file makes from
`requirements.lock`. A folder `wheels/` beside it is used instead of the network (offices without internet).
Exit 3: the machine lacks something; what, and the exact line to get it, is printed.
"""

from __future__ import annotations

import ctypes
import hashlib
import importlib.util
import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

HOME = Path(__file__).resolve().parent
VENV = HOME / ".venv"
LOCK = HOME / "requirements.lock"
WHEELS = HOME / "wheels"
STAMP = VENV / "set-up.stamp"
EXTRAS_TRIED = VENV / "extras.stamp"
PACKAGES = HOME / "resources" / "system-packages.txt"

OLDEST_PYTHON = (3, 11)
LACKING = 3
ON_LINUX = sys.platform.startswith("linux")


class Lacking(Exception):
    """The machine lacks something: what, and how to get it, in Chinese and in English."""

    def __init__(self, chinese: str, english: str, remedy: str = "") -> None:
        super().__init__(f"{chinese}\n  {english}" + (f"\n\n{remedy}\n" if remedy else ""))


def say(chinese: str, english: str) -> None:
    """Tell the person at the terminal, at once; standard output stays the program's own."""
    print(f"{chinese}\n  {english}", file=sys.stderr, flush=True)


def quiet(command: list[str]) -> bool:
    """Run a command without its chatter; whether it worked."""
    silence = subprocess.DEVNULL
    return subprocess.run(command, stdin=silence, stdout=silence, stderr=silence, check=False).returncode == 0


# -- The system: Qt's shared libraries, and packages that are welcome


def system_packages(kind: str) -> dict[str, str]:
    """Library, file or program -> Debian package, of one kind of resources/system-packages.txt."""
    rows = [line.split() for line in PACKAGES.read_text("utf-8").splitlines()]
    return {row[1]: row[2] for row in rows if row and row[0] == kind}


def present(name: str) -> bool:
    """Whether a shared library loads, a file (by its path) exists or a program (by its name) is there."""
    if name.startswith("/"):
        return Path(name).exists()
    if ".so." not in name:
        return shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin") is not None
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def missing(wanted: dict[str, str]) -> dict[str, str]:
    """The part of a package table that this machine has not; nothing is asked of Windows and macOS."""
    return {name: package for name, package in wanted.items() if ON_LINUX and not present(name)}


def install_line(packages: list[str]) -> str:
    """The exact line a person types to install the packages."""
    return "sudo apt-get install -y --no-install-recommends " + " ".join(packages)


def as_root(may_ask: bool) -> list[str] | None:
    """The words that put a command into root's hands; None when there is no way."""
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") is None:
        return None
    if quiet(["sudo", "-n", "true"]):
        return ["sudo", "-n"]
    return ["sudo"] if may_ask and sys.stdin.isatty() else None


def apt_install(packages: list[str], may_ask: bool) -> bool:
    """Install Debian packages, with a fresh package list only when the one at hand does not do."""
    root = as_root(may_ask) if shutil.which("apt-get") else None
    if root is None:
        return False
    say(f"正在安装 {len(packages)} 个系统组件……", "Installing with apt: " + " ".join(packages))
    apt = [*root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-o", "DPkg::Lock::Timeout=120"]
    install = [*apt, "install", "-y", "--no-install-recommends", *packages]
    return quiet(install) or (quiet([*apt, "update"]) and quiet(install))


def provide_system() -> None:
    """Have Qt's system libraries and a way to fill `.venv`, or raise Lacking with the line that brings them."""
    libraries = missing(system_packages("need"))
    packages = [*libraries.values(), *([] if venv_fits() or can_fill_venv() else ["python3-venv"])]
    if not packages:
        return
    if apt_install(packages, may_ask=True) and not missing(libraries):
        return
    if shutil.which("apt-get"):
        chinese, english = "本机缺少系统组件。请执行下面一行,然后重试:", "Run this line, then try again:"
        raise Lacking(chinese, english, install_line(packages))
    chinese = "本机缺少下列系统库。请用本机的软件包管理器安装,然后重试:"
    raise Lacking(chinese, "Install what brings these, then try again:", "\n".join(libraries or packages))


def provide_extras(wanted: dict[str, str]) -> None:
    """Try once to have packages that are welcome; their absence is only said."""
    tried = EXTRAS_TRIED.read_text("utf-8").split() if EXTRAS_TRIED.exists() else []
    packages = [package for package in missing(wanted).values() if package not in tried]
    if not packages or not os.access(VENV, os.W_OK):
        return
    EXTRAS_TRIED.write_text(" ".join([*tried, *packages]), "utf-8")
    if not apt_install(packages, may_ask=False):
        say("可选组件未能安装,不影响使用。需要时请执行:", install_line(packages))


# -- The environment


def venv_python() -> Path:
    """The interpreter of `.venv`."""
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def inside_venv() -> bool:
    """Whether this very process runs inside `.venv`."""
    return Path(sys.prefix).resolve() == VENV.resolve()


def stamp(lock: bytes, python: str) -> str:
    """What an environment was made from: changes with the lock and with the interpreter."""
    return hashlib.sha256(lock + python.encode()).hexdigest()


def venv_fits() -> bool:
    """Whether `.venv` is there and was made by this very version of Python."""
    config = VENV / "pyvenv.cfg"
    if not config.exists() or not venv_python().exists():
        return False
    lines = config.read_text("utf-8").splitlines()
    return f"version={platform.python_version()}" in [line.replace(" ", "") for line in lines]


def can_fill_venv() -> bool:
    """Whether there is a pip to be had: Debian keeps both ensurepip and pip in packages of their own."""
    return any(importlib.util.find_spec(name) for name in ("ensurepip", "pip"))


def make_venv() -> None:
    """Make `.venv`, without its own pip where Debian left out the means to put one there."""
    for manner in ([], ["--without-pip"]):
        shutil.rmtree(VENV, ignore_errors=True)
        if quiet([sys.executable, "-m", "venv", *manner, str(VENV)]):
            return
    chinese = f"无法建立运行环境 {VENV}。请检查磁盘空间和写入权限。"
    raise Lacking(chinese, "Cannot make .venv: look at the disk space and the permissions.")


def pip_command() -> list[str]:
    """pip of the environment, or the system's pip working on it (pip 22.3 and later)."""
    inner = [str(venv_python()), "-m", "pip"]
    return inner if quiet([*inner, "--version"]) else [sys.executable, "-m", "pip", "--python", inner[0]]


def pip_arguments(offline: bool, chatty: bool) -> list[str]:
    """Exactly the locked files, checked by hash, never built from source."""
    source = ["--no-index", "--find-links", str(WHEELS)] if offline else []
    exact = ["--no-deps", "--only-binary", ":all:", "--require-hashes", "-r", str(LOCK)]
    return ["install", "--disable-pip-version-check", *([] if chatty else ["-q"]), *source, *exact]


def provide_venv() -> None:
    """Have a `.venv` with exactly the locked packages; at once when the stamp says so."""
    wanted = stamp(LOCK.read_bytes(), sys.version)
    if venv_fits() and STAMP.exists() and STAMP.read_text("utf-8") == wanted:
        return
    offline = WHEELS.is_dir()
    source = "wheels/" if offline else "the package registry, about 120 MB"
    say("正在准备运行环境(仅第一次需要)……", f"Making .venv from {source} (the first time only)")
    if not venv_fits():
        make_venv()
    install = [*pip_command(), *pip_arguments(offline, chatty=sys.stderr.isatty())]
    if subprocess.run(install, stdout=sys.stderr, check=False).returncode != 0:
        chinese = "依赖包没有装好。请检查网络;不能上网的机器请在 main.py 旁边放好 wheels 文件夹(做法见 README.zh-CN.md)。"
        raise Lacking(chinese, "Look at the network, or put a wheels/ folder beside main.py (see README.md).")
    STAMP.write_text(wanted, "utf-8")


def go_inside(arguments: list[str]) -> int:
    """Run this file again with the interpreter of `.venv`; on POSIX this process becomes that one."""
    command = [str(venv_python()), str(HOME / "main.py"), *arguments]
    os.environ.setdefault("PYTHONUTF8", "1")
    if os.name == "nt":
        return subprocess.call(command)
    os.execv(command[0], command)


# -- The display


def x_answers() -> bool:
    """Whether the X server of DISPLAY answers. Qt itself would abort with a misleading message."""
    try:
        x11 = ctypes.CDLL("libX11.so.6")
    except OSError:
        return False
    x11.XOpenDisplay.restype = ctypes.c_void_p
    x11.XCloseDisplay.argtypes = [ctypes.c_void_p]
    connection = x11.XOpenDisplay(None)
    if connection:
        x11.XCloseDisplay(connection)
    return bool(connection)


def wayland_answers() -> bool:
    """Whether the socket of WAYLAND_DISPLAY is there."""
    name = os.environ.get("WAYLAND_DISPLAY", "")
    return bool(name) and Path(os.environ.get("XDG_RUNTIME_DIR", "/"), name).exists()


def has_display() -> bool:
    """Whether a window can be shown. Whoever names a Qt platform knows what they do."""
    if not ON_LINUX or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return wayland_answers() or (bool(os.environ.get("DISPLAY")) and x_answers())


# -- Inside .venv


def run_tests(arguments: list[str]) -> int:
    """The test suite, without a display."""
    import pytest

    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    return int(pytest.main(arguments))


def run_lint(arguments: list[str]) -> int:
    """Every check, all of them even after one failed."""
    checks = [["ruff", "check", *arguments], ["ruff", "format", "--check"], ["lint-imports"], ["mypy"]]
    failed = []
    for program, *rest in checks:
        print("·", program, *rest, flush=True)
        command = [shutil.which(program, path=str(venv_python().parent)) or program, *rest]
        if subprocess.call(command, cwd=HOME) != 0:
            failed.append(program)
    print("lint:", "failed: " + ", ".join(failed) if failed else "ok")
    return 1 if failed else 0


def run_bench(arguments: list[str]) -> int:
    """The measures of bench/, without a display."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    return subprocess.call([sys.executable, "-m", "bench", *arguments], cwd=HOME)


def run_command(arguments: list[str]) -> int:
    """The command line of the program; its exit code."""
    from qingyuan_desk.cli import main as command_line

    try:
        return command_line(arguments)
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)


def run_demo() -> int:
    """What a machine without a display gets instead of the window."""
    out = Path.cwd() / "demo-out"
    say("没有可用的显示器,改为不开窗口演示一遍……", "No display: playing the demo without a window")
    code = run_command(["demo", "--out", str(out)])
    if code == 0:
        say(f"演示做好的纸件和画面在:{out}", "The papers and pictures the demo made are there.")
    return code


def only_names_data(arguments: list[str]) -> bool:
    """Whether the window is asked for on a data folder: `--data DIR` or `--data=DIR`, and no command."""
    return len(arguments) == (1 if arguments[0].startswith("--data=") else 2) and arguments[0].startswith(
        "--data"
    )


def run_desk(arguments: list[str]) -> int:
    """The program itself; without a display its demo, or the terminal command that was asked for."""
    if has_display():
        return run_command(arguments)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    if not arguments:
        return run_demo()
    if only_names_data(arguments):
        raise Lacking("没有可用的显示器,窗口打不开。", "No display to open the window on.")
    return run_command(arguments)


CHORES = {"--test": run_tests, "--lint": run_lint, "--bench": run_bench}


def start(arguments: list[str]) -> int:
    """Outside `.venv`: provide it and go inside. Inside: do what was asked."""
    chore = arguments[0] if arguments and arguments[0] in CHORES else ""
    if inside_venv():
        return CHORES[chore](arguments[1:]) if chore else run_desk(arguments)
    if chore != "--lint":
        provide_system()
    provide_venv()
    if chore != "--lint":
        provide_extras(system_packages("welcome") | (system_packages("test") if chore == "--test" else {}))
    return go_inside(arguments)


def main() -> int:
    """Start, and turn what the machine lacks into a sentence and exit 3."""
    if sys.version_info < OLDEST_PYTHON:
        say("需要 Python 3.11 或更新的版本。", f"Python 3.11 is needed; this is {platform.python_version()}.")
        return LACKING
    try:
        return start(sys.argv[1:])
    except Lacking as lack:
        print(lack, file=sys.stderr)
        return LACKING
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
