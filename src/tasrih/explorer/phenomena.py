"""The pages of phenomena: what makes articles hard, with the quotes and articles that are items."""

from collections.abc import Iterator
from typing import NamedTuple

from tasrih.article import Article, Quote
from tasrih.explorer.kept import Kept
from tasrih.explorer.paging import leaves
from tasrih.explorer.site import Entry, Page, Section, Site
from tasrih.explorer.told import worded
from tasrih.phenomena import Phenomenon, phenomena

_ARTICLES_A_PAGE = 400
_IN_CONTEXT = 10  # items, one an article: a site of 300 articles would have a third more with all of them
_LONGEST, _AROUND = 100, 50  # letters of an item, and of the text on either side of it


class _Row(NamedTuple):
    """A phenomenon in the index, with how many articles and quotes list it."""

    phenomenon: Phenomenon
    path: str
    articles: int
    quotes: int


class Phenomena(Section):
    """The pages `phenomena.html` and `phenomena/<slug>.html`: items are what the records list."""

    entry = Entry("Phenomena", "phenomena.html")

    def __init__(self, site: Site) -> None:
        super().__init__(site)
        self._items = Kept()
        self._shown: dict[str, list[dict[str, str]]] = {}
        self._counts: dict[str, tuple[int, int]] = {}

    def of(self, article: Article) -> Iterator[Page]:
        """None; the items are kept: for each phenomenon the quotes of the article that list it."""
        found: dict[str, list[Quote]] = {slug: [] for slug in article.metadata.phenomena}
        for quote in article.quotes:
            for slug in quote.record.phenomena:
                found.setdefault(slug, []).append(quote)
        for slug, quotes in found.items():
            self._items.add(slug, (article.id, [quote.id for quote in quotes]))
            articles, items = self._counts.get(slug, (0, 0))
            self._counts[slug] = articles + (slug in article.metadata.phenomena), items + len(quotes)
            shown = self._shown.setdefault(slug, [])
            if quotes and not article.is_withheld and len(shown) < _IN_CONTEXT:
                shown.append(_in_context(article, quotes[0]))
        return iter(())

    def rest(self) -> Iterator[Page]:
        """The page of each phenomenon that is listed, and the index."""
        known = {one.slug: one for one in phenomena()}
        own = sorted(slug for slug in self._items if slug not in known)
        every = [*known.values(), *(Phenomenon(slug, "", "", True) for slug in own)]
        rows = [_Row(one, _path(one.slug), *self._counts[one.slug]) for one in every if one.slug in self._counts]
        for row in rows:
            yield from self._pages_of(row)
        absent = [slug for slug in known if slug not in self._counts]
        yield self.site.page("phenomena.html", "phenomena.html", rows=rows, absent=absent)

    def _pages_of(self, row: _Row) -> Iterator[Page]:
        slug = row.phenomenon.slug
        for leaf in leaves(row.path, self._items.count(slug), _ARTICLES_A_PAGE):
            items = self._items.rows(slug, leaf.first, leaf.most)
            shown = self._shown.get(slug, []) if leaf.number == 1 else []
            yield self.site.page(leaf.path, "phenomenon.html", leaf=leaf, row=row, items=items, shown=shown)


def _in_context(article: Article, quote: Quote) -> dict[str, str]:
    """A quote as plain data, with the text around it."""
    around = quote.context(_AROUND)
    return {
        "article": article.id,
        "id": quote.id,
        "before": _whole(around.left, at_end=True),
        "text": worded(article, quote.text, _LONGEST),
        "after": _whole(around.right),
    }


def _whole(text: str, *, at_end: bool = False) -> str:
    """Text around an item, without the part of a word at its outer end."""
    if len(text) < _AROUND:
        return text
    return f"… {text.partition(' ')[2]}" if at_end else f"{text.rpartition(' ')[0]} …"


def _path(slug: str) -> str:
    return f"phenomena/{slug}.html"
