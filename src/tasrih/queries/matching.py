"""Which quotes a query holds of."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from tasrih import record
from tasrih.article import Article, Entity, Participant, Quote
from tasrih.queries.fields import FIELDS
from tasrih.queries.parsing import Term
from tasrih.queries.values import Value, folded
from tasrih.text.stems import hits

Register = Mapping[str, record.KnownEntity]
_NAMED = ("speaker", "addressee")


class Question(NamedTuple):
    """Terms that must all hold, and who is who."""

    terms: tuple[Term, ...]
    known: Register

    def named(self) -> tuple[str, ...]:
        """Folded names one of which an article must have to hold an answer; none where any article may."""
        for term in self.terms:
            if term.field.name in _NAMED and term.values and not term.negated:
                return tuple(map(str, term.values))
        return ()

    def answers(self, articles: Iterable[Article]) -> Iterator[Quote]:
        """The quotes of which all terms hold; terms on articles are asked first, once for all their quotes."""
        asked_of = {level: [term for term in self.terms if term.field.of == level] for level in ("article", "quote")}
        return (
            quote
            for article in articles
            if all(_holds_of_article(term, article) for term in asked_of["article"])
            for quote in article.quotes
            if all(self._holds(term, quote) for term in asked_of["quote"])
        )

    def _holds(self, term: Term, quote: Quote) -> bool:
        if term.field.kind == "words":
            return _words_hold(term, stretches(quote, term.field.name), quote.article)
        return _one_holds(term, facts(quote, term.field.name, self.known))


Fact = str | float
Stretch = tuple[str, int, int]
"""The text of a paragraph, and where in it something stands."""


def _holds_of_article(term: Term, article: Article) -> bool:
    if term.field.kind == "words":
        return _words_hold(term, [(one.text, 0, len(one.text)) for one in article.paragraphs], article)
    return _one_holds(term, facts_of_article(article, term.field.name))


def _words_hold(term: Term, stretches: Collection[Stretch], article: Article) -> bool:
    """Whether the words are there, or are not; an article without its words answers neither."""
    if not term.values:
        return bool(stretches) != term.negated
    if article.is_withheld:
        return False
    return (
        any(hits(text, wanted, start, end) for wanted in term.values for text, start, end in stretches) != term.negated
    )


def _one_holds(term: Term, facts: Iterable[Fact]) -> bool:
    test = _TESTS.get(term.field.kind, _is_one)
    return any(not term.values or any(test(fact, one) for one in term.values) for fact in facts) != term.negated


def _is_one(fact: Fact, wanted: Value) -> bool:
    return fact == wanted


def _is_within(fact: Fact, bounds: Value) -> bool:
    first, last = bounds[0], bounds[1]
    return bool(first <= fact and (last == "" or fact <= last))  # type: ignore[operator]


_TESTS: dict[str, Callable[[str | float, Value], bool]] = {"period": _is_within, "number": _is_within}


def names_of(participant: Participant | None, known: Register) -> frozenset[str]:
    """The folded names, links and identifiers of who speaks or is spoken to."""
    entities = (participant.entity, *participant.others) if participant else ()
    return frozenset().union(*(_names(entity, known) for entity in entities))


def _names(entity: Entity, known: Register) -> set[str]:
    entry = known.get(entity.link or "")
    names = [entity.name, *(mention.text for mention in entity.mentions if mention.form == "named")]
    names += [entity.link or entity.name, *entity.identifiers.values()]
    names += every_name(entry) if entry else []
    return set(filter(None, map(folded, names)))


def every_name(entity: record.KnownEntity) -> list[str]:
    """The names of an entry of the register."""
    return [*entity.names.arabic, *entity.names.latin]


def stretches(quote: Quote, name: str) -> list[Stretch]:
    """Where the words of a quote stand, or its cue; this by itself, since half a word may belong to it (وفقا ل)."""
    if name == "cue":
        return [(quote.cue.text, 0, len(quote.cue.text))] if quote.cue else []
    return [(span.paragraph.text, span.start, span.end) for span in quote.spans]


def facts(quote: Quote, name: str, known: Register) -> Collection[Fact]:
    """What a quote has of a field of quotes that holds no words; names are folded."""
    if FIELDS[name].kind == "name":
        return names_of(getattr(quote, name), known)
    return [fact for fact in _OF_QUOTES[name](quote) if fact is not None]


def facts_of_article(article: Article, name: str) -> list[str]:
    """What an article has of a field of articles that holds no words; values are folded."""
    return [
        folded(fact) if FIELDS[name].kind == "value" else fact
        for fact in _OF_ARTICLES[name](article)
        if fact is not None
    ]


def _participant(name: str, fact: Callable[[Participant], str]) -> Callable[[Quote], list[Fact | None]]:
    return lambda quote: [fact(found)] if (found := getattr(quote, name)) else []


def _provenance(name: str) -> Callable[[Quote], list[Fact | None]]:
    return lambda quote: [getattr(quote.record.provenance, name, None)]


_OF_QUOTES: dict[str, Callable[[Quote], Iterable[Fact | None]]] = {
    "type": lambda quote: [quote.type],
    "speaker.form": _participant("speaker", lambda found: found.form),
    "speaker.type": _participant("speaker", lambda found: found.entity.type),
    "addressee.form": _participant("addressee", lambda found: found.form),
    "addressee.type": _participant("addressee", lambda found: found.entity.type),
    "cue.kind": lambda quote: [quote.cue.kind] if quote.cue else [],
    "phenomenon": lambda quote: quote.record.phenomena,
    "role": lambda quote: [quote.paragraph.role],
    "rule": _provenance("rule"),
    "confidence": _provenance("confidence"),
}
_OF_ARTICLES: dict[str, Callable[[Article], Iterable[str | None]]] = {
    "article.phenomenon": lambda article: article.metadata.phenomena,
    "collection": lambda article: [article.metadata.collection],
    "outlet": lambda article: [article.metadata.publisher],
    "published": lambda article: [article.metadata.published],
    "split": lambda article: [article.metadata.split],
    "article": lambda article: [article.id],
    "status": lambda article: [article.metadata.annotation.status],
}
