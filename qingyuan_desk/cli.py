"""The same services from a terminal. Exit: 0 done, 1 refused, 2 wrong use, 3 the machine lacks something."""

from __future__ import annotations

import json
import sys
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from qingyuan_desk import __version__
from qingyuan_desk.domain.errors import DeskError, Unavailable
from qingyuan_desk.services.office import Office

REFUSED, LACKING = 1, 3

_data = click.option(
    "--data",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    help="数据文件夹；默认是本机用户的数据文件夹。",
)
_as = click.option("--as", "account", default="clerk", show_default=True, help="以哪个账号办理。")


def default_folder() -> Path:
    """The platform's folder for this user's data."""
    from platformdirs import user_data_path

    return user_data_path("qingyuan_desk", appauthor=False)


@contextmanager
def opened(folder: Path | None, *, training: bool = False) -> Iterator[Office]:
    """The office over a data folder, closed again afterwards."""
    office = Office.open(folder or _chosen() or default_folder(), training=training)
    try:
        yield office
    finally:
        office.close()


def _chosen() -> Path | None:
    context = click.get_current_context(silent=True)
    return context.find_root().obj if context else None


@click.group(invoke_without_command=True)
@click.version_option(__version__, prog_name="qingyuan-desk")
@_data
@click.pass_context
def commands(context: click.Context, folder: Path | None) -> None:
    """清苑解纷台：一站式矛盾纠纷受理登记。不带命令时打开窗口。"""
    context.obj = folder
    if context.invoked_subcommand is None:
        from qingyuan_desk.desk.application import run

        context.exit(run(sys.argv[:1], folder or default_folder()))


@commands.command()
@_data
@_as
@click.argument("lines", type=click.File("r", encoding="utf-8"), default="-")
def clerk(folder: Path | None, account: str, lines: Any) -> None:
    """逐行读 JSON，一行办一件事；存妥后才输出 ACK。见 docs/clerk.md。"""
    from qingyuan_desk.clerk import serve

    def say(text: str) -> None:
        print(text, flush=True)

    with opened(folder) as office:
        refused = serve(office, office.actor(account), lines, say)
    if refused:
        click.echo(f"有 {refused} 行被退回，原因见 REFUSED 各行。", err=True)
        sys.exit(REFUSED)


@commands.command()
@_data
@_as
@click.argument("text")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
@click.option("--limit", default=50, show_default=True)
def search(folder: Path | None, account: str, text: str, as_json: bool, limit: int) -> None:
    """按姓名、拼音、电话或证件尾号、文号、诉求里的词查找。"""
    from qingyuan_desk.services import ledger

    with opened(folder) as office:
        hits = ledger.search(office, office.actor(account), text, limit)
    if as_json:
        click.echo(
            json.dumps(
                [{**asdict(hit), "received_on": hit.received_on.isoformat()} for hit in hits],
                ensure_ascii=False,
            )
        )
        return
    for hit in hits:
        click.echo(f"{hit.visit_number}  {hit.visitor}  {hit.title}  〔{hit.why}〕")
    if not hits:
        click.echo("没有找到。换一个说法，或少输几个字。")


@commands.command()
@_data
@_as
@click.argument("number")
@click.option("--kind", default="receipt", show_default=True, help="文书种类，见 docs/clerk.md。")
@click.option("--paper", "paper_format", default="a5", show_default=True, help="a5、a4 或 80mm。")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), required=True)
def slip(folder: Path | None, account: str, number: str, kind: str, paper_format: str, out: Path) -> None:
    """把一次来访的文书写成 PDF 文件。"""
    from qingyuan_desk.services import papers

    with opened(folder) as office:
        actor = office.actor(account)
        paper = papers.compose(office, actor, number, kind, paper_format)
        write_file(out, paper.pdf)
        papers.record_print(office, actor, uuid.uuid4().hex, paper, "PDF 文件")
    if paper.missing:
        click.echo(f"有 {len(paper.missing)} 个字没有字体，印成了〓：{''.join(paper.missing)}", err=True)
    click.echo(f"{paper.title} {paper.visit_number} → {out}")


@commands.command()
@_data
def check(folder: Path | None) -> None:
    """全面检查数据文件。"""
    from qingyuan_desk.services import upkeep

    with opened(folder) as office:
        report = upkeep.check(office)
    for fault in report.faults:
        click.echo(fault, err=True)
    if not report.sound:
        sys.exit(REFUSED)
    click.echo(f"数据完好：来访登记 {report.visits} 次，最后一次 {report.last_visit or '（还没有）'}。")


@commands.command()
@_data
@_as
@click.option(
    "--out", "target", type=click.Path(path_type=Path), help="文件或文件夹；默认是数据文件夹里的 backups。"
)
def backup(folder: Path | None, account: str, target: Path | None) -> None:
    """做一份核对过的备份。"""
    from qingyuan_desk.services import upkeep

    with opened(folder) as office:
        report = upkeep.backup(office, office.actor(account), target)
    click.echo(
        f"已备份并核对：{report.path}（来访登记 {report.visits} 次，最后一次 {report.last_visit or '（还没有）'}）"
    )


def write_file(path: Path, content: bytes) -> None:
    """Write a whole file or leave the old one as it was."""
    from qingyuan_desk.documents.files import write_atomically

    write_atomically(path, content)


def run(act: Callable[[], Any]) -> int:
    """Carry out a command; its exit code. Sentences go to standard error, never a traceback of the user's making."""
    try:
        act()
    except Unavailable as error:
        click.echo(error.sentence, err=True)
        return LACKING
    except DeskError as error:
        click.echo(error.sentence, err=True)
        return REFUSED
    return 0


def main(argv: list[str] | None = None) -> int:
    """Entry point of `qingyuan-desk`."""
    return run(lambda: commands.main(args=argv, prog_name="qingyuan-desk", standalone_mode=True))
