"""The same services from a terminal, one command each; terminal.py says what every command has in common."""

from __future__ import annotations

import json
import sys
import uuid
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

import click

from qingyuan_desk import __version__, terminal
from qingyuan_desk.cli import cases, handling, reports
from qingyuan_desk.cli.common import (
    as_account,
    default_folder,
    of_folder,
    opened,
    progress_bar,
    write_file,
    write_paper,
)
from qingyuan_desk.domain.errors import Refused, cause_in_words
from qingyuan_desk.terminal import LACKING, REFUSED


@click.group(cls=terminal.Group, invoke_without_command=True)
@click.version_option(__version__, message="清苑解纷台 %(version)s", help="显示版本。")
@of_folder
@click.pass_context
def commands(context: click.Context, folder: Path | None) -> None:
    """清苑解纷台：一站式矛盾纠纷受理登记。不带命令时打开窗口。"""
    context.obj = folder
    if context.invoked_subcommand is None:
        from qingyuan_desk.desk.application import run

        context.exit(run(sys.argv[:1], folder or default_folder()))


@commands.command()
@of_folder
@as_account
@click.argument("file", metavar="[文件]", type=click.Path(allow_dash=True), default="-")
def clerk(folder: Path | None, account: str, file: str) -> None:
    """逐行读 JSON（默认读标准输入），一行办一件事；存妥后才输出 ACK。见 docs/clerk.md。"""
    from qingyuan_desk.clerk import serve

    def say(text: str) -> None:
        print(text, flush=True)

    with opened(folder) as office, _lines(file) as lines:
        refused = serve(office, office.actor(account), lines, say)
    if refused:
        click.echo(f"有 {refused} 行被退回，原因见 REFUSED 各行。", err=True)
        sys.exit(REFUSED)


@contextmanager
def _lines(file: str) -> Iterator[Iterable[str]]:
    """A file's lines, or standard input's. Bytes that are no UTF-8 come as lone surrogates, to be refused with their line."""
    try:
        stream = click.open_file(file, encoding="utf-8", errors="surrogateescape")
    except OSError as error:
        raise Refused.because(
            "file", f"文件 {file} 打不开（{cause_in_words(error)}）。请检查文件名。"
        ) from error
    with stream:
        yield stream


@commands.group("import")
def import_() -> None:
    """导入表格：来访台账、基层排查上报、历史调解台账、名册。见 docs/import.md。"""


def _import_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """What importing visits and reports have in common."""
    for option in (
        click.argument("file", type=click.Path(path_type=Path)),
        click.option("--dry-run", is_flag=True, help="只检查，不登记。"),
        click.option(
            "--mapping", type=click.Path(path_type=Path, dir_okay=False), help="对照文件（TOML 或 JSON）。"
        ),
        click.option(
            "--report",
            type=click.Path(path_type=Path, dir_okay=False),
            help="带“导入结果”列的表写到哪里（.xlsx 或 .csv）；默认在原表旁边。",
        ),
        as_account,
        of_folder,
    ):
        command = option(command)
    return command


@import_.command("visits")
@_import_options
@click.option("--source", default="", help="没有写来源的行算哪个来源；默认群众中心受理。")
def import_visits(source: str, **asked: Any) -> None:
    """导入来访台账（xlsx、csv），一行一次来访，按登记时的规则检查。"""
    from qingyuan_desk.services import importing

    _import(partial(importing.visits, source=source), **asked)


@import_.command("reports")
@_import_options
def import_reports(**asked: Any) -> None:
    """导入乡镇的基层排查上报表（xlsx、csv）。"""
    from qingyuan_desk.services import importing

    _import(importing.reports, **asked)


@import_.command("cases")
@_import_options
@click.option("--source", default="", help="没有写来源的行算哪个来源；默认群众中心受理。")
def import_cases(source: str, **asked: Any) -> None:
    """导入历史调解台账（xlsx、csv），一行一件已经办结的纠纷，计入统计；不起算期限，不要求立卷。"""
    from qingyuan_desk.services import importing_cases

    _import(partial(importing_cases.cases, source=source), **asked)


@import_.command("past")
@as_account
@of_folder
def past_imports(folder: Path | None, account: str) -> None:
    """列出导入过的历史调解台账和编号。"""
    from qingyuan_desk.services import importing_cases

    with opened(folder) as office:
        found = importing_cases.past(office, office.actor(account))
    for each in found:
        state = "已撤销" if each.undone else f"计入统计 {each.counting} 件"
        click.echo(f"{each.file_id}  {each.at:%Y-%m-%d %H:%M}  {each.name}  {each.cases} 件  {state}")
    if not found:
        click.echo("还没有导入过历史调解台账。")


@import_.command("undo")
@click.argument("file_id", metavar="编号", type=int)
@click.option("--reason", required=True, help="为什么撤销；记在每件事项上。")
@as_account
@of_folder
def undo_import(folder: Path | None, account: str, file_id: int, reason: str) -> None:
    """撤销一次历史调解台账的导入：整批作废，不再计入统计，文号不再使用。"""
    from qingyuan_desk.services import importing_cases

    with opened(folder) as office:
        count = importing_cases.undo(office, office.actor(account), uuid.uuid4().hex, file_id, reason)
    click.echo(f"已撤销编号 {file_id} 的导入：作废 {count} 件。")


def _import(
    act: Callable[..., Any],
    folder: Path | None,
    account: str,
    file: Path,
    dry_run: bool,
    mapping: Path | None,
    report: Path | None,
) -> None:
    from qingyuan_desk.services import imported, importing

    with opened(folder) as office, progress_bar("导入", sys.stderr) as progress:
        result = act(
            office,
            office.actor(account),
            file,
            mapping=importing.read_mapping(mapping) if mapping else None,
            dry_run=dry_run,
            progress=progress,
        )
    click.echo(imported.in_words(result))
    if report or not dry_run:
        click.echo(f"逐行结果：{imported.save_results(result, report)}")
    if result.stopped:
        sys.exit(LACKING)
    if result.refused:
        sys.exit(REFUSED)


@import_.command("roster")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="只检查，不写入。")
@as_account
@of_folder
def import_roster(folder: Path | None, account: str, file: Path, dry_run: bool) -> None:
    """导入调解员（乡贤）名册（xlsx、csv）：新增和修改，逐行说明；状态不从表格改。"""
    from qingyuan_desk.services import roster_sheets

    with opened(folder) as office:
        result = roster_sheets.import_sheet(office, office.actor(account), uuid.uuid4().hex, file, dry_run)
    for line in (*result.told, *result.notes):
        click.echo(line, err=True)
    click.echo(result.summary)
    if result.count("refused"):
        sys.exit(REFUSED)


@commands.group()
def export() -> None:
    """导出表格：台账、名册、以案定补申报表。"""


@export.command("roster")
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), required=True, help=".xlsx 或 .csv 文件。"
)
@as_account
@of_folder
def export_roster(folder: Path | None, account: str, out: Path) -> None:
    """导出调解员（乡贤）名册；改好后可以再导入。"""
    from qingyuan_desk.services import roster_sheets

    with opened(folder) as office:
        count = roster_sheets.export_sheet(office, office.actor(account), out)
    click.echo(f"名册 {count} 人 → {out}")


@export.command("ledger")
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), required=True, help=".xlsx 或 .csv 文件。"
)
@as_account
@of_folder
def export_ledger(folder: Path | None, account: str, out: Path) -> None:
    """导出台账：每件事项一行，姓名打码，不含证件和电话，密件不导出。"""
    from qingyuan_desk.domain.matter import LedgerFilter
    from qingyuan_desk.services import ledger

    with opened(folder) as office:
        written = ledger.export(office, office.actor(account), LedgerFilter(), out)
    click.echo(f"台账 {written} 件 → {out}")


@export.command("subsidy")
@click.option("--quarter", metavar="季度", required=True, help="例如 2024Q3。")
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), required=True, help=".xlsx 或 .pdf 文件。"
)
@as_account
@of_folder
def export_subsidy(folder: Path | None, account: str, quarter: str, out: Path) -> None:
    """导出以案定补申报表：每笔金额对着卷宗号，未列入的写明原因。"""
    from qingyuan_desk.domain import money
    from qingyuan_desk.services import subsidy

    with opened(folder) as office:
        actor = office.actor(account)
        found = subsidy.quarter(office, actor, quarter)
        if out.suffix.lower() == ".pdf":
            write_file(out, subsidy.sheet_paper(office, actor, quarter).pdf)
        else:
            subsidy.export(office, actor, quarter, out)
    click.echo(f"{found.name}以案定补 {len(found.lines)} 件，{money.words(found.total)} → {out}")


@commands.command()
@of_folder
@as_account
@click.argument("text", metavar="要找的字")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
@click.option("--limit", type=click.IntRange(1, 1000), default=50, help="最多几条，1 到 1000；默认 50。")
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
@of_folder
@as_account
@click.argument("number", metavar="文号")
@click.option("--kind", default="receipt", help="文书种类，见 docs/clerk.md；默认 receipt（来访登记回执）。")
@click.option("--paper", "paper_format", default="a5", help="a5、a4 或 80mm；默认 a5。")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="写到哪个 PDF 文件。")
def slip(folder: Path | None, account: str, number: str, kind: str, paper_format: str, out: Path) -> None:
    """把一次来访的文书写成 PDF 文件，记为打印一次。"""
    from qingyuan_desk.services import papers

    with opened(folder) as office:
        actor = office.actor(account)
        write_paper(office, actor, papers.compose(office, actor, number, kind, paper_format), out)


@commands.command()
@of_folder
def check(folder: Path | None) -> None:
    """全面检查数据文件：结构、文号是否连续、记录是否对得上。"""
    from qingyuan_desk.services import upkeep

    with opened(folder) as office:
        report = upkeep.check(office)
    for fault in report.faults:
        click.echo(fault, err=True)
    if not report.sound:
        sys.exit(REFUSED)
    click.echo(f"数据完好：来访登记 {report.visits} 次，最后一次 {report.last_visit or '（还没有）'}。")


@commands.command()
@of_folder
@as_account
@click.option(
    "--out",
    "target",
    type=click.Path(path_type=Path),
    help="写到哪里：以 .db 结尾的是文件，其余是文件夹；默认是数据文件夹里的 backups。",
)
def backup(folder: Path | None, account: str, target: Path | None) -> None:
    """做一份备份，打开核对无误才算数。恢复时把它改名为 desk.db 放进数据文件夹。"""
    from qingyuan_desk.services import upkeep

    with opened(folder) as office:
        report = upkeep.backup(office, office.actor(account), target)
    click.echo(
        f"已备份并核对：{report.path}（来访登记 {report.visits} 次，最后一次 {report.last_visit or '（还没有）'}）"
    )


@commands.command()
@click.option(
    "--out",
    "target",
    metavar="文件夹",
    type=click.Path(path_type=Path, file_okay=False),
    default="demo-out",
    help="写到哪个文件夹；默认 demo-out。演练数据在它的 data 里，再次演练会换掉。",
)
def demo(target: Path) -> None:
    """演练：造一年数据（人和事都是虚构的），写出回执和月报，再打开窗口；没有显示器时改为写出窗口画面。"""
    from qingyuan_desk.services import training

    data = target / "data"
    training.clear(data)
    with opened(data, training=True) as office:
        actor = office.actor("clerk")
        with progress_bar("演练一年", sys.stdout) as progress:
            played = training.play_year(office, actor, progress)
        click.echo(
            f"演练数据：{data}（{played.first_day}至{played.last_day}，来访登记 {played.visits} 次，事项 {played.matters} 件，"
            f"集体访 {played.groups} 批，撤回 {played.taken_back} 次，调解成功 {played.settled} 件）"
        )
        with progress_bar("写出报表", sys.stdout) as progress:
            written = training.write_papers(office, actor, played, target, progress)
        from qingyuan_desk.desk import application, pictures

        screen = application.has_screen()
        for path in written if screen else (*written, *pictures.take(office, target)):
            click.echo(f"  {path}")
    if screen:
        sys.exit(application.run(sys.argv[:1], data))
    click.echo(f"有显示器时，打开演练窗口：qingyuan-desk --data {data}")


for command in (*cases.COMMANDS, *handling.COMMANDS, *reports.COMMANDS):
    commands.add_command(command)
export.add_command(handling.export_national)


def main(argv: list[str] | None = None) -> int:
    """Entry point of `qingyuan-desk`: 0 done, 1 refused, 2 wrong use, 3 the machine lacks something."""
    return terminal.run(commands, argv, "qingyuan-desk")
