"""Which rules are asked of which records of a batch: those that nothing vouches for, and those in doubt.

A rule says what is wrong; a check looks at the columns of a batch, and only says in which rows something may be. It
names beside itself the rules that it vouches for: where all checks of a rule are sure, the rule finds nothing. A rule
that no check names is asked of every record, so that a new one is right at once, and fast once a check vouches for it.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from tasrih.columnar import Flags
from tasrih.validation.fast.columns import Columns
from tasrih.validation.registry import RECORD

Check = Callable[[Columns], Flags]
CHECKS: dict[Check, frozenset[str]] = {}


def vouches(*codes: str) -> Callable[[Check], Check]:
    """Enters a check for these rules. It may take it that every span selects its text, and that ids count from 1."""

    def enter(check: Check) -> Check:
        CHECKS[check] = frozenset(codes)
        return check

    return enter


class Doubts(NamedTuple):
    """The rules that are asked of every row, of rows that a check has doubts about, and of rows without firm ground."""

    always: frozenset[str]
    found: list[tuple[frozenset[str], Flags]]
    groundless: Flags
    wanted: frozenset[str]

    @property
    def rows(self) -> Flags:
        """The rows of which a rule is asked."""
        every = np.full(len(self.groundless), bool(self.always))
        return np.logical_or.reduce([every, self.groundless, *(rows for _, rows in self.found)])

    def asked(self, row: int) -> frozenset[str]:
        """The codes of the rules that are asked of a row."""
        if self.groundless[row]:
            return self.wanted | {code for code, rule in RECORD.rules.items() if rule.adrift}
        return self.always.union(*(codes for codes, rows in self.found if rows[row]))


def _found(check: Check, codes: frozenset[str], columns: Columns) -> Flags:
    """The rows that a check has doubts about; of those without words rules that look at words are not asked."""
    found = check(columns)
    return found if any(RECORD.rules[code].wordless for code in codes) else found & ~columns.masked


def doubts(columns: Columns, wanted: frozenset[str]) -> Doubts:
    """What is asked of the rows of a batch, of the rules that are wanted."""
    wanted &= RECORD.rules.keys()
    groundless = columns.groundless if wanted else np.zeros(columns.size, np.bool_)
    found = [(codes & wanted, _found(check, codes, columns)) for check, codes in CHECKS.items() if codes & wanted]
    return Doubts(wanted.difference(*CHECKS.values()), found, groundless, wanted)
