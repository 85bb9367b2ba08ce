"""What changed from one version of an article to another, layer by layer."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Any

from tasrih import record
from tasrih.changes import Change, Kind
from tasrih.changes.facts import Fact, Facts, Side, cut, held, leaves, plain
from tasrih.changes.versions import Shift, Version, paired, shifts
from tasrih.scoring.matching import Item, matches, meetings, same_entities
from tasrih.standoff.models import MASK

_WORDS = 2_000  # of a paragraph that are held against those of another to show what differs


def changes(old: Version, new: Version) -> Iterator[Change]:
    """All that changed: metadata, text, quotes, terms, entities, mentions, waivers.

    Items of the two versions are the same when they share half of their words or more, the most alike first; ids say
    nothing. A span that only moved, because words before it came or went, is the same span.
    """
    pairs = paired(old, new)
    before = Side(old.article, shifts(old, new, pairs), {})
    after = Side(new.article, {one.id: Shift(one.id, _as_it_is) for one in new.article.paragraphs}, _own_ids(new))
    before = before._replace(ids=_ids(before, after, pairs))
    yield from metadata_changes(old.article, new.article)
    yield from _text(old, new, pairs)
    yield from _quotes(before, after)
    yield from _terms(before, after)
    yield from _entities(before, after)
    yield from _mentions(before, after)
    yield from _waivers(old.article, new.article)


def _as_it_is(start: int, end: int) -> tuple[int, int]:
    return start, end


def _own_ids(new: Version) -> dict[str, str]:
    parts = (new.article.quotes, new.article.terms, new.article.entities, new.article.paragraphs)
    return {one.id: one.id for part in parts for one in part}


def _ids(before: Side, after: Side, paragraphs: Mapping[int, int]) -> dict[str, str]:
    """For ids of the old version those of the same items in the new one."""
    ids = {before.article.paragraphs[one].id: after.article.paragraphs[other].id for one, other in paragraphs.items()}
    for old, new in (*_paired(before, after, "quotes"), *_paired(before, after, "terms")):
        if old and new:
            ids[old.id] = new.id
    return ids | _same_entities(before, after)


def _same_entities(before: Side, after: Side) -> dict[str, str]:
    """For ids of entities those of the same ones: first of those with the same mentions, then with most in common."""
    known = {_mentioned(after, entity): entity.id for entity in reversed(after.article.entities)}
    same: dict[str, str] = {}
    for entity in before.article.entities:
        if found := known.pop(_mentioned(before, entity), None):
            same[entity.id] = found
    left = _without_entities(before, same.keys()), _without_entities(after, set(same.values()))
    met = meetings(*(_mention_items(side, labelled=False) for side in left))
    return same | same_entities(left[0].article, left[1].article, met)


def _mentioned(side: Side, entity: record.Entity) -> tuple[str, frozenset[tuple[str, int, int]]]:
    return entity.type, frozenset(map(side.place, entity.mentions))


def _without_entities(side: Side, gone: Collection[str]) -> Side:
    kept = tuple(entity for entity in side.article.entities if entity.id not in gone)
    return side._replace(article=side.article.model_copy(update={"entities": kept}))


def _paired(before: Side, after: Side, name: str) -> list[tuple[Any, Any]]:
    """The quotes, or the terms, of both versions in pairs; None stands where there is no other."""
    olds, news = getattr(before.article, name), getattr(after.article, name)
    items = [side.item(_spans_of(one)) for side, own in ((before, olds), (after, news)) for one in own]
    return _in_pairs(olds, news, matches(items[: len(olds)], items[len(olds) :]))


def _spans_of(one: record.Quote | record.Term) -> tuple[record.Span, ...]:
    return one.spans if isinstance(one, record.Quote) else (one.span,)


def _in_pairs(olds: Sequence[Any], news: Sequence[Any], found: Mapping[int, int]) -> list[tuple[Any, Any]]:
    """Items in the order of the new version; those that are gone come last."""
    backwards = {other: one for one, other in found.items()}
    pairs = [(olds[backwards[number]] if number in backwards else None, new) for number, new in enumerate(news)]
    return pairs + [(old, None) for number, old in enumerate(olds) if number not in found]


def metadata_changes(old: record.Article, new: record.Article) -> Iterator[Change]:
    """What changed of the metadata, field by field."""
    sides = []
    for article in (old, new):
        fields = article.metadata.model_dump(mode="json") | {"schema_version": article.schema_version}
        for line in (fields["source"] or {}).get("furniture", ()):
            del line["text"]  # which the hash of the source stands for
        sides.append(dict(leaves(fields)))
    yield from held("metadata", "", *sides)


def register_changes(old: Mapping[str, record.KnownEntity], new: Mapping[str, record.KnownEntity]) -> Iterator[Change]:
    """What changed between two registers, entry by entry."""
    for name in [*new, *(name for name in old if name not in new)]:
        sides = [side[name].model_dump(mode="json", exclude={"id"}) if name in side else None for side in (old, new)]
        yield from held("register", name, *(None if entry is None else dict(leaves(entry)) for entry in sides))


def _text(old: Version, new: Version, pairs: Mapping[int, int]) -> Iterator[Change]:
    """Paragraphs that came, went, or have other words or another role."""
    olds, news = old.article.paragraphs, new.article.paragraphs
    ids = {olds[one].id: news[other].id for one, other in pairs.items()}
    for one, other in _in_pairs(range(len(olds)), range(len(news)), pairs):
        before = None if one is None else _paragraph(olds[one], old.keys[one], ids)
        after = None if other is None else _paragraph(news[other], new.keys[other], {})
        if before and after:
            before |= {"words": before["words"]._replace(shown=_other_words(olds[one].text, news[other].text))}
            after |= {"words": after["words"]._replace(shown=_other_words(news[other].text, olds[one].text))}
            if None in (old.keys[one], new.keys[other]):
                del before["words"], after["words"]
        yield from held("text", (olds[one] if other is None else news[other]).id, before, after)
    if any(one > other for one, other in pairwise(pairs[one] for one in sorted(pairs))):
        yield Change("text", "changed", "", "order of paragraphs")


def _paragraph(paragraph: record.Paragraph, key: str | None, ids: Mapping[str, str]) -> dict[str, Fact]:
    words = None if MASK in paragraph.text else f"“{cut(paragraph.text)}”"
    repeats = paragraph.repeats and ids.get(paragraph.repeats, paragraph.repeats)
    return {
        "role": plain(paragraph.role),
        "words": Fact(key, words),
        "repeats": Fact(repeats, paragraph.repeats),
    }


def _other_words(text: str, other: str) -> str | None:
    """The words of a text, with … between, that another has not at their place."""
    if MASK in text or MASK in other:
        return None
    words, others = text.split(), other.split()
    if max(len(words), len(others)) > _WORDS:
        return f"“{cut(text)}”"
    blocks = SequenceMatcher(None, words, others, autojunk=False).get_opcodes()
    own = [" ".join(words[start:end]) for kind, start, end, _, _ in blocks if kind != "equal" and start < end]
    return f"“{cut(' … '.join(own))}”" if own else None


def _quotes(before: Side, after: Side) -> Iterator[Change]:
    for old, new in _paired(before, after, "quotes"):
        item = (new or old).id
        yield from held("quotes", item, _quote(before, old), _quote(after, new))
        if old and new:
            yield from held("cues", item, _cue(before, old.cue), _cue(after, new.cue))
            yield from held("speakers", item, _person(before, old.speaker), _person(after, new.speaker))
            yield from held("addressees", item, _person(before, old.addressee), _person(after, new.addressee))


def _quote(side: Side, quote: record.Quote | None) -> Facts | None:
    if quote is None:
        return None
    return {
        "type": plain(quote.type),
        "words": side.spans(*quote.spans),
        "parent": side.one(quote.parent),
        "continues": side.one(quote.continues),
        "phenomena": plain(quote.phenomena),
        "provenance": _provenance(quote),
    }


def _provenance(one: record.Quote | record.Term | record.Mention) -> Fact:
    return plain(one.provenance and one.provenance.model_dump(mode="json"))


def _cue(side: Side, cue: record.Cue | None) -> Facts | None:
    if cue is None:
        return None
    return {"kind": plain(cue.kind), "words": side.spans(cue)}


def _person(side: Side, person: record.Participant | None) -> Facts | None:
    if person is None:
        return None
    return {
        "entity": side.entity(person.entity),
        "form": plain(person.form),
        "words": side.spans(person.span),
        "others": side.entity(*person.others),
    }


def _terms(before: Side, after: Side) -> Iterator[Change]:
    for old, new in _paired(before, after, "terms"):
        yield from held("terms", (new or old).id, _term(before, old), _term(after, new))


def _term(side: Side, term: record.Term | None) -> Facts | None:
    if term is None:
        return None
    return {
        "kind": plain(term.kind),
        "words": side.spans(term.span),
        "entity": side.entity(term.entity),
        "provenance": _provenance(term),
    }


def _entities(before: Side, after: Side) -> Iterator[Change]:
    olds = {before.ids[one.id]: one for one in before.article.entities if one.id in before.ids}
    for new in after.article.entities:
        yield from held("entities", new.id, _entity(olds.get(new.id)), _entity(new))
    for old in before.article.entities:
        if old.id not in before.ids:
            yield from held("entities", old.id, _entity(old), None)


def _entity(entity: record.Entity | None) -> Facts | None:
    if entity is None:
        return None
    return dict(leaves(entity.model_dump(mode="json", exclude={"id", "mentions"})))


def _mention_items(side: Side, *, labelled: bool) -> list[Item]:
    """The mentions of all entities, of a class with those of the same entity alone where they are labelled."""
    return [
        side.item([mention], side.ids.get(entity.id, f"-{entity.id}") if labelled else "")
        for entity in side.article.entities
        for mention in entity.mentions
    ]


def _mentions(before: Side, after: Side) -> Iterator[Change]:
    """Mentions are paired among those of one entity first, as two may share a span; then among all that are left."""
    olds, news = (
        [(one, mention) for one in side.article.entities for mention in one.mentions] for side in (before, after)
    )
    left, right = (_mention_items(side, labelled=True) for side in (before, after))
    found = matches(left, right)
    olds_left = [number for number in range(len(left)) if number not in found]
    news_left = sorted(set(range(len(right))) - set(found.values()))
    bare = matches(
        [left[number]._replace(label="") for number in olds_left],
        [right[number]._replace(label="") for number in news_left],
    )
    found |= {olds_left[one]: news_left[other] for one, other in bare.items()}
    for old, new in _in_pairs(olds, news, found):
        yield from held("mentions", (new or old)[0].id, _mention(before, old), _mention(after, new))


def _mention(side: Side, owned: tuple[record.Entity, record.Mention] | None) -> Facts | None:
    if owned is None:
        return None
    entity, mention = owned
    return {
        "entity": side.entity(entity.id),
        "form": plain(mention.form),
        "words": side.spans(mention),
        "provenance": _provenance(mention),
    }


def _waivers(old: record.Article, new: record.Article) -> Iterator[Change]:
    """Waivers that came and went: where they point to follows the items."""
    sides = [Counter((waiver.rule, waiver.reason) for waiver in article.waivers) for article in (old, new)]
    kinds: tuple[tuple[Kind, Counter[tuple[str, str]]], ...]
    kinds = ("added", sides[1] - sides[0]), ("removed", sides[0] - sides[1])
    for kind, left in kinds:
        for rule, reason in left.elements():
            told = (None, reason) if kind == "added" else (reason, None)
            yield Change("waivers", kind, rule, "", *told)
