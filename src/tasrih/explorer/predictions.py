"""The pages of predictions: what a system found, held against the records, with hits and each kind of error apart."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Literal, NamedTuple

from tasrih import record
from tasrih.article import Article
from tasrih.explorer.marks import Mark, Piece, marked_pieces
from tasrih.explorer.site import Entry, Page, Section, Site
from tasrih.explorer.told import headline
from tasrih.scoring.counting import Compared, Counts, Tally, summed, tally
from tasrih.scoring.matching import of_gold
from tasrih.scoring.predictions import FIGURES
from tasrih.scoring.reports import label
from tasrih.scoring.standard import held

Verdict = Literal["hit", "missed", "spurious", "type", "speaker", "cue", "span"]
VERDICTS: dict[Verdict, str] = {
    "hit": "hit",
    "missed": "missed",
    "spurious": "spurious",
    "speaker": "wrong attribution",
    "type": "wrong type",
    "cue": "wrong cue",
    "span": "other boundaries",
}
"""What a quote can be, and how that is told; of one that was found several of the last four can hold."""
_ASKED: tuple[Verdict, ...] = ("type", "speaker", "cue")
_LONGEST = 90  # letters of a quote in the table


class Said(NamedTuple):
    """A quote as one side has it, in words, or by its places where there are none."""

    type: str
    speaker: str
    cue: str
    text: str


class Judged(NamedTuple):
    """A quote of the gold standard, or one that was predicted, or both where they are the same."""

    verdicts: tuple[Verdict, ...]
    gold: Said | None
    predicted: Said | None
    spans: tuple[record.Span, ...]


class _Row(NamedTuple):
    """An article in the index."""

    id: str
    name: str
    tally: Tally
    counts: Mapping[Verdict, int]


class Predictions(Section):
    """The pages `predictions.html` and `predictions/<id>.html`, where predictions are given."""

    def __init__(self, site: Site) -> None:
        super().__init__(site)
        self._pairs: dict[str, tuple[record.Article, ...]] = {}
        self._rows: list[_Row] = []
        if site.against is None:
            return
        self.entry = Entry("Predictions", "predictions.html")
        found = held(site.corpus, [site.against])
        self._pairs = {same[0].id: same for same in found.articles}
        self._counted, self._invalid = found.counted[0], found.invalid[0]
        self._asked: list[Verdict] = [name for name in _ASKED if name in self._counted]

    def of(self, article: Article) -> Iterator[Page]:
        """The page of an article for which something was predicted."""
        if article.id not in self._pairs:
            return
        gold, predicted = self._pairs[article.id]
        compared = Compared(gold, predicted)
        judged = list(_judged(compared, self._asked))
        counts = tally(compared)
        of_each = {verdict: sum(verdict in one.verdicts for one in judged) for verdict in VERDICTS}
        self._rows.append(_Row(article.id, headline(article), counts, of_each))
        self.site.more.append(Entry("predictions for it", _path(article.id)))
        yield self.site.page(
            _path(article.id),
            "prediction.html",
            article=article,
            judged=judged,
            verdicts=VERDICTS,
            counts=of_each,
            figures=self._figures(counts),
            paragraphs=[] if article.is_withheld else list(_paragraphs(gold, judged)),
        )

    def rest(self) -> Iterator[Page]:
        """The index, the worst articles first."""
        if self.entry is None:
            return
        main = "attribution" if "attribution" in self._counted else "quotes overlap"
        yield self.site.page(
            self.entry.path,
            "predictions.html",
            name=Path(self.site.against or "").name,
            rows=sorted(self._rows, key=lambda row: (_rate(row.tally[main]), row.id)),
            main=main,
            label=label,
            verdicts=VERDICTS,
            invalid=self._invalid,
            lacking=len(self.site.order) - len(self._rows),
            figures=self._figures(summed(row.tally for row in self._rows)),
        )

    def _figures(self, counts: Tally) -> list[tuple[str, Counts]]:
        """What was counted, in the order of the layers."""
        names = [name for layer in FIGURES.values() for name in layer]
        return [(label(name), counts[name]) for name in names if name in self._counted and name in counts]


def _path(article_id: str) -> str:
    return f"predictions/{article_id}.html"


def _rate(counts: Counts) -> float:
    """F1 for sorting; where there is nothing to find, and nothing was found, nothing is wrong."""
    return 1.0 if counts.f1 is None else counts.f1


def _judged(compared: Compared, asked: list[Verdict]) -> Iterator[Judged]:
    """The quotes of both sides: those of the gold standard in their order, and then those that are in it nowhere."""
    gold, predicted = compared.quotes
    matched, exact = compared.matches("quotes", "overlap"), compared.matches("quotes", "exact")
    say = _Speech(*compared.records)
    for number, quote in enumerate(gold):
        if number not in matched:
            yield Judged(("missed",), say.gold(quote), None, quote.spans)
            continue
        other = predicted[matched[number]]
        wrong = [name for name in asked if not compared.right(name, [(quote, other)])]
        wrong += ["span"] if number not in exact else []
        yield Judged(tuple(wrong) or ("hit",), say.gold(quote), say.predicted(other), quote.spans)
    found = set(matched.values())
    for number, quote in enumerate(predicted):
        if number not in found:
            yield Judged(("spurious",), None, say.predicted(quote), quote.spans)


class _Speech:
    """Quotes in words: those of predictions have places alone, and speakers that may be those of the gold standard."""

    def __init__(self, gold: record.Article, predicted: record.Article) -> None:
        self._texts = {paragraph.id: paragraph.text or "" for paragraph in gold.paragraphs}
        self._names = {entity.id: entity.name or entity.id for entity in gold.entities}
        made = {entity.id: entity.name or entity.id for entity in predicted.entities}
        self._others = {of_gold(name): own for name, own in self._names.items()} | made

    def gold(self, quote: record.Quote) -> Said:
        """A quote of the gold standard."""
        return self._said(quote, self._names)

    def predicted(self, quote: record.Quote) -> Said:
        """A quote that was predicted."""
        return self._said(quote, self._others)

    def _said(self, quote: record.Quote, names: Mapping[str, str]) -> Said:
        speaker, text = quote.speaker, " ".join(map(self._words, quote.spans))
        called = names.get(speaker.entity, "") if speaker else ""
        if speaker and not called and speaker.span:
            called = self._words(speaker.span)
        short = text if len(text) <= _LONGEST else f"{text[:_LONGEST].rsplit(' ', 1)[0]} …"
        return Said(quote.type, called, self._words(quote.cue) if quote.cue else "", short)

    def _words(self, span: record.Span) -> str:
        return self._texts.get(span.paragraph, "")[span.start : span.end]


def _paragraphs(gold: record.Article, judged: list[Judged]) -> Iterator[tuple[str, list[Piece]]]:
    """The paragraphs that hold quotes of either side, with each as what it is."""
    marks: dict[str, list[Mark]] = {}
    for number, one in enumerate(judged, 1):
        kind = one.verdicts[0] if one.verdicts[0] in ("hit", "missed", "spurious") else "wrong"
        for span in one.spans:
            marks.setdefault(span.paragraph, []).append(Mark(span.start, span.end, kind, f"n{number}", str(number)))
    for paragraph in gold.paragraphs:
        if paragraph.id in marks:
            yield paragraph.id, list(marked_pieces(paragraph.text or "", marks[paragraph.id]))
