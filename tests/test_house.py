"""The house is built from the ground up: no room knows one above it, and no modules know each other in a circle."""

import ast
import re
from graphlib import CycleError, TopologicalSorter

import pytest
from conftest import ROOT

PACKAGE = ROOT / "src/tasrih"
# The table of rooms is in docs/architecture.md. A room is a module or a package; one inside a package may stand higher
# than that. The front door, `tasrih` itself, is imported by the command line alone.
PAGE = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
TABLE = re.findall(r"^\| (\d+) \| `([\w.]+)` \| (.*) \|$", PAGE, re.MULTILINE)
FLOOR = {room: int(number) for number, room, _ in TABLE}
MODULES = {
    ".".join(path.relative_to(PACKAGE).with_suffix("").parts).removesuffix("__init__").strip(".") or "tasrih": path
    for path in PACKAGE.rglob("*.py")
}


def imported(path):
    """The modules that a file imports: at its head, inside functions, and for types alone."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        assert not (isinstance(node, ast.ImportFrom) and node.level), f"{path}: imports are absolute"
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def module(name):
    """The module of the package that an imported name is, or is in; None for those of others."""
    first, *rest = name.split(".")
    if first != "tasrih":
        return None
    names = (".".join(rest[:length]) for length in range(len(rest), 0, -1))
    return next((name for name in names if name in MODULES), "tasrih")


@pytest.fixture(scope="module")
def imports():
    """The modules that each module imports."""
    found = {name: {module(other) for other in imported(path)} - {None, name} for name, path in MODULES.items()}
    assert sum(map(len, found.values())) > len(MODULES)
    return found


def room(name):
    """The room that a module is in: the innermost in the table."""
    parts = name.split(".")
    return next((room for length in range(len(parts), 0, -1) if (room := ".".join(parts[:length])) in FLOOR), None)


def test_every_module_has_its_room_and_every_room_a_module():
    rooms = {name: room(name) for name in MODULES}
    assert [name for name, found in rooms.items() if found is None] == []
    assert FLOOR.keys() - rooms.values() == set()


def test_the_table_says_of_a_room_what_it_says_itself():
    docstrings = {room: ast.get_docstring(ast.parse(MODULES[room].read_text(encoding="utf-8"))) for room in FLOOR}
    assert {room: holds for _, room, holds in TABLE} == {
        room: told.splitlines()[0] for room, told in docstrings.items()
    }
    assert [int(number) for number, *_ in TABLE] == sorted(FLOOR.values())


def test_no_room_knows_one_above_it(imports):
    upwards = [
        f"{name} imports {other}"
        for name, others in imports.items()
        for other in others
        if room(name) != room(other) and FLOOR[room(name)] <= FLOOR[room(other)]
    ]
    assert upwards == []


def test_no_modules_know_each_other_in_a_circle(imports):
    try:
        order = list(TopologicalSorter(imports).static_order())
    except CycleError as error:
        pytest.fail(" imports ".join(reversed(error.args[1])))
    assert set(order) == set(MODULES)


def test_what_a_record_is_knows_nothing_of_the_package(imports):
    assert imports["record"] == set()


def test_files_have_the_same_bytes_on_every_system():
    """Windows writes other line ends where none are named."""
    unnamed = [
        f"{name}:{node.lineno}"
        for name, path in MODULES.items()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "write_text"
        and not {"encoding", "newline"} <= {keyword.arg for keyword in node.keywords}
    ]
    assert unnamed == []
