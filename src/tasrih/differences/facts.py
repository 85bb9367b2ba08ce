"""The facts of a record that are compared, one by one."""

from collections.abc import Iterator
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
        facts = {
            "role": Fact(one.role, (*at, "role"), here, one.role),
            "repeats": Fact(one.repeats, (*at, "repeats"), here, one.repeats or ""),
        }
        found.append(Owner("paragraph", one.id, at, one.role, here, one.text or "", facts))
    return found


def quotes_of(article: record.Article) -> list[Owner]:
    """The quotes."""
    called = {entity.id: entity.name or entity.id for entity in article.entities}
    found = []
    for number, quote in enumerate(article.quotes):
        at: Path = ("quotes", number)
        own, text = places(*quote.spans), words(*quote.spans)
        facts = {
            "span": Fact(own, (*at, "spans"), own, text),
            "type": Fact(quote.type, (*at, "type"), own, quote.type),
            **dict(_cue(quote.cue, at)),
            **dict(_participant("speaker", quote.speaker, at, called)),
            **dict(_participant("addressee", quote.addressee, at, called)),
            "parent": _reference(quote.parent, (*at, "parent")),
            "continues": _reference(quote.continues, (*at, "continues")),
        }
        found.append(Owner("quote", quote.id, at, quote.type, own, text, facts))
    return found


def _cue(cue: record.Cue | None, at: Path) -> Iterator[tuple[str, Fact]]:
    here = places(cue)
    yield "cue", Fact(here, (*at, "cue"), here, words(cue))
    if cue:
        yield "cue kind", Fact(cue.kind, (*at, "cue", "kind"), here, cue.kind)


def _participant(role: str, one: record.Participant | None, at: Path, called: Names) -> Iterator[tuple[str, Fact]]:
    """The facts of a speaker or addressee; one who is elided has no phrase to compare."""
    if one is None:
        yield role, Fact((), (*at, role), (), "", refers=True)
        return
    here = places(one.span)
    yield role, Fact((one.entity,), (*at, role), here, called.get(one.entity, one.entity), refers=True)
    yield f"{role} form", Fact(one.form, (*at, role, "form"), here, one.form)
    if one.span or one.form != "elided":
        yield f"{role} phrase", Fact(here, (*at, role, "span"), here, words(one.span))
    told = "، ".join(called.get(other, other) for other in one.others)
    yield f"{role} others", Fact(one.others, (*at, role, "others"), here, told, refers=True)


def _reference(given: str | None, at: Path, told: str | None = None) -> Fact:
    return Fact((given,) if given else (), at, (), told or given or "", refers=True)


def terms_of(article: record.Article) -> list[Owner]:
    """The terms."""
    called = {entity.id: entity.name or entity.id for entity in article.entities}
    found = []
    for number, term in enumerate(article.terms):
        at: Path = ("terms", number)
        own, text = places(term.span), words(term.span)
        facts = {
            "span": Fact(own, (*at, "span"), own, text),
            "kind": Fact(term.kind, (*at, "kind"), own, term.kind),
            "entity": _reference(term.entity, (*at, "entity"), called.get(term.entity or "")),
        }
        found.append(Owner("term", term.id, at, term.kind, own, text, facts))
    return found


def mentions_of(article: record.Article) -> list[Owner]:
    """The mentions, in the order of their entities; each has the id of its entity."""
    found = []
    for number, entity in enumerate(article.entities):
        for place, mention in enumerate(entity.mentions):
            at: Path = ("entities", number, "mentions", place)
            own, text = places(mention), words(mention)
            facts = {
                "span": Fact(own, at, own, text),
                "form": Fact(mention.form, (*at, "form"), own, mention.form),
            }
            found.append(Owner("mention", entity.id, at, entity.type, own, text, facts))
    return found


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
        facts = {what: Fact(value, (*at, what), own[:1], str(value or "")) for what, value in values.items()}
        found[entity.id] = Owner("entity", entity.id, at, entity.type, own, entity.name or "", facts)
    return found
