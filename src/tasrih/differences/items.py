"""What a difference is."""

from collections.abc import Iterator, Mapping
from typing import Any, Literal, NamedTuple

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
    """One fact of an annotation: what is compared, and how it is told; with `refers` the value is a tuple of ids."""

    value: Any
    at: Path
    places: tuple[Place, ...]
    words: str
    refers: bool = False

    def by(self, names: Names) -> object:
        """What is compared, with ids as both sides write them."""
        return sorted(names.get(one, one) for one in self.value) if self.refers else self.value


class Owner(NamedTuple):
    """An annotation: its layer, id, path, label, places, words, and its facts by what they are.

    A fact that makes no sense here (the kind of a cue, where there is none) is not there, and is not compared.
    """

    layer: Layer
    id: str
    at: Path
    label: str
    places: tuple[Place, ...]
    words: str
    facts: dict[str, Fact]

    def side(self, fact: Fact) -> Side:
        """A fact of it as a side of a difference."""
        return Side(self.id, fact.at, fact.places, fact.words)

    def only(self, *, is_ours: bool) -> Difference:
        """That one side alone has it."""
        own = Side(self.id, self.at, self.places, self.words)
        first = self.places[0] if self.places else None
        return Difference(self.layer, ONLY, self.label, first, own if is_ours else None, None if is_ours else own)


def between(ours: Owner, theirs: Owner, names: tuple[Names, Names]) -> Iterator[Difference]:
    """The facts that two annotations have both, and not alike; `names` are the ids of each side as both write them."""
    for what, one in ours.facts.items():
        other = theirs.facts.get(what)
        if other is None or (one.by(names[0]) == other.by(names[1]) if one.refers else one.value == other.value):
            continue
        places = (*one.places, *other.places, *ours.places)
        first = min(one.places[:1] + other.places[:1], default=places[0] if places else None)
        yield Difference(ours.layer, what, ours.label, first, ours.side(one), theirs.side(other))


def places(*spans: Span | None) -> tuple[Place, ...]:
    """Where spans stand."""
    return tuple([Place(span.paragraph, span.start, span.end) for span in spans if span])


def words(*spans: Span | None) -> str:
    """What spans select; nothing where the words are not there."""
    return " … ".join([span.text or "" for span in spans if span])
