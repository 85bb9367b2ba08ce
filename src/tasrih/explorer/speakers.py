"""The pages of speakers: an index of all, and for each whom the register knows what is said across articles."""

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from tasrih.article import Article, Entity, Quote
from tasrih.explorer.kept import Kept
from tasrih.explorer.paging import leaves
from tasrih.explorer.site import Entry, Page, Section, Site, article_path
from tasrih.explorer.told import told

_QUOTES_A_PAGE = 150
_ROWS_OF_INDEX = 1500


class _Listed(NamedTuple):
    """A speaker in the index."""

    name: str
    path: str
    type: str
    quotes: int
    articles: int


class Speakers(Section):
    """The pages `speakers.html` and `speakers/<entry of the register>.html`.

    Who is in no register is of one article, whose page has all that is said: the index leads there.
    """

    entry = Entry("Speakers", "speakers.html")

    def __init__(self, site: Site) -> None:
        super().__init__(site)
        self._known = Kept()
        self._entities: dict[str, tuple[str, str]] = {}
        self._listed: list[_Listed] = []

    def of(self, article: Article) -> Iterator[Page]:
        """None; who speaks is listed, and what the known ones say is kept."""
        for entity, quotes in _spoken(article):
            if entity.link:
                self._entities.setdefault(entity.link, (entity.name, entity.type))
                for quote in quotes:
                    self._known.add(entity.link, told(article, quote))
            else:
                path = f"{article_path(article.id)}#{quotes[0].id}"
                self._listed.append(_Listed(entity.name, path, entity.type, len(quotes), 1))
        return iter(())

    def rest(self) -> Iterator[Page]:
        """The pages of speakers whom the register knows, and the index."""
        for link in self._known:
            yield from self._pages_of(link)
        self._listed.sort(key=lambda one: (-one.quotes, one.name, one.path))
        for leaf in leaves("speakers.html", len(self._listed), _ROWS_OF_INDEX):
            rows = self._listed[leaf.first : leaf.first + leaf.most]
            yield self.site.page(leaf.path, "speakers.html", leaf=leaf, speakers=rows, every=len(self._listed))

    def _pages_of(self, link: str) -> Iterator[Page]:
        name, type_ = self._entities[link]
        called, articles = Counter[tuple[str, str]](), dict[str, None]()
        for row in self._known.rows(link):
            called[row["form"], row["phrase"]] += 1
            articles[row["article"]] = None
        known = self.site.corpus.entities.get(link)
        count = self._known.count(link)
        own = known.names.arabic[0] if known else name
        self._listed.append(_Listed(own, _path(link), type_, count, len(articles)))
        about = {"name": own, "type": type_, "known": known, "link": link, "called": _counted(called)}
        for leaf in leaves(_path(link), count, _QUOTES_A_PAGE):
            rows = self._known.rows(link, leaf.first, leaf.most)
            yield self.site.page(
                leaf.path, "speaker.html", leaf=leaf, quotes=rows, count=count, articles=len(articles), **about
            )


def _spoken(article: Article) -> Iterator[tuple[Entity, list[Quote]]]:
    """Who speaks in an article, alone or with others, with the quotes."""
    found: dict[str, list[Quote]] = {}
    for quote in article.quotes:
        for entity in (quote.speaker.entity, *quote.speaker.others) if quote.speaker else ():
            found.setdefault(entity.id, []).append(quote)
    yield from ((article.entity(name), quotes) for name, quotes in found.items())


def _counted(called: "Counter[tuple[str, str]]") -> list[tuple[str, str, int]]:
    """How somebody is referred to, the commonest first: the form, the words, and how often."""
    return [(form, phrase, times) for (form, phrase), times in called.most_common()]


def _path(link: str) -> str:
    return f"speakers/{link}.html"
