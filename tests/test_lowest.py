"""Every dependency says from which version on it was tried."""

from __future__ import annotations

import tomllib

import pytest
from lowest import lowest
from running import ROOT

PROJECT = '[build-system]\nrequires = ["setuptools>=70.1"]\n[project]\nname = "My.Tool"\n'


def test_our_own_dependencies_all_have_a_lower_bound() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    names = {constraint.partition("==")[0] for constraint in lowest(text)}
    assert {"click", "rich", "pyyaml", "pytest", "setuptools"} <= names
    assert len(names) >= len(tomllib.loads(text)["project"]["dependencies"])


def test_extras_and_what_builds_it_are_taken_in() -> None:
    lists = 'dependencies = ["Py_YAML >= 6.0.1, <7", "rich[x]>=13.7"]\n[project.optional-dependencies]\nall = ["my-tool[one]"]\n'
    lists += "one = [\"pytest>=8; python_version > '3'\"]\n"
    assert lowest(PROJECT + lists) == ["py-yaml==6.0.1", "pytest==8", "rich==13.7", "setuptools==70.1"]


@pytest.mark.parametrize(
    ("requirement", "told"),
    [
        ("click", "names no lower bound"),
        ("click<9", "names no lower bound"),
        ("click>8", "names no lower bound"),
        ("click~=8.2", "names no lower bound"),
        ("setuptools>=68", "two lower bounds, 70.1 and 68"),
    ],
)
def test_what_can_not_be_tried_is_refused(requirement: str, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        lowest(f'{PROJECT}dependencies = ["{requirement}"]\n')
