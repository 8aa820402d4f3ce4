"""Handling at a terminal: what is due, a matter with all its records, packages of sendings, the petition export, the ledger."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path

import click

from qingyuan_desk import terminal
from qingyuan_desk.cli.common import as_account, of_folder, opened, write_file
from qingyuan_desk.domain.errors import Refused

_A_DAY = click.DateTime(["%Y-%m-%d"])


def _day(asked: datetime | None) -> date | None:
    return asked.date() if asked else None


@click.command(cls=terminal.Command)
@of_folder
@as_account
@click.option("--date", "on", metavar="日期", type=_A_DAY, help="哪一天，例如 2024-09-28；默认今天。")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
@click.option(
    "--out",
    metavar="文件",
    type=click.Path(path_type=Path, dir_okay=False),
    help="写成一页 PDF，或者 .xlsx 表格。",
)
def due(folder: Path | None, account: str, on: datetime | None, as_json: bool, out: Path | None) -> None:
    """今日必办：各流程到期、超期、三天内到期的事，待签收、异议期、联动响应、标记确认，以及几天没有更新的事项。"""
    from qingyuan_desk.clerk import written
    from qingyuan_desk.services import today

    with opened(folder) as office:
        actor, asked = office.actor(account), _day(on)
        found = today.day(office, actor, asked)
        if as_json:
            click.echo(json.dumps(written.as_json(found), ensure_ascii=False))
        else:
            click.echo("\n".join(written.due_lines(found, office.reference)))
        if out and out.suffix.lower() == ".pdf":
            write_file(out, today.paper(office, actor, asked).pdf)
        elif out:
            today.export(office, actor, out, asked)
    if out:
        click.echo(f"今日必办 → {out}", err=as_json)


@click.command(cls=terminal.Command)
@of_folder
@as_account
@click.option("--date", "on", metavar="日期", type=_A_DAY, help="按哪一天算，例如 2024-09-28；默认今天。")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
def urges(folder: Path | None, account: str, on: datetime | None, as_json: bool) -> None:
    """该催办、督办的事项：按本单位的催办规则算出来的，还没有发；发出用 clerk 的 handling.urge。"""
    from qingyuan_desk.clerk import written
    from qingyuan_desk.services import today

    with opened(folder) as office:
        found = today.proposals(office, office.actor(account), _day(on))
        if as_json:
            click.echo(json.dumps(written.as_json(found), ensure_ascii=False))
        else:
            click.echo("\n".join(written.urge_lines(found, office.reference)))


@click.command(cls=terminal.Command)
@of_folder
@as_account
@click.argument("number", metavar="文号")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
def handling(folder: Path | None, account: str, number: str, as_json: bool) -> None:
    """看一件事项的办理：送案、告知、处理意见、延期、催办、评价、办结等全部记录。文号可写事项或来访的号。"""
    from qingyuan_desk.clerk import written
    from qingyuan_desk.services import handling as service

    with opened(folder) as office:
        found = service.case(office, office.actor(account), number)
        if as_json:
            click.echo(json.dumps(written.as_json(found), ensure_ascii=False))
        else:
            click.echo("\n".join(written.handled_lines(found, office.reference)))


@click.command("send-package", cls=terminal.Command)
@of_folder
@as_account
@click.argument("number", metavar="文号")
@click.option("--sending", metavar="编号", type=int, default=0, help="哪一次送案；默认现在的这一次。")
@click.option(
    "--out",
    metavar="文件夹",
    type=click.Path(path_type=Path),
    required=True,
    help="写到哪个文件夹，或者哪个 .zip 文件。",
)
def send_package(folder: Path | None, account: str, number: str, sending: int, out: Path) -> None:
    """制作送案包：移送单、表格、JSON、附件、目录和签收回执，打成一个 zip。"""
    from qingyuan_desk.services import sendings

    with opened(folder) as office:
        path = sendings.package(office, office.actor(account), uuid.uuid4().hex, number, sending, out)
    click.echo(f"送案包 → {path}")


@click.command(cls=terminal.Command)
@of_folder
@as_account
@click.option("--paper", "size", metavar="纸张", default="a3", help="a3 或 a4，横放；默认 a3。")
@click.option("--flow", metavar="流程", default="", help="只要哪个流程的，例如 信访；默认全部。")
@click.option("--unit", metavar="单位", default="", help="只要哪个主办单位的；默认全部。")
@click.option("--from", "first", metavar="日期", type=_A_DAY, help="登记日期从哪天起。")
@click.option("--to", "last", metavar="日期", type=_A_DAY, help="登记日期到哪天止。")
@click.option(
    "--out",
    metavar="文件",
    type=click.Path(path_type=Path, dir_okay=False),
    required=True,
    help="写到哪个 PDF 文件。",
)
def ledger(
    folder: Path | None,
    account: str,
    size: str,
    flow: str,
    unit: str,
    first: datetime | None,
    last: datetime | None,
    out: Path,
) -> None:
    """案件跟踪台账：每件事项走到哪一步、用了几天，横放一张表；姓名打码，密件不印。"""
    from qingyuan_desk.domain.matter import LedgerFilter
    from qingyuan_desk.services import sendings

    with opened(folder) as office:
        wanted = LedgerFilter(
            flow=_code("--flow", flow, office.reference.flow(flow)),
            unit=_code("--unit", unit, office.reference.unit(unit)),
            first_day=_day(first),
            last_day=_day(last),
        )
        write_file(out, sendings.ledger_paper(office, office.actor(account), wanted, size).pdf)
    click.echo(f"案件跟踪台账 → {out}")


def _code(option: str, said: str, row: object) -> str:
    """The code of what an option names; "" where it names nothing."""
    if said and row is None:
        raise Refused.because("", f"{option} 没有“{said}”，请核对名称。")
    return str(getattr(row, "code", ""))


@click.command("national", cls=terminal.Command)
@click.option("--month", metavar="月份", required=True, help="例如 2024-09。")
@click.option(
    "--out",
    metavar="文件",
    type=click.Path(path_type=Path, dir_okay=False),
    required=True,
    help=".xlsx 或 .json 文件。",
)
@click.option(
    "--reason", metavar="理由", default="", help="为什么导出姓名、证件号码和电话；会记在每件事项上。"
)
@as_account
@of_folder
def export_national(folder: Path | None, account: str, month: str, out: Path, reason: str) -> None:
    """导出一个月的信访事项，栏目名称与国家信访信息系统一致，供补录；姓名和证件不打码，密件不导出。"""
    from qingyuan_desk.domain.periods import read_period
    from qingyuan_desk.services import sendings

    period = read_period(month)
    if period is None or period.kind != "month":
        raise Refused.because("month", f"“{month}”不是月份。月份写作 2024-09 这样的形式。")
    with opened(folder) as office:
        count = sendings.national(
            office, office.actor(account), uuid.uuid4().hex, period.first, period.last, out, reason
        )
    click.echo(f"{period.name}信访登记 {count} 件次 → {out}")


COMMANDS: Iterable[click.Command] = (due, urges, handling, send_package, ledger)
