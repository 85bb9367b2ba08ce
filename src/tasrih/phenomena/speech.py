"""Phenomena of cues and speakers."""

import re
from functools import partial

from tasrih.phenomena.views import Predicate, is_listed, matches, some_quote, spoken, text_of
from tasrih.record import WITHOUT_MARKS, Article, Entity, Quote, Span
from tasrih.text.lists import cue_kind, marker_words
from tasrih.text.sentences import sentence_around
from tasrih.text.words import folded_words

_DASH = re.compile(r"\s*[-–—]")
_LABEL = 40  # characters into a paragraph at which the colon of an interview's label stands at the latest
_TURNS = 4  # paragraphs of an interview
_MANY = 6  # speakers


def _cue_after(article: Article) -> bool:
    order = {paragraph.id: number for number, paragraph in enumerate(article.paragraphs)}
    return any(
        (order[quote.cue.paragraph], quote.cue.start) >= (order[quote.spans[0].paragraph], quote.spans[0].end)
        for quote in article.quotes
        if quote.cue
    )


def _has_cue(article: Article, kind: str) -> bool:
    return any(quote.cue is not None and quote.cue.kind == kind for quote in article.quotes)


def _has_listed_cue(article: Article, list_: str) -> bool:
    return any(quote.cue and is_listed(quote.cue.text, list_) for quote in article.quotes)


def _headline_colon(article: Article) -> bool:
    headlines = {paragraph.id for paragraph in article.paragraphs if paragraph.role == "headline"}
    cues = [quote.cue for quote in article.quotes if quote.cue and quote.cue.kind == "punctuation"]
    return any(cue.paragraph in headlines for cue in cues)


def _elided_chain(article: Article) -> bool:
    speakers = [quote.speaker for quote in article.quotes]
    return any(
        first and second and third and first.entity == second.entity == third.entity
        and second.form == third.form == "elided"
        for first, second, third in zip(speakers, speakers[1:], speakers[2:], strict=False)
    )  # fmt: skip


def _feminine(article: Article) -> bool:
    women = (quote for quote, speaker in spoken(article) if speaker.type == "PERS")
    return sum(any(map(_is_feminine, _verbs(quote))) for quote in women) > 1


def _is_feminine(verb: str) -> bool:
    """Whether a folded verb is feminine singular: قالت (not لفت, beside a known لفتت), or تقول beside a known يقول."""
    past = verb.endswith("ت") and verb not in marker_words("feminine_not") and cue_kind(f"{verb}ت") != "verb"
    return past or (verb.startswith("ت") and cue_kind("ي" + verb[1:]) == "verb")


def _verbs(quote: Quote) -> list[str]:
    """The first word of a cue that is a verb, folded."""
    return folded_words(quote.cue.text)[:1] if quote.cue and quote.cue.kind == "verb" else []


def _dual(article: Article) -> bool:
    return any(
        any(map(_is_dual, _verbs(quote))) or (speaker.type == "PERS" and _is_plural_participle(quote))
        for quote, speaker in spoken(article)
    )


def _is_dual(verb: str) -> bool:
    past = verb.endswith("ا") and not verb.endswith(("ها", "نا"))
    return (past and cue_kind(verb[:-1]) == "verb") or (verb.endswith("ان") and cue_kind(verb[:-2]) == "verb")


def _is_plural_participle(quote: Quote) -> bool:
    """Whether a cue is a participle in -ين; of one person (who stands for two, guidelines 9.18) it is the dual."""
    words = folded_words(quote.cue.text) if quote.cue and quote.cue.kind == "participle" else []
    return bool(words) and words[0].endswith("ين")


def _is_plural(verb: str) -> bool:
    feminine = verb.endswith("ن") and (cue_kind(verb[:-1]) == "verb" or verb in marker_words("feminine_plural"))
    return feminine or verb.endswith(("وا", "ون", "وه", "وها"))


def _office(article: Article) -> bool:
    offices = [mention for entity in article.entities if entity.type == "OCC" for mention in entity.mentions]
    people = [quote.speaker for quote, speaker in spoken(article) if speaker.type == "PERS"]
    phrases = [speaker.span for speaker in people if speaker and speaker.form == "nominal"]
    return any(_overlap(office, phrase) for office in offices for phrase in phrases if phrase)


def _overlap(first: Span, second: Span) -> bool:
    return first.paragraph == second.paragraph and first.start < second.end and second.start < first.end


def _speaks(article: Article, type_: str) -> bool:
    return any(speaker.type == type_ for _, speaker in spoken(article))


def _alternating(article: Article) -> bool:
    turns = [speaker.id for quote, speaker in spoken(article) if not quote.parent]
    return any(
        first == third != second == fourth
        for first, second, third, fourth in zip(turns, turns[1:], turns[2:], turns[3:], strict=False)
    )


def _relayed(article: Article) -> bool:
    return any(_is_relayed(article, quote.cue, speaker) for quote, speaker in spoken(article) if quote.cue)


def _is_relayed(article: Article, cue: Span, speaker: Entity) -> bool:
    """Whether the sentence of a cue has a word of relaying, and an organisation that is not the speaker."""
    text = text_of(article, cue.paragraph)
    start, end = sentence_around(text, cue.start, cue.end)
    others = (entity for entity in article.entities if entity.type == "ORG" and entity.id != speaker.id)
    mentions = (mention for entity in others for mention in entity.mentions)
    return matches(text[start:end], "relaying") and any(
        mention.paragraph == cue.paragraph and start <= mention.start < end for mention in mentions
    )


def _quote_in_quote(article: Article) -> bool:
    direct = {quote.id for quote in article.quotes if quote.type == "direct"}
    return any(quote.parent in direct for quote in article.quotes)


def _interview(article: Article) -> bool:
    cues = [quote.cue for quote in article.quotes if quote.cue and quote.cue.kind == "punctuation"]
    labelled = {cue.paragraph for cue in cues if cue.start < _LABEL}
    body = [paragraph for paragraph in article.paragraphs if paragraph.role == "body"]
    return sum(paragraph.id in labelled or bool(_DASH.match(paragraph.text)) for paragraph in body) >= _TURNS


PREDICATES: dict[str, Predicate] = {
    "cue-after": _cue_after,
    "no-cue": some_quote(lambda quote: quote.type not in WITHOUT_MARKS and quote.cue is None),
    "noun-cue": partial(_has_cue, kind="noun"),
    "participle-cue": partial(_has_cue, kind="participle"),
    "preposition-cue": partial(_has_cue, kind="preposition"),
    "denial-cue": partial(_has_listed_cue, list_="denial"),
    "question-cue": partial(_has_listed_cue, list_="asking"),
    "headline-colon": _headline_colon,
    "elided-chain": _elided_chain,
    "feminine-speaker": _feminine,
    "dual-agreement": _dual,
    "plural-agreement": some_quote(lambda quote: any(map(_is_plural, _verbs(quote)))),
    "office-speaker": _office,
    "group-speaker": partial(_speaks, type_="NORP"),
    "document-speaker": partial(_speaks, type_="LAW"),
    "alternating-speakers": _alternating,
    "addressee": some_quote(lambda quote: quote.addressee),
    "relayed-speech": _relayed,
    "quote-in-quote": _quote_in_quote,
    "unmarked-speech": some_quote(lambda quote: quote.type in WITHOUT_MARKS, least=2),
    "many-speakers": lambda article: len({speaker.id for _, speaker in spoken(article)}) >= _MANY,
    "interview": _interview,
    "no-quotes": lambda article: not article.quotes,
}
