"""The page of an article: its text with all that is annotated, and what is known about it."""

from collections.abc import Iterator

from tasrih.article import Article
from tasrih.explorer.site import Page, Section, article_path


class Articles(Section):
    """The pages `articles/<id>.html`."""

    def of(self, article: Article) -> Iterator[Page]:
        """The page of the article."""
        yield self.site.page(article_path(article.id), "article.html", article=article)
