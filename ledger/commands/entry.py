"""The entry point: commands are imported when they are called, and every failure path ends with one line and its exit code."""

from __future__ import annotations

import codecs
import contextlib
import importlib
import os
import signal
import sys
from collections.abc import Sequence
from typing import Any, NoReturn

import click

from ledger import __version__
from ledger.diagnostic import Trouble
from ledger.text import did_you_mean, one_line, shorten

# name -> (module, what it does): listed without importing the modules, so that --help is instant
COMMANDS = {
    "check": ("check", "Every defect of the ledger, all at once."),
    "conflicts": ("conflicts", "Where claims contradict each other, with both quotes."),
    "why": ("why", "The whole decision about one pair of claims."),
    "claims": ("claims", "List claims, with filters."),
    "timeline": ("timeline", "Who claimed what when: one lane a claimant, contradictions marked beneath."),
    "show": ("show", "One claim with its quote in its paragraph, who agrees, who contradicts."),
    "claimants": ("claimants", "Each claimant and side: claims, contradicted by whom, reversals, later agreed with."),
    "seeds": ("seeds", "The sources, and how much of each was read."),
    "review": ("review", "What a branch does to the ledger: claims, contradictions and defects, before and after."),
    "log": ("log", "One claim through git, field by field."),
    "selftest": ("selftest", "Try the checker itself on the little ledgers that ship with it."),
    "explain": ("explain", "A rule of `check`: why, examples, remedy."),
}


class Interrupted(Exception):
    """Ctrl-C: click would print an empty line first, and take the end of an input for one too."""


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
        module = importlib.import_module(f"ledger.commands.{COMMANDS[name][0]}")
        command = module.command
        assert isinstance(command, click.Command)
        return command

    def resolve_command(self, context: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0] if args else ""
        if name and not name.startswith("-") and name not in COMMANDS:
            hint = did_you_mean(name, COMMANDS)
            raise click.UsageError(f"no command `{one_line(name)}`" + (f": {hint}" if hint else ""), context)
        return super().resolve_command(context, args)

    def format_commands(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, short) for name, (_, short) in COMMANDS.items()])


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit codes: 0 nothing wrong, 1 findings, 2 could not run (130, 141, 143: interrupted, its reader gone, terminated).",
)
@click.version_option(__version__, prog_name="ledger")
@click.option("-C", "folder", metavar="DIR", help="The ledger's folder; without it, the nearest one upwards from here.")
@click.option("--debug", is_flag=True, help="Show the traceback of a failure of the program itself.")
@click.pass_context
def group(context: click.Context, folder: str | None, debug: bool) -> None:
    """The fact ledger: who said what about which place, when, in which words, and where that contradicts what somebody else said."""
    context.obj = folder


def _fail(message: str, code: int) -> int:
    try:
        sys.stderr.write(f"ledger: {shorten(message, 2000)}\n".replace("##[", "## ["))
        sys.stderr.flush()
    except (OSError, ValueError, AttributeError):  # (a closed standard error is None)
        pass
    return code


def run(arguments: Sequence[str]) -> int:
    """Run the program; gives its exit code and never raises."""
    debug = "--debug" in arguments
    try:
        result: Any = group.main(args=list(arguments), prog_name="ledger", standalone_mode=False)
        sys.stdout.flush()
        return result if isinstance(result, int) else 0
    except click.exceptions.Exit as done:
        return done.exit_code
    except click.UsageError as problem:
        usage = problem.ctx.command_path if problem.ctx is not None else "ledger"
        return _fail(f"{one_line(problem.format_message())} (see `{usage} --help`)", 2)
    except click.ClickException as problem:
        return _fail(one_line(problem.format_message()), 2)
    except Trouble as problem:
        return _fail(one_line(str(problem)), 2)
    except (Interrupted, KeyboardInterrupt, click.Abort):
        return _fail("interrupted", 130)
    except (BrokenPipeError, SystemExit):  # click exits for a closed pipe itself, with the code of findings
        _silence_output()
        return 128 + 13  # as a program that SIGPIPE ended
    except OSError as problem:
        _silence_output()
        return _fail(f"could not go on: {problem.strerror or problem}", 2)
    except MemoryError:
        return _fail("could not go on: out of memory", 2)
    except RecursionError:
        return _fail("could not go on: something is nested too deep", 2)
    except Exception as problem:  # our own bug: one line, and never an exit code that means "checked"
        if debug:
            raise
        return _fail(f"a bug of ledger itself: {type(problem).__name__}: {one_line(str(problem))} (run with --debug and report it)", 2)


def _silence_output() -> None:
    """Point standard output nowhere, so that the interpreter does not fail once more when it closes it."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _terminated(number: int, frame: object) -> NoReturn:
    os._exit(_fail("terminated", 128 + number))


def _escaped(problem: UnicodeError) -> tuple[str, int]:
    """What a stream can't show, as escapes that JSON reads too: `\\u0431`."""
    assert isinstance(problem, UnicodeEncodeError)
    text = problem.object[problem.start : problem.end]
    units = text.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[place]:02x}{units[place + 1]:02x}" for place in range(0, len(units), 2)), problem.end


def main() -> NoReturn:
    """Enter from the console script."""
    codecs.register_error("ledger-escape", _escaped)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="ledger-escape")
    if os.name == "posix":
        signal.signal(signal.SIGTERM, _terminated)
    if sys.stdout is None:
        sys.exit(_fail("standard output is closed: there is nowhere to write", 2))
    sys.exit(run(sys.argv[1:]))
