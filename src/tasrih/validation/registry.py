"""The rules by what they are asked about: a rule is a function, and its docstring is what people read about it."""

import inspect
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Generic, ParamSpec, TypeVar

from tasrih.arguments import several
from tasrih.errors import ArgumentError
from tasrih.record import Json
from tasrih.validation.findings import Flaw, Problem, Severity
from tasrih.validation.index import Index
from tasrih.validation.schemas import Violation

Asked = ParamSpec("Asked")
Found_co = TypeVar("Found_co", covariant=True)
Problems = Iterator[Problem]


@dataclass(frozen=True)
class Rule(Generic[Asked, Found_co]):
    """A rule: `message` is the first line of its docstring, `explanation` the rest.

    Where one that is `adrift` finds a span, other rules find what only comes of it. One that is `wordless` looks at no
    words of the text, and is asked of stand-off records as well.
    """

    code: str
    severity: Severity
    check: Callable[Asked, Found_co]
    adrift: bool = False
    wordless: bool = False

    @property
    def name(self) -> str:
        """The rule's name in CamelCase."""
        return self.check.__name__.title().replace("_", "")

    @property
    def message(self) -> str:
        """What is wrong, in one sentence without its full stop."""
        return self._docstring.partition("\n")[0].rstrip(".")

    @property
    def explanation(self) -> str:
        """Why it is wrong, and how to mend it."""
        return self._docstring.partition("\n")[2].strip()

    @property
    def examples(self) -> dict[str, str]:
        """Lines of a record that break the rule (`bad`), what is `found` in them, and lines that keep it (`good`)."""
        return _examples()[self.code]

    @property
    def _docstring(self) -> str:
        return inspect.getdoc(self.check) or ""


RULES: dict[str, Rule[..., object]] = {}
FAMILIES = {
    "S": "Structure",
    "T": "Text",
    "A": "Anchors",
    "Q": "Quotes",
    "E": "Entities",
    "M": "Metadata",
    "C": "Corpus",
}


@dataclass(frozen=True)
class Scope(Generic[Asked, Found_co]):
    """The rules that are asked about one kind of thing, by code, in the order in which they are asked."""

    rules: dict[str, Rule[Asked, Found_co]] = field(default_factory=dict)

    def rule(
        self, code: str, severity: Severity = "error", *, adrift: bool = False, wordless: bool = False
    ) -> Callable[[Callable[Asked, Found_co]], Callable[Asked, Found_co]]:
        """Enters a function under its code: a letter of `FAMILIES` and a number."""

        def enter(check: Callable[Asked, Found_co]) -> Callable[Asked, Found_co]:
            RULES[code] = self.rules[code] = Rule(code, severity, check, adrift, wordless)
            return check

        return enter


FILE = Scope[[OSError], Flaw]()  # what cannot be read
BYTES = Scope[[bytes], Iterator[Flaw]]()  # a record's bytes; the first rule that finds something is the last one asked
KEYS = Scope[[bytes], Iterator[Flaw]]()  # a record's bytes that can be read, and perhaps say a key twice
SCHEMA = Scope[[Violation], Problem]()  # where a document breaks the schema
RECORD = Scope[[Index], Problems]()  # a record that keeps the schema
WAIVERS = Scope[[Index, set[tuple[str, str]]], Problems]()  # a record, and the codes and pointers found in it
STANDOFF = Scope[[Json, bytes | None], Problems]()  # a record without its words, and its source where that does not fit
REGISTER = Scope[[list[Json]], Problems]()  # the entries of entities.json
PAIR = Scope[[str, Any], Problem]()  # two records that are alike: what they share, and where the first is
rule = RECORD.rule


@cache
def _examples() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = json.loads(Path(__file__).with_name("examples.json").read_text("utf-8"))
    return found


def chosen(select: str | Iterable[str] | None = None, ignore: str | Iterable[str] | None = None) -> frozenset[str]:
    """Which rules are asked for, by codes or their beginnings; S rules always are. Raises TasrihError for others."""
    wanted, unwanted = tuple(several(select)), tuple(several(ignore))
    for beginning in (*wanted, *unwanted):
        if not isinstance(beginning, str) or not beginning or not any(code.startswith(beginning) for code in RULES):
            raise ArgumentError(f"{beginning!r}: no rule begins so; `tasrih explain` lists them.")
    return frozenset(
        code for code in RULES if code[0] == "S" or (code.startswith(wanted or "") and not code.startswith(unwanted))
    )
