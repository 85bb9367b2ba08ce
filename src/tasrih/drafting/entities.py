"""Entities of a draft: who and what is mentioned, where, and when two names are one."""

from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import lru_cache
from typing import NamedTuple

from tasrih.drafting.gazetteer import Known
from tasrih.text.words import bare, folded

_ALIKE = 0.85  # share of letters that a slip of spelling leaves in a name


class Mention(NamedTuple):
    """Where an entity is mentioned: paragraph, counted from 0, offsets, form (named or nominal), and by which rule."""

    paragraph: int
    start: int
    end: int
    form: str
    rule: str


@dataclass(eq=False)
class Entity:
    """An entity: its type, its name, the rule that made it; `value` is the day of a date, `titles` are folded words."""

    type: str
    name: str
    rule: str = "speaker"
    value: str = ""
    gender: str = ""
    known: Known | None = None
    titles: set[str] = field(default_factory=set)
    mentions: list[Mention] = field(default_factory=list)

    def meet(self, paragraph: int, start: int, end: int, form: str = "named") -> None:
        """Enters a mention."""
        self.mentions.append(Mention(paragraph, start, end, form, self.rule))

    @property
    def parts(self) -> frozenset[str]:
        """The folded words of its name, without the article."""
        return parts_of(self.name)

    @property
    def calling(self) -> frozenset[str]:
        """The words of an institution's name and the nouns for it, or of a person's titles."""
        return frozenset(self.titles) if self.type == "PERS" else self.parts | self.titles


@lru_cache(maxsize=1 << 14)
def parts_of(name: str) -> frozenset[str]:
    """The folded words of a name, without the article."""
    return frozenset(bare(folded(part), prefixes="")[-1] for part in name.split())


def is_same(parts: frozenset[str], others: frozenset[str]) -> bool:
    """Whether one name shortens the other, a slip of spelling allowed in a single word."""
    if parts <= others or others <= parts:
        return True
    part = next(iter(parts)) if len(parts) == 1 else ""
    alike = [other for other in others if other[:1] == part[:1] and abs(len(other) - len(part)) < 3]
    return bool(alike) and bool(get_close_matches(part, alike, 1, _ALIKE))
