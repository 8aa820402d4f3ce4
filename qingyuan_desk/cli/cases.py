"""Mediations at a terminal: a case, a day's work, the papers of a case, its dossier."""

from __future__ import annotations

import json
import sys
import uuid
from collections.abc import Iterable
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qingyuan_desk import terminal
from qingyuan_desk.cli.common import as_account, of_folder, opened, write_file, write_paper
from qingyuan_desk.terminal import REFUSED

if TYPE_CHECKING:
    from qingyuan_desk.domain.mediation.dossier import DossierLine


#: Stands for a number where a form is blank.
NO_NUMBER = "-"


@click.command(cls=terminal.Command)
@of_folder
@as_account
@click.argument("number", metavar="案号")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
def case(folder: Path | None, account: str, number: str, as_json: bool) -> None:
    """看一件调解：当事人、调解、协议、履行；封存笔记不显示，证件和电话打码。案号可写事项、来访或卷宗的号。"""
    from qingyuan_desk.clerk import written
    from qingyuan_desk.services import mediation

    with opened(folder) as office:
        found = mediation.case(office, office.actor(account), number)
        names = {each.code: each.name for each in office.reference.mediators}
    if as_json:
        click.echo(json.dumps(written.as_json(found), ensure_ascii=False))
    else:
        click.echo("\n".join(written.case_lines(found, names)))


@click.command(cls=terminal.Command)
@of_folder
@as_account
@click.option("--mediator", metavar="调解员", default="", help="姓名或者编号，例如 M04；默认所有人的。")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
def caseload(folder: Path | None, account: str, mediator: str, as_json: bool) -> None:
    """今天要办的调解：在办案件、今天的调解、要联系和回访的人、到期未履行的、司法确认期限、卷宗缺什么。"""
    from qingyuan_desk.clerk import written
    from qingyuan_desk.clerk.forms import Reader
    from qingyuan_desk.services import caseload

    with opened(folder) as office:
        code = Reader(office.reference).mediator("--mediator", mediator, {}) if mediator else ""
        load = caseload.day(office, office.actor(account), code)
    if as_json:
        click.echo(json.dumps(written.as_json(load), ensure_ascii=False))
    else:
        click.echo("\n".join(written.caseload_lines(load)))


@click.command(cls=terminal.Command)
@of_folder
@as_account
@click.argument("number", metavar="案号")
@click.argument("kind", metavar="文书")
@click.option("--subject", metavar="编号", type=int, default=0, help="同一种有几份时选哪一份；会列出来。")
@click.option("--blank", is_flag=True, help="空白表格，供手写；案号写 - 即可。")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="写到哪个 PDF 文件。")
def paper(
    folder: Path | None, account: str, number: str, kind: str, subject: int, blank: bool, out: Path
) -> None:
    """把一件事项的调解文书、办理文书写成 PDF 文件，记为打印一次。文书种类见 docs/papers.md；同名的按事项现在的流程。"""
    from qingyuan_desk.domain.handling.papers import HANDLING_PAPERS
    from qingyuan_desk.domain.mediation.papers import MEDIATION_PAPERS
    from qingyuan_desk.services import case_papers, handling, handling_papers

    with opened(folder) as office:
        actor = office.actor(account)
        of_both = kind in HANDLING_PAPERS and kind in MEDIATION_PAPERS and number != NO_NUMBER
        handled = kind in HANDLING_PAPERS and kind not in MEDIATION_PAPERS
        if of_both:
            handled = handling.case(office, actor, number).flow != "mediation"
        papers = handling_papers if handled else case_papers
        filled = partial(papers.compose, office, actor, number, kind, subject)
        write_paper(office, actor, papers.blank(office, kind) if blank else filled(), out)


@click.command(cls=terminal.Command)
@of_folder
@as_account
@click.argument("number", metavar="案号")
@click.option(
    "--out",
    metavar="文件",
    type=click.Path(path_type=Path, dir_okay=False),
    help="卷宗写到这个 PDF 文件；以 .zip 结尾的，每份文书一个文件。",
)
@click.option("--check", "only_check", is_flag=True, help="只看卷宗齐不齐；缺必须的材料时退出码为 1。")
@click.option("--json", "as_json", is_flag=True, help="和 --check 一样，输出 JSON。")
def dossier(
    folder: Path | None, account: str, number: str, out: Path | None, only_check: bool, as_json: bool
) -> None:
    """把一件调解的卷宗装订成一个 PDF（封面、目录、页码、书签），或者检查它齐不齐。"""
    from qingyuan_desk.domain.mediation.dossier import lacking
    from qingyuan_desk.services import case_papers

    if not (out or only_check or as_json):
        context = click.get_current_context()
        option = next(each for each in context.command.params if each.name == "out")
        raise click.MissingParameter(ctx=context, param=option)
    with opened(folder) as office:
        actor = office.actor(account)
        lines = case_papers.completeness(office, actor, number)
        missing = lacking(lines)
        if only_check or as_json:
            click.echo(_as_json(lines) if as_json else _in_lines(lines))
        if out and out.suffix.lower() == ".zip":
            write_file(out, case_papers.package(office, actor, number))
            case_papers.record_package(office, actor, uuid.uuid4().hex, number, "ZIP 文件")
            click.echo(f"卷宗 {number} → {out}")
        elif out:
            write_paper(office, actor, case_papers.dossier(office, actor, number), out)
    for line in missing:
        click.echo(f"缺 {line.title}：{line.hint}", err=True)
    if missing and (only_check or as_json):
        sys.exit(REFUSED)


def _in_lines(lines: Iterable[DossierLine]) -> str:
    return "\n".join(
        f"{line.no:>2}  {line.title}  〔{'必须' if line.required else '按需'}〕  {line.standing}"
        + (f"：{line.what}" if line.what else "")
        for line in lines
    )


def _as_json(lines: Iterable[DossierLine]) -> str:
    return json.dumps([asdict(line) for line in lines], ensure_ascii=False)


COMMANDS: Iterable[click.Command] = (case, caseload, paper, dossier)
