"""From a raw article to a draft record."""

import hashlib
import re
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import orjson

from tasrih.drafting.attribution import Attribution, attributions
from tasrih.drafting.cues import describes
from tasrih.drafting.dates import dates
from tasrih.drafting.inputs import raws
from tasrih.drafting.layout import Layout, layout
from tasrih.drafting.pages import is_page, page
from tasrih.drafting.pairing import pairs
from tasrih.drafting.people import Entity, People
from tasrih.drafting.words import folded, is_listed
from tasrih.errors import TasrihError
from tasrih.record import Article, Quote, Term

Json = dict[str, Any]
RULE = "tasrih-draft"
_NEAR = 20


def draft(
    name: str, raw: bytes, *, published: str | None = None, publisher: str | None = None, url: str | None = None
) -> Article:
    """A draft record of a plain text or a web page; `name` is the file's, which gives the id and the source's path.

    `published` is a day (YYYY-MM-DD). Raises TasrihError when it is no UTF-8, or holds no Arabic article.
    """
    try:
        text = raw.decode("utf-8-sig")
        text, facts = page(text) if is_page(name) else (text, {})
        found = layout(text)
    except UnicodeDecodeError as error:
        raise TasrihError(f"{name}: not UTF-8 (byte {error.start}). Save it again in that encoding.") from error
    except TasrihError as error:
        raise TasrihError(f"{name}: {error}") from error
    published, publisher, url = (
        given or facts.get(fact) for fact, given in {"published": published, "publisher": publisher, "url": url}.items()
    )
    found.published = _day(published) if published else found.published
    people = People()
    quotes, terms = _annotated(found, people)
    record = {
        "schema_version": "1.0",
        "id": _id(name, found.published),
        "metadata": _metadata(name, raw, found, publisher, url),
        "paragraphs": [
            {"id": f"p{number}", "role": role, "text": text} for number, (role, text) in enumerate(found.paragraphs, 1)
        ],
        "quotes": quotes,
        "terms": terms,
        "entities": _numbered([*_entities(found, people, quotes, terms), *_dates(found)], quotes, terms),
    }
    return Article.model_validate_json(orjson.dumps(record))


def drafts(paths: Iterable[str], **facts: str | None) -> Iterator[Article | TasrihError]:
    """The draft records of texts, folders, JSON Lines or "-"; an error for what cannot be drafted, and on."""
    given = {name: value for name, value in facts.items() if value}
    for raw in raws(paths):
        try:
            yield raw if isinstance(raw, TasrihError) else draft(raw.name, raw.data, **(raw.facts | given))
        except TasrihError as error:
            yield error


def explained(article: Article) -> str:
    """Why each decision of a draft fell as it did: a line a quote and term, those first of which it is least sure."""
    items: list[Quote | Term] = [*article.quotes, *article.terms]
    items.sort(key=lambda item: item.provenance.confidence if item.provenance else 1)
    return "\n".join(_reason(item) for item in items)


def _reason(item: Quote | Term) -> str:
    span = item.spans[0] if isinstance(item, Quote) else item.span
    kind = item.type if isinstance(item, Quote) else item.kind
    cue = f", cue “{item.cue.text}”" if isinstance(item, Quote) and item.cue else ""
    made = item.provenance
    why = f"{made.rule}, {made.confidence:.2f}" if made else "given"
    return f"{item.id}  {kind}  ({why}{cue}) “{span.text[:60]}”"


def _day(published: str) -> str:
    try:
        return date.fromisoformat(published).isoformat()
    except ValueError as error:
        raise TasrihError(f"{published}: not a day. Write it as 2024-05-04.") from error


def _annotated(found: Layout, people: People) -> tuple[list[Json], list[Json]]:
    """Quotes and terms in reading order; speakers still point to entities of `people`."""
    quotes: list[Json] = []
    terms: list[Json] = []
    by_paragraph = [attributions(text, pairs(text)) for _, text in found.paragraphs]
    _introduce(found, people, by_paragraph)
    for number, (_, text) in enumerate(found.paragraphs):
        for attribution in by_paragraph[number]:
            span = _span(number, text, attribution.pair.start, attribution.pair.end)
            provenance = {"rule": attribution.rule, "confidence": attribution.confidence}
            if attribution.is_speech:
                quotes.append(_quote(number, text, attribution, people, quotes) | {"provenance": provenance})
            else:
                term: Json = {"id": f"t{len(terms) + 1}", "kind": attribution.type, "span": span}
                if attribution.type == "name" and _is_institution(attribution):
                    term["entity"] = people.institution(number, text, attribution.pair.start, attribution.pair.end)
                terms.append(term | {"provenance": provenance})
    return quotes, terms


def _is_institution(attribution: Attribution) -> bool:
    """Whether a name in marks is that of an institution, by the words before it or its own."""
    near = attribution.context[-3:]
    return attribution.rule == "institution" or any(is_listed(word.folded, "bearers") for word in near)


def _introduce(found: Layout, people: People, by_paragraph: list[list[Attribution]]) -> None:
    """Meets everybody who speaks by name, body first, so that a short name in the headline is known in full."""
    for _, text in sorted(found.paragraphs, key=lambda paragraph: paragraph[0] != "body"):
        people.discover(text)
    for number, (role, text) in enumerate(found.paragraphs):
        if role == "body":
            for attribution in by_paragraph[number]:
                people.speaker(number, text, attribution.subject)
    for entity in people.entities:
        entity.mentions.clear()


def _quote(number: int, text: str, attribution: Attribution, people: People, earlier: list[Json]) -> Json:
    pair = attribution.pair
    quote: Json = {
        "id": f"q{len(earlier) + 1}",
        "type": attribution.type,
        "spans": [_span(number, text, pair.start, pair.end)],
        "cue": None,
        "speaker": None,
    }
    if attribution.cue:
        cue = attribution.cue
        quote["cue"] = _span(number, text, cue.start, cue.end) | {"kind": cue.kind}
    gender = _gender(text, attribution)
    spoken = people.speaker(number, text, attribution.subject, gender)
    described = spoken and spoken[0].type != "PERS" and attribution.cue and describes(text, attribution.cue)
    if attribution.cue and ((not spoken and _needs_subject(attribution)) or described):
        spoken = people.known(number, attribution.context, gender) or spoken
    if spoken:
        entity, form, span = spoken
        people.spoken.append(entity)
        entity.gender = entity.gender or gender
        quote["speaker"] = {"entity": entity, "form": form, "span": _span(number, text, span.start, span.end)}
    elif attribution.cue and (last := people.last(gender)):
        people.spoken.append(last)
        quote["speaker"] = {"entity": last, "form": "elided", "span": None}
    around = [
        other
        for other in earlier[-_NEAR:]
        if other["spans"][0]["paragraph"] == f"p{number + 1}" and other["spans"][0]["end"] >= pair.end
    ]
    return quote | {"parent": around[-1]["id"] if around else None}


def _needs_subject(attribution: Attribution) -> bool:
    """Whether the speaker may stand anywhere before the cue in its sentence: all but a verb that begins one."""
    cue = attribution.cue
    first = attribution.context[0] if attribution.context else None
    return cue is not None and (cue.kind != "verb" or (first is not None and first.end < cue.start))


def _gender(text: str, attribution: Attribution) -> str:
    """The gender that the cue shows: f or m, empty where it shows none."""
    cue = attribution.cue
    if cue is None or cue.kind not in ("verb", "participle"):
        return ""
    word = folded(text[cue.start : cue.end])
    feminine = word.endswith("ه") if cue.kind == "participle" else word.endswith("ت") or word.startswith("ت")
    return "f" if feminine else "m"


def _entities(found: Layout, people: People, quotes: list[Json], terms: list[Json]) -> list[Json]:
    """The entities that are mentioned, wherever a name of theirs stands; quotes and terms point to them."""
    people.everywhere([text for _, text in found.paragraphs])
    present = [entity for entity in people.entities if entity.mentions]
    ids = {id(entity): f"e{number}" for number, entity in enumerate(present, 1)}
    for item in _pointing(quotes, terms):
        item["entity"] = ids[id(item["entity"])]
    return [_entity(found, entity, ids[id(entity)]) for entity in present]


def _dates(found: Layout) -> list[Json]:
    """The dates of the article, one entity a day, month or year."""
    published = date.fromisoformat(found.published) if found.published else None
    by_value: dict[str, list[Json]] = {}
    for number, (_, text) in enumerate(found.paragraphs):
        for dated in dates(text, published):
            mention = _span(number, text, dated.start, dated.end)
            mention |= {"form": dated.form, "provenance": {"rule": "calendar", "confidence": 0.8}}
            by_value.setdefault(dated.value, []).append(mention)
    return [
        {"id": f"d{number}", "type": "DATE", "name": mentions[0]["text"], "value": value, "mentions": mentions}
        for number, (value, mentions) in enumerate(by_value.items())
    ]


def _pointing(quotes: list[Json], terms: list[Json]) -> list[Json]:
    """What points to entities: speakers and terms."""
    speakers = [quote["speaker"] for quote in quotes if quote["speaker"]]
    return [*speakers, *(term for term in terms if "entity" in term)]


def _numbered(entities: list[Json], quotes: list[Json], terms: list[Json]) -> list[Json]:
    """The entities in the order of their first mention, counted from 1; quotes and terms point to the new ids."""

    def first(entity: Json) -> tuple[int, int]:
        return int(entity["mentions"][0]["paragraph"][1:]), entity["mentions"][0]["start"]

    ordered = sorted(entities, key=first)
    ids = {entity["id"]: f"e{number}" for number, entity in enumerate(ordered, 1)}
    for item in _pointing(quotes, terms):
        item["entity"] = ids[item["entity"]]
    return [entity | {"id": ids[entity["id"]]} for entity in ordered]


def _entity(found: Layout, entity: Entity, entity_id: str) -> Json:
    mentions = [
        _span(number, found.paragraphs[number][1], start, end)
        | {"form": form, "provenance": {"rule": RULE, "confidence": 0.7}}
        for number, start, end, form in sorted(entity.mentions)
    ]
    names = [mention["text"] for mention in mentions if mention["form"] == "named"] or [mentions[0]["text"]]
    return {"id": entity_id, "type": entity.type, "name": max(names, key=len), "mentions": mentions}


def _span(number: int, text: str, start: int, end: int) -> Json:
    return {"paragraph": f"p{number + 1}", "start": start, "end": end, "text": text[start:end]}


def _metadata(name: str, raw: bytes, found: Layout, publisher: str | None, url: str | None) -> Json:
    furniture = [{"line": line, "kind": kind, "text": text} for line, kind, text in found.furniture]
    signature = [text for role, text in found.paragraphs if role == "signoff"]
    return {
        "language": "ar",
        "collection": "drafts",
        "origin": "published",
        "published": found.published,
        "publisher": publisher or (signature[-1] if signature else None),
        "agency": found.credits.get("source") or None,
        "url": url,
        "editions": found.editions,
        "image_credit": found.credits.get("credit") or None,
        "rights": {"holder": None, "license": None, "redistribution": "unknown"},
        "source": {
            "path": f"sources/{Path(name).name}",
            "sha256": hashlib.sha256(raw).hexdigest(),
            "furniture": furniture,
        },
        "annotation": {"status": "draft", "guidelines": "1.0", "annotators": [{"id": RULE, "kind": "rule"}]},
    }


def _id(name: str, published: str | None) -> str:
    slug = "-".join(re.findall("[a-z0-9]+", Path(name).stem.lower()))[:80].strip("-") or "draft"
    return slug if not published or slug.startswith(published) else f"{published}-{slug}"
