"""What the pages of a site share: the corpus, the navigation, and how a page is made of a template."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from tasrih.article import Article
from tasrih.corpus import Corpus
from tasrih.explorer.templating import rendered
from tasrih.identity import Identity


class Page(NamedTuple):
    """A file of the site: its path in it, with slashes, and its bytes."""

    path: str
    data: bytes


class Entry(NamedTuple):
    """A link in the navigation that every page has: its words, and the path of the page."""

    label: str
    path: str


@dataclass
class Site:
    """What is shown, and what all its pages have in common."""

    corpus: Corpus
    identity: Identity
    navigation: list[Entry] = field(default_factory=list)
    against: str | None = None
    """The path of predictions that are held against the corpus, if there are any."""
    jobs: int = 1
    """How many processes may work on it."""
    anchors: frozenset[str] = frozenset()
    """The sections of the guidelines that can be linked: see `tasrih.explorer.guidelines`."""
    more: list[Entry] = field(default_factory=list)
    """Other pages of the article that is passing, to which its own page leads."""

    @cached_property
    def order(self) -> list[str]:
        """The ids of the articles, in their order."""
        return self.corpus.ids

    @cached_property
    def ids(self) -> dict[str, int]:
        """The ids of the articles, each with its place among them."""
        return {article_id: number for number, article_id in enumerate(self.order)}

    def page(self, path: str, template: str, **values: Any) -> Page:
        """A page at a path, made of a template with these values.

        Besides them a template knows `site`, `here` (the path) and `root` (what leads from there to the first page).
        """
        return Page(path, rendered(template, site=self, here=path, root="../" * path.count("/"), **values).encode())


class Section:
    """Some pages of a site, made while its articles pass by once; what all of them are needed for comes last."""

    entry: Entry | None = None
    """Its link in the navigation, if it has one."""

    def __init__(self, site: Site) -> None:
        self.site = site

    def of(self, article: Article) -> Iterable[Page]:  # noqa: ARG002
        """The pages that an article gives at once; of the article itself nothing is kept that grows with its text."""
        return ()

    def rest(self) -> Iterable[Page]:
        """The pages that are made when all articles have passed."""
        return ()


def article_path(article_id: str) -> str:
    """Where the page of an article is. An id is a slug, which is safe in a path and in an address."""
    return f"articles/{article_id}.html"
