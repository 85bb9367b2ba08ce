"""A structurally valid record as the rules see it: plain data, and what several rules look up in it."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path as FilePath
from typing import TYPE_CHECKING

from tasrih.instances import of_plain
from tasrih.reading import read_bytes
from tasrih.record import WITHOUT_MARKS, Article, Json, Path
from tasrih.spans import Located, located
from tasrih.text.marks import enclosing
from tasrih.validation.stretches import Stretches, stretches

if TYPE_CHECKING:
    from tasrih.phenomena import Listed


@dataclass(frozen=True)
class Surroundings:
    """What a record is held against: the folder of its corpus, the known entities by id, the current day."""

    folder: FilePath
    register: dict[str, Json]
    today: date

    @cached_property
    def root(self) -> str:
        """The folder of the corpus without links on the way to it."""
        return os.path.realpath(self.folder)

    def source(self, path: str) -> bytes | None:
        """The bytes of a text as received, by its path in the corpus; None when there is no such file in it."""
        return source_bytes(self.root, path)


class Index:
    """A structurally valid record; `file` is None when it came from no file of its own."""

    def __init__(self, record: Json, surroundings: Surroundings, file: FilePath | None = None) -> None:
        self.record = record
        self.metadata: Json = record["metadata"]
        self.paragraphs: list[Json] = record["paragraphs"]
        self.quotes: list[Json] = record["quotes"]
        self.terms: list[Json] = record["terms"]
        self.entities: list[Json] = record["entities"]
        self.surroundings = surroundings
        self.file = file

    @cached_property
    def article(self) -> Article:
        """The record as its model, for what is told over typed records."""
        (made,) = of_plain(Article, [self.record])
        return made

    @cached_property
    def phenomena(self) -> "Listed":
        """The phenomena that the record and its quotes should list."""
        from tasrih.phenomena import listed

        return listed(self.article)

    @cached_property
    def texts(self) -> dict[str, str]:
        """Text by paragraph id."""
        return {paragraph["id"]: paragraph["text"] for paragraph in self.paragraphs}

    @cached_property
    def quote_by_id(self) -> dict[str, Json]:
        """Quotes by id."""
        return {quote["id"]: quote for quote in self.quotes}

    @cached_property
    def entity_by_id(self) -> dict[str, Json]:
        """Entities by id."""
        return {entity["id"]: entity for entity in self.entities}

    @cached_property
    def owner_by_words(self) -> dict[tuple[str, str], str]:
        """Ids of entities by the paragraph and the words of their mentions."""
        return {(one.span["paragraph"], one.span["text"]): self.owner(one) for one in self.mentions}

    @cached_property
    def order(self) -> dict[str, int]:
        """The numbers of paragraphs by id, from 0."""
        return {paragraph["id"]: number for number, paragraph in enumerate(self.paragraphs)}

    def place(self, span: Json) -> tuple[int, int]:
        """Where a span begins: the number of its paragraph (-1 when there is none), and the place in it."""
        return self.order.get(span["paragraph"], -1), span["start"]

    @cached_property
    def joined(self) -> str:
        """Everything there is to read, paragraphs and names of entities, with | between."""
        return "|".join([*self.texts.values(), *(entity["name"] for entity in self.entities)])

    @cached_property
    def spans(self) -> list[Located]:
        """Every span of the record."""
        return [*self.quoted, *self.termed, *self.mentions, *self.cues, *self.phrases]

    @cached_property
    def quoted(self) -> list[Located]:
        """The spans of quotes."""
        return located(self.record, "quotes.spans")

    @cached_property
    def termed(self) -> list[Located]:
        """The spans of terms."""
        return located(self.record, "terms.span")

    @cached_property
    def cues(self) -> list[Located]:
        """The cues of quotes."""
        return located(self.record, "quotes.cue")

    @cached_property
    def phrases(self) -> list[Located]:
        """The spans of speakers and addressees."""
        return [*located(self.record, "quotes.speaker.span"), *located(self.record, "quotes.addressee.span")]

    @cached_property
    def participants(self) -> list[tuple[Path, Json]]:
        """Speakers and addressees, and where they are."""
        return [
            (("quotes", number, role), quote[role])
            for number, quote in enumerate(self.quotes)
            for role in ("speaker", "addressee")
            if quote.get(role)
        ]

    @cached_property
    def others(self) -> list[tuple[Path, str]]:
        """The ids of those who speak or are spoken to together with others, and where they are."""
        return [
            ((*at, "others", number), other)
            for at, person in self.participants
            for number, other in enumerate(person.get("others", ()))
        ]

    @cached_property
    def mentions(self) -> list[Located]:
        """The mentions of all entities."""
        return located(self.record, "entities.mentions")

    @cached_property
    def mentions_of(self) -> dict[str, Stretches]:
        """Where each entity is mentioned, by its id."""
        return {entity["id"]: stretches(entity["mentions"]) for entity in self.entities}

    @cached_property
    def names_of(self) -> dict[str, Stretches]:
        """Where each entity is called by name, by its id."""
        return {
            entity["id"]: stretches(span for span in entity["mentions"] if span["form"] == "named")
            for entity in self.entities
        }

    @cached_property
    def marked(self) -> list[Located]:
        """The spans that stand in quotation marks: of direct and partial quotes, and of terms."""
        direct = [one for one in self.quoted if self.quotes[int(one.at[1])]["type"] not in WITHOUT_MARKS]
        return [*direct, *self.termed]

    @cached_property
    def accounted(self) -> set[tuple[str, int]]:
        """Where the marks are that enclose what stands in marks: paragraph and offset."""
        return {place for one in self.marked for place in self.enclosing(one)}

    def enclosing(self, located: Located) -> Iterator[tuple[str, int]]:
        """Where the marks are that enclose a span."""
        paragraph, start, end = located.place
        return ((paragraph, mark.start) for mark in enclosing(self.texts.get(paragraph, ""), start, end))

    @cached_property
    def raw(self) -> bytes | None:
        """The source's bytes; None when there is no source, or no such file."""
        source = self.metadata["source"]
        return self.surroundings.source(source["path"]) if source else None

    def numbered(self, kind: str) -> Iterator[tuple[Path, Json]]:
        """The quotes, terms or entities, and where they are."""
        return (((kind, number), item) for number, item in enumerate(self.record[kind]))

    def owner(self, one: Located) -> str:
        """The id of the quote, term or entity that a span belongs to."""
        owner: str = self.record[str(one.at[0])][one.at[1]]["id"]
        return owner

    def anchored(self, spans: list[Located]) -> Iterator[Located]:
        """Those spans that select something, so that a rule need not stumble over what another reports."""
        for one in spans:
            paragraph, start, end = one.place
            if start < end <= len(self.texts.get(paragraph, "")):
                yield one


def again(values: Iterable[str], *known: str) -> Iterator[tuple[int, str]]:
    """The values that came before, or are known already, and their numbers."""
    seen = set(known)
    for number, value in enumerate(values):
        if value in seen:
            yield number, value
        seen.add(value)


def source_bytes(root: str, path: str) -> bytes | None:
    """The bytes of a text as received, by its path in a folder of no links; None when there is no such file in it."""
    try:
        file = _reached(root, path)
        return read_bytes(file) if file.startswith(f"{root}{os.sep}") else None
    except (OSError, ValueError):
        return None


def _reached(root: str, path: str) -> str:
    """Where a path leads to from a folder of no links; of every record, so that only its own steps are looked at."""
    steps = path.split("/")
    places = [os.path.join(root, *steps[:count]) for count in range(1, len(steps) + 1)]  # noqa: PTH118
    plain = {"", ".", ".."}.isdisjoint(steps) and not any(map(os.path.islink, places))
    return places[-1] if plain else os.path.realpath(places[-1])
