"""Asking git. This module alone runs it: never through a shell, never in a way that writes, fetches, or runs what a checkout says.

The top folder is found here, by its `.git` entry, so that git never takes a folder that only looks like a repository for one. A
revision becomes a commit's hash once, and only the hash goes on. "Git could not tell" is never "it is not there": an answer is empty
only where git says so, and what a partial or damaged clone lacks ends the command, with the way to get it.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress

from ledger.model import Trouble
from ledger.reading.checkouts import Checkout, Indexed, checkout_from, prefix_of, top_folder
from ledger.reading.objects import Blobs, Entry
from ledger.texts.display import one_line, shorten

SECONDS = 60  # no question asked here takes longer on a healthy repository
_HASH = re.compile("[0-9a-f]{40}|[0-9a-f]{64}")
_REMOTE_HEAD = "refs/remotes/origin/HEAD"
_PLAIN_REMOTE = re.compile("[A-Za-z0-9_][A-Za-z0-9_./-]*")
_BROKEN = re.compile(r"^warning: ignoring broken ref (.+)$", re.M)
_SETTINGS = (
    "safe.bareRepository=explicit",
    "core.fsmonitor=false",
    f"core.hooksPath={os.devnull}",
    "core.quotePath=false",
    "color.ui=false",
)
# git's own words for what can be helped
_HELP = (
    (
        "dubious ownership",
        "the repository belongs to another user: `git config --global --add safe.directory FOLDER` tells git to trust it",
    ),
    ("not a git repository", "the .git entry there is no repository"),
    ("bad config", "its settings are damaged (`git config --list` says where)"),
    ("config value", "its settings are damaged (`git config --list` says where)"),
    ("unable to parse config", "its settings are damaged (`git config --list` says where)"),
    ("repository extension", "it needs a newer git"),
    ("git repo version", "it needs a newer git"),
)
_NOT_INSTALLED = "git is not installed: the history of a ledger can't be read without it"


class GitTrouble(Trouble):
    """Git, or what the repository holds, is the reason why the command cannot go on."""


def program(system: str, folders: str) -> str:
    """What to start for git: its name; on Windows its whole path, found in the folders of PATH, because a name alone is looked for in
    the current folder first, which may be a stranger's checkout with a git.exe in it."""
    if system != "nt":
        return "git"
    paths = (os.path.join(folder, "git.exe") for folder in folders.split(os.pathsep) if os.path.isabs(folder))
    found = next(filter(os.path.isfile, paths), None)
    if found is None:
        raise GitTrouble(_NOT_INSTALLED)
    return found


class Repository:
    """A git repository; `top` is its top folder."""

    def __init__(self, top: str) -> None:
        self.top = top
        self._broken: set[str] | None = None

    # -- running git -----------------------------------------------------------------------------------------------

    def _command(self, arguments: Sequence[str]) -> list[str]:
        settings = [word for setting in _SETTINGS for word in ("-c", setting)]
        return [program(os.name, os.environ.get("PATH", "")), "--no-pager", "--literal-pathspecs", *settings, "-C", self.top, *arguments]

    def _environment(self) -> dict[str, str]:
        """The caller's environment without what would point git elsewhere, in English, and without anything that asks or writes."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        above = os.path.dirname(self.top)
        return kept | {
            "GIT_OPTIONAL_LOCKS": "0",
            "GIT_TERMINAL_PROMPT": "0",
            "GIT_NO_LAZY_FETCH": "1",
            "GIT_NO_REPLACE_OBJECTS": "1",
            "GIT_CEILING_DIRECTORIES": above,
            "GIT_WORK_TREE": self.top,  # whatever `core.worktree` says: paths are those from the top folder
            "GIT_ALLOW_PROTOCOL": "none",
            "LC_ALL": "C",
            "LANGUAGE": "C",
        }

    def _run(self, arguments: Sequence[str], given: bytes, more: Mapping[str, str]) -> tuple[int, bytes, str]:
        """Exit code, output and errors of git. Raises GitTrouble where git is not there, can't read the repository, or hangs."""
        try:
            done = subprocess.run(
                self._command(arguments),
                env={**self._environment(), **more},
                input=given,
                capture_output=True,
                timeout=SECONDS,
                check=False,
            )
        except FileNotFoundError:
            raise GitTrouble(_NOT_INSTALLED) from None
        except PermissionError as problem:
            raise GitTrouble(f"git can't be run: {problem.strerror}") from None
        except subprocess.TimeoutExpired:
            raise GitTrouble(f"git {arguments[0]} did not answer within {SECONDS} seconds") from None
        except ValueError:  # a NUL in an argument
            return 1, b"", ""
        said = done.stderr.decode("utf-8", "replace")
        for words, remedy in _HELP if done.returncode else ():
            if words in said:
                raise GitTrouble(f"git can't read {one_line(self.top)}: {remedy}")
        return done.returncode, done.stdout, said

    def ask(self, *arguments: str, given: bytes = b"") -> bytes | None:
        """What git answers, or None where it says no, or can't tell: for questions that are asked again where that matters."""
        code, answer, _ = self._run(arguments, given, {})
        return answer if code == 0 else None

    def must(self, *arguments: str, given: bytes = b"", no: int = 0, more: Mapping[str, str] | None = None) -> bytes:
        """What git answers, empty where its exit code is the one that says no; raises GitTrouble where it can't tell. `more` is put
        into its environment."""
        code, answer, said = self._run(arguments, given, more or {})
        if code == 0:
            return answer
        if code == no:
            return b""
        raise self.incomplete(f"git {arguments[0]} can't read all that it needs" + _said(said))

    def incomplete(self, what: str) -> GitTrouble:
        """Why the command can't go on, and how it could: what git lacks is fetched by whoever keeps the clone, never by this program."""
        remotes = (self.ask("remote") or b"").decode("utf-8", "replace").split("\n")
        promised = self.ask("config", "--name-only", "--get-regexp", r"^remote\..*\.promisor$") or b""
        first = [name.removeprefix("remote.").removesuffix(".promisor") for name in promised.decode("utf-8", "replace").split("\n")]
        known = [name for name in (*first, "origin", *remotes) if name in remotes and _PLAIN_REMOTE.fullmatch(name)]
        if known:
            return GitTrouble(f"the clone is incomplete: {what}: `git fetch --refetch --no-filter {known[0]}` fetches all of it")
        return GitTrouble(f"the clone is incomplete: {what}: `git fsck` names what is missing; clone it anew")

    # -- revisions -------------------------------------------------------------------------------------------------

    def commit(self, revision: str) -> str | None:
        """The hash of the commit that a revision names, or None. Raises GitTrouble where it names one that git does not hold."""
        # (of `:/WORDS` everything behind it is words to look for)
        found = self._hash_of((self._hash_of(revision) or revision if revision.startswith(":/") else revision) + "^{commit}")
        if found is None and not _HASH.fullmatch(revision):
            named = self._hash_of(revision)
            if named is not None and (self.ask("cat-file", "-t", named + "^{}") or b"commit").strip() == b"commit":
                raise self.incomplete(f"git does not hold {named[:12]}, which `{shorten(revision, 80)}` names")
            if named is None and (broken := self._names(revision) & self._broken_refs()):
                raise GitTrouble(f"the repository is damaged: {shorten(min(broken), 200)} holds no hash (`git fsck` says more)")
        return found

    def _hash_of(self, name: str) -> str | None:
        code, answer, said = self._run(("rev-parse", "--verify", "--quiet", "--end-of-options", name), b"", {})
        if code > 1 and _said(said):  # (of what is not there it says nothing)
            raise self.incomplete("git rev-parse can't read all that it needs" + _said(said))
        found = answer.decode("ascii", "replace").strip() if code == 0 else ""
        return found if _HASH.fullmatch(found) else None

    def _names(self, revision: str) -> set[str]:
        """The refs for which a revision may stand."""
        if revision == "HEAD":
            leads_to = self.ask("symbolic-ref", "--quiet", "HEAD")
            return self._broken_refs() if leads_to is None else {leads_to.decode("utf-8", "surrogateescape").strip()}
        return {revision, *(f"refs/{kind}{revision}" for kind in ("", "heads/", "tags/", "remotes/")), f"refs/remotes/{revision}/HEAD"}

    def _broken_refs(self) -> set[str]:
        """The refs that hold no hash (their file was cut off, say): git itself passes over them as if they were not there."""
        if self._broken is None:
            self._broken = set(_BROKEN.findall(self._run(("for-each-ref", "--format="), b"", {})[2]))
        return self._broken

    def merge_base(self, one: str, other: str) -> str | None:
        """The hash of the commit from which two commits part, or None where they share none."""
        code, answer, said = self._run(("merge-base", "--end-of-options", one, other), b"", {})
        if code not in (0, 1) or _said(said):  # (an older base may be found, or none, where a commit can't be read)
            raise self.incomplete("git merge-base can't read all that it needs" + _said(said))
        found = answer.decode("ascii", "replace").split("\n")[0]
        return found if _HASH.fullmatch(found) else None

    def is_shallow(self) -> bool:
        """Whether only the latest part of the history was fetched."""
        return self.must("rev-parse", "--is-shallow-repository").strip() == b"true"

    def branch_here(self) -> str | None:
        """The branch that is checked out, or None where it is a commit."""
        answer = self.ask("symbolic-ref", "--quiet", "HEAD")
        return answer.decode("utf-8", "surrogateescape").strip() if answer else None

    def is_whole_between(self, base: str, *heads: str) -> bool:
        """Whether all that leads from a commit to others is there: in a shallow clone a history that was cut off may hide where they
        really parted."""
        where = (self.ask("rev-parse", "--path-format=absolute", "--git-path", "shallow") or b"").rstrip(b"\n")
        try:
            with open(os.fsdecode(where), "rb") as file:
                cut = set(file.read().split())
        except OSError:
            return False
        return cut.isdisjoint(self.must("rev-list", "--end-of-options", *heads, f"^{base}").split())

    def default_branch(self) -> str | None:
        """The branch that others are merged into: what the remote says, else main or master, there or here. Raises GitTrouble where
        the remote says it, and it is not here."""
        said = (self.ask("symbolic-ref", "--quiet", _REMOTE_HEAD) or b"").decode("utf-8", "surrogateescape").strip()
        if said or self.commit(_REMOTE_HEAD) is not None:
            name = said or _REMOTE_HEAD
            if self.commit(name) is None:
                words = f"the default branch of the remote, {shorten(name, 200)}, is not here"
                raise GitTrouble(f"{words}: fetch it, or name what to compare with, `ledger review BASE`")
            return name
        names = ["refs/remotes/origin/main", "refs/remotes/origin/master", "refs/heads/main", "refs/heads/master"]
        return next((name for name in names if self.commit(name) is not None), None)

    # -- files -----------------------------------------------------------------------------------------------------

    def entries(self, tree: str) -> list[Entry] | None:
        """The names in a folder of a commit: `tree` is the hash of a tree, or `HASH:folder`. None where there is no such folder; raises
        GitTrouble where git lacks what would tell."""
        start, colon, folder = tree.partition(":")
        commit = start if not colon or _HASH.fullmatch(start) else self.commit(start)
        if commit is None:  # the parent of a first commit, say
            return None
        with self.blobs() as reader:
            return reader.below(reader.top_of(commit) if colon else commit, [name for name in folder.split("/") if name])

    def files_called(self, commit: str, name: str) -> list[str]:
        """The paths of all files of that name in a commit, sorted."""
        listed = self.must("ls-tree", "-r", "-z", "--name-only", "--full-tree", "--end-of-options", commit).split(b"\0")
        wanted = os.fsencode(name)
        return sorted(os.fsdecode(path) for path in listed if path == wanted or path.endswith(b"/" + wanted))

    @contextmanager
    def blobs(self) -> Iterator[Blobs]:
        """A reader of files and folders by their hash."""
        try:
            process = subprocess.Popen(
                self._command(["cat-file", "--batch"]),
                env=self._environment(),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        except FileNotFoundError:
            raise GitTrouble(_NOT_INSTALLED) from None
        except OSError as problem:
            raise GitTrouble(f"git can't be run: {problem.strerror}") from None
        assert process.stdin is not None and process.stdout is not None
        try:
            yield Blobs(process.stdin, process.stdout, self.incomplete)
        finally:
            for stream in (process.stdin, process.stdout):
                with suppress(OSError):  # it ended before, of what it could not read
                    stream.close()
            try:
                process.wait(timeout=5)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def not_checked_out(self, folder: str) -> list[str]:
        """The files in a folder that a sparse checkout leaves out of the working tree: to be there, and not gone."""
        answer = self.must("ls-files", "-t", "-z", "--", folder)
        paths = [os.fsdecode(line[2:]) for line in answer.split(b"\0") if line.startswith(b"S ")]
        return [path for path in paths if not os.path.lexists(os.path.join(self.top, path))]


def repository_around(folder: str, why: str = "what changed can only be told from its history") -> Repository:
    """The repository that a folder lies in, found by its `.git` entry upwards; raises GitTrouble where there is none, and says `why`
    one is needed."""
    top = top_folder(folder)
    if top is None:
        raise GitTrouble(f"{one_line(folder)} is in no git repository: {why}")
    return Repository(top)


def checkout_asked(folder: str) -> Checkout | None:
    """What git knows of the files in a folder, as it says itself; None where it can't."""
    try:
        repository = repository_around(folder)
        above = prefix_of(folder, repository.top)
        answer = repository.must("ls-files", "-t", "-z", "--", above or ".")
    except GitTrouble:
        return None
    lines = [line for line in answer.split(b"\0") if line]
    return checkout_from(folder, above, [Indexed(os.fsdecode(line[2:]), "", line[:1] == b"S", -1, (0, 0)) for line in lines], 0)


def commit_named(repository: Repository, revision: str) -> str:
    """The hash of the commit that a revision names; raises GitTrouble for an unknown one."""
    found = repository.commit(revision)
    if found is None:
        raise GitTrouble(f"git knows no commit `{shorten(revision, 80)}`" + _shallow_words(repository))
    return found


def parting(repository: Repository, one: str, other: str, names: tuple[str, str]) -> str:
    """The hash of the commit from which two parted; raises GitTrouble where they share no history."""
    found = repository.merge_base(one, other)
    shallow = repository.is_shallow()
    if found is not None and (not shallow or repository.is_whole_between(found, one, other)):
        return found
    words = " and ".join(shorten(name, 80) for name in names)
    if shallow:  # a commit that was found may be older than the one where they parted
        raise GitTrouble(f"where {words} parted can't be told{_shallow_words(repository)}")
    raise GitTrouble(f"{words} share no commit; `{shorten(names[0], 80)}..` compares with it directly")


def _said(errors: str) -> str:
    """The first thing that git says of what went wrong, in brackets."""
    lines = [line.partition(": ")[2] for line in errors.split("\n") if line.startswith(("fatal: ", "error: "))]
    return f" ({shorten(one_line(lines[0]), 200)})" if lines else ""


def _shallow_words(repository: Repository) -> str:
    return ": only a part of the history was fetched (in CI: `fetch-depth: 0`)" if repository.is_shallow() else ""


def name_of_user(folder: str) -> str | None:
    """The name under which whoever works in a folder commits; None where git knows none, or there is no repository."""
    try:
        said = repository_around(folder).ask("config", "user.name")
    except Trouble:
        return None
    name = one_line((said or b"").decode("utf-8", "replace"))
    return name or None
