"""`ledger check [PATH...]`."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence

import click

from ledger import __version__
from ledger.commands.opening import Place, Source, path_below, place_of, report_on
from ledger.commands.options import cache_option, format_option, reads_a_ledger
from ledger.commands.outputs import asked_outputs, output_option, prefix_in_repository, wants_colour, write, write_outputs
from ledger.commands.pager import paged
from ledger.model import Diagnostic, Report, Trouble
from ledger.reading.trees import Tree
from ledger.render import check as render
from ledger.texts.display import one_line
from ledger.texts.suggestions import did_you_mean

FORMATS = ("text", "concise", "json", "jsonl", "github", "sarif", "gitlab", "junit")
_COLOURS = {"error": "red", "warning": "yellow", "help": "cyan", "margin": "blue"}


def _style(text: str, role: str) -> str:
    return click.style(text, fg=_COLOURS.get(role), bold=role in ("place", "error"))


@click.command("check")
@click.argument("paths", nargs=-1, type=click.Path())
@format_option(*FORMATS)
@output_option()
@click.option(
    "--select",
    "codes",
    metavar="CODE[,CODE]",
    multiple=True,
    help="Show only these rules (a code, a name, or a letter for all of its family).",
)
@click.option("--strict", is_flag=True, help="Warnings count as findings too.")
@cache_option()
@reads_a_ledger
@paged
def command(
    source: Source, paths: Sequence[str], form: str, outputs: Sequence[str], codes: Sequence[str], strict: bool, use_cache: bool
) -> int:
    """Every defect of the ledger, all at once. The whole ledger is read; PATHs choose whose defects are shown."""
    wanted = wanted_codes(codes)
    place = place_of(source)
    root = place.root
    report, contents = report_on(place, use_cache)
    asked = asked_outputs(outputs, FORMATS, root)
    files = {*contents.paths(), *(path for path, _ in contents.odd)}
    chosen = chosen_paths(paths, root, files)
    shown = [found for found in report.diagnostics if (not wanted or found.code in wanted) and (chosen is None or found.path in chosen)]
    paths_shown = sorted(files if chosen is None else chosen)
    if form == "jsonl":  # its lines are defects alone
        for line in render.language_lines(report.unchecked_languages, report.draft_languages):
            click.echo(render.for_people(line), err=True)
    write_outputs(asked, _writers(shown, report, place, paths_shown, strict, render.plain))
    write(_writers(shown, report, place, paths_shown, strict, _style if wants_colour() else render.plain)[form]())
    return 1 if any(found.severity == "error" or strict for found in shown) else 0


def _writers(
    shown: list[Diagnostic], report: Report, place: Place, files: list[str], strict: bool, style: render.Style
) -> dict[str, Callable[[], str]]:
    """The formats, each made when it is asked for."""
    told = render.language_lines(report.unchecked_languages, report.draft_languages)

    def with_closing(body: str, gap: str) -> str:
        return body + (gap if body else "") + render.closing(shown, report, len(report.diagnostics) - len(shown))

    def github() -> str:
        from ledger.render.annotations import of_diagnostics
        from ledger.render.github import to_github

        return "".join(to_github(of_diagnostics(shown), prefix_in_repository(place.root))) + with_closing("", "")

    def sarif() -> str:
        from ledger.render.annotations import of_diagnostics
        from ledger.render.sarif import to_sarif
        from ledger.rules import RULES

        manuals = {code: rule.manual for code, rule in RULES.items()}
        return to_sarif(of_diagnostics(shown), prefix_in_repository(place.root), __version__, manuals, told)

    def gitlab() -> str:
        from ledger.render.annotations import of_diagnostics, of_languages
        from ledger.render.gitlab import to_gitlab

        return to_gitlab([*of_diagnostics(shown), *of_languages(told)], prefix_in_repository(place.root))

    def junit() -> str:
        from ledger.render.junit import to_junit

        return to_junit(shown, files, strict, told)

    return {
        "text": lambda: with_closing(render.to_text(shown, _sources(place.tree, shown), style), "\n\n"),
        "concise": lambda: with_closing(render.concise(shown, style), "\n"),
        "json": lambda: render.to_json(shown, report, report.accepted),
        "jsonl": lambda: render.to_jsonl(shown),
        "github": github,
        "sarif": sarif,
        "gitlab": gitlab,
        "junit": junit,
    }


def wanted_codes(codes: Sequence[str]) -> set[str]:
    """The codes that --select names; raises UsageError for one that is unknown."""
    if not codes:
        return set()
    from ledger.rules import RULES

    wanted: set[str] = set()
    names = {rule.name: rule.code for rule in RULES.values()}
    for code in (part.strip() for text in codes for part in text.split(",")):
        family = {known for known in RULES if len(code) == 1 and known.startswith(code.upper())}
        if code.upper() in RULES:
            wanted.add(code.upper())
        elif code in names:
            wanted.add(names[code])
        elif family:
            wanted |= family
        else:
            hint = did_you_mean(code, [*RULES, *names])
            raise click.UsageError(f"no rule `{one_line(code)}`" + (f": {hint}" if hint else ""))
    return wanted


def chosen_paths(paths: Sequence[str], root: str, known: set[str]) -> set[str] | None:
    """The ledger's files that the PATHs name; a folder stands for all in it. Raises Trouble for one that is none of them."""
    if not paths:
        return None
    chosen: set[str] = set()
    for path in paths:
        if "\0" in path:
            raise Trouble(f"{one_line(path)} is no path: nothing to check")
        above, name = os.path.split(os.path.abspath(path))
        inside = path_below(os.path.join(os.path.realpath(above), name), root)
        relative = "/".join(inside or ())
        matches = {name for name in known if inside == [] or name == relative or name.startswith(relative + "/")}
        if not matches:
            there = "is no file of this ledger" if os.path.lexists(path) else "does not exist"
            raise Trouble(f"{one_line(path)} {there}: nothing to check")
        chosen |= matches
    return chosen


def _sources(tree: Tree, shown: Sequence[Diagnostic]) -> dict[str, list[str]]:
    """The lines of the files that diagnostics speak of, for their excerpts."""
    from ledger.reading.trees import NotPlain, NotThere, TooLarge
    from ledger.reading.yaml_nodes import MAX_FILE_BYTES

    sources: dict[str, list[str]] = {}
    for path in sorted({found.path for found in shown}):
        if path.startswith("seeds/"):
            continue
        try:
            sources[path] = tree.read(path, MAX_FILE_BYTES).decode("utf-8", "replace").split("\n")
        except (NotThere, NotPlain, TooLarge):
            continue
    return sources
