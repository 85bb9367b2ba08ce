"""Which cue and which phrases serve which quote, where nothing says so: read and written by the same rules."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from tasrih.interchange.tei.inline import Mark
from tasrih.record import Json


class Attribution(NamedTuple):
    """Who speaks to whom, by ids of entities, and what says so."""

    who: str | None = None
    speaker: Mark | None = None
    cue: Mark | None = None


class Linking:
    """Goes through the quotes in reading order; `settle` tells it what each one took."""

    def __init__(self, marks: Iterable[Mark], entities: dict[str, Json]) -> None:
        self.entities = entities
        self.taken: set[Mark] = set()
        self.before = Attribution()
        self.settled: dict[Mark, Attribution] = {}
        self._of_paragraph: dict[int, list[Mark]] = {}
        for mark in marks:
            self._of_paragraph.setdefault(mark.paragraph, []).append(mark)

    def settle(self, said: Mark, attribution: Attribution, addressee: Mark | None) -> None:
        """Notes what a quote took, so that the next ones leave it."""
        self.taken |= {mark for mark in (attribution.speaker, attribution.cue, addressee) if mark}
        self.before = self.settled[said] = attribution

    def cue(self, said: Mark) -> Mark | None:
        """The nearest cue before the quote that no earlier quote took, or else the first after it."""
        return self._last_before(said, self._free(said, "cue")) or self._first_after(said, self._free(said, "cue"))

    def speaker(self, said: Mark, who: str, cue: Mark | None) -> Mark | None:
        """The nearest phrase for that entity before the quote; where the cue is after it, rather the first after it."""
        free = [mark for mark in self._free(said, "speaker") if self._stands_for(mark, who)]
        after = cue is not None and cue.paragraph == said.paragraph and cue.start >= said.end
        return (self._first_after(said, free) if after else None) or self._last_before(said, free)

    def same_speaker(self, who: str | None) -> Mark | None:
        """The phrase of the quote before, when it stands for that entity."""
        phrase = self.before.speaker
        return phrase if phrase and who and self._stands_for(phrase, who) else None

    def addressee(self, said: Mark, whom: str) -> Mark | None:
        """The nearest phrase for that entity before the quote, or else the first after it."""
        free = [mark for mark in self._free(said, "addressee") if self._stands_for(mark, whom)]
        return self._last_before(said, free) or self._first_after(said, free)

    def form(self, phrase: Mark | None, entity: str) -> str:
        """How a phrase refers to an entity, where it does not say so itself."""
        if phrase is None:
            return "elided"
        return phrase.get("form") or ("named" if self._holds(phrase, entity, "named") else "nominal")

    def _free(self, said: Mark, tag: str) -> list[Mark]:
        """The marks of the paragraph that stand in the same quote as this one, or in none, and are not taken."""
        marks = self._of_paragraph[said.paragraph]
        return [mark for mark in marks if mark.tag == tag and mark.around is said.around and mark not in self.taken]

    def _last_before(self, said: Mark, free: list[Mark]) -> Mark | None:
        return max((mark for mark in free if mark.end <= said.start), key=lambda mark: mark.end, default=None)

    def _first_after(self, said: Mark, free: list[Mark]) -> Mark | None:
        marks = self._of_paragraph[said.paragraph]
        following = [mark.start for mark in marks if mark.tag == "said" and mark.start >= said.end]
        after = [mark for mark in free if mark.start >= said.end and mark.start < min(following, default=mark.end)]
        return min(after, key=lambda mark: mark.start, default=None)

    def _stands_for(self, phrase: Mark, entity: str) -> bool:
        return phrase.get("form") == "pronoun" or self._holds(phrase, entity)

    def _holds(self, phrase: Mark, entity: str, form: str | None = None) -> bool:
        return any(
            mention["paragraph"] == f"p{phrase.paragraph + 1}"
            and phrase.start <= mention["start"]
            and mention["end"] <= phrase.end
            and form in (None, mention["form"])
            for mention in self.entities[entity]["mentions"]
        )


def in_order(marks: Iterable[Mark]) -> list[Mark]:
    """Marks in reading order, but those with `n` (a number) at that place."""
    ordered = sorted(marks, key=lambda mark: mark.order)
    fixed = {place: mark for mark in ordered if 1 <= (place := _place(mark)) <= len(ordered)}
    rest = iter([mark for mark in ordered if mark not in fixed.values()])
    return [fixed.get(place) or next(rest) for place in range(1, len(ordered) + 1)]


def _place(mark: Mark) -> int:
    given = mark.get("n") or ""
    return int(given) if re.fullmatch("[0-9]{1,6}", given) else 0


def stand_in_first_parts(marks: Iterable[Mark], first: dict[Mark, Mark]) -> None:
    """Makes what stands in a further part of a quote stand in its first part, and that in nothing of its own quote."""
    for mark in marks:
        around = first.get(mark.around, mark.around) if mark.around else None
        mark.around = None if around is mark else around


def number(marks: list[Mark]) -> None:
    """Gives marks that are not in reading order their `n`."""
    if in_order(marks) != marks:
        for place, mark in enumerate(marks, 1):
            mark.element.attributes["n"] = str(place)
