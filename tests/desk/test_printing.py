"""Printing over a real CUPS queue, and the preview of papers."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from qingyuan_desk.desk import printing
from qingyuan_desk.desk.session import Session
from qingyuan_desk.desk.widgets.paper_drawer import PaperDrawer
from qingyuan_desk.domain.errors import Unavailable
from qingyuan_desk.domain.visit import VisitForm
from qingyuan_desk.services import ledger, papers, reception

_LACKING = [
    name for name in ("cupsd", "lpadmin", "cupsdisable", "zbarimg", "pdftoppm") if not shutil.which(name)
]

#: A queue's backend that keeps what it is sent: title, options, and the job itself.
_BACKEND = """#!/bin/sh
[ $# -eq 0 ] && { echo 'direct qysave "Unknown" "keeps jobs"'; exit 0; }
cat "$6" > "%(kept)s/job-$1.pdf" 2>/dev/null || cat > "%(kept)s/job-$1.pdf"
printf '%%s\\n%%s\\n' "$3" "$5" > "%(kept)s/job-$1.txt"
chmod 666 "%(kept)s"/*
"""
_FILES_CONF = """
ServerRoot {home}/etc
ServerBin {home}/bin
StateDir {home}/run
CacheDir {home}/cache
RequestRoot {home}/spool
TempDir {home}/tmp
ErrorLog {home}/log/error
AccessLog {home}/log/access
PageLog {home}/log/page
DataDir /usr/share/cups
SystemGroup root
User lp
Group lp
Sandboxing relaxed
"""
_CONF = """
LogLevel warn
Listen {home}/cups.sock
Browsing No
WebInterface No
DefaultAuthType None
<Location />
  Order allow,deny
  Allow all
</Location>
<Policy default>
  <Limit All>
    Order allow,deny
    Allow all
  </Limit>
</Policy>
"""


@dataclass(frozen=True)
class Cups:
    """A print server of the test's own."""

    home: Path
    env: dict[str, str]

    def run(self, *command: str) -> None:
        subprocess.run(command, env=self.env, check=True, capture_output=True, timeout=30)

    def jobs(self, expected: int) -> list[Path]:
        """The jobs that arrived, waiting for so many of them."""
        for _ in range(200):
            found = sorted((self.home / "kept").glob("job-*.txt"))
            if len(found) >= expected:
                return [path.with_suffix(".pdf") for path in found]
            time.sleep(0.05)
        raise AssertionError((self.home / "log" / "error").read_text("utf-8")[-2000:])


@pytest.fixture(scope="module")
def cups() -> Iterator[Cups]:
    """cupsd on a socket in a folder of its own, with one queue that keeps its jobs."""
    if _LACKING or os.geteuid() != 0:
        pytest.skip(f"a print server needs root and {', '.join(_LACKING) or 'nothing else'}")
    home = Path(tempfile.mkdtemp(prefix="qy"))
    for name in ("etc", "run", "cache", "spool", "tmp", "log", "kept"):
        (home / name).mkdir()
    shutil.copytree("/usr/lib/cups", home / "bin", symlinks=True)
    backend = home / "bin" / "backend" / "qysave"
    backend.write_text(_BACKEND % {"kept": home / "kept"})
    backend.chmod(0o755)
    (home / "etc" / "cups-files.conf").write_text(_FILES_CONF.format(home=home))
    (home / "etc" / "cupsd.conf").write_text(_CONF.format(home=home))
    for path in (home, *home.iterdir()):
        shutil.chown(path, "lp", "lp")
        path.chmod(0o755)
    shutil.chown(home / "bin", "root", "root")
    for path in (home / "etc").iterdir():
        shutil.chown(path, "root", "lp")
        path.chmod(stat.S_IRUSR | stat.S_IWUSR | stat.S_IRGRP)
    server = subprocess.Popen(
        ["cupsd", "-f", "-c", str(home / "etc" / "cupsd.conf"), "-s", str(home / "etc" / "cups-files.conf")]
    )
    started = Cups(
        home, {**os.environ, "CUPS_SERVER": str(home / "cups.sock"), "QT_QPA_PLATFORM": "offscreen"}
    )
    try:
        for _ in range(200):
            if (home / "cups.sock").exists():
                break
            time.sleep(0.05)
        started.run("lpadmin", "-p", "slip", "-E", "-v", "qysave:/")
        yield started
    finally:
        server.terminate()
        server.wait(timeout=10)
        shutil.rmtree(home, ignore_errors=True)


_SEND = """
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from qingyuan_desk.desk import printing
from qingyuan_desk.domain.errors import Unavailable
app = QApplication([])
try:
    print(printing.printers(), printing.send(Path(sys.argv[1]).read_bytes(), sys.argv[2], sys.argv[3]))
except Unavailable as error:
    print(error.code, error.sentence)
"""


def _send(cups: Cups, pdf: Path, printer: str, title: str) -> str:
    """Send from a process of its own: the print library reads where its server is only once."""
    done = subprocess.run(
        [sys.executable, "-c", _SEND, str(pdf), printer, title],
        env=cups.env,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.mark.parametrize(("paper", "width"), [("80mm", 80), ("a5", 148), ("a4", 210)])
def test_a_slip_arrives_in_its_own_size_with_a_readable_code(
    cups: Cups,
    session: Session,
    visit: Callable[..., VisitForm],
    tmp_path: Path,
    paper: str,
    width: int,
) -> None:
    done = reception.register(session.office, session.actor, visit())
    made = papers.compose(session.office, session.actor, done.visit_number, "receipt", paper)
    (tmp_path / "slip.pdf").write_bytes(made.pdf)
    before = len(list((cups.home / "kept").glob("job-*.txt")))
    assert (
        _send(cups, tmp_path / "slip.pdf", "slip", f"来访登记回执 {done.visit_number}")
        == f"('slip',) {made.pages}"
    )

    job = cups.jobs(before + 1)[-1]
    title = job.with_suffix(".txt").read_text("utf-8").splitlines()[0]
    assert title == f"来访登记回执 {done.visit_number}"
    size = subprocess.run(["pdfinfo", job], capture_output=True, text=True, check=True).stdout
    points = float(size.split("Page size:")[1].split()[0])
    assert points == pytest.approx(width / 25.4 * 72, abs=1.5)
    subprocess.run(
        ["pdftoppm", "-r", "200", "-png", "-f", "1", "-l", "1", job, tmp_path / "page"], check=True
    )
    codes = subprocess.run(
        ["zbarimg", "--nodbus", "-q", "--raw", *tmp_path.glob("page*.png")], capture_output=True, text=True
    )
    assert codes.stdout.strip() == done.visit_number


def test_an_unknown_printer_is_refused_and_nothing_goes_to_the_default_one(
    cups: Cups, session: Session, visit: Callable[..., VisitForm], tmp_path: Path
) -> None:
    done = reception.register(session.office, session.actor, visit())
    made = papers.compose(session.office, session.actor, done.visit_number, "receipt", "a5")
    (tmp_path / "slip.pdf").write_bytes(made.pdf)
    cups.run("lpadmin", "-d", "slip")
    before = len(list((cups.home / "kept").glob("job-*.txt")))
    assert _send(cups, tmp_path / "slip.pdf", "财务室打印机", "回执").startswith(
        "QY-130 没有找到打印机“财务室打印机”"
    )
    cups.run("cupsdisable", "slip")
    assert _send(cups, tmp_path / "slip.pdf", "slip", "回执").startswith("QY-136 打印机“slip”已停用")
    cups.run("cupsenable", "slip")
    time.sleep(0.3)
    assert len(list((cups.home / "kept").glob("job-*.txt"))) == before


def test_what_is_no_pdf_is_refused() -> None:
    with pytest.raises(Unavailable, match="QY-137"):
        printing.open_pdf(b"no pdf")


# --- the drawer ---


@pytest.fixture
def drawer(session: Session, qtbot: QtBot) -> PaperDrawer:
    made = PaperDrawer(session)
    qtbot.addWidget(made)
    made.resize(460, 640)
    made.show()
    return made


def test_papers_of_a_visit_are_seen_before_they_are_printed(
    drawer: PaperDrawer, session: Session, qtbot: QtBot, visit: Callable[..., VisitForm]
) -> None:
    done = reception.register(session.office, session.actor, visit())
    drawer.offer(done.visit_number)
    qtbot.waitUntil(lambda: drawer.paper is not None)
    assert drawer.paper is not None and drawer.paper.kind == "receipt"
    assert drawer.view.pages == drawer.paper.pages
    kinds = [drawer.kind.itemText(row) for row in range(drawer.kind.count())]
    assert kinds[:3] == ["来访登记回执", "分流引导单", "调解引导单"]
    drawer.kind.set_code("rights")
    qtbot.waitUntil(lambda: drawer.paper is not None and drawer.paper.kind == "rights")
    drawer.format.choose("80mm")
    qtbot.waitUntil(lambda: drawer.paper is not None and drawer.paper.format == "80mm")
    assert ledger.matter(session.office, session.actor, done.matter_id).prints == ()


def test_without_a_printer_the_clerk_is_told_what_to_do(
    drawer: PaperDrawer, session: Session, qtbot: QtBot, visit: Callable[..., VisitForm]
) -> None:
    done = reception.register(session.office, session.actor, visit())
    drawer.offer(done.visit_number)
    qtbot.waitUntil(lambda: drawer.paper is not None)
    drawer.printer.set_code("")
    qtbot.mouseClick(drawer.print_button, Qt.MouseButton.LeftButton)
    assert "请先选一台打印机" in drawer.message.whole
    drawer.printer.set_code("没有这台")
    qtbot.mouseClick(drawer.print_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "QY-130" in drawer.message.whole)
    assert ledger.matter(session.office, session.actor, done.matter_id).prints == ()


def test_a_pdf_file_counts_as_a_print(
    drawer: PaperDrawer,
    session: Session,
    qtbot: QtBot,
    visit: Callable[..., VisitForm],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    done = reception.register(session.office, session.actor, visit())
    target = tmp_path / "回执.pdf"
    monkeypatch.setattr(
        "qingyuan_desk.desk.widgets.save_as.QFileDialog.getSaveFileName", lambda *_: (str(target), "")
    )
    drawer.offer(done.visit_number)
    qtbot.waitUntil(lambda: drawer.paper is not None)
    with qtbot.waitSignal(drawer.printed) as printed:
        qtbot.mouseClick(drawer.save_button, Qt.MouseButton.LeftButton)
    assert printed.args == [done.visit_number, 1]
    assert target.read_bytes().startswith(b"%PDF")
    qtbot.waitUntil(lambda: drawer.paper is not None and drawer.paper.count == 2)
    assert "第 2 次打印" in drawer.message.whole


def test_a_place_that_cannot_be_written_is_said(
    drawer: PaperDrawer, session: Session, qtbot: QtBot, visit: Callable[..., VisitForm], tmp_path: Path
) -> None:
    done = reception.register(session.office, session.actor, visit())
    drawer.offer(done.visit_number)
    qtbot.waitUntil(lambda: drawer.paper is not None)
    (tmp_path / "不是文件夹").touch()
    assert not drawer.save_to(tmp_path / "不是文件夹" / "这里.pdf")
    assert "QY-132" in drawer.message.whole
