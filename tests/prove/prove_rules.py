"""The rules broken on purpose, one place at a time: is it noticed? What survives shows where a case is missing.

    python tests/prove/prove_rules.py                 # all of ledger/rules; the long run of `make prove`
    python tests/prove/prove_rules.py quotes values   # some of its modules

Each comparison, condition, number and step of a rule is changed in the syntax tree, and the ledgers of `ledger selftest` and of
tests/cases, whose reports are golden files, are tried with it. At least 95 of 100 such mutants must be noticed.
"""

from __future__ import annotations

import ast
import copy
import importlib
import inspect
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import _lru_cache_wrapper, lru_cache, partial
from types import FrameType, ModuleType
from typing import Any, NamedTuple, NoReturn

from equal_mutants import EQUAL
from running import ROOT

from ledger.model import Ledger
from ledger.reading.loader import load
from ledger.reading.trees import MemoryTree, Tree, WorkTree
from ledger.rules import RULES, check_ledger, excluded
from ledger.rules.runner import FAMILIES
from ledger.rules.selftest import read_corpus
from ledger.texts.display import one_line

MODULES = (*(family.__name__.rpartition(".")[2] for family in FAMILIES), "number_words")
WANTED = 95  # percent
LIMITS = 20  # numbers from here on are limits of what is looked at or shown: one more or less is no other rule
SECONDS = 30  # for one mutant
COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE), ast.LtE: (ast.Lt, ast.Gt), ast.Gt: (ast.GtE, ast.LtE), ast.GtE: (ast.Gt, ast.Lt), ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,), ast.In: (ast.NotIn,), ast.NotIn: (ast.In,), ast.Is: (ast.IsNot,), ast.IsNot: (ast.Is,),
}  # fmt: skip


class Mutant(NamedTuple):
    """One function of a module with one change."""

    module: ModuleType
    function: str
    line: int
    source: str
    change: str
    tree: ast.FunctionDef

    @property
    def key(self) -> tuple[str, str, str]:
        """What `EQUAL` calls it."""
        return self.function, self.source, self.change


class TooLong(Exception):
    """A mutant runs on and on."""


# -- making mutants -------------------------------------------------------------------------------------------------------------


def changes_of(node: ast.AST) -> Iterator[tuple[str, Callable[[Any], ast.AST]]]:
    """The changes of one node: what each is called, and a function that makes it of a copy."""
    if isinstance(node, ast.Compare):
        for place, operator in enumerate(node.ops):
            for other in COMPARISONS[type(operator)]:
                yield f"{type(operator).__name__} -> {other.__name__}", partial(_with_operator, place=place, operator=other)
    elif isinstance(node, ast.BoolOp) and isinstance(node.values[-1], ast.Constant):
        return  # (`text or ""`: for the types alone)
    elif isinstance(node, ast.BoolOp):
        other_operator = ast.Or if isinstance(node.op, ast.And) else ast.And
        yield f"{type(node.op).__name__} -> {other_operator.__name__}", lambda found: ast.BoolOp(other_operator(), found.values)
        for place in range(len(node.values)):
            yield f"part {place + 1} left out", partial(_without_part, place=place)
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield "not left out", lambda found: found.operand
    elif isinstance(node, (ast.If, ast.IfExp, ast.While)):
        for answer in (True, False):
            if not (isinstance(node, ast.While) and answer):
                yield f"condition is {answer}", partial(_with_test, answer=answer)
    elif isinstance(node, ast.comprehension) and node.ifs:
        yield "condition of a comprehension left out", lambda found: ast.comprehension(found.target, found.iter, [], found.is_async)
    elif isinstance(node, ast.Constant) and type(node.value) is int and abs(node.value) < LIMITS:
        for step in (1, -1):
            yield f"{node.value} -> {node.value + step}", partial(_other_number, step=step)
    elif (
        isinstance(node, ast.BinOp) and isinstance(node.op, (ast.Add, ast.Sub)) and not isinstance(node.left, (ast.JoinedStr, ast.Constant))
    ):
        swapped = ast.Sub if isinstance(node.op, ast.Add) else ast.Add
        yield f"{type(node.op).__name__} -> {swapped.__name__}", lambda found: ast.BinOp(found.left, swapped(), found.right)
    elif isinstance(node, (ast.Continue, ast.Break)):
        yield f"{type(node).__name__.lower()} left out", lambda found: ast.Pass()
    elif isinstance(node, ast.Expr) and isinstance(node.value, (ast.Yield, ast.YieldFrom)):
        yield "yields nothing", lambda found: ast.Expr(ast.YieldFrom(ast.Tuple([], ast.Load())))


def _with_operator(found: ast.Compare, place: int, operator: type[ast.cmpop]) -> ast.Compare:
    found.ops[place] = operator()
    return found


def _other_number(found: ast.Constant, step: int) -> ast.Constant:
    assert isinstance(found.value, int)
    return ast.Constant(found.value + step)


def _without_part(found: ast.BoolOp, place: int) -> ast.AST:
    del found.values[place]
    return found if len(found.values) > 1 else found.values[0]


def _with_test(found: Any, answer: bool) -> ast.AST:
    found.test = ast.Constant(answer)
    return found  # type: ignore[no-any-return]


class _Replace(ast.NodeTransformer):
    """Changes the node of a number in the order of walking."""

    def __init__(self, number: int, change: Callable[[Any], ast.AST]) -> None:
        self.number = number
        self.change = change
        self.seen = -1

    def generic_visit(self, node: ast.AST) -> ast.AST:
        self.seen += 1
        if self.seen == self.number:
            return self.change(node)
        return super().generic_visit(node)


def _walked(tree: ast.AST) -> Iterator[ast.AST]:
    """The nodes in the order in which `_Replace` counts them."""
    yield tree
    for child in ast.iter_child_nodes(tree):
        yield from _walked(child)


def mutants_of(module: ModuleType) -> Iterator[Mutant]:
    """Every mutant of every function of a module; what it says in words is left alone. Of equal changes in one line each but the
    first bears a number."""
    source = inspect.getsource(module)
    lines = source.split("\n")
    for definition in ast.parse(source).body:
        if isinstance(definition, ast.FunctionDef):
            definition.decorator_list = [one for one in definition.decorator_list if "lru_cache" in ast.dump(one)]
            named: Counter[tuple[int, str]] = Counter()
            for number, node in enumerate(_walked(definition)):
                line = getattr(node, "lineno", 0) or getattr(getattr(node, "target", definition), "lineno", 0)
                for name, change in changes_of(node):
                    tree = ast.fix_missing_locations(_Replace(number, change).visit(copy.deepcopy(definition)))
                    named[line, name] += 1
                    name += f" ({named[line, name]})" if named[line, name] > 1 else ""
                    yield Mutant(module, definition.name, line, lines[line - 1].strip(), name, tree)


@contextmanager
def in_place(mutant: Mutant) -> Iterator[None]:
    """The mutant in place of its function, wherever that is imported and among the rules; no answers are kept from before, nor for
    afterwards."""
    space: dict[str, Any] = dict(vars(mutant.module))
    old = space[mutant.function]
    exec(compile(ast.Module([mutant.tree], []), mutant.module.__name__, "exec"), vars(mutant.module))
    new = vars(mutant.module)[mutant.function]
    importing = [vars(module) for name, module in list(sys.modules.items()) if name.startswith("ledger.")]
    importing = [names for names in importing if names.get(mutant.function) is old] + [vars(mutant.module)]
    changed = {code: rule for code, rule in RULES.items() if rule.find is old}
    RULES.update({code: rule._replace(find=new) for code, rule in changed.items()})
    for names in importing:
        names[mutant.function] = new
    _forget(space)
    try:
        yield
    finally:
        for names in importing:
            names[mutant.function] = old
        RULES.update(changed)
        _forget(space)


def _forget(space: dict[str, Any]) -> None:
    for kept in space.values():
        if isinstance(kept, _lru_cache_wrapper):
            kept.cache_clear()


# -- noticing them --------------------------------------------------------------------------------------------------------------


class Known(NamedTuple):
    """A ledger, the rules that find something in it, and all that they say."""

    tree: Tree
    codes: frozenset[str]
    told: str


def told_of(ledger: Ledger) -> str:
    """All that `check` says of a ledger, as the golden files hold it: place, words, remedy, related places; and who is left out."""
    said = []
    for found in check_ledger(ledger).diagnostics:
        said.append(
            f"{found.code} {found.path}:{found.line}:{found.column}+{found.length} {one_line(found.message)} = {one_line(found.help)}"
        )
        said += [f"  {other.path}:{other.line}:{other.column} {one_line(other.message)}" for other in found.related]
    return "\n".join([*said, *(f"left out: {path}:{line}" for path, line in sorted(excluded(ledger)))])


@lru_cache(maxsize=1)
def known_ledgers() -> list[Known]:
    """The corpus (but for what can't run), and the ledgers of tests/cases. Each is loaded anew for each mutant: seeds keep count
    of the effort spent on them."""
    trees: list[Tree] = [MemoryTree(case.files) for case in read_corpus() if not any("cannot run" in one for one in case.expected)]
    trees += [WorkTree(str(folder)) for folder in sorted(ROOT.glob("tests/cases/*/*"))]
    return [Known(tree, frozenset(found.code for found in check_ledger(load(tree)).diagnostics), told_of(load(tree))) for tree in trees]


def is_noticed(mutant: Mutant) -> bool:
    """Whether any case or report differs with the mutant in place; those of its own rule are tried first."""
    ledgers = known_ledgers()
    with in_place(mutant):
        mine = {code for code, rule in RULES.items() if rule.find.__name__ == mutant.function}
        first = sorted(ledgers, key=lambda known: not known.codes & mine)
        try:
            with _at_most(SECONDS):
                return any(told_of(load(known.tree)) != known.told for known in first)
        except Exception:  # it fails, or runs on: that is noticed
            return True


@contextmanager
def _at_most(seconds: int) -> Iterator[None]:
    def stop(number: int, frame: FrameType | None) -> NoReturn:
        raise TooLong

    old = signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, old)


def main() -> int:
    """Run the proof; the exit code."""
    began, total, noticed = time.monotonic(), 0, 0
    unused = set(EQUAL)
    for name in sys.argv[1:] or MODULES:
        module = importlib.import_module(f"ledger.rules.{name}")
        for mutant in mutants_of(module):
            if mutant.key in EQUAL:
                unused.discard(mutant.key)
                continue
            total += 1
            if is_noticed(mutant):
                noticed += 1
            else:
                print(f"{name}.py:{mutant.line}: {mutant.function}: {mutant.change}: {mutant.source}", flush=True)
    untouched = [known for known in known_ledgers() if told_of(load(known.tree)) != known.told]
    assert not untouched, "the mutants left something behind"
    assert len(sys.argv) > 1 or not unused, f"no such mutants any more: {unused}"
    share = 100 * noticed / max(1, total)
    print(f"{noticed} of {total} mutants noticed ({share:.1f} %); {time.monotonic() - began:.0f} s")
    return 0 if share >= WANTED else 1


if __name__ == "__main__":
    sys.exit(main())
