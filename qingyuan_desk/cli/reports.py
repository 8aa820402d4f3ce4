"""Figures at a terminal: a period's paper, numbers and spreadsheet, closing it, and looking whether what was kept is as it was."""

from __future__ import annotations

import sys
import uuid
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qingyuan_desk import terminal
from qingyuan_desk.cli.common import as_account, of_folder, opened, progress_bar, write_file
from qingyuan_desk.domain.errors import Refused
from qingyuan_desk.domain.periods import Period, read_period
from qingyuan_desk.services.office import Office
from qingyuan_desk.terminal import REFUSED

if TYPE_CHECKING:
    from qingyuan_desk.services.closing import Verified

_A_DAY = click.DateTime(["%Y-%m-%d"])
_A_FILE = click.Path(path_type=Path, dir_okay=False)
#: Option → kind of period, what it is called, how it is written.
_KINDS = {
    "month": ("月份", "2024-09"),
    "quarter": ("季度", "2024Q3"),
    "half": ("半年", "2024H1"),
    "year": ("年份", "2024"),
}


@click.command(cls=terminal.Command)
@of_folder
@as_account
@click.option("--month", metavar="月份", default="", help="例如 2024-09；本月统计到今天。")
@click.option("--quarter", metavar="季度", default="", help="例如 2024Q3。")
@click.option("--half", metavar="半年", default="", help="例如 2024H1（上半年）、2024H2（下半年）。")
@click.option("--year", metavar="年份", default="", help="例如 2024。")
@click.option("--from", "first", metavar="日期", type=_A_DAY, help="任意一段：从哪天起，与 --to 同用。")
@click.option("--to", "last", metavar="日期", type=_A_DAY, help="任意一段：到哪天止。")
@click.option("--out", metavar="文件", type=_A_FILE, help="报表写到这个 PDF 文件。")
@click.option("--json", "json_out", metavar="文件", type=_A_FILE, help="数字写到这个 JSON 文件。")
@click.option(
    "--xlsx", metavar="文件", type=_A_FILE, help="全部表格和事项清单写到这个 .xlsx 文件，不含姓名。"
)
@click.option("--names", is_flag=True, help="事项清单写上来访人姓名；须用 --reason 写明理由。")
@click.option("--reason", metavar="理由", default="", help="为什么导出姓名；会记在每件事项上。")
@click.option(
    "--close",
    "closes",
    is_flag=True,
    help="结账：数字和报表从此不变，不能反结；由分管领导（--as leader）办理。",
)
@click.option("--verify", is_flag=True, help="核对结账时留存的内容，列出结账后变动的数字。")
def report(
    folder: Path | None,
    account: str,
    month: str,
    quarter: str,
    half: str,
    year: str,
    first: datetime | None,
    last: datetime | None,
    out: Path | None,
    json_out: Path | None,
    xlsx: Path | None,
    names: bool,
    reason: str,
    closes: bool,
    verify: bool,
) -> None:
    """统计一个月、一季、半年、一年或者任意一段：说明文字印在屏幕上，报表写成 PDF、JSON（见 docs/figures.md）或者表格。"""
    from qingyuan_desk.services import closing, report_sheets, reporting

    period = _meant({"month": month, "quarter": quarter, "half": half, "year": year}, first, last)
    with opened(folder) as office:
        actor = office.actor(account)
        if closes:
            done = closing.close(office, actor, uuid.uuid4().hex, period)
            click.echo(f"{period.name}已结账，统计数字校验码 {done.digest[:16]}", err=True)
        if verify:
            sys.exit(0 if _verified(office, closing.verify(office, actor, period)) else REFUSED)
        figures = reporting.period(office, actor, period)
        click.echo("\n".join(closing.facts(office, actor, figures).paragraphs))
        kept = closing.closed(office, actor, period)
        called = f"{period.name}{period.paper}"
        if out:
            write_file(out, closing.pdf(office, actor, figures))
            click.echo(f"{called} → {out}")
        if json_out:
            write_file(
                json_out,
                closing.figures_file(office, actor, period) if kept else reporting.json_file(figures),
            )
            click.echo(f"{period.name}统计数字 → {json_out}")
        if xlsx:
            with progress_bar("导出表格", sys.stderr) as progress:
                count = report_sheets.export(
                    office,
                    actor,
                    uuid.uuid4().hex,
                    figures,
                    xlsx,
                    named=names,
                    reason=reason,
                    progress=progress,
                )
            click.echo(f"{called}表格，事项清单 {count} 件 → {xlsx}")


def _meant(said: dict[str, str], first: datetime | None, last: datetime | None) -> Period:
    """The one period the options name."""
    given = [(kind, text) for kind, text in said.items() if text]
    if first and last and not given:
        if last < first:
            raise Refused.because("last", "--to 不能早于 --from。")
        return Period.span(first.date(), last.date())
    if len(given) != 1 or first or last:
        raise Refused.because(
            "period", "请写明统计哪一期：--month、--quarter、--half、--year 或者 --from 和 --to，只写一种。"
        )
    ((kind, text),) = given
    period = read_period(text)
    if period is None or period.kind != kind:
        called, example = _KINDS[kind]
        raise Refused.because(kind, f"“{text}”不是{called}。{called}写作 {example} 这样的形式。")
    return period


def _verified(office: Office, found: Verified) -> bool:
    """Say how what was kept stands; whether it is as it was."""
    who = office.names().get(found.closing.closed_by, found.closing.closed_by)
    click.echo(f"{found.closing.period.name}由{who}于 {found.closing.closed_at:%Y-%m-%d %H:%M} 结账。")
    for holds, name in ((found.figures, "统计数字"), (found.facts, "报表内容"), (found.paper, "PDF")):
        click.echo(f"{name}：{'与结账时一致' if holds else '与结账时不一致'}")
    for change in found.changes:
        click.echo(f"结账后变动：{change.words}")
    if not found.changes:
        click.echo("结账后没有变动的数字。")
    return found.sound


COMMANDS: Iterable[click.Command] = (report,)
