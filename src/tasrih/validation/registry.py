"""The rules by code: a rule is a function, and its docstring is what people read about it."""

import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from tasrih.validation.finding import Problem, Severity

Problems = Iterator[Problem]


@dataclass(frozen=True)
class Rule:
    """A rule: `message` is the first line of its docstring, `explanation` the rest."""

    code: str
    severity: Severity
    check: Callable[..., Any]

    @property
    def message(self) -> str:
        """What is wrong, in one sentence without its full stop."""
        return self._docstring.partition("\n")[0].rstrip(".")

    @property
    def explanation(self) -> str:
        """Why it is wrong, and how to mend it."""
        return self._docstring.partition("\n")[2].strip()

    @property
    def _docstring(self) -> str:
        return inspect.getdoc(self.check) or ""


RULES: dict[str, Rule] = {}


Check = TypeVar("Check", bound=Callable[..., Any])


def rule(code: str, severity: Severity = "error") -> Callable[[Check], Check]:
    """Enters a function under its code: S structure, T text, A anchors, Q quotes, E entities, M metadata, C corpus."""

    def enter(check: Check) -> Check:
        RULES[code] = Rule(code, severity, check)
        return check

    return enter
