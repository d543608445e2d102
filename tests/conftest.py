"""What all tests share: golden files, and an environment without colour or width of its own."""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

Golden = Callable[[Path, str], None]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="rewrite the expected reports instead of comparing with them")
    if importlib.util.find_spec("pytest_asyncio") is None:  # pyproject.toml sets an option of it
        parser.addini("asyncio_default_fixture_loop_scope", "nothing, where pytest-asyncio is not installed")


def pytest_pycollect_makemodule(module_path: Path) -> None:
    """Skip the tests of the language server where the extra, or what tests it, is not installed."""
    for package in ("pygls", "pytest_lsp") if module_path.parent.name == "lsp" else ():
        if importlib.util.find_spec(package) is None:
            pytest.skip(f"{package} is not installed: the language server is not tried", allow_module_level=True)


@pytest.fixture(scope="session", autouse=True)
def plain_environment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No colour, width or Python settings leak in from the shell; and the cache of whoever runs the tests is left alone."""
    taken = {
        name: os.environ.pop(name)
        for name in ("FORCE_COLOR", "NO_COLOR", "COLUMNS", "PYTHONIOENCODING", "LEDGER_CACHE_DIR")
        if name in os.environ
    }
    os.environ["PYTHONUTF8"] = "1"
    os.environ["LEDGER_CACHE_DIR"] = str(tmp_path_factory.mktemp("cache"))
    yield
    del os.environ["PYTHONUTF8"], os.environ["LEDGER_CACHE_DIR"]
    os.environ.update(taken)


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """Compares a text with a golden file, or rewrites the file when asked to (`make golden`)."""

    def compare(path: Path, text: str) -> None:
        if request.config.getoption("--update-golden"):
            path.write_bytes(text.encode())
            return
        expected = path.read_bytes().decode() if path.exists() else ""
        assert text == expected, (
            f"{path.name} in {path.parent} differs: where the new text is right, run `make golden` and read the difference"
        )

    return compare
