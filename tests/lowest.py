"""The oldest versions that pyproject.toml allows, as constraints for pip: `make test-lowest` runs the tests with them.

A lower bound has to be a version that can be installed: that is what is tried, so what a range promises has been seen to work.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

_BOUND = re.compile(r"\s*([A-Za-z0-9][A-Za-z0-9._-]*)\s*(?:\[[^]]*\])?\s*>=\s*([A-Za-z0-9][A-Za-z0-9.!+_-]*)\s*(?:[,;].*)?")


def lowest(pyproject: str) -> list[str]:
    """`name==version` for all that a project is built from, runs with and offers as extras; ValueError where a lower bound is missing
    or written in two ways."""
    project = tomllib.loads(pyproject)
    bounds: dict[str, str] = {}
    for requirement in _requirements(project):
        found = _BOUND.fullmatch(requirement)
        if found is None:
            raise ValueError(f"`{requirement}` names no lower bound first: write `name>=the oldest version that was tried`")
        name, version = _plain(found[1]), found[2]
        if bounds.setdefault(name, version) != version:
            raise ValueError(f"{name} has two lower bounds, {bounds[name]} and {version}: write one of them in both places")
    return [f"{name}=={version}" for name, version in sorted(bounds.items())]


def _requirements(project: dict[str, dict[str, object]]) -> Iterator[str]:
    """Every requirement, those left out by which one extra takes in another."""
    extras = project["project"].get("optional-dependencies", {})
    assert isinstance(extras, dict)
    own = _plain(str(project["project"]["name"]))
    for listed in (project.get("build-system", {}).get("requires", []), project["project"].get("dependencies", []), *extras.values()):
        for requirement in listed:
            if _plain(re.split(r"[^A-Za-z0-9._-]", requirement.strip(), maxsplit=1)[0]) != own:
                yield requirement


def _plain(name: str) -> str:
    """A package's name, in the one spelling by which names are compared."""
    return re.sub("[-_.]+", "-", name).lower()


if __name__ == "__main__":
    try:
        print("\n".join(lowest((Path(__file__).resolve().parent.parent / "pyproject.toml").read_text(encoding="utf-8"))))
    except ValueError as problem:
        sys.exit(f"pyproject.toml: {problem}")
