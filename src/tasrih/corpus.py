"""The corpus as a collection: open, iterate, look up, filter, cite."""

import os
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import ValidationError

from tasrih import record
from tasrih.arabic import fold, occurrences
from tasrih.article import Article, Entity, Quote, Span
from tasrih.errors import TasrihError
from tasrih.reading import Document, documents
from tasrih.register import union, unreadable
from tasrih.resources import REGISTER, corpus_folder, home_of

if TYPE_CHECKING:
    import datasets
    import pandas

    from tasrih.dataset.opened import Opened, Row


def load(path: str | os.PathLike[str] | None = None) -> "Corpus":
    """The corpus in `path`: records in a folder or in JSON Lines, or a built dataset; without it the bundled one.

    Its register is the `entities.json` of the corpus folder that the records are in, or of the dataset. Records are
    read when they are first used. Raises TasrihError when there is nothing to read.
    """
    return loaded([corpus_folder() if path is None else path])


def loaded(paths: Sequence[str | os.PathLike[str]], within: str | os.PathLike[str] | None = None) -> "Corpus":
    """The records at several paths as one corpus, or one dataset; `within` is the folder with their register.

    Raises TasrihError when there is nothing to read.
    """
    homes = [home_of(path) for path in paths] if within is None else [Path(within)]
    registers = [home / REGISTER for home in dict.fromkeys(homes) if home]
    if len(paths) == 1 and (Path(paths[0]) / "manifest.json").is_file():
        from tasrih.dataset.opened import opened

        return Corpus(opened(Path(paths[0])), registers, partial(_cited, paths, within))
    sources = tuple(documents(paths))
    for source in sources:
        if source.broken:
            raise TasrihError(f"{source.place}: cannot be read ({source.broken.strerror}).")
    return Corpus(_Records(sources), registers, partial(_cited, paths, within))


def _cited(paths: Sequence[str | os.PathLike[str]], within: str | os.PathLike[str] | None) -> str:
    from tasrih.citing import bibtex
    from tasrih.identity import identity

    return bibtex(identity(paths, within))


class _Records:
    """Articles in the order of their files; each is read on first use and then kept."""

    def __init__(self, sources: tuple[Document, ...]) -> None:
        self._sources = sources
        self._read: dict[str, Article] = {}

    @cached_property
    def places(self) -> dict[str, Document]:
        """The document of each article by its id."""
        index: dict[str, Document] = {}
        for source in self._sources:
            article_id = self._id_of(source)
            if article_id in index:
                raise TasrihError(f"{source.place}: the id {article_id} is already that of {index[article_id].place}.")
            index[article_id] = source
        return index

    def _id_of(self, source: Document) -> str:
        if source.line is None:
            return Path(source.file).stem
        article = _article(source)
        self._read[article.id] = article
        return article.id

    def __len__(self) -> int:
        return len(self._sources)

    def __iter__(self) -> Iterator[Article]:
        return (self[article_id] for article_id in self.places)

    def __getitem__(self, article_id: str) -> Article:
        if article_id not in self._read:
            self._read[article_id] = _article(self.places[article_id])
        return self._read[article_id]

    def naming(self, _: str, __: Collection[str]) -> Iterator[Article]:
        """The articles that may name somebody: all of them."""
        return iter(self)


class Corpus:
    """The articles of a corpus by their ids and in their order."""

    def __init__(self, store: "_Records | Opened", registers: Sequence[Path], cited: Callable[[], str]) -> None:
        self._store, self._registers, self._cited = store, registers, cited

    @cached_property
    def entities(self) -> Mapping[str, record.KnownEntity]:
        """Who is who across the articles: the entries of `entities.json` by id."""
        return {entity.id: entity for entity in union(self._registers)}

    def __len__(self) -> int:
        return len(self._store)

    def __iter__(self) -> Iterator[Article]:
        return map(_viewed, self._store)

    def __contains__(self, article_id: object) -> bool:
        return article_id in self._store.places

    def __getitem__(self, article_id: str) -> Article:
        return _viewed(self._store[article_id])

    @property
    def ids(self) -> list[str]:
        """The ids of the articles."""
        return list(self._store.places)

    def __repr__(self) -> str:
        return f"<Corpus of {len(self)} articles>"

    def articles(self, *, collection: str | None = None, published: str | None = None) -> Iterator[Article]:
        """The articles of a collection, and of a day, month or year: `published="2021-10"`."""
        for article in self:
            metadata = article.metadata
            if collection in (None, metadata.collection) and _begins(metadata.published, published):
                yield article

    def quotes(self, *, speaker: str | None = None, type: str | None = None) -> Iterator[Quote]:  # noqa: A002
        """The quotes of a speaker and of a type.

        `speaker` is a name as the article or `entities.json` has it (spelling variants included), an id of
        `entities`, or an identifier such as `Q58217`; `type` is `direct`, `partial` or `indirect`.
        """
        for article in self if speaker is None else self._naming(speaker):
            for quote in article.quotes:
                if type in (None, quote.type) and (speaker is None or self._speaks(quote, speaker)):
                    yield quote

    def _naming(self, wanted: str) -> Iterator[Article]:
        """The articles that may name somebody."""
        known = self.entities.values()
        links = {entity.id for entity in known if _folded(wanted) in map(_folded, _every_name(entity))}
        return map(_viewed, self._store.naming(wanted, links))

    def _speaks(self, quote: Quote, wanted: str) -> bool:
        return quote.speaker is not None and _folded(wanted) in self._names(quote.speaker.entity)

    def _names(self, entity: Entity) -> set[str]:
        known = self.entities.get(entity.link or "")
        names = [entity.name, *(mention.text for mention in entity.mentions if mention.form == "named")]
        names += [entity.link or entity.name, *entity.identifiers.values()]
        names += _every_name(known) if known else []
        return {_folded(name) for name in names}

    def search(self, text: str) -> Iterator[Span]:
        """Where `text` occurs, spelling variants included; `.context()` gives the words around a hit."""
        for article in self:
            for paragraph in article.paragraphs:
                for start, end in occurrences(paragraph.text, text):
                    found = paragraph.text[start:end]
                    yield Span(record.Span(paragraph=paragraph.id, start=start, end=end, text=found), article)

    def to_dataset(self, config: str = "articles") -> "datasets.Dataset":
        """The rows of a config (`articles`, `quotes`, `entities` or `tokens`) with its exact features."""
        from tasrih.dataset.exports import to_dataset

        return to_dataset((article.record for article in self), config)

    def to_pandas(self, config: str = "quotes") -> "pandas.DataFrame":
        """The rows of a config as a pandas DataFrame."""
        frame: pandas.DataFrame = self.to_dataset(config).to_pandas()
        return frame

    def cite(self) -> str:
        """How to cite this version of the corpus, in BibTeX, by its CITATION.cff.

        Raises TasrihError when there is none in the corpus folder or beside it.
        """
        return self._cited()


def _viewed(source: "Article | Row") -> Article:
    return source if isinstance(source, Article) else Article(source)


def _article(source: Document) -> Article:
    try:
        return Article(record.Article.model_validate_json(source.read()))
    except ValidationError as error:
        raise unreadable(source.place, error) from error
    except OSError as error:
        raise TasrihError(f"{source.place}: cannot be read ({error.strerror}).") from error


def _every_name(entity: record.KnownEntity) -> list[str]:
    return [*entity.names.arabic, *entity.names.latin]


def _begins(day: str | None, prefix: str | None) -> bool:
    return prefix is None or (day is not None and f"{day}-".startswith(f"{prefix}-"))


def _folded(name: str) -> str:
    return fold(name)[0]
