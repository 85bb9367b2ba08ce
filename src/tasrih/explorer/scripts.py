"""Scripts of the pages: small modules, joined for each page into one file that loads without a server as well.

Browsers import no module from a disk. So every module stays an ES module that a tool can read, keeps to a few forms,
and is wrapped into a function here, which keeps its names its own:

    import { first, second } from "./other.js";
    export function name(…) { … }      also `async function`, `const`, `class`

A module that no other imports is the script of a page.
"""

import re
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

import orjson

from tasrih.explorer.site import Page
from tasrih.terminal import clean

FOLDER = Path(__file__).with_name("scripts")
_IMPORT = re.compile(r'^import (\{ \w+(?:, \w+)* \}) from "\./([\w-]+\.js)";$', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async function|function|const|class) (\w+))", re.MULTILINE)
_COMMENT = re.compile(r"^ */\*\*(?:(?!\*/).)*\*/\n", re.MULTILINE | re.DOTALL)
_OTHER_FORM = re.compile(r"^(?:import|export)\b.*$|\bimport\(", re.MULTILINE)


def joined(folder: Path = FOLDER) -> Iterator[Page]:
    """The script of each page, with all that it imports. Raises ValueError for a form that is not understood."""
    sources = {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.js"))}
    imports = {name: [found[2] for found in _IMPORT.finditer(source)] for name, source in sources.items()}
    imported = set().union(*imports.values())
    for name in sorted(sources.keys() - imported):
        needed = TopologicalSorter(_reached(name, imports)).static_order()
        parts = [_wrapped(module, sources[module]) for module in needed]
        script = "\n".join(['"use strict";', "(() => {", "const modules = {};", *parts, "})();", ""])
        yield Page(f"static/{name}", script.encode())


def _reached(name: str, imports: dict[str, list[str]]) -> dict[str, list[str]]:
    """The modules that one needs, itself among them, each with those that it imports."""
    found, open_ = dict[str, list[str]](), [name]
    while open_:
        module = open_.pop()
        if module not in found:
            found[module] = imports[module]
            open_ += imports[module]
    return found


def _wrapped(name: str, source: str) -> str:
    """A module as a function that gives what it exports."""
    exported = [found[1] for found in _EXPORT.finditer(source)]
    body = _EXPORT.sub("", _IMPORT.sub(r'const \1 = modules["\2"];', _COMMENT.sub("", source)))
    other = _OTHER_FORM.search(body)
    if other:
        raise ValueError(f"{name}: {other[0]!r} is no form that the scripts of the explorer have")
    return f'modules["{name}"] = (() => {{\n{body}\nreturn {{ {", ".join(exported)} }};\n}})();'


def shard(name: str, value: Any) -> Page:
    """Data that a script loads by `loaded(root, name)` of shards.js, also from a disk, where nothing can be fetched.

    Characters in it that reorder text, or are not seen, are shown by a sign; every offset stays.
    """
    called = orjson.dumps(name).decode()
    return Page(f"data/{name}.js", f"tasrihShard({called},{clean(orjson.dumps(value).decode())});\n".encode())
