"""The options that commands share: filters, formats, the cache."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import ExitStack
from functools import wraps
from typing import Any, TypeVar, cast

import click

from ledger.answers.filters import Filter, places_within
from ledger.answers.names import find_claimants, find_place, find_property, find_seed, find_side, find_subject
from ledger.commands.opening import Source
from ledger.model import Ledger, Trouble
from ledger.texts.dates import FAR, DateProblem, parse_date
from ledger.texts.display import one_line
from ledger.texts.suggestions import did_you_mean

Command = TypeVar("Command", bound=Callable[..., Any])
OPTIONS = ("town", "property", "subject", "claimant", "side", "seed", "since", "until", "as_of")


def in_a_folder(function: Command) -> Command:
    """Add `-C DIR` behind the command's name too; the folder, or None, is what the command is given first."""

    @click.option("-C", "behind", metavar="DIR", help="The ledger's folder; without it, the nearest one upwards from here.")
    @click.pass_obj
    @wraps(function)
    def command(folder: str | None, /, *arguments: Any, behind: str | None, **asked: Any) -> Any:
        if folder is not None and behind is not None:
            raise click.UsageError("`-C` is given twice, before and behind the command")
        return function(folder if behind is None else behind, *arguments, **asked)

    return cast(Command, command)


def reads_a_ledger(function: Command) -> Command:
    """Add what every command has that reads a ledger: `-C DIR`, `--staged`, `--rev REV`; the Source is what it is given first."""

    @click.option("--rev", "revision", metavar="REV", help="Read it as this commit has it (a branch, a tag, a hash), from git.")
    @click.option("--staged", is_flag=True, help="Read it as git would commit it now: what is in the index.")
    @wraps(function)
    def command(folder: str | None, /, *arguments: Any, staged: bool, revision: str | None, **asked: Any) -> Any:
        if staged and revision is not None:
            raise click.UsageError("`--staged` and `--rev` name two states of the ledger: choose one")
        with ExitStack() as closing:
            return function(Source(folder, staged, revision, closing), *arguments, **asked)

    return in_a_folder(cast(Command, command))


def filter_options(function: Command) -> Command:
    """Add the filters to a command; they arrive as `**asked`. Bare words are the name of a place."""

    @click.argument("words", metavar="[PLACE]", nargs=-1)
    @wraps(function)
    def command(*arguments: Any, words: tuple[str, ...], **asked: Any) -> Any:
        if words and asked["town"] is not None:
            raise click.UsageError(f"two places are named, {one_line(' '.join(words))} and {one_line(asked['town'])}: ask for one")
        return function(*arguments, **(asked | {"town": " ".join(words)} if words else asked))

    return _with_filters(cast(Command, command))


def _with_filters(function: Command) -> Command:
    for option in (
        click.option("--as-of", metavar="DAY", help="Only what was certainly said by that day."),
        click.option("--until", metavar="DATE", help="Times that touch this date or an earlier one."),
        click.option("--since", metavar="DATE", help="Times that touch this date or a later one."),
        click.option("--seed", metavar="NAME", help="Claims read from this seed."),
        click.option("--side", metavar="SIDE", help="Claimants that speak for this side."),
        click.option("--claimant", metavar="NAME", help="This claimant and whoever speaks of it."),
        click.option("--subject", metavar="SUBJECT", help="Of whom it is said."),
        click.option("--property", metavar="NAME", help="The property, by id or title."),
        click.option("--town", "--place", "town", metavar="NAME", help="This place and all within it; any of its names."),
    ):
        function = option(function)
    return function


def filter_of(asked: dict[str, Any], ledger: Ledger) -> Filter:
    """The filter that the options ask for; raises Trouble for names that are unknown."""
    vocabulary = ledger.vocabulary
    seeds = [*ledger.seeds, *(file.seed_name for file in ledger.files)]
    place = None if asked["town"] is None else find_place(asked["town"], vocabulary, seeds)
    return Filter(
        None if place is None else places_within(place, vocabulary),
        None if asked["property"] is None else find_property(asked["property"], vocabulary),
        None if asked["subject"] is None else find_subject(asked["subject"], vocabulary),
        None if asked["claimant"] is None else find_claimants(asked["claimant"], vocabulary),
        None if asked["side"] is None else find_side(asked["side"], vocabulary),
        None if asked["seed"] is None else find_seed(asked["seed"], seeds),
        -FAR if asked["since"] is None else day_asked("--since", asked["since"], last=False),
        FAR if asked["until"] is None else day_asked("--until", asked["until"], last=True),
        place,
    )


def as_of(asked: dict[str, Any]) -> int | None:
    """The day of --as-of."""
    return None if asked["as_of"] is None else day_asked("--as-of", asked["as_of"], last=True)


def day_asked(option: str, text: str, last: bool) -> int:
    """The first or last day of a date typed by a person; raises Trouble."""
    try:
        days = parse_date(text)
    except DateProblem as problem:
        raise Trouble(f"{option} {one_line(text)} can't be read as a date: {problem}") from None
    return days.last if last else days.first


class Choice(click.Choice[str]):
    """A choice that says what was probably meant."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        try:
            return str(super().convert(value, param, ctx))
        except click.BadParameter:
            hint = did_you_mean(str(value), [str(choice) for choice in self.choices])
            known = ", ".join(str(choice) for choice in self.choices)
            self.fail(f"`{one_line(str(value))}` is none of {known}" + (f": {hint}" if hint else ""), param, ctx)


def cache_option() -> Callable[[Command], Command]:
    """`--no-cache`."""
    return click.option("--no-cache", "use_cache", is_flag=True, flag_value=False, default=True, help="Work everything out anew.")


def format_option(*formats: str) -> Callable[[Command], Command]:
    """`--format`, with the first as the default; where there is CSV, `--bom` too."""
    option = click.option("--format", "form", type=Choice(list(formats)), default=formats[0], show_default=True, help="How to write it.")
    return (lambda function: option(_with_bom(function))) if "csv" in formats else option


def _with_bom(function: Command) -> Command:
    """Add `--bom` to a command."""

    @click.option("--bom", is_flag=True, help="With --format csv: begin with a byte order mark, by which Excel knows UTF-8.")
    @wraps(function)
    def command(*arguments: Any, bom: bool, **asked: Any) -> Any:
        if bom and asked["form"] != "csv":
            raise click.UsageError("`--bom` goes with `--format csv`")
        if bom and hasattr(sys.stdout, "reconfigure"):
            sys.stdout.reconfigure(
                encoding="utf-8-sig", errors=sys.stdout.errors
            )  # (which writes the mark before the first row, if there is one)
        elif bom:
            sys.stdout.write("\ufeff")
        return function(*arguments, **asked)

    return cast(Command, command)


def dry_run_option() -> Callable[[Command], Command]:
    """`--dry-run`, of what writes."""
    return click.option("--dry-run", is_flag=True, help="Write nothing; show the difference that it would make.")
