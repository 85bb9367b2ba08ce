"""For pytest: with `--tasrih`, each record of a corpus is a test, and what is wrong with it its failure.

pytest imports this module at every start where Tasrih is installed: all that takes time is imported when it is asked.
"""

import json
import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tasrih.settings import Chosen, Settings
    from tasrih.validation import Finding

_FINDINGS: pytest.StashKey[dict[tuple[str, int], list[Any]]] = pytest.StashKey()
_TESTS: pytest.StashKey[set[tuple[str, int]]] = pytest.StashKey()
_SHARED: pytest.StashKey[str] = pytest.StashKey()


class InvalidRecordError(Exception):
    """A record that fails, with the findings that make it fail."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """The options of the plugin."""
    group = parser.getgroup("tasrih", "records of Tasrih")
    group.addoption(
        "--tasrih",
        action="append",
        nargs="?",
        const="",
        metavar="PATH",
        help="Records as tests: a file, folder or JSON Lines; without PATH those of [tool.tasrih]. May be repeated.",
    )
    group.addoption("--tasrih-strict", action="store_true", help="A warning fails its record, too.")


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Tells a worker of pytest-xdist where all share one validation."""
    config: pytest.Config = node.config
    if config.getoption("--tasrih"):
        if _SHARED not in config.stash:
            config.stash[_SHARED] = tempfile.mkdtemp(prefix="tasrih-")
        node.workerinput["tasrih"] = config.stash[_SHARED]


def pytest_unconfigure(config: pytest.Config) -> None:
    """Takes away what the workers shared."""
    if shared := config.stash.get(_SHARED, ""):
        shutil.rmtree(shared, ignore_errors=True)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(session: pytest.Session, items: list[pytest.Item]) -> None:
    """Puts the records behind the tests, before `-k` and the like select."""
    if not session.config.getoption("--tasrih"):
        return
    from tasrih.errors import TasrihError

    try:
        records = list(_records(session))
    except TasrihError as error:
        raise pytest.UsageError(str(error)) from error
    session.config.stash[_TESTS] = {(record.file, record.line or 0) for record in records}
    items.extend(records)


def _wanted(config: pytest.Config) -> "tuple[Settings, Chosen]":
    """What the repository has settled, and the records that are meant."""
    from tasrih.settings import chosen_corpus, settings

    settled = settings(config.invocation_params.dir)
    given = [str(config.invocation_params.dir / path) for path in config.getoption("--tasrih") if path]
    return settled, chosen_corpus(given, settled.corpus)


def _records(session: pytest.Session) -> "Iterator[_Record]":
    """The records, file by file, then the registers that they are held against."""
    from itertools import groupby

    from tasrih.reading import documents
    from tasrih.resources import REGISTER, home_of

    _, found = _wanted(session.config)
    for file, group in groupby(documents(found.paths), key=lambda document: document.file):
        lines = [(document.line, _name(document.line, document.data)) for document in group]
        yield from _File.from_parent(session, path=Path(file), file=file, lines=lines).collect()
    homes = dict.fromkeys(filter(None, map(home_of, found.paths if found.within is None else [found.within])))
    for register in (str(home / REGISTER) for home in homes if (home / REGISTER).is_file()):
        yield from _File.from_parent(session, path=Path(register), file=register, lines=[(None, "")]).collect()


def _name(line: int | None, data: bytes | None) -> str:
    """What a line is called: by the id that it says, in so far as a terminal can show it, or else by its number."""
    if line is None or data is None:
        return ""
    try:
        name = json.loads(data)["id"]
    except (ValueError, LookupError, TypeError, RecursionError):
        name = None
    return name if isinstance(name, str) and name.isprintable() and "::" not in name else f"line-{line}"


class _File(pytest.File):
    """A file with records: one, or one a line."""

    def __init__(self, *, file: str, lines: list[tuple[int | None, str]], **given: Any) -> None:
        super().__init__(**given)
        self.file, self.lines = file, lines

    def collect(self) -> "Iterator[_Record]":
        """A test a record; of lines with one id, the later ones are called by their number."""
        seen = Counter[str]()
        for line, name in self.lines:
            seen[name] += 1
            told = name if seen[name] == 1 else f"line-{line}"
            yield _Record.from_parent(self, name=told or self.path.stem, file=self.file, line=line)


class _Record(pytest.Item):
    """A record as a test."""

    def __init__(self, *, file: str, line: int | None, **given: Any) -> None:
        super().__init__(**given)
        self.file, self.line = file, line

    def runtest(self) -> None:
        """Fails with the findings of the record."""
        findings = _found(self.session).get((self.file, self.line or 0), [])
        if not findings:
            return
        from tasrih.validation import Report
        from tasrih.validation.reports import as_text

        report = Report(findings, records=1)
        settled, _ = _wanted(self.config)
        if not report.passes(strict=settled.strict or self.config.getoption("--tasrih-strict")):
            raise InvalidRecordError(as_text(report))
        self.add_report_section("call", "tasrih", as_text(report))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """The findings, each with its file and line; of any other error the usual traceback."""
        if isinstance(excinfo.value, InvalidRecordError):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[os.PathLike[str] | str, int | None, str]:
        """Where the record is: the file, and the line from 0."""
        return self.path, (self.line or 1) - 1, self.name


def _found(session: pytest.Session) -> "dict[tuple[str, int], list[Finding]]":
    """The findings of all records by file and line, 0 where the file is one record: asked once, by one worker."""
    config = session.config
    if _FINDINGS not in config.stash:
        shared = getattr(config, "workerinput", {}).get("tasrih")
        findings = _shared(config, Path(shared)) if shared else _asked(config)
        config.stash[_FINDINGS] = _placed(config.stash[_TESTS], findings)
    return config.stash[_FINDINGS]


def _asked(config: pytest.Config) -> "list[Finding]":
    from tasrih.validation import validate

    settled, found = _wanted(config)
    return validate(found.paths, within=found.within, select=settled.select, ignore=settled.ignore).findings


def _shared(config: pytest.Config, folder: Path) -> "list[Finding]":
    """The same, of which the first worker leaves for the others what it found."""
    import pickle

    from filelock import FileLock

    file = folder / "findings"
    with FileLock(folder / "lock"):
        if not file.exists():
            file.write_bytes(pickle.dumps(_asked(config)))
    made: list[Finding] = pickle.loads(file.read_bytes())  # noqa: S301 - from the folder that the controller made
    return made


def _placed(tests: set[tuple[str, int]], findings: "list[Finding]") -> "dict[tuple[str, int], list[Finding]]":
    """Findings by the test that has them; what belongs to no record that is a test is told by the first of all."""
    first = min(tests, default=("", 0))
    placed: dict[tuple[str, int], list[Finding]] = {}
    for finding in findings:
        places = ((finding.file, finding.line), (finding.file, 0))
        placed.setdefault(next((place for place in places if place in tests), first), []).append(finding)
    return placed
