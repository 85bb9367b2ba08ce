"""Where answers are in the text of an article of the gold standard, and whom they mean."""

from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import islice

from tasrih import record
from tasrih.arguments import shown
from tasrih.errors import InvalidError, needing
from tasrih.instances import instance
from tasrih.scoring.lines import Offsets, Words
from tasrih.scoring.matching import HALF, Item, item, of_gold, overlap
from tasrih.standoff.models import is_mask
from tasrih.text.letters import fold, occurrences

_LONGEST = 100_000  # characters of a paragraph whose length is not known


class UnreadableError(Exception):
    """Why an answer cannot be read."""


class Places:
    """An article of the gold standard, in which answers are looked up."""

    def __init__(self, article: record.Article) -> None:
        self.article = article
        self._texts = {paragraph.id: paragraph.text for paragraph in article.paragraphs}

    @cached_property
    def texts(self) -> dict[str, str]:
        """The texts of the paragraphs by their ids. Raises TasrihError where the words are withheld."""
        if not all(self._texts.values()) or all(map(is_mask, self._texts.values())):
            raise InvalidError(
                f"{self.article.id}: its words are withheld, and answers by words, or by tags, need them. Offsets do "
                "not. Give as GOLD what `tasrih hydrate corpus --fetch --out hydrated` writes."
            )
        return self._texts

    @cached_property
    def tokens(self) -> list[tuple[str, list[tuple[int, int]]]]:
        """The tokens of each paragraph, as the config `tokens` has them: its id, and where each begins and ends."""
        with needing():
            import pyarrow as pa

            from tasrih.columnar import texts
            from tasrih.dataset.tokens import token_places

        text = texts(pa.array(self.texts.values(), pa.string()))
        starts = text.starts.tolist()
        found: list[tuple[str, list[tuple[int, int]]]] = [(name, []) for name in self.texts]
        for start, end, number in zip(*(column.tolist() for column in token_places(text)), strict=True):
            found[number][1].append((start - starts[number], end - starts[number]))
        return found

    def span(self, given: Offsets | Words) -> record.Span:
        """The stretch that is meant. Raises UnreadableError when there is none."""
        if isinstance(given, Words):
            return stretch(*self._found(given))
        paragraph = _id(given.paragraph)
        if paragraph not in self._texts:
            raise UnreadableError(f"there is no paragraph {given.paragraph}")
        text = self._texts[paragraph]
        length = len(text) if text else _LONGEST  # a dataset may have the places without the text
        if not given.start < given.end <= length:
            raise UnreadableError(f"{paragraph} has no text at [{given.start}:{given.end}], but {length} characters")
        return stretch(paragraph, given.start, given.end)

    def _found(self, words: Words) -> tuple[str, int, int]:
        """Where words are: letter for letter, or where they nowhere are, in another spelling."""
        paragraph = None if words.paragraph is None else _id(words.paragraph)
        inside = {paragraph} if paragraph else self.texts.keys()
        texts = {name: text for name, text in self.texts.items() if name in inside}
        for found in (_exactly(texts, words.text), _exactly(texts, words.text.strip()), _alike(texts, words.text)):
            first = next(found, None)
            if first is not None:
                place = next(islice(found, words.occurrence - 2, None), None) if words.occurrence > 1 else first
                if place is None:
                    raise UnreadableError(f"“{shown(words.text)}” is not there {words.occurrence} times")
                return place
        where = f"in {shown(paragraph)}" if paragraph else "in the text"
        raise UnreadableError(f"“{shown(words.text)}” is not {where}")

    def called(self, name: str) -> tuple[str, ...]:
        """The entities that a name may mean. Raises UnreadableError for one that nobody has."""
        found = self._names.get(fold(name.strip())[0])
        if not found:
            raise UnreadableError(f"nobody in the article is called “{shown(name)}”")
        return tuple(map(of_gold, found))

    def referred(self, span: record.Span) -> tuple[str, ...]:
        """Whom the speakers' phrases, or else the mentions, refer to that are most like a span, and so by half.

        Several where one phrase is of several; nobody where there is no such phrase or mention.
        """
        phrase = item([span])
        for places in (self._phrases, self._mentions):
            shares = [(overlap(phrase, place), entities) for place, entities in places]
            most = max((share for share, _ in shares), default=0.0)
            if most >= HALF:
                found = dict.fromkeys(entity for share, entities in shares if share == most for entity in entities)
                return tuple(map(of_gold, found))
        return ()

    def identified(self, entity: str) -> tuple[str, ...]:
        """The entity with an id. Raises UnreadableError when there is none."""
        if entity not in self._ids:
            raise UnreadableError(f"there is no entity {shown(entity)}, neither among the mentions given nor in GOLD")
        return (of_gold(entity),)

    @cached_property
    def _ids(self) -> frozenset[str]:
        return frozenset(entity.id for entity in self.article.entities)

    @cached_property
    def _speakers(self) -> list[tuple[record.Span, tuple[str, ...]]]:
        people = (quote.speaker for quote in self.article.quotes)
        return [(one.span, (one.entity, *one.others)) for one in people if one and one.span]

    @cached_property
    def _phrases(self) -> list[tuple[Item, tuple[str, ...]]]:
        return [(item([span]), entities) for span, entities in self._speakers]

    @cached_property
    def _mentions(self) -> list[tuple[Item, tuple[str, ...]]]:
        return [(item([one]), (entity.id,)) for entity in self.article.entities for one in entity.mentions]

    @cached_property
    def _names(self) -> dict[str, dict[str, None]]:
        """The ids of entities by what they are called: their names, and the words that refer to them."""
        found: dict[str, dict[str, None]] = {}
        for name, entities in self._called():
            if name and not is_mask(name):
                found.setdefault(fold(name)[0], {}).update(dict.fromkeys(entities))
        return found

    def _called(self) -> Iterator[tuple[str | None, Iterable[str]]]:
        for entity in self.article.entities:
            yield entity.name, (entity.id,)
            yield from ((mention.text, (entity.id,)) for mention in entity.mentions)
        yield from ((span.text, entities) for span, entities in self._speakers)


def stretch(paragraph: str, start: int, end: int) -> record.Span:
    """A span that was looked up."""
    return instance(record.Span, {"paragraph": paragraph, "start": start, "end": end, "text": ""})


def _id(paragraph: int | str) -> str:
    return f"p{paragraph}" if isinstance(paragraph, int) else paragraph


def _exactly(texts: dict[str, str], words: str) -> Iterator[tuple[str, int, int]]:
    for name, text in texts.items():
        start = text.find(words) if words else -1
        while start >= 0:
            yield name, start, start + len(words)
            start = text.find(words, start + 1)


def _alike(texts: dict[str, str], words: str) -> Iterator[tuple[str, int, int]]:
    yield from ((name, *place) for name, text in texts.items() for place in occurrences(text, words))
