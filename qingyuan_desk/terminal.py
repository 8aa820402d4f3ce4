"""How the terminal speaks: Chinese help, a sentence for wrong use, and an exit code for everything that can happen."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from qingyuan_desk.domain.errors import DeskError, Unavailable
from qingyuan_desk.services import upkeep
from qingyuan_desk.services.office import Office

#: Exit codes: refused by the rules, wrong use, the machine lacks something.
REFUSED, WRONG_USE, LACKING = 1, 2, 3


_HEADINGS = {"Options": "选项", "Commands": "命令"}


class _Formatter(click.HelpFormatter):
    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, prefix or "用法：")

    def write_heading(self, heading: str) -> None:
        super().write_heading(_HEADINGS.get(heading, heading))


class _Context(click.Context):
    formatter_class = _Formatter


class Command(click.Command):
    """A command with Chinese help."""

    context_class = _Context

    def __init__(self, name: str | None, **facts: Any) -> None:
        super().__init__(name, **{"options_metavar": "[选项]", **facts})

    def get_help_option(self, context: click.Context) -> click.Option | None:
        """The option --help, explained in Chinese."""
        option = super().get_help_option(context)
        if option is not None:
            option.help = "显示这段说明。"
        return option


class Group(Command, click.Group):
    """A command with commands of its own."""

    command_class = Command
    group_class = type

    def __init__(self, name: str | None = None, **facts: Any) -> None:
        super().__init__(name, **{"subcommand_metavar": "命令 …", **facts})


@contextmanager
def opened(folder: Path, *, training: bool = False) -> Iterator[Office]:
    """The office over a data folder, closed again afterwards; a new folder, perhaps a misspelt one, is told of.

    A fault of the program is noted in that folder.
    """
    new = not folder.exists()
    try:
        office = Office.open(folder, training=training)
        if new and not training:
            click.echo(f"数据文件夹 {folder} 是新建的，里面还没有登记。不对的话请核对 --data。", err=True)
        try:
            yield office
        finally:
            office.close()
    except (DeskError, click.ClickException, BrokenPipeError):
        raise
    except Exception as error:
        upkeep.note_fault(folder, error)
        raise


def run(command: click.Command, arguments: list[str] | None, name: str) -> int:
    """Carry out a command; its exit code. Whatever happens is said in a sentence on standard error."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # Programs read UTF-8; a terminal that lacks a character shows its number instead of stopping the work.
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="backslashreplace")
    try:
        result = command.main(args=arguments, prog_name=name, standalone_mode=False)
        return result if isinstance(result, int) else 0
    except click.exceptions.NoArgsIsHelpError as error:
        return _told(error.format_message(), WRONG_USE)
    except click.UsageError as error:
        return _told(_wrong_use(error), WRONG_USE)
    except click.Abort:
        return _told("已中断；说过办妥的都已存妥。", REFUSED)
    except Unavailable as error:
        return _told(error.sentence, LACKING)
    except DeskError as error:
        return _told(error.sentence, REFUSED)
    except Exception as error:
        return _told(Unavailable("QY-199", cause=type(error).__name__).sentence, LACKING)


def _told(sentence: str, code: int) -> int:
    click.echo(sentence, err=True)
    return code


def _wrong_use(error: click.UsageError) -> str:
    what = _WRONG_USE.get(type(error).__name__, lambda _: "命令写法不对。")(error)
    if error.ctx is None:
        return f"{what}加 --help 查看说明。"
    return f"{what}用 {error.ctx.command_path} --help 查看说明。\n{error.ctx.get_usage()}"


def _parameter(error: Any) -> str:
    return (
        "、".join(error.param.opts)
        if isinstance(error.param, click.Option)
        else error.param.make_metavar(error.ctx)
    )


#: Kind of wrong use → what is said about it.
_WRONG_USE: dict[str, Callable[[Any], str]] = {
    "NoSuchCommand": lambda error: f"没有“{error.command_name}”这个命令。",
    "NoSuchOption": lambda error: f"没有 {error.option_name} 这个选项。",
    "MissingParameter": lambda error: f"缺少 {_parameter(error)}。",
    "BadParameter": lambda error: f"{_parameter(error)} 写得不对。",
    "BadOptionUsage": lambda error: f"选项 {error.option_name} 写得不对。",
}
