"""What options and arguments the commands have, and what each can be: asked of click."""

from __future__ import annotations

from typing import Any

import click

from ledger.commands.program import group
from ledger.rules import RULES

# What a parameter stands for, by its name or by what its help calls it.
KINDS = {
    "place": ("town", "place", "within", "about"),
    "claimant": ("claimant", "via", "claimants"),
    "property": ("property",),
    "subject": ("subject",),
    "side": ("side",),
    "seed": ("seed", "[seed]", "seeds"),
    "claim": ("claim_id", "claim", "one", "other", "disputes", "corrects", "a", "b"),
    "code": ("code", "codes", "code[,code]"),
    "file": ("paths",),
    "any": ("old", "old_id"),
}


def table() -> dict[str, Any]:
    """The commands with their options and arguments, as data; and the codes of the rules."""
    commands: dict[str, Any] = {}
    context = click.Context(group, info_name="ledger")
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        _note(name, command, context, commands)
    return {"commands": commands, "codes": {code: rule.name.replace("_", " ") for code, rule in sorted(RULES.items())}}


def _note(path: str, command: click.Command, above: click.Context, commands: dict[str, Any]) -> None:
    within: dict[str, str] = {}
    context = click.Context(command, parent=above, info_name=path)
    if isinstance(command, click.Group):
        for name, inner in command.commands.items():
            within[name] = inner.get_short_help_str(80)
            _note(f"{path} {name}", inner, context, commands)
    options: dict[str, Any] = {}
    arguments = []
    for parameter in command.get_params(context):
        data = _data(parameter)
        if isinstance(parameter, click.Option):
            if not parameter.hidden:
                options |= dict.fromkeys([*parameter.opts, *parameter.secondary_opts], data)
        else:
            arguments.append(data)
    commands[path] = {"options": options, "arguments": arguments, "within": within}


def _data(parameter: click.Parameter) -> dict[str, Any]:
    choices = [str(choice) for choice in parameter.type.choices] if isinstance(parameter.type, click.Choice) else []
    called = {(parameter.name or "").lower(), (parameter.metavar or "").lower()}
    kind = next((kind for kind, names in KINDS.items() if called & set(names)), "")
    takes = not (isinstance(parameter, click.Option) and (parameter.is_flag or parameter.count))
    told = (getattr(parameter, "help", None) or "").partition(". ")[0].rstrip(".")
    return {"takes": takes, "kind": kind, "choices": choices, "many": parameter.nargs == -1, "told": told}
