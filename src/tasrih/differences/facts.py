"""The facts of a record that are compared, one by one."""

from functools import partial
from typing import NamedTuple

from tasrih import record
from tasrih.differences.items import Fact, Names, Owner, Place, places, words
from tasrih.record import Path


class Facts(NamedTuple):
    """A record with all that is compared of it, so that it can be held against several others."""

    record: record.Article
    paragraphs: list[Owner]
    quotes: list[Owner]
    terms: list[Owner]
    mentions: list[Owner]
    entities: dict[str, Owner]


def facts_of(article: record.Article) -> Facts:
    """All facts of a record."""
    return Facts(
        article,
        paragraphs_of(article),
        quotes_of(article),
        terms_of(article),
        mentions_of(article),
        entities_of(article),
    )


def paragraphs_of(article: record.Article) -> list[Owner]:
    """The paragraphs."""
    found = []
    for number, one in enumerate(article.paragraphs):
        at: Path = ("paragraphs", number)
        here = (Place(one.id, 0, len(one.text or "")),)
        values: dict[str, object] = {"role": one.role, "repeats": one.repeats}
        tell = partial(_told, at, here, values, one.text or "")
        found.append(Owner("paragraph", one.id, at, one.role, here, values, {}, tell))
    return found


def _told(at: Path, here: tuple[Place, ...], values: dict[str, object], text: str) -> tuple[str, dict[str, Fact]]:
    """What is told of something whose facts are called as the fields of its record, and stand where it stands."""
    return text, {what: Fact((*at, what), here, str(value or "")) for what, value in values.items()}


def quotes_of(article: record.Article) -> list[Owner]:
    """The quotes."""
    called = _names(article)
    found = []
    for number, quote in enumerate(article.quotes):
        at: Path = ("quotes", number)
        own = places(*quote.spans)
        values: dict[str, object] = {"span": own, "type": quote.type, "cue": places(quote.cue)}
        if quote.cue:
            values["cue kind"] = quote.cue.kind
        refers = {"parent": _ids(quote.parent), "continues": _ids(quote.continues)}
        for role, one in (("speaker", quote.speaker), ("addressee", quote.addressee)):
            values |= _values_of_participant(role, one)
            refers |= _ids_of_participant(role, one)
        tell = partial(_told_of_quote, quote, at, own, called)
        found.append(Owner("quote", quote.id, at, quote.type, own, values, refers, tell))
    return found


def _names(article: record.Article) -> Names:
    return {entity.id: entity.name or entity.id for entity in article.entities}


def _ids(given: str | None) -> tuple[str, ...]:
    return (given,) if given else ()


def _values_of_participant(role: str, one: record.Participant | None) -> dict[str, object]:
    """One who is elided has no phrase to compare."""
    if one is None:
        return {}
    phrase = {f"{role} phrase": places(one.span)} if one.span or one.form != "elided" else {}
    return {f"{role} form": one.form, **phrase}


def _ids_of_participant(role: str, one: record.Participant | None) -> dict[str, tuple[str, ...]]:
    return {role: (one.entity,), f"{role} others": one.others} if one else {role: ()}


def _told_of_quote(quote: record.Quote, at: Path, own: tuple[Place, ...], called: Names) -> tuple[str, dict[str, Fact]]:
    text, cue = words(*quote.spans), places(quote.cue)
    return text, {
        "span": Fact((*at, "spans"), own, text),
        "type": Fact((*at, "type"), own, quote.type),
        "cue": Fact((*at, "cue"), cue, words(quote.cue)),
        "cue kind": Fact((*at, "cue", "kind"), cue, quote.cue.kind if quote.cue else ""),
        "parent": Fact((*at, "parent"), (), quote.parent or ""),
        "continues": Fact((*at, "continues"), (), quote.continues or ""),
        **_told_of_participant("speaker", quote.speaker, at, called),
        **_told_of_participant("addressee", quote.addressee, at, called),
    }


def _told_of_participant(role: str, one: record.Participant | None, at: Path, called: Names) -> dict[str, Fact]:
    if one is None:
        return {role: Fact((*at, role), (), "")}
    here = places(one.span)
    return {
        role: Fact((*at, role), here, called.get(one.entity, one.entity)),
        f"{role} form": Fact((*at, role, "form"), here, one.form),
        f"{role} phrase": Fact((*at, role, "span"), here, words(one.span)),
        f"{role} others": Fact((*at, role, "others"), here, "، ".join(called.get(one, one) for one in one.others)),
    }


def terms_of(article: record.Article) -> list[Owner]:
    """The terms."""
    called = _names(article)
    found = []
    for number, term in enumerate(article.terms):
        at: Path = ("terms", number)
        own = places(term.span)
        values: dict[str, object] = {"span": own, "kind": term.kind}
        tell = partial(_told_of_term, term, at, own, called)
        found.append(Owner("term", term.id, at, term.kind, own, values, {"entity": _ids(term.entity)}, tell))
    return found


def _told_of_term(term: record.Term, at: Path, own: tuple[Place, ...], called: Names) -> tuple[str, dict[str, Fact]]:
    name = called.get(term.entity or "", term.entity or "")
    text, told = _told(at, own, {"span": words(term.span), "kind": term.kind}, words(term.span))
    return text, told | {"entity": Fact((*at, "entity"), (), name)}


def mentions_of(article: record.Article) -> list[Owner]:
    """The mentions, in the order of their entities; each has the id of its entity."""
    found = []
    for number, entity in enumerate(article.entities):
        for place, mention in enumerate(entity.mentions):
            at: Path = ("entities", number, "mentions", place)
            own = places(mention)
            values: dict[str, object] = {"span": own, "form": mention.form}
            tell = partial(_told_of_mention, mention, at, own)
            found.append(Owner("mention", entity.id, at, entity.type, own, values, {}, tell))
    return found


def _told_of_mention(mention: record.Mention, at: Path, own: tuple[Place, ...]) -> tuple[str, dict[str, Fact]]:
    text = words(mention)
    return text, {"span": Fact(at, own, text), "form": Fact((*at, "form"), own, mention.form)}


def entities_of(article: record.Article) -> dict[str, Owner]:
    """The entities by their ids."""
    found = {}
    for number, entity in enumerate(article.entities):
        at: Path = ("entities", number)
        own = places(*entity.mentions)
        identifiers = entity.identifiers.model_dump(exclude_none=True) if entity.identifiers else {}
        values: dict[str, object] = {
            "type": entity.type,
            "name": entity.name,
            "value": entity.value,
            "link": entity.link,
            "identifiers": ", ".join(f"{name} {value}" for name, value in identifiers.items()),
        }
        tell = partial(_told, at, own[:1], values, entity.name or "")
        found[entity.id] = Owner("entity", entity.id, at, entity.type, own, values, {}, tell)
    return found
