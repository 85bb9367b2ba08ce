"""The folder of a site: its pages written one by one beside, and put in place when all are there."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tasrih.arguments import shown
from tasrih.article import Article
from tasrih.corpus import Corpus
from tasrih.dataset.folder import beside, refuse_odd
from tasrih.errors import InvalidError, NotFoundError, RefusedError, UnavailableError
from tasrih.explorer.scripts import joined
from tasrih.explorer.sections import SECTIONS
from tasrih.explorer.site import Page, Section, Site
from tasrih.instances import without_collecting
from tasrih.terminal import counted, progress
from tasrih.version import __version__

_LISTING = "site.json"
_STATIC = Path(__file__).with_name("static")
_LARGEST = 2**26
_WITHIN = re.compile(r"(?:[\w-][\w.-]*/)*[\w-][\w.-]*")  # a dataset says ids that nobody has validated


@dataclass(frozen=True)
class Explored:
    """A site that was written: its first page, and how much there is."""

    page: Path
    articles: int
    files: int
    bytes: int

    def __str__(self) -> str:
        """One line for a person."""
        return f"{self.page}: {counted(self.articles, 'article')}, {self.files:,} files, {self.bytes / 1e6:.1f} MB"


def explore(corpus: Corpus, out: Path, against: str | None = None, *, jobs: int = 1) -> Explored:
    """Writes the site of a corpus to a folder, which it replaces when all is there.

    With `against`, the predictions at that path are held against its records. `jobs` is the number of processes. Raises
    TasrihError when something else is there, when it cannot be written, and for what are no predictions.
    """
    refuse_other(out)
    with beside(out, keep=False, refuse=refuse_other) as scratch:
        sizes = dict(_written(scratch / "new", _pages(corpus, against, jobs)))
        listing = json.dumps({"tasrih": __version__, "files": sorted(sizes)}, indent=0) + "\n"
        sizes |= dict(_written(scratch / "new", [Page(_LISTING, listing.encode())]))
    return Explored(out / "index.html", len(corpus), len(sizes), sum(sizes.values()))


def refuse_other(folder: Path) -> None:
    """Raises TasrihError when something is there that is no site of ours, or holds what is no part of it."""
    refuse_odd(folder, _listed, "site of the explorer")


def _listed(folder: Path) -> set[str]:
    """The files of a site. Raises ValueError when the folder is none."""
    try:
        with (folder / _LISTING).open("rb") as file:
            listed = json.loads(file.read(_LARGEST))["files"]
        return {_LISTING, *map(str, listed)}
    except (OSError, KeyError, TypeError, RecursionError) as error:
        raise ValueError("no listing of a site") from error


def _pages(corpus: Corpus, against: str | None, jobs: int) -> Iterator[Page]:
    """All files of the site, in one pass over the articles, none of which is kept."""
    site = Site(corpus, corpus.identity, against=against, jobs=jobs)
    sections = [section(site) for section in SECTIONS]
    site.navigation += [section.entry for section in sections if section.entry]
    yield from (Page(f"static/{path.name}", path.read_bytes()) for path in sorted(_STATIC.iterdir()))
    yield from joined()
    for article in progress(corpus.once(), "articles"):
        yield from _of(sections, article)
    for section in sections:
        yield from section.rest()


def _of(sections: Iterable[Section], article: Article) -> Iterator[Page]:
    """The pages that an article gives. Raises TasrihError for a record that refers to what it has not.

    What it leaves is collected between two articles, once, and not again and again while there is use for it.
    """
    try:
        with without_collecting():
            for section in sections:
                yield from section.of(article)
    except NotFoundError as error:
        raise InvalidError(f"{error} See what `tasrih validate` says of it.") from error


def _written(folder: Path, pages: Iterable[Page]) -> Iterator[tuple[str, int]]:
    """Writes files, and gives the size of each by its path. Raises TasrihError when one cannot be, or must not be."""
    for page in pages:
        if not _WITHIN.fullmatch(page.path):
            raise InvalidError(f"{shown(page.path)}: no page can be called so. Are the records from somebody you know?")
        place = folder / page.path
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            with place.open("xb") as file:
                file.write(page.data)
        except FileExistsError as error:
            raise RefusedError(f"{page.path}: two pages have this name.") from error
        except OSError as error:
            raise UnavailableError(f"cannot be written ({error.strerror}).", path=place) from error
        yield page.path, len(page.data)
