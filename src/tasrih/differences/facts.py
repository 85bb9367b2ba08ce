"""The facts of a record that are compared, one by one."""

from collections.abc import Iterator, Mapping

from tasrih import record
from tasrih.differences.items import Fact, Owner, places, words
from tasrih.record import Path

Names = Mapping[str, str]
"""Ids of a side as both sides write them; one that has no counterpart stays as it is."""


def paragraphs_of(article: record.Article, _: Names) -> list[Owner]:
    """The paragraphs."""
    found = []
    for number, one in enumerate(article.paragraphs):
        at: Path = ("paragraphs", number)
        here = record.Span.model_construct(paragraph=one.id, start=0, end=len(one.text or ""), text=one.text)
        facts = {
            "role": Fact(one.role, (*at, "role"), places(here), one.role),
            "repeats": Fact(one.repeats, (*at, "repeats"), places(here), one.repeats or ""),
        }
        found.append(Owner("paragraph", one.id, at, one.role, places(here), one.text or "", facts))
    return found


def quotes_of(article: record.Article, names: Names) -> list[Owner]:
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
            **dict(_participant("speaker", quote.speaker, at, (names, called))),
            **dict(_participant("addressee", quote.addressee, at, (names, called))),
            "parent": _reference(quote.parent, (*at, "parent"), names),
            "continues": _reference(quote.continues, (*at, "continues"), names),
        }
        found.append(Owner("quote", quote.id, at, quote.type, own, text, facts))
    return found


def _cue(cue: record.Cue | None, at: Path) -> Iterator[tuple[str, Fact]]:
    yield "cue", Fact(places(cue), (*at, "cue"), places(cue), words(cue))
    if cue:
        yield "cue kind", Fact(cue.kind, (*at, "cue", "kind"), places(cue), cue.kind)


def _participant(
    role: str, one: record.Participant | None, at: Path, known: tuple[Names, Names]
) -> Iterator[tuple[str, Fact]]:
    """The facts of a speaker or addressee; one who is elided has no phrase to compare."""
    if one is None:
        yield role, Fact(None, (*at, role), (), "")
        return
    names, called = known
    here = places(one.span)
    others = [names.get(other, other) for other in one.others]
    yield role, Fact(names.get(one.entity, one.entity), (*at, role), here, called.get(one.entity, one.entity))
    yield f"{role} form", Fact(one.form, (*at, role, "form"), here, one.form)
    if one.span or one.form != "elided":
        yield f"{role} phrase", Fact(here, (*at, role, "span"), here, words(one.span))
    told = "، ".join(called.get(other, other) for other in one.others)
    yield f"{role} others", Fact(sorted(others), (*at, role, "others"), here, told)


def _reference(given: str | None, at: Path, names: Names) -> Fact:
    return Fact(given and names.get(given, given), at, (), given or "")


def terms_of(article: record.Article, names: Names) -> list[Owner]:
    """The terms."""
    called = {entity.id: entity.name or entity.id for entity in article.entities}
    found = []
    for number, term in enumerate(article.terms):
        at: Path = ("terms", number)
        own, text = places(term.span), words(term.span)
        meant = term.entity and names.get(term.entity, term.entity)
        facts = {
            "span": Fact(own, (*at, "span"), own, text),
            "kind": Fact(term.kind, (*at, "kind"), own, term.kind),
            "entity": Fact(meant, (*at, "entity"), own, called.get(term.entity or "", "")),
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
