"""The rules by code: a rule is a function, and its docstring is what people read about it."""

import inspect
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from tasrih.arguments import several
from tasrih.errors import ArgumentError
from tasrih.validation.finding import Problem, Severity

Problems = Iterator[Problem]


@dataclass(frozen=True)
class Rule:
    """A rule: `message` is the first line of its docstring, `explanation` the rest."""

    code: str
    severity: Severity
    check: Callable[..., Any]

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


RULES: dict[str, Rule] = {}
FAMILIES = {
    "S": "Structure",
    "T": "Text",
    "A": "Anchors",
    "Q": "Quotes",
    "E": "Entities",
    "M": "Metadata",
    "C": "Corpus",
}


@cache
def _examples() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = json.loads(Path(__file__).with_name("examples.json").read_text("utf-8"))
    return found


def chosen(select: str | Iterable[str] | None, ignore: str | Iterable[str] | None) -> Callable[[str], bool]:
    """Which rules are asked for, by codes or their beginnings; S rules always are. Raises TasrihError for others."""
    wanted, unwanted = tuple(several(select)), tuple(several(ignore))
    for beginning in (*wanted, *unwanted):
        if not isinstance(beginning, str) or not beginning or not any(code.startswith(beginning) for code in RULES):
            raise ArgumentError(f"{beginning!r}: no rule begins so; `tasrih explain` lists them.")
    return lambda code: code[0] == "S" or (code.startswith(wanted or "") and not code.startswith(unwanted))


Check = TypeVar("Check", bound=Callable[..., Any])


def rule(code: str, severity: Severity = "error") -> Callable[[Check], Check]:
    """Enters a function under its code: a letter of `FAMILIES` and a number."""

    def enter(check: Check) -> Check:
        RULES[code] = Rule(code, severity, check)
        return check

    return enter
