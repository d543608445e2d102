"""The commands: each is imported when it is called."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Sequence
from typing import Any

import click

from ledger import __version__
from ledger.commands.exits import Interrupted, ended, fail
from ledger.commands.quick import COMMANDS, help_text
from ledger.texts.display import one_line
from ledger.texts.manuals import manual_of
from ledger.texts.suggestions import did_you_mean

_MODULES = {"pass": "passing", "import": "importing"}  # (no module can be called like a word of Python's own)


class Commands(click.Group):
    """The group of commands, each imported when it is called."""

    def invoke(self, context: click.Context) -> Any:
        try:
            return super().invoke(context)
        except KeyboardInterrupt:
            raise Interrupted from None
        except EOFError as problem:
            raise RuntimeError("the input ended") from problem

    def list_commands(self, context: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        module = importlib.import_module(f"ledger.commands.{_MODULES.get(name, name)}")
        command = module.command
        assert isinstance(command, click.Command)
        for each in (command, *(command.commands.values() if isinstance(command, click.Group) else ())):
            if each.help is None and each.callback is not None:
                each.help = manual_of(each.callback)  # `python -OO` leaves no docstrings to click
        return command

    def resolve_command(self, context: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0] if args else ""
        if name and not name.startswith("-") and name not in COMMANDS:
            hint = did_you_mean(name, COMMANDS)
            raise click.UsageError(f"no command `{one_line(name)}`" + (f": {hint}" if hint else ""), context)
        return super().resolve_command(context, args)

    def get_help(self, context: click.Context) -> str:
        return help_text()


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="ledger")
@click.option("-C", "folder", metavar="DIR")
@click.option("--no-pager", "unpaged", is_flag=True)
@click.option("--debug", is_flag=True)
@click.pass_context
def group(context: click.Context, folder: str | None, unpaged: bool, debug: bool) -> None:
    context.obj = folder


def run(arguments: Sequence[str]) -> int:
    """Run the program; gives its exit code and never raises."""
    return ended(lambda: _run(arguments), "--debug" in arguments)


def _run(arguments: Sequence[str]) -> int:
    try:
        result: Any = group.main(args=list(arguments), prog_name="ledger", standalone_mode=False)
        sys.stdout.flush()
        return result if isinstance(result, int) else 0
    except click.exceptions.Exit as done:
        return done.exit_code
    except click.exceptions.NoArgsIsHelpError as problem:
        usage = problem.ctx.command_path if problem.ctx is not None else "ledger"
        return fail(f"say what to do: {', '.join(COMMANDS)} (see `{usage} --help`)", 2)
    except click.UsageError as problem:
        usage = problem.ctx.command_path if problem.ctx is not None else "ledger"
        return fail(f"{one_line(problem.format_message())} (see `{usage} --help`)", 2)
    except click.ClickException as problem:
        return fail(one_line(problem.format_message()), 2)
    except click.Abort:
        raise Interrupted from None
