"""What makes an article hard: one predicate a phenomenon, over the article's record.

`phenomena.toml` says of each what a record must hold and why it matters; the word lists are in `lexicon/markers.toml`.
Where only a reader can tell, the predicate checks what must hold at least.
"""

import re
import tomllib
from collections.abc import Callable, Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from tasrih.arabic import fold
from tasrih.lexicon import cue_kind, marker_pattern, marker_words
from tasrih.quotation import mark_after, mark_before
from tasrih.record import Article, Entity, Quote, Span

Predicate = Callable[[Article], bool]

_PAIRS = {'"': '"', "«": "»", "“": "”", "„": "”", "'": "'", "‘": "’", "‹": "›"}
_WORD = re.compile(r"\w+")
_SENTENCE_END = re.compile(r"[.!؟?…](?:\s|$)")
_LATIN = re.compile(r"[A-Za-z]{2}|#\w")
_DASH = re.compile(r"\s*[-–—]")
_TAA = re.compile(r"\b[وف]?(?:ال|لل)\w{2,}ه\b")
_DOUBLED = re.compile(r"\b(\w+) \1\b")


class Phenomenon(NamedTuple):
    """A phenomenon: its name in `metadata.phenomena`, what a record must hold, why it matters, and who can tell."""

    slug: str
    holds: str
    why: str
    reader: bool


@cache
def phenomena() -> tuple[Phenomenon, ...]:
    """Every phenomenon, in the order of the documents; `reader` where a predicate cannot tell for certain."""
    table = tomllib.loads(Path(__file__).with_name("phenomena.toml").read_text(encoding="utf-8"))
    return tuple(Phenomenon(slug, row["holds"], row["why"], row.get("reader", False)) for slug, row in table.items())


def holds(article: Article, slug: str) -> bool:
    """Whether a record holds a phenomenon, or could, where only a reader can tell.

    Raises KeyError for a name that is none of a phenomenon.
    """
    return _PREDICATES[slug](article)


def derived(article: Article) -> tuple[str, ...]:
    """The phenomena of a record: by predicate, and as it is tagged where only a reader can tell and it could be."""
    tagged = article.metadata.phenomena
    return tuple(
        phenomenon.slug
        for phenomenon in phenomena()
        if (not phenomenon.reader or phenomenon.slug in tagged) and holds(article, phenomenon.slug)
    )


_PREDICATES: dict[str, Predicate] = {}


def _predicate(slug: str) -> Callable[[Predicate], Predicate]:
    def register(function: Predicate) -> Predicate:
        _PREDICATES[slug] = function
        return function

    return register


class _Marked(NamedTuple):
    """A span that stands in marks, with the mark before and after it; empty where there is none."""

    span: Span
    left: str
    right: str


def _marked_speech(article: Article) -> Iterator[_Marked]:
    return (_marked(article, span) for quote in _marked_quotes(article) for span in quote.spans)


def _marked_quotes(article: Article) -> Iterator[Quote]:
    return (quote for quote in article.quotes if quote.type != "indirect")


def _marked_spans(article: Article) -> Iterator[_Marked]:
    yield from _marked_speech(article)
    yield from (_marked(article, term.span) for term in article.terms)


def _marked(article: Article, span: Span) -> _Marked:
    text = _text(article, span.paragraph)
    around = mark_before(text, span.start), mark_after(text, span.end)
    return _Marked(span, *(mark.glyph if mark else "" for mark in around))


def _text(article: Article, paragraph: str) -> str:
    return next(other.text for other in article.paragraphs if other.id == paragraph)


def _styles(article: Article) -> set[str]:
    """The opening glyphs of the well-formed pairs."""
    return {marked.left for marked in _marked_spans(article) if _PAIRS.get(marked.left) == marked.right}


@_predicate("marks-straight")
def _straight(article: Article) -> bool:
    return '"' in _styles(article)


@_predicate("marks-guillemets")
def _guillemets(article: Article) -> bool:
    return "«" in _styles(article)


@_predicate("marks-curly")
def _curly(article: Article) -> bool:
    return "“" in _styles(article)


@_predicate("marks-mixed")
def _mixed(article: Article) -> bool:
    return len(_styles(article) & set('"«“')) > 1


@_predicate("same-glyph-nesting")
def _nested_alike(article: Article) -> bool:
    outer = list(_marked_speech(article))
    return any(
        _inside(inner.span, around.span) and inner[1:] == around[1:] and inner.left
        for inner in _marked_spans(article)
        for around in outer
    )


def _inside(inner: Span, outer: Span) -> bool:
    """Whether a span lies in another and is shorter."""
    within = inner.paragraph == outer.paragraph and outer.start <= inner.start and inner.end <= outer.end
    return within and (inner.start, inner.end) != (outer.start, outer.end)


@_predicate("missing-mark")
def _missing_mark(article: Article) -> bool:
    return any(
        bool(marked.left) != bool(marked.right)
        for quote in _marked_quotes(article)
        if not _runs_over(quote)
        for marked in (_marked(article, span) for span in quote.spans)
    )


def _runs_over(quote: Quote) -> bool:
    return len({span.paragraph for span in quote.spans}) > 1


@_predicate("wrong-side-mark")
def _wrong_side(article: Article) -> bool:
    return any(
        marked.left and marked.right and _PAIRS.get(marked.left) != marked.right for marked in _marked_spans(article)
    )


@_predicate("multi-paragraph-speech")
def _multi_paragraph(article: Article) -> bool:
    return any(_runs_over(quote) for quote in article.quotes)


@_predicate("resumed-speech")
def _resumed(article: Article) -> bool:
    return any(quote.continues for quote in article.quotes)


@_predicate("interrupted-speech")
def _interrupted(article: Article) -> bool:
    return any(
        first.paragraph == second.paragraph for quote in article.quotes for first, second in pairwise(quote.spans)
    )


@_predicate("short-partial")
def _short_partial(article: Article) -> bool:
    return any(
        quote.type == "partial" and sum(len(span.text.split()) for span in quote.spans) <= 6 for quote in article.quotes
    )


@_predicate("names-in-marks")
def _names(article: Article) -> bool:
    speech = {span.paragraph for quote in _marked_quotes(article) for span in quote.spans}
    return any(term.kind == "name" and term.span.paragraph in speech for term in article.terms)


@_predicate("titles-in-marks")
def _titles(article: Article) -> bool:
    return any(term.kind == "title" for term in article.terms)


@_predicate("scare-quotes")
def _scare(article: Article) -> bool:
    return any(term.kind == "scare" for term in article.terms)


@_predicate("cue-after")
def _cue_after(article: Article) -> bool:
    order = {paragraph.id: number for number, paragraph in enumerate(article.paragraphs)}
    return any(
        (order[quote.cue.paragraph], quote.cue.start) >= (order[quote.spans[0].paragraph], quote.spans[0].end)
        for quote in article.quotes
        if quote.cue
    )


@_predicate("no-cue")
def _no_cue(article: Article) -> bool:
    return any(quote.cue is None for quote in _marked_quotes(article))


@_predicate("noun-cue")
def _noun_cue(article: Article) -> bool:
    return _has_cue(article, "noun")


@_predicate("participle-cue")
def _participle_cue(article: Article) -> bool:
    return _has_cue(article, "participle")


@_predicate("preposition-cue")
def _preposition_cue(article: Article) -> bool:
    return _has_cue(article, "preposition")


def _has_cue(article: Article, kind: str) -> bool:
    return any(quote.cue is not None and quote.cue.kind == kind for quote in article.quotes)


@_predicate("headline-colon")
def _headline_colon(article: Article) -> bool:
    headlines = {paragraph.id for paragraph in article.paragraphs if paragraph.role == "headline"}
    return any(
        quote.cue is not None and quote.cue.kind == "punctuation" and quote.cue.paragraph in headlines
        for quote in article.quotes
    )


@_predicate("elided-chain")
def _elided_chain(article: Article) -> bool:
    speakers = [quote.speaker for quote in article.quotes]
    return any(
        first and second and third and first.entity == second.entity == third.entity
        and second.form == third.form == "elided"
        for first, second, third in zip(speakers, speakers[1:], speakers[2:], strict=False)
    )  # fmt: skip


@_predicate("feminine-speaker")
def _feminine(article: Article) -> bool:
    women = (quote for quote, speaker in _spoken(article) if speaker.type == "PERS")
    return sum(any(map(_is_feminine, _verbs(quote))) for quote in women) > 1


def _is_feminine(verb: str) -> bool:
    """Whether a folded verb is feminine singular: قالت (not لفت, beside a known لفتت), or تقول beside a known يقول."""
    past = verb.endswith("ت") and verb not in marker_words("feminine_not") and cue_kind(f"{verb}ت") != "verb"
    return past or (verb.startswith("ت") and cue_kind("ي" + verb[1:]) == "verb")


def _spoken(article: Article) -> Iterator[tuple[Quote, Entity]]:
    """The quotes that have a speaker, each with it."""
    entities = {entity.id: entity for entity in article.entities}
    return ((quote, entities[quote.speaker.entity]) for quote in article.quotes if quote.speaker)


def _verbs(quote: Quote) -> list[str]:
    """The first word of a cue that is a verb, folded."""
    return _words(quote.cue.text)[:1] if quote.cue and quote.cue.kind == "verb" else []


def _words(text: str) -> list[str]:
    return _WORD.findall(fold(text)[0])


@_predicate("dual-agreement")
def _dual(article: Article) -> bool:
    return any(
        any(map(_is_dual, _verbs(quote))) or (speaker.type == "PERS" and _is_plural_participle(quote))
        for quote, speaker in _spoken(article)
    )


def _is_dual(verb: str) -> bool:
    past = verb.endswith("ا") and not verb.endswith(("ها", "نا"))
    return (past and cue_kind(verb[:-1]) == "verb") or (verb.endswith("ان") and cue_kind(verb[:-2]) == "verb")


def _is_plural_participle(quote: Quote) -> bool:
    """Whether a cue is a participle in -ين; of one person (who stands for two, guidelines 9.18) it is the dual."""
    words = _words(quote.cue.text) if quote.cue and quote.cue.kind == "participle" else []
    return bool(words) and words[0].endswith("ين")


@_predicate("plural-agreement")
def _plural(article: Article) -> bool:
    return any(_is_plural(verb) for quote in article.quotes for verb in _verbs(quote))


def _is_plural(verb: str) -> bool:
    feminine = verb.endswith("ن") and (cue_kind(verb[:-1]) == "verb" or verb in marker_words("feminine_plural"))
    return feminine or verb.endswith(("وا", "ون", "وه", "وها"))


@_predicate("office-speaker")
def _office(article: Article) -> bool:
    offices = [mention for entity in article.entities if entity.type == "OCC" for mention in entity.mentions]
    return any(
        quote.speaker is not None
        and speaker.type == "PERS"
        and quote.speaker.form == "nominal"
        and any(_overlaps(office, quote.speaker.span) for office in offices)
        for quote, speaker in _spoken(article)
    )


def _overlaps(first: Span, second: Span | None) -> bool:
    return (
        second is not None
        and first.paragraph == second.paragraph
        and first.start < second.end
        and second.start < first.end
    )


@_predicate("group-speaker")
def _group(article: Article) -> bool:
    return any(speaker.type == "NORP" for _, speaker in _spoken(article))


@_predicate("document-speaker")
def _document(article: Article) -> bool:
    return any(speaker.type == "LAW" for _, speaker in _spoken(article))


@_predicate("alternating-speakers")
def _alternating(article: Article) -> bool:
    turns = [speaker.id for quote, speaker in _spoken(article) if not quote.parent]
    return any(
        first == third != second == fourth
        for first, second, third, fourth in zip(turns, turns[1:], turns[2:], turns[3:], strict=False)
    )


@_predicate("addressee")
def _addressed(article: Article) -> bool:
    return any(quote.addressee for quote in article.quotes)


@_predicate("relayed-speech")
def _relayed(article: Article) -> bool:
    return any(_is_relayed(article, quote, speaker) for quote, speaker in _spoken(article))


def _is_relayed(article: Article, quote: Quote, speaker: Entity) -> bool:
    """Whether the sentence of a cue has a word of relaying, and an organisation that is not the speaker."""
    if quote.cue is None:
        return False
    start, end = _sentence(_text(article, quote.cue.paragraph), quote.cue)
    return _matches(_text(article, quote.cue.paragraph)[start:end], "relaying") and any(
        mention.paragraph == quote.cue.paragraph and start <= mention.start < end
        for entity in article.entities
        if entity.type == "ORG" and entity.id != speaker.id
        for mention in entity.mentions
    )


def _sentence(text: str, span: Span) -> tuple[int, int]:
    ends = [match.end() for match in _SENTENCE_END.finditer(text)]
    start = max((end for end in ends if end <= span.start), default=0)
    return start, min((end for end in ends if end >= span.end), default=len(text))


@_predicate("quote-in-quote")
def _quote_in_quote(article: Article) -> bool:
    direct = {quote.id for quote in article.quotes if quote.type == "direct"}
    return any(quote.parent in direct for quote in article.quotes)


@_predicate("denial-cue")
def _denial(article: Article) -> bool:
    return any(quote.cue and _listed(quote.cue.text, "denial") for quote in article.quotes)


@_predicate("question-cue")
def _question(article: Article) -> bool:
    return any(quote.cue and _listed(quote.cue.text, "asking") for quote in article.quotes)


@_predicate("negated-speech")
def _negated(article: Article) -> bool:
    return _somewhere(article, "negated")


@_predicate("hypothetical-speech")
def _hypothetical(article: Article) -> bool:
    return _somewhere(article, "hypothetical")


def _somewhere(article: Article, pattern: str) -> bool:
    return any(_matches(paragraph.text, pattern) for paragraph in article.paragraphs)


def _matches(text: str, pattern: str) -> bool:
    return marker_pattern(pattern).search(fold(text)[0]) is not None


@_predicate("scripture-proverb")
def _proverb(article: Article) -> bool:
    spans = [span for quote in _marked_quotes(article) for span in quote.spans]
    return any(term.kind == "other" for term in article.terms) or any(
        _listed(_text(article, span.paragraph)[max(0, span.start - 60) : span.start], "proverb") for span in spans
    )


@_predicate("unmarked-speech")
def _unmarked(article: Article) -> bool:
    return sum(quote.type == "indirect" for quote in article.quotes) > 1


@_predicate("dialect-in-marks")
def _dialect(article: Article) -> bool:
    texts = [span.text for quote in article.quotes if quote.type == "direct" for span in quote.spans]
    return any(_listed(text, "dialect") or _matches(text, "dialect_shape") for text in texts)


def _listed(text: str, list_: str) -> bool:
    """Whether a text has a word of a list, by itself or after و or ف."""
    wanted = marker_words(list_)
    return any(word in wanted or (word[0] in "وف" and word[1:] in wanted) for word in _words(text))


@_predicate("latin-and-hashtags")
def _latin(article: Article) -> bool:
    return any(_LATIN.search(paragraph.text) for paragraph in article.paragraphs)


@_predicate("levantine-dates")
def _levantine(article: Article) -> bool:
    return _dated(article, "levantine")


@_predicate("egyptian-dates")
def _egyptian(article: Article) -> bool:
    return _dated(article, "egyptian")


@_predicate("maghrebi-dates")
def _maghrebi(article: Article) -> bool:
    return _dated(article, "maghrebi")


@_predicate("hijri-dates")
def _hijri(article: Article) -> bool:
    return _dated(article, "hijri")


def _dated(article: Article, months: str) -> bool:
    return any(
        _listed(mention.text, months)
        for entity in article.entities
        if entity.type == "DATE"
        for mention in entity.mentions
    )


@_predicate("spelling-slips")
def _slips(article: Article) -> bool:
    return any(map(_has_slip, (paragraph.text for paragraph in article.paragraphs)))


def _has_slip(text: str) -> bool:
    """Whether a text has a doubled word, a word without its hamza, or one that seems to end in ه for ة."""
    bare, right = marker_words("hamza", as_written=True), marker_words("taa_not", as_written=True)
    return bool(_DOUBLED.search(text) or set(_TAA.findall(text)) - right or set(_WORD.findall(text)) & bare)


@_predicate("boilerplate")
def _boilerplate(article: Article) -> bool:
    return any(paragraph.role in ("note", "signoff", "credit", "source") for paragraph in article.paragraphs)


@_predicate("teaser-lines")
def _teasers(article: Article) -> bool:
    return any(paragraph.role == "note" and _listed(paragraph.text[:40], "teaser") for paragraph in article.paragraphs)


@_predicate("many-speakers")
def _many_speakers(article: Article) -> bool:
    return len({speaker.id for _, speaker in _spoken(article)}) >= 6


@_predicate("interview")
def _interview(article: Article) -> bool:
    cues = [quote.cue for quote in article.quotes if quote.cue and quote.cue.kind == "punctuation"]
    labelled = {cue.paragraph for cue in cues if cue.start < 40}
    body = [paragraph for paragraph in article.paragraphs if paragraph.role == "body"]
    return sum(paragraph.id in labelled or bool(_DASH.match(paragraph.text)) for paragraph in body) >= 4


@_predicate("no-quotes")
def _no_quotes(article: Article) -> bool:
    return not article.quotes
