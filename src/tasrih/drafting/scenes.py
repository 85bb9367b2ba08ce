"""A stretch in marks with what is around it, and what is said of it once it was judged."""

import re
from dataclasses import dataclass, field
from functools import cached_property

from tasrih.drafting.cues import Cue
from tasrih.record import WITHOUT_MARKS
from tasrih.text.lists import listed
from tasrih.text.marks import DOUBLED, GLYPHS, mark_after, mark_before
from tasrih.text.pairs import Pair
from tasrih.text.words import Word, words_in

_MARKS = f" {GLYPHS}{DOUBLED}ـ("
_COLON = 12  # characters before an opening mark in which its colon stands
_CLOSE = 25  # characters between the word before a mark and the mark


@dataclass(eq=False)
class Attribution:
    """A stretch in marks: a quote of some type with a cue and a speaker's phrase, or a term of some kind.

    `subject` holds the words of the speaker's phrase, empty where the text has none, `context` the words of the
    sentence before, `named` the name in marks with which the speaker's phrase ends; `rule` says why. Speech over
    paragraphs has `parts` in those that follow; `told` is the paragraph with its cue where that is another one, and
    how it is told there.
    """

    pair: Pair
    type: str
    rule: str
    confidence: float
    cue: Cue | None = None
    subject: tuple[Word, ...] = ()
    context: tuple[Word, ...] = ()
    named: Pair | None = None
    parts: list[tuple[int, Pair]] = field(default_factory=list)
    told: tuple[int, "Attribution"] | None = None
    scene: "Scene | None" = None

    @property
    def is_marked(self) -> bool:
        """Whether it stands in marks."""
        return self.type not in WITHOUT_MARKS

    @property
    def is_speech(self) -> bool:
        """Whether it is a quote."""
        return self.type in ("direct", "partial", *WITHOUT_MARKS)


@dataclass(frozen=True)
class Scene:
    """A stretch in marks with what rules look at: the words of its sentence before it, and the stretches around.

    `cue` is the reporting word before it, `place` that word's among the words before.
    """

    text: str
    pair: Pair
    before: list[Word]
    following: Pair | None
    earlier: list[Attribution]
    cue: Cue | None
    place: int

    @cached_property
    def inside(self) -> list[Word]:
        """The words of the stretch."""
        return words_in(self.text, self.pair.start, self.pair.end)

    @cached_property
    def first(self) -> str:
        """The first word of the stretch, folded."""
        return self.inside[0].folded if self.inside else ""

    @property
    def between(self) -> list[Word]:
        """The words between the cue and the stretch."""
        return self.before[self.place + 1 :]

    @property
    def has_that(self) -> bool:
        """Whether أن or the like stands between the cue and the stretch."""
        return any(word.folded in listed("that") for word in self.between)

    @cached_property
    def opening(self) -> int:
        """Where its opening mark stands."""
        mark = mark_before(self.text, self.pair.start)
        return mark.start if mark else self.pair.start - 1

    @cached_property
    def closing(self) -> int:
        """Where its closing mark ends."""
        mark = mark_after(self.text, self.pair.end)
        return mark.end if mark else self.pair.end + 1

    @cached_property
    def last(self) -> Word | None:
        """The word right before the mark."""
        word = self.before[-1] if self.before else None
        near = word is not None and self.pair.start - word.end < _CLOSE
        return word if word and near and not self.text[word.end : self.pair.start].strip(_MARKS) else None

    @cached_property
    def lead(self) -> str:
        """The text between the cue and the mark."""
        return self.text[self.cue.end : self.opening].rstrip(_MARKS) if self.cue else ""

    @property
    def follows_colon(self) -> bool:
        """Whether a colon stands right before its opening mark."""
        return self.text[max(0, self.opening - _COLON) : self.opening].rstrip().endswith(":")

    @property
    def is_glued(self) -> bool:
        """Whether a proclitic is joined to the mark."""
        return self.text[max(0, self.opening - 1) : self.opening] in ("ب", "ل", "ـ")

    @property
    def adjoins(self) -> bool:
        """Whether the next stretch follows at once."""
        mark = mark_before(self.text, self.following.start) if self.following else None
        return mark is not None and re.fullmatch(r"\s*:?\s*", self.text[self.closing : mark.start]) is not None
