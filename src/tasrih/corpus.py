"""The corpus as a collection: open, iterate, look up, filter, cite."""

import operator
import os
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, get_args, overload

import orjson

from tasrih import arguments
from tasrih.errors import ArgumentError, InvalidError, NotFoundError, needing, unreadable
from tasrih.reading import Document, documents
from tasrih.resources import REGISTER, corpus_folder, home_of

if TYPE_CHECKING:
    import datasets
    import pandas

    from tasrih.article import Article, Quote, Span
    from tasrih.dataset import Config
    from tasrih.identity import Identity
    from tasrih.record import KnownEntity, QuoteType


def load(path: str | os.PathLike[str] | None = None) -> "Corpus":
    """The corpus in `path`: records in a folder or in JSON Lines, or a built dataset; without it the bundled one.

    Its register is the `entities.json` of the corpus folder that the records are in, or of the dataset. Records are
    looked through for their ids at once (some 0.05 ms each), and read when they are first used; of a dataset nothing is
    read. Raises TasrihError when there is nothing to read, and when two records have one id.

    >>> corpus = tasrih.load()
    >>> corpus["2019-10-08-port-salaries"].headline
    'باصهيب: لن نعود إلى الأرصفة بوعود'
    """
    return loaded([corpus_folder() if path is None else arguments.path("path", path)])


def loaded(paths: Sequence[str | os.PathLike[str]], within: str | os.PathLike[str] | None = None) -> "Corpus":
    """The records at several paths as one corpus, or one dataset; `within` is the folder with their register.

    Raises TasrihError when there is nothing to read.
    """
    homes = [home_of(path) for path in paths] if within is None else [Path(within)]
    registers = [home / REGISTER for home in dict.fromkeys(homes) if home]
    if len(paths) == 1 and (Path(paths[0]) / "manifest.json").is_file():
        with needing():
            from tasrih.dataset.stored import stored

        return Corpus(stored(Path(paths[0])), registers, paths, within)
    sources = tuple(documents(paths))
    for source in sources:
        if source.broken:
            raise unreadable(source.file, source.broken, source.line)
    return Corpus(_Records(sources), registers, paths, within)


class Store(Protocol):
    """Where a corpus has its articles: in their order, by id, and those alone that may name somebody."""

    @property
    def places(self) -> Mapping[str, object]:
        """Where each article is, by its id."""

    def __len__(self) -> int: ...

    def __iter__(self) -> "Iterator[Article]": ...

    def __getitem__(self, article_id: str) -> "Article": ...

    def once(self) -> "Iterator[Article]":
        """The articles in their order; none of them is kept."""

    def naming(self, wanted: Collection[str], links: Collection[str]) -> "Iterator[Article]":
        """The articles that may have an entity of one of these names, links or identifiers, or one of these links."""

    def collections(self) -> Collection[str]:
        """The collections of the articles."""


class _Records:
    """Articles in the order of their files; each is read on first use and then kept."""

    def __init__(self, sources: tuple[Document, ...]) -> None:
        self._read: dict[str, Article] = {}
        self.places: dict[str, Document] = {}
        for source in sources:
            article_id = _id_of(source)
            if article_id in self.places:
                place = self.places[article_id].place
                raise InvalidError(
                    f"the id {arguments.shown(article_id)} is already that of {place}.",
                    path=source.file,
                    line=source.line,
                )
            self.places[article_id] = source

    def __len__(self) -> int:
        return len(self.places)

    def __iter__(self) -> "Iterator[Article]":
        return (self[article_id] for article_id in self.places)

    def __getitem__(self, article_id: str) -> "Article":
        if article_id not in self._read:
            self._read[article_id] = _article(self.places[article_id])
        return self._read[article_id]

    def once(self) -> "Iterator[Article]":
        """The articles in their order; those that are read for it are not kept."""
        return (self._read.get(article_id) or _article(source) for article_id, source in self.places.items())

    def naming(self, _: Collection[str], __: Collection[str]) -> "Iterator[Article]":
        """The articles that may name somebody: all of them."""
        return iter(self)

    def collections(self) -> Collection[str]:
        """The collections of the articles, all of which are read for it."""
        return {article.metadata.collection for article in self}


_HEAD = re.compile(rb'\s*\{\s*"schema_version":\s*"[\d.]*",\s*"id":\s*"([a-z0-9-]+)"')
"""How a record begins in the order of the schema; for its id, nothing more of it is read."""


def _id_of(source: Document) -> str:
    """The id that a record says; of one that cannot be read, the name of its file, or the place of its line."""
    data = source.told()
    if head := _HEAD.match(data):
        return head[1].decode()
    try:
        found: Any = orjson.loads(data)
        return str(found["id"])
    except (ValueError, LookupError, TypeError):
        return Path(source.file).stem if source.line is None else source.place


class Corpus:
    """The articles of a corpus by their ids and in their order."""

    def __init__(
        self,
        store: Store,
        registers: Sequence[Path],
        paths: Sequence[str | os.PathLike[str]],
        within: str | os.PathLike[str] | None,
    ) -> None:
        self._store, self._registers, self._paths, self._within = store, registers, paths, within

    @cached_property
    def entities(self) -> "Mapping[str, KnownEntity]":
        """Who is who across the articles: the entries of `entities.json` by id."""
        from tasrih.register import union

        return {entity.id: entity for entity in union(self._registers)}

    def __len__(self) -> int:
        return len(self._store)

    def __iter__(self) -> "Iterator[Article]":
        return iter(self._store)

    def once(self) -> "Iterator[Article]":
        """The articles in their order, for one pass over many: none that is read for it is kept."""
        return self._store.once()

    def __contains__(self, item: object) -> bool:
        """Whether there is an article with this id, or this very article."""
        from tasrih.article import Article

        if isinstance(item, Article):
            return item.id in self._store.places and self[item.id] == item
        return isinstance(item, str) and item in self._store.places

    @overload
    def __getitem__(self, which: str | int) -> "Article": ...

    @overload
    def __getitem__(self, which: slice) -> "list[Article]": ...

    def __getitem__(self, which: str | int | slice) -> "Article | list[Article]":
        """The article with an id, or at a place (from 0, or from the end with -1), or those of a slice.

        Raises NotFoundError, a KeyError and an IndexError, when there is none.

        >>> corpus = tasrih.load()
        >>> corpus["2019-10-08-port-salaries"] in corpus[:30]
        True
        >>> corpus["2019-10-08-port-salary"]
        Traceback (most recent call last):
            ...
        tasrih.errors.NotFoundError: ...
        """
        if isinstance(which, str):
            return self._called(which)
        try:
            if isinstance(which, slice):
                return [self._called(article_id) for article_id in self._ids[which]]
            return self._called(self._ids[operator.index(which)])
        except TypeError as error:
            given = arguments.shown(which)
            raise NotFoundError(f"{given}: no article is called so. Ask by id, by place or by slice.") from error
        except IndexError as error:
            raise NotFoundError(f"{which}: no such article; there are {len(self)}, counted from 0.") from error

    def _called(self, article_id: str) -> "Article":
        if article_id not in self._store.places:
            near = arguments.meant(article_id, self._ids) or f" The first is {self._ids[0]}."
            raise NotFoundError(f"{arguments.shown(article_id)}: no such article.{near}")
        return self._store[article_id]

    @cached_property
    def _ids(self) -> tuple[str, ...]:
        return tuple(self._store.places)

    @property
    def ids(self) -> list[str]:
        """The ids of the articles."""
        return list(self._ids)

    @property
    def documents(self) -> dict[str, Document]:
        """Where the records are read from, by their ids and in their order; nothing of a dataset."""
        return {name: place for name, place in self._store.places.items() if isinstance(place, Document)}

    def __repr__(self) -> str:
        return f"<Corpus of {len(self)} article{'' if len(self) == 1 else 's'}>"

    def articles(self, *, collection: str | None = None, published: str | None = None) -> "Iterator[Article]":
        """The articles of a collection, and of a day, month or year: `published="2021-10"`.

        Raises TasrihError for a collection that the corpus does not have, and for what is no day, month or year.

        >>> [article.id for article in tasrih.load().articles(collection="composed", published="2019-04")]
        ['2019-04-02-flour-oven-brief', '2019-04-16-reed-boats', '2019-04-30-red-sea-swimmer-talk']
        """
        from tasrih.queries.values import period

        if collection is not None:
            arguments.one_of("no such collection", collection, sorted(self._store.collections()))
        days = None if published is None else period(published)
        own = (article for article in self if collection in (None, article.metadata.collection))
        return (article for article in own if _begins(article.metadata.published, days))

    def quotes(
        self,
        query: str | None = None,
        *,
        speaker: str | None = None,
        type: "QuoteType | None" = None,  # noqa: A002
    ) -> "Iterator[Quote]":
        """The quotes of which all terms of a query hold: `'type=direct speaker.form=elided cue=قال أسعار'`.

        docs/queries.md lists what can be asked for. `speaker` and `type` are short for these terms: a name as the
        article or `entities.json` has it (spelling variants included), an id of `entities`, or an identifier such as
        `Q58217`, of who speaks alone or together with others. Of articles without their words everything is known but
        what the words are. Raises TasrihError for what is no query, for another type, and for an empty name.

        >>> corpus = tasrih.load()
        >>> [quote.text for quote in corpus.quotes("collection=composed type=direct أسعار")]
        ['تتحرك الأسعار']
        >>> next(corpus.quotes(speaker="مراد باصهيب", type="direct")).cue.text
        'قوله'
        """
        from tasrih.queries import FIELDS, Question, Term, parse
        from tasrih.record import QuoteType

        terms = [] if query is None else [*parse(query)]
        if type is not None:
            arguments.one_of("no such type of quote", type, get_args(QuoteType))
            terms.append(Term(FIELDS["type"], (type,)))
        if speaker is not None:
            terms.append(Term(FIELDS["speaker"], (_with_letters("speaker", speaker),)))
        question = Question(tuple(terms), self.entities)
        return question.answers(self._naming(question.named()))

    def _naming(self, wanted: Collection[str]) -> "Iterator[Article]":
        """The articles that may name one of some folded names; all of them, where none is given."""
        if not wanted:
            return iter(self)
        from tasrih.queries.matching import every_name
        from tasrih.queries.values import folded

        known = self.entities.values()
        links = {entity.id for entity in known if not set(wanted).isdisjoint(map(folded, every_name(entity)))}
        return self._store.naming(wanted, links)

    def search(self, text: str) -> "Iterator[Span]":
        """Where the words of `text` stand, one after another; `.context()` gives the words around a hit.

        Spelling variants, the article and what is written together with a word before it make no difference: أسعار is
        found in بأسعار and والأسعار, سعر in neither. A hit is of whole words. Raises TasrihError for a text without a
        letter or digit.

        >>> next(tasrih.load().search("الأرصفة")).context(10)
        Context(left=' نعود إلى ', match='الأرصفة', right=' بوعود')
        """
        from tasrih.article import Span
        from tasrih.record import Span as Stretch
        from tasrih.text.stems import hits, phrase

        wanted = phrase(arguments.text("text", text))
        if not wanted:
            raise ArgumentError(f"text: {arguments.shown(text)} has no letter to look for.")
        return (
            Span(Stretch(paragraph=one.id, start=hit.start, end=hit.end, text=one.text[hit.start : hit.end]), article)
            for article in self
            for one in article.paragraphs
            for hit in hits(one.text, wanted)
        )

    def to_dataset(self, config: "Config" = "articles") -> "datasets.Dataset":
        """The rows of a config with its exact features. Raises TasrihError when there is no such config."""
        with needing():
            from tasrih.dataset.exports import to_dataset

        return to_dataset((article.record for article in self), config)

    def to_pandas(self, config: "Config" = "quotes") -> "pandas.DataFrame":
        """The rows of a config as a pandas DataFrame.

        >>> quotes = tasrih.load("harbour/corpus").to_pandas("quotes")
        >>> quotes[["type", "cue"]].values.tolist()
        [['direct', 'قالت'], ['indirect', 'أضافت'], ['partial', 'وصف']]
        """
        frame: pandas.DataFrame = self.to_dataset(config).to_pandas()
        return frame

    @property
    def identity(self) -> "Identity":
        """What it is called, and by whom it is. Raises TasrihError for a CITATION.cff that cannot be read."""
        with needing():
            from tasrih.identity import identity

        return identity(self._paths, self._within)

    def cite(self) -> str:
        """How to cite this version of the corpus, in BibTeX, by its CITATION.cff.

        Raises TasrihError when there is none in the corpus folder or beside it.
        """
        with needing():
            from tasrih.cite import citation

        return citation(self._paths, self._within)


def _article(source: Document) -> "Article":
    from pydantic import ValidationError

    from tasrih.article import Article
    from tasrih.register import invalid
    from tasrih.standoff.filling import read_article

    try:
        return Article(read_article(source.told()))
    except ValidationError as error:
        raise invalid(source.file, error, source.line) from error


def _begins(day: str | None, prefix: str | None) -> bool:
    return prefix is None or (day is not None and f"{day}-".startswith(f"{prefix}-"))


def _with_letters(what: str, given: str) -> str:
    """Words to look for, folded. Raises TasrihError when nothing is left of them."""
    from tasrih.queries.values import folded

    found = folded(arguments.text(what, given))
    if not found:
        raise ArgumentError(f"{what}: {arguments.shown(given)} has no letter to look for.")
    return found
