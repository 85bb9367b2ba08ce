"""The first page: the corpus by figures, and its articles."""

from collections.abc import Iterator

from tasrih.article import Article
from tasrih.explorer.site import Entry, Page, Section, Site


class Home(Section):
    """The page `index.html`."""

    entry = Entry("Corpus", "index.html")

    def __init__(self, site: Site) -> None:
        super().__init__(site)
        self._listed: list[tuple[str, str]] = []

    def of(self, article: Article) -> Iterator[Page]:
        """None; the article is listed."""
        self._listed.append((article.id, article.headline))
        return iter(())

    def rest(self) -> Iterator[Page]:
        """The first page."""
        yield self.site.page("index.html", "home.html", articles=self._listed)
