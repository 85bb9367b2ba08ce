"""Phenomena of cues and speakers."""

import re
from collections.abc import Iterator

from tasrih.phenomena.views import Predicate, Selection, is_listed, matches, quotes_that, spoken, text_of, words_of
from tasrih.record import WITHOUT_MARKS, Article, Entity, Quote, Span
from tasrih.text.lists import cue_kind, marker_words
from tasrih.text.sentences import sentence_around

_DASH = re.compile(r"\s*[-–—]")
_LABEL = 40  # characters into a paragraph at which the colon of an interview's label stands at the latest
_TURNS = 4  # paragraphs of an interview
_MANY = 6  # speakers


def _cue_after(article: Article) -> Iterator[Quote]:
    order = {paragraph.id: number for number, paragraph in enumerate(article.paragraphs)}
    return (
        quote
        for quote in article.quotes
        if quote.cue
        and (order[quote.cue.paragraph], quote.cue.start) >= (order[quote.spans[0].paragraph], quote.spans[0].end)
    )


def _of_kind(kind: str) -> Selection:
    return quotes_that(lambda quote: quote.cue is not None and quote.cue.kind == kind)


def _of_list(list_: str) -> Selection:
    return quotes_that(lambda quote: quote.cue and is_listed(quote.cue.text, list_))


def _headline_colon(article: Article) -> Iterator[Quote]:
    headlines = {paragraph.id for paragraph in article.paragraphs if paragraph.role == "headline"}
    marked = _of_kind("punctuation")(article)
    return (quote for quote in marked if quote.cue and quote.cue.paragraph in headlines)


def _elided_chain(article: Article) -> Iterator[Quote]:
    """The quotes whose speaker goes on unnamed, from the second of three quotes in a row on."""
    quotes = article.quotes
    runs = (run for run in zip(quotes, quotes[1:], quotes[2:], strict=False) if _goes_on(*run))
    return (quote for run in runs for quote in run[1:])


def _goes_on(*run: Quote) -> bool:
    speakers = [quote.speaker for quote in run if quote.speaker]
    is_one = len(speakers) == len(run) and len({speaker.entity for speaker in speakers}) == 1
    return is_one and all(speaker.form == "elided" for speaker in speakers[1:])


def _feminine(article: Article) -> Iterator[Quote]:
    women = (quote for quote, speaker in spoken(article) if speaker.type == "PERS")
    return (quote for quote in women if any(map(_is_feminine, _verbs(quote))))


def _is_feminine(verb: str) -> bool:
    """Whether a folded verb is feminine singular: قالت (not لفت, beside a known لفتت), or تقول beside a known يقول."""
    past = verb.endswith("ت") and verb not in marker_words("feminine_not") and cue_kind(f"{verb}ت") != "verb"
    return past or (verb.startswith("ت") and cue_kind("ي" + verb[1:]) == "verb")


def _verbs(quote: Quote) -> list[str]:
    """The first word of a cue that is a verb, folded."""
    return words_of(quote.cue.text)[:1] if quote.cue and quote.cue.kind == "verb" else []


def _dual(article: Article) -> Iterator[Quote]:
    return (
        quote
        for quote, speaker in spoken(article)
        if any(map(_is_dual, _verbs(quote))) or (speaker.type == "PERS" and _is_plural_participle(quote))
    )


def _is_dual(verb: str) -> bool:
    past = verb.endswith("ا") and not verb.endswith(("ها", "نا"))
    return (past and cue_kind(verb[:-1]) == "verb") or (verb.endswith("ان") and cue_kind(verb[:-2]) == "verb")


def _is_plural_participle(quote: Quote) -> bool:
    """Whether a cue is a participle in -ين; of one person (who stands for two, guidelines 9.18) it is the dual."""
    words = words_of(quote.cue.text) if quote.cue and quote.cue.kind == "participle" else []
    return bool(words) and words[0].endswith("ين")


def _is_plural(verb: str) -> bool:
    feminine = verb.endswith("ن") and (cue_kind(verb[:-1]) == "verb" or verb in marker_words("feminine_plural"))
    return feminine or verb.endswith(("وا", "ون", "وه", "وها"))


def _office(article: Article) -> Iterator[Quote]:
    offices = [mention for entity in article.entities if entity.type == "OCC" for mention in entity.mentions]
    people = (quote for quote, speaker in spoken(article) if speaker.type == "PERS")
    return (quote for quote in people if any(_overlap(office, _description(quote)) for office in offices))


def _description(quote: Quote) -> Span | None:
    """The phrase of a speaker that names nobody."""
    return quote.speaker.span if quote.speaker and quote.speaker.form == "nominal" else None


def _overlap(first: Span, second: Span | None) -> bool:
    return second is not None and (
        first.paragraph == second.paragraph and first.start < second.end and second.start < first.end
    )


def _spoken_by(type_: str) -> Selection:
    return lambda article: (quote for quote, speaker in spoken(article) if speaker.type == type_)


def _alternating(article: Article) -> Iterator[Quote]:
    """The quotes of four in a row in which two speakers take turns."""
    turns = [(quote, speaker.id) for quote, speaker in spoken(article) if not quote.parent]
    for run in zip(turns, turns[1:], turns[2:], turns[3:], strict=False):
        first, second, third, fourth = (speaker for _, speaker in run)
        if first == third != second == fourth:
            yield from (quote for quote, _ in run)


def _relayed(article: Article) -> Iterator[Quote]:
    return (quote for quote, speaker in spoken(article) if quote.cue and _is_relayed(article, quote.cue, speaker))


def _is_relayed(article: Article, cue: Span, speaker: Entity) -> bool:
    """Whether the sentence of a cue has a word of relaying, and an organisation that is not the speaker."""
    others = (entity for entity in article.entities if entity.type == "ORG" and entity.id != speaker.id)
    mentions = (mention for entity in others for mention in entity.mentions)
    places = [mention.start for mention in mentions if mention.paragraph == cue.paragraph]
    if not places:
        return False
    text = text_of(article, cue.paragraph)
    start, end = sentence_around(text, cue.start, cue.end)
    return any(start <= place < end for place in places) and matches(text[start:end], "relaying")


def _quote_in_quote(article: Article) -> Iterator[Quote]:
    direct = {quote.id for quote in article.quotes if quote.type == "direct"}
    return (quote for quote in article.quotes if quote.parent in direct)


def _interview(article: Article) -> bool:
    cues = [quote.cue for quote in article.quotes if quote.cue and quote.cue.kind == "punctuation"]
    labelled = {cue.paragraph for cue in cues if cue.start < _LABEL}
    body = [paragraph for paragraph in article.paragraphs if paragraph.role == "body"]
    return sum(paragraph.id in labelled or bool(_DASH.match(paragraph.text)) for paragraph in body) >= _TURNS


SELECTIONS: dict[str, Selection] = {
    "cue-after": _cue_after,
    "no-cue": quotes_that(lambda quote: quote.type not in WITHOUT_MARKS and quote.cue is None),
    "noun-cue": _of_kind("noun"),
    "participle-cue": _of_kind("participle"),
    "preposition-cue": _of_kind("preposition"),
    "denial-cue": _of_list("denial"),
    "question-cue": _of_list("asking"),
    "headline-colon": _headline_colon,
    "elided-chain": _elided_chain,
    "feminine-speaker": _feminine,
    "dual-agreement": _dual,
    "plural-agreement": quotes_that(lambda quote: any(map(_is_plural, _verbs(quote)))),
    "office-speaker": _office,
    "group-speaker": _spoken_by("NORP"),
    "document-speaker": _spoken_by("LAW"),
    "alternating-speakers": _alternating,
    "addressee": quotes_that(lambda quote: quote.addressee),
    "relayed-speech": _relayed,
    "quote-in-quote": _quote_in_quote,
    "unmarked-speech": quotes_that(lambda quote: quote.type in WITHOUT_MARKS),
}
PREDICATES: dict[str, Predicate] = {
    "many-speakers": lambda article: len({speaker.id for _, speaker in spoken(article)}) >= _MANY,
    "interview": _interview,
    "no-quotes": lambda article: not article.quotes,
}
