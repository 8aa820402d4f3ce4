"""What commands share: which data folder, whose account, files written whole, papers written and logged."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from qingyuan_desk import terminal
from qingyuan_desk.services.office import Office

if TYPE_CHECKING:
    from qingyuan_desk.domain.accounts import Actor
    from qingyuan_desk.domain.papers import Paper

of_folder = click.option(
    "--data",
    "folder",
    metavar="文件夹",
    type=click.Path(path_type=Path),
    help="数据文件夹；默认是本机用户的数据文件夹。",
)
as_account = click.option(
    "--as", "account", metavar="账号", default="clerk", help="以哪个账号办理；默认 clerk（登记员）。"
)


def default_folder() -> Path:
    """The platform's folder for this user's data."""
    from platformdirs import user_data_path

    return user_data_path("qingyuan_desk", appauthor=False)


def opened(folder: Path | None, *, training: bool = False) -> AbstractContextManager[Office]:
    """The office over the data folder that was named, closed again afterwards."""
    return terminal.opened(folder or _chosen() or default_folder(), training=training)


def _chosen() -> Path | None:
    context = click.get_current_context(silent=True)
    return context.find_root().obj if context else None


@contextmanager
def progress_bar(label: str, file: TextIO) -> Iterator[Callable[[int, int], None]]:
    """A bar that is told how much is done of how much."""
    with click.progressbar(length=1, label=label, file=file) as bar:

        def show(done: int, total: int) -> None:
            bar.length = total
            bar.update(done - bar.pos)

        yield show


def write_file(path: Path, content: bytes) -> None:
    """Write a whole file or leave the old one as it was."""
    from qingyuan_desk.services import upkeep

    upkeep.write_file(path, content)


def write_paper(office: Office, actor: Actor, made: Paper, out: Path) -> None:
    """Write a paper's PDF, log it as printed, and tell of characters no font has."""
    from qingyuan_desk.services import papers

    write_file(out, made.pdf)
    papers.record_print(office, actor, uuid.uuid4().hex, made, "PDF 文件")
    if made.missing:
        click.echo(f"有 {len(made.missing)} 个字没有字体，印成了〓：{''.join(made.missing)}", err=True)
    click.echo(f"{' '.join(filter(None, (made.title, made.visit_number)))} → {out}")
