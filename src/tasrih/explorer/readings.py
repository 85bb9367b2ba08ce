"""The pages of readings: where two readers of an article disagreed, and what the decided record took."""

from collections import Counter
from collections.abc import Generator, Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from tasrih.article import Article
from tasrih.differences import Side, Taken
from tasrih.differences.guides import Guide, guide
from tasrih.engines import scheduled
from tasrih.errors import TasrihError
from tasrih.explorer.comparing import Beside, Found, Outcome, Task, compared, outcomes
from tasrih.explorer.site import Entry, Page, Section, Site, article_path
from tasrih.explorer.told import headline
from tasrih.scoring.counting import Tally, summed
from tasrih.standoff.models import is_mask

READINGS = ("first", "second")
FIGURES = ("quotes exact", "quotes overlap", "attribution", "terms overlap", "mentions exact", "mentions overlap")
_LONGEST = 70  # letters of what a side has
_WITHHELD_A_PAGE = 30
_FEW = 100  # articles that take no longer in this process than others take to begin
_AT_ONCE = 10  # articles that another process is given: it has work while this one writes what came of the last


class _Row(NamedTuple):
    """An article in the index."""

    path: str
    name: str
    id: str
    found: int
    tally: Tally


class Readings(Section):
    """The pages `readings.html` and `readings/<id>.html`, of a corpus that has both readings under `annotations/`.

    An article on which the readers agree in everything has no page, but a line in the index. Those whose words are
    withheld are many a page, `readings/withheld/<number>.html`: of them there is only a table to see.
    """

    def __init__(self, site: Site) -> None:
        super().__init__(site)
        self._folders = [site.identity.home / "annotations" / name for name in READINGS] if site.identity.home else []
        if self._folders and all(folder.is_dir() for folder in self._folders):
            self.entry = Entry("Readings", "readings.html")
        self._rows: list[_Row] = []
        self._kinds: Counter[tuple[str, str]] = Counter()
        self._taken: Counter[Taken] = Counter()
        self._withheld: list[tuple[str, list[tuple[str, str]], list[Found]]] = []
        self._pages = 0
        self._ahead = self._elsewhere()

    def _elsewhere(self) -> Generator[Outcome | TasrihError, None, None] | None:
        """What comes of all articles in their order, from other processes; None where it is found in this one."""
        if self.site.jobs < 2 or not self.entry:
            return None
        documents = self.site.corpus.documents
        tasks = [Task(files, document) for name, document in documents.items() if (files := self._files(name))]
        return _in_turn(tasks, self.site.jobs) if len(tasks) > _FEW else None

    def _files(self, article_id: str) -> tuple[Path, Path] | None:
        """The files of both readings of an article, if there are two."""
        files = [folder / f"{article_id}.json" for folder in self._folders] if self.entry else []
        return (files[0], files[1]) if files and all(file.is_file() for file in files) else None

    def of(self, article: Article) -> Iterator[Page]:
        """The page of an article that was read twice, and not alike."""
        files = self._files(article.id)
        if not files:
            return
        outcome = next(self._ahead) if self._ahead else compared(files, article.record)
        if isinstance(outcome, TasrihError):
            raise outcome
        found, counts, beside = outcome
        path = self._path(article, found)
        self._rows.append(_Row(path, headline(article), article.id, len(found), counts))
        self.site.more += [Entry("two readings of it", path)] if found else []
        self._kinds.update((one.layer, one.what) for one, _ in found)
        self._taken.update(which for _, which in found)
        if found and article.is_withheld:
            self._withheld.append((article.id, shown_figures(counts), found))
        elif found:
            yield self._page(article, found, beside)
        if len(self._withheld) == _WITHHELD_A_PAGE:
            yield self._page_of_withheld()

    def _path(self, article: Article, found: list[Found]) -> str:
        if not found:
            return article_path(article.id)
        return f"{_withheld(self._pages + 1)}#{article.id}" if article.is_withheld else f"readings/{article.id}.html"

    def _page_of_withheld(self) -> Page:
        self._pages += 1
        articles, self._withheld = self._withheld, []
        return self.site.page(_withheld(self._pages), "readings-withheld.html", articles=articles, said=_said)

    def _page(self, article: Article, found: list[Found], beside: list[Beside]) -> Page:
        return self.site.page(
            f"readings/{article.id}.html",
            "reading.html",
            article=article,
            found=found,
            said=_said,
            figures=shown_figures(self._rows[-1].tally),
            beside=beside,
        )

    def rest(self) -> Iterator[Page]:
        """The index."""
        if not self.entry:
            return
        if self._ahead:
            self._ahead.close()
        if self._withheld:
            yield self._page_of_withheld()
        rows = sorted(self._rows, key=lambda row: (-row.found, row.id))
        guides: dict[tuple[str, str], Guide] = {kind: guide(*kind, "") for kind in self._kinds}
        yield self.site.page(
            self.entry.path,
            "readings.html",
            rows=rows,
            kinds=self._kinds.most_common(),
            guides=guides,
            taken=self._taken,
            figures=shown_figures(summed(row.tally for row in rows)),
        )


def _in_turn(tasks: list[Task], jobs: int) -> Generator[Outcome | TasrihError, None, None]:
    batches = [tasks[begin : begin + _AT_ONCE] for begin in range(0, len(tasks), _AT_ONCE)]
    with closing(scheduled(outcomes, batches, jobs)) as results:
        for batch in results:
            yield from batch


def shown_figures(counts: Tally) -> list[tuple[str, str]]:
    """F1 of what matters most, by name, as people read it."""
    rates = [(name, counts[name].f1) for name in FIGURES if name in counts]
    return [(name.replace(" overlap", " ≥ ½"), "–" if rate is None else f"{rate:.3f}") for name, rate in rates]


def _said(side: Side | None) -> str:
    """What a side has, on few words; where they are withheld, where it stands."""
    if side is None:
        return ""
    if is_mask(side.words.replace(" … ", " ")):
        return ", ".join(f"{place.start}–{place.end}" for place in side.places[:2])
    return side.words if len(side.words) <= _LONGEST else f"{side.words[:_LONGEST].rsplit(' ', 1)[0]} …"


def _withheld(number: int) -> str:
    return f"readings/withheld/{number}.html"
