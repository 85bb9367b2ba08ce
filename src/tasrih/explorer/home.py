"""The first page: the corpus by figures, what was composed and what was published told apart, and its articles."""

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from tasrih.article import Article
from tasrih.cite import bibtex
from tasrih.explorer.site import Entry, Page, Section, Site
from tasrih.pictures import words
from tasrih.statistics import Statistics, count, ordered

_LISTED = 400  # articles on a page: with all else it stays within 200 kB
_CHARTS = ("quotes", "cues", "speakers")
_NAMED = 2  # speakers who stand for a headline that is withheld


class Listed(NamedTuple):
    """An article in the list; without its words it has no title, but speakers."""

    collection: str
    published: str
    id: str
    publisher: str
    title: str
    speakers: str
    quotes: int


class Bar(NamedTuple):
    """A value, its Arabic, and for each origin how often it is there and how many in a hundred that is."""

    label: str
    arabic: str
    sizes: list[tuple[int, int]]


class Chart(NamedTuple):
    """What is counted, in English and in Arabic, value by value."""

    english: str
    arabic: str
    bars: list[Bar]


class Home(Section):
    """The page `index.html`, and `list-2.html` and so on where there are many articles."""

    entry = Entry("Corpus", "index.html")

    def __init__(self, site: Site) -> None:
        super().__init__(site)
        self._listed: list[Listed] = []
        self._counted: dict[str, Statistics] = {}
        self._guidelines = Counter[str]()
        self._wordless = 0
        """Articles of a dataset of whose words not even the number is known."""

    def of(self, article: Article) -> Iterator[Page]:
        """None; the article is counted and listed."""
        about = article.metadata
        count(article.record, self._counted.setdefault(about.origin, Statistics()))
        self._guidelines[about.annotation.guidelines] += 1
        self._wordless += article.record.paragraphs[0].text is None
        is_withheld = article.is_withheld
        title = "" if is_withheld else article.headline
        speakers = _speakers(article) if is_withheld else ""
        self._listed.append(
            Listed(
                about.collection,
                about.published or "",
                article.id,
                about.publisher or "",
                title,
                speakers,
                len(article.quotes),
            )
        )
        return iter(())

    def rest(self) -> Iterator[Page]:
        """The first page, and the pages of the list."""
        rows = sorted(self._listed)
        lists = [rows[start : start + _LISTED] for start in range(0, max(len(rows), 1), _LISTED)]
        for number, listed in enumerate(lists, 1):
            near = {"Previous": number - 1, "Next": number + 1}
            pages = {label: _path(place) for label, place in near.items() if 1 <= place <= len(lists)}
            collections = dict.fromkeys(row.collection for row in listed)
            tables = {name: [row for row in listed if row.collection == name] for name in collections}
            figures = self._figures() if number == 1 else {}
            yield self.site.page(
                _path(number), "home.html", tables=tables, pages=pages, number=number, of=len(lists), **figures
            )

    def _figures(self) -> dict[str, object]:
        """What only the first page has."""
        origins = sorted(self._counted)
        counted = [self._counted[origin] for origin in origins]
        cited = self.site.identity
        return {
            "origins": origins,
            "sizes": [(name, [_size(one, name) for one in counted]) for name in _SIZES],
            "wordless": self._wordless,
            "charts": [_chart(name, counted) for name in _CHARTS],
            "guidelines": sorted(self._guidelines.items()),
            "citation": bibtex(cited).splitlines() if cited.citation else [],
        }


_SIZES = ("articles", "paragraphs", "tokens", "quotes", "terms", "entities", "mentions")


def _path(number: int) -> str:
    return "index.html" if number == 1 else f"list-{number}.html"


def _speakers(article: Article) -> str:
    names = Counter(quote.speaker.name for quote in article.quotes if quote.speaker)
    return "، ".join(name for name, _ in names.most_common(_NAMED))


def _size(counted: Statistics, name: str) -> int:
    return counted.sizes[name] if name in counted.sizes else sum(getattr(counted, name, Counter()).values())


def _chart(name: str, counted: list[Statistics]) -> Chart:
    told = words()[name]
    counters = [getattr(one, name) for one in counted]
    values = [value for value, _ in ordered(name, sum(counters, Counter[str]()))]
    totals = [max(sum(counter.values()), 1) for counter in counters]
    bars = []
    for value in values:
        sizes = [counter[value] for counter in counters]
        shares = [round(100 * size / total) for size, total in zip(sizes, totals, strict=True)]
        bars.append(Bar(value, told["values"].get(value, ""), list(zip(sizes, shares, strict=True))))
    return Chart(told["english"], told["arabic"], bars)
