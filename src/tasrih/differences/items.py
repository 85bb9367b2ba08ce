"""What a difference is."""

from collections.abc import Callable, Iterator, Mapping
from typing import Literal, NamedTuple

from tasrih.differences.guides import Guide, guide
from tasrih.record import Path, Span

Layer = Literal["paragraph", "quote", "term", "entity", "mention"]
Taken = Literal["first", "second", "both", "neither"]
"""Which of two readings a decided record followed."""
Names = Mapping[str, str]
"""Ids of a side as both sides write them."""
ONLY = "only"
"""What differs where one side has something that the other has not."""


class Place(NamedTuple):
    """A stretch of a paragraph, in code points, end exclusive."""

    paragraph: str
    start: int
    end: int


class Side(NamedTuple):
    """What one annotation has: the id of what holds it, where it is in the record, where in the text, and in words.

    `at` are keys and indexes of the record: `("quotes", 3, "cue")`, `("entities", 0, "mentions", 2)`. Where the side
    has nothing (no cue, say), there are no places, and no words.
    """

    id: str
    at: Path
    places: tuple[Place, ...]
    words: str


class Difference(NamedTuple):
    """One thing on which two annotations differ.

    `what` is `only` where one side has nothing like it (`ours` or `theirs` is None), or the fact that is not the same:
    of quotes `span`, `type`, `cue`, `cue kind`, `speaker`, `speaker form`, `speaker phrase`, `speaker others`, the same
    of `addressee`, `parent`, `continues`; of terms `span`, `kind`, `entity`; of entities `type`, `name`, `value`,
    `link`, `identifiers`, and `cluster` where mentions of one are of another on the other side; of mentions `span`,
    `form`; of paragraphs `role`, `repeats`. `label` is the type or kind of what holds it, of ours where both have one.
    """

    layer: Layer
    what: str
    label: str
    place: Place | None
    ours: Side | None
    theirs: Side | None

    @property
    def guide(self) -> Guide:
        """The section of the guidelines that decides such cases."""
        return guide(self.layer, self.what, self.label)


class Fact(NamedTuple):
    """How one fact of an annotation is told: where it is in the record, where in the text, and in words."""

    at: Path
    places: tuple[Place, ...]
    words: str


class Owner(NamedTuple):
    """An annotation: its layer, id, path, label, places, and what is compared of it.

    `values` are its facts by what they are, `refers` those that are ids of something else. A fact that makes no sense
    here (the kind of a cue, where there is none) is not there, and is not compared. `tell` gives its words and how its
    facts are told: most are alike on both sides, and nobody asks.
    """

    layer: Layer
    id: str
    at: Path
    label: str
    places: tuple[Place, ...]
    values: dict[str, object]
    refers: dict[str, tuple[str, ...]]
    tell: Callable[[], tuple[str, dict[str, Fact]]]

    @property
    def words(self) -> str:
        """What it is called, or what it selects."""
        return self.tell()[0]

    def only(self, *, is_ours: bool) -> Difference:
        """That one side alone has it."""
        own = Side(self.id, self.at, self.places, self.words)
        first = self.places[0] if self.places else None
        return Difference(self.layer, ONLY, self.label, first, own if is_ours else None, None if is_ours else own)


def between(ours: Owner, theirs: Owner, names: tuple[Names, Names]) -> Iterator[Difference]:
    """The facts that two annotations have both, and not alike; `names` are the ids of each side as both write them."""
    unlike = [] if ours.values == theirs.values else _unlike(ours.values, theirs.values)
    if ours.refers:
        unlike += _unlike(_called(ours.refers, names[0]), _called(theirs.refers, names[1]))
    if not unlike:
        return
    told, others = ours.tell()[1], theirs.tell()[1]
    for what in unlike:
        one, other = told[what], others[what]
        places = (*one.places, *other.places, *ours.places)
        first = min(one.places[:1] + other.places[:1], default=places[0] if places else None)
        yield Difference(ours.layer, what, ours.label, first, Side(ours.id, *one), Side(theirs.id, *other))


def _unlike(ours: Mapping[str, object], theirs: Mapping[str, object]) -> list[str]:
    return [what for what, value in ours.items() if what in theirs and theirs[what] != value]


def _called(refers: dict[str, tuple[str, ...]], names: Names) -> dict[str, list[str]]:
    return {what: sorted([names.get(one, one) for one in ids]) if ids else [] for what, ids in refers.items()}


def places(*spans: Span | None) -> tuple[Place, ...]:
    """Where spans stand."""
    return tuple([Place(span.paragraph, span.start, span.end) for span in spans if span is not None])


def words(*spans: Span | None) -> str:
    """What spans select; nothing where the words are not there."""
    return " … ".join([span.text or "" for span in spans if span])
