"""How like news the articles of a corpus are: figures that can be measured on any news with marked speech."""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import chain
from statistics import fmean, median
from typing import NamedTuple

from tasrih.record import WITHOUT_MARKS, Article, Quote
from tasrih.text.marks import glyphs_around
from tasrih.text.sentences import sentence_ends
from tasrih.text.words import folded_words

_WINDOW, _SEQUENCE = 500, 6
_STYLES = {'"': "straight", "«": "guillemets", "»": "guillemets", "“": "curly", "”": "curly"}


class Speech(NamedTuple):
    """A quote in marks: `direct` or `partial`, the kind of its cue or `none`, and whether its speaker is elided."""

    type: str
    cue: str
    elided: bool


class Sample(NamedTuple):
    """An article as far as it is measured; `openings` are the marks before quotes and terms."""

    paragraphs: tuple[str, ...]
    speech: tuple[Speech, ...]
    terms: int
    openings: tuple[str, ...]


def sample(article: Article) -> Sample:
    """What is measured of a record."""
    texts = {paragraph.id: paragraph.text for paragraph in article.paragraphs}
    marked = [quote for quote in article.quotes if quote.type not in WITHOUT_MARKS]
    spans = [*(span for quote in marked for span in quote.spans), *(term.span for term in article.terms)]
    openings = (glyphs_around(texts[span.paragraph], span.start, span.end)[0] for span in spans)
    return Sample(tuple(texts.values()), tuple(map(_speech, marked)), len(article.terms), tuple(openings))


def _speech(quote: Quote) -> Speech:
    elided = quote.speaker is None or quote.speaker.form == "elided"
    return Speech(quote.type, quote.cue.kind if quote.cue else "none", elided)


def likeness(samples: Sequence[Sample]) -> dict[str, float]:
    """Figures of some articles by name, at least one; those in % are shares of what the name says."""
    words = [list(chain.from_iterable(map(folded_words, one.paragraphs))) for one in samples]
    sentences = [count for one in samples for text in one.paragraphs for count in _sentences(text)]
    count = len(samples)
    speech = [quote for one in samples for quote in one.speech]
    return {
        "articles": count,
        "words per article": fmean(map(len, words)),
        f"different words in {_WINDOW}, %": _variety(list(chain.from_iterable(words))),
        "words per sentence, mean": fmean(sentences),
        "words per sentence, median": median(sentences),
        f"sequences of {_SEQUENCE} words that another article has, %": _shared(words),
        "marked quotes per article": len(speech) / count,
        "marked non-speech per article": sum(one.terms for one in samples) / count,
        "marked spans in 1,000 words": 1000 * sum(len(one.openings) for one in samples) / (sum(map(len, words)) or 1),
        **_shares("type", (one.type for one in speech)),
        **_shares("cue", (one.cue for one in speech)),
        **_shares("speaker", ("elided" if one.elided else "in the text" for one in speech)),
        **_shares("marks", (_STYLES.get(mark, "other") for one in samples for mark in one.openings)),
    }


def _sentences(text: str) -> list[int]:
    """The number of words in each sentence."""
    places = [0, *chain.from_iterable(sentence_ends(text)), len(text)]
    sentences = (text[start:end] for start, end in zip(places[::2], places[1::2], strict=True))
    return [count for sentence in sentences if (count := len(folded_words(sentence)))]


def _variety(words: list[str]) -> float:
    """The standardised type-token ratio: the mean share of different words over whole windows, or over all if fewer."""
    windows = [words[start : start + _WINDOW] for start in range(0, len(words) - _WINDOW + 1, _WINDOW)] or [words]
    return 100 * fmean(len(set(window)) / len(window) for window in windows)


def _shared(articles: list[list[str]]) -> float:
    """The share of sequences that occur in another article, each counted once an article."""
    sequences = [{tuple(words[at : at + _SEQUENCE]) for at in range(len(words) - _SEQUENCE + 1)} for words in articles]
    counted = Counter(chain.from_iterable(sequences))
    every = sum(counted.values())
    return 100 * sum(count for count in counted.values() if count > 1) / every if every else 0.0


_VALUES = {
    "type": ("direct", "partial"),
    "cue": ("verb", "participle", "noun", "preposition", "punctuation", "none"),
    "speaker": ("in the text", "elided"),
    "marks": ("straight", "guillemets", "curly", "other"),
}


def _shares(kind: str, values: Iterable[str]) -> dict[str, float]:
    counted = Counter(values)
    total = counted.total() or 1
    return {f"{kind}: {value}, %": 100 * counted[value] / total for value in _VALUES[kind]}
