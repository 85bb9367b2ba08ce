"""The search page, and the index that its scripts load piece by piece."""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from tasrih.article import Article, Quote
from tasrih.explorer.columns import Column
from tasrih.explorer.postings import Postings
from tasrih.explorer.scripts import shard
from tasrih.explorer.site import Entry, Page, Section, Site
from tasrih.queries import FIELDS
from tasrih.queries.matching import facts, facts_of_article, names_of
from tasrih.record import Span
from tasrih.text.stems import located, stems, with_the_look_of_an_article

FACETS = ("type", "speaker.form", "cue.kind", "phenomenon", "collection", "outlet", "published")
"""Fields that the page breaks its answers down by, `published` by the year."""
_OF_A_SHARD = 50  # articles whose words fill a shard of some 50 kB
_MOST_SHARDS = 256
_OF_A_BLOCK = 10  # articles that are loaded at once to be shown
_COLUMNS = [field for field in FIELDS.values() if field.kind not in ("words", "name")]


class Search(Section):
    """The page `search.html`, and the shards `data/search/`."""

    entry = Entry("Search", "search.html")

    def __init__(self, site: Site) -> None:
        super().__init__(site)
        self._shards = min(_MOST_SHARDS, 1 + len(site.corpus) // _OF_A_SHARD)
        self._words = {name: Postings(f"search/{name}", self._shards) for name in ("text", "article.text")}
        self._names = Postings("search/names", self._shards)
        self._columns = {field.name: Column() for field in _COLUMNS} | {"cue": Column()}
        self._counts, self._withheld = array("I"), bytearray()
        self._quotes = 0
        self._block: list[dict[str, Any]] = []

    def of(self, article: Article) -> Iterator[Page]:
        """The block of the article and those before it, when it is full."""
        self._index(article)
        self._block.append(_shown(article))
        if len(self._block) == _OF_A_BLOCK:
            yield self._put_block()

    def rest(self) -> Iterator[Page]:
        """The last block, the index, and the page."""
        if self._block:
            yield self._put_block()
        for postings in (*self._words.values(), self._names):
            yield from postings.pages()
        for name, column in self._columns.items():
            yield shard(f"search/columns/{name}", column.plain())
        yield shard("search/articles", {"quotes": self._counts.tolist(), "withheld": list(self._withheld)})
        yield shard("search/contents", self._contents())
        yield self.site.page("search.html", "search.html", fields=list(FIELDS.values()), facets=FACETS)

    def _put_block(self) -> Page:
        made = shard(f"search/blocks/{(len(self._counts) - 1) // _OF_A_BLOCK}", self._block)
        self._block = []
        return made

    def _index(self, article: Article) -> None:
        number = len(self._counts)
        self._counts.append(len(article.quotes))
        self._withheld.append(article.is_withheld)
        for field in _COLUMNS:
            if field.of == "article":
                self._columns[field.name].add(facts_of_article(article, field.name))
        _add_words(self._words["article.text"], number, [(one.text, 0, len(one.text)) for one in article.paragraphs])
        for quote in article.quotes:
            self._index_quote(quote)
            self._quotes += 1

    def _index_quote(self, quote: Quote) -> None:
        known = self.site.corpus.entities
        for field in _COLUMNS:
            if field.of == "quote":
                self._columns[field.name].add(facts(quote, field.name, known))
        self._columns["cue"].add(_cue(quote))
        _add_words(self._words["text"], self._quotes, [(one.paragraph.text, one.start, one.end) for one in quote.spans])
        for side, participant in enumerate((quote.speaker, quote.addressee)):
            for name in sorted(names_of(participant, known)):
                self._names.add(name, [self._quotes, side])

    def _contents(self) -> dict[str, Any]:
        """What the page has to know before it looks anything up."""
        fields = {
            field.name: {"kind": field.kind, "of": field.of, "choices": field.choices, "also": field.also}
            | {"example": field.example, "holds": field.holds}
            for field in FIELDS.values()
        }
        return {
            "fields": fields,
            "shards": self._shards,
            "block": _OF_A_BLOCK,
            "articles": len(self._counts),
            "quotes": self._quotes,
            "whole": with_the_look_of_an_article(),
            "facets": {name: self._facet(name) for name in FACETS},
        }

    def _facet(self, name: str) -> list[tuple[str, int]]:
        """The values of a field and how many quotes have each; years for days."""
        found = self._columns[name].counts(self._counts if FIELDS[name].of == "article" else None)
        counts: defaultdict[str, int] = defaultdict(int)
        for value, count in found.items():
            counts[value[:4] if name == "published" else value] += count
        return list(counts.items())


def _cue(quote: Quote) -> Sequence[Any]:
    """The cue as a combination of values: for each of its words its stems, or nothing known; none without a cue."""
    if quote.cue is None:
        return ()
    if quote.article.is_withheld:
        return (None,)
    return (tuple(tuple(sorted(stems(word.folded))) for word in located(quote.cue.text)),)


def _add_words(postings: Postings, number: int, stretches: Iterable[tuple[str, int, int]]) -> None:
    """Adds the words of stretches of text: under each stem the number, and its place among the words, or its places."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    place = 0
    for text, start, end in stretches:
        for word in located(text):
            if word.start < end and word.end > start:
                for stem in sorted(stems(word.folded)):
                    found[stem].append(place)
                place += 1
        place += 1  # no phrase goes on in the next stretch
    for stem, places in found.items():
        postings.add(stem, [number, places if len(places) > 1 else places[0]])


def _shown(article: Article) -> dict[str, Any]:
    """What is shown of an article's quotes, as they are found."""
    numbers = {paragraph.id: number for number, paragraph in enumerate(article.paragraphs)}
    return {
        "id": article.id,
        "headline": "" if article.is_withheld else article.headline,
        "published": article.metadata.published,
        "collection": article.metadata.collection,
        "outlet": article.metadata.publisher,
        "withheld": article.is_withheld,
        "paragraphs": [] if article.is_withheld else [paragraph.text for paragraph in article.paragraphs],
        "quotes": [_quote(quote, numbers) for quote in article.quotes],
    }


def _quote(quote: Quote, numbers: Mapping[str, int]) -> list[Any]:
    """A quote as short as can be, since most of what the page loads is this: id, type, speaker, form of the speaker.

    Where there are words, the places of its spans, of its cue and of the words for its speaker follow: the number of
    the paragraph, start, end.
    """

    def place(span: Span | None) -> tuple[int, int, int] | None:
        return (numbers[span.paragraph], span.start, span.end) if span else None

    one = quote.record
    speaker = one.speaker
    told = [quote.id, quote.type, quote.speaker.name if quote.speaker else None, speaker.form if speaker else None]
    if quote.article.is_withheld:
        return told
    return [*told, list(map(place, one.spans)), place(one.cue), place(speaker.span) if speaker else None]
