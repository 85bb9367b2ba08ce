"""From a raw article to a record: its metadata, its items, and an id for each of them."""

import hashlib
from datetime import date

from pydantic import TypeAdapter

from tasrih.dates.mentions import dates
from tasrih.drafting.annotation import annotated, span_of
from tasrih.drafting.coherence import coherent, pointing
from tasrih.drafting.lines import Lines, read_lines
from tasrih.drafting.mentions import mention_everywhere
from tasrih.drafting.pages import Facts, Page, page
from tasrih.drafting.people import Entity, Mention, People
from tasrih.drafting.slugs import DraftName
from tasrih.encodings import decoded
from tasrih.errors import ArgumentError
from tasrih.guidelines import VERSIONS
from tasrih.record import Day, Json, Url, schema_version

RULE = "tasrih-draft"
_TOLD = 80
_CONFIDENCE = {
    "known-name": 0.9,
    "title-and-name": 0.8,
    "nationality": 0.8,
    "institution-noun": 0.7,
    "speaker": 0.7,
    "calendar": 0.8,
}
_UNSURE = 0.8  # the confidence of all other rules that find entities


def record_of(naming: DraftName, raw: bytes, given: dict[str, str | None]) -> tuple[Json, tuple[str, ...]]:
    """The record of an article that is called so, with what is known of it besides; and what is doubtful in it.

    Raises TasrihError as `tasrih.draft` does.
    """
    is_page = naming.source.lower().endswith((".html", ".htm"))
    text, facts, numbers, doubts = page(raw) if is_page else Page(decoded(raw), Facts())
    found = read_lines(text, numbers)
    if facts.published and found.published and facts.published != found.published:
        doubts = (*doubts, f"published: {facts.published} is stated, {found.published} is shown")
    known = facts._asdict() | {name: value for name, value in given.items() if value}
    found.published = _day(known["published"]) if known["published"] else found.published
    known["url"] = _address(known["url"]) if given.get("url") else facts.url
    texts = [text for _, text in found.paragraphs]
    people = People()
    quotes, terms = annotated(found.paragraphs, people)
    mention_everywhere(people, texts)
    entities = coherent([*people.entities, *_dates(texts, found.published)], quotes, terms, texts)
    ids = {entity: f"e{number}" for number, entity in enumerate(entities, 1)}
    for item in pointing(quotes, terms):
        item["entity"] = ids[item["entity"]]
    day, numbered = found.published, enumerate(found.paragraphs, 1)
    paragraphs = [{"id": f"p{number}", "role": role, "text": text} for number, (role, text) in numbered]
    record: Json = {
        "schema_version": "1.0",
        "id": naming.id if not day or naming.id.startswith(day) else f"{day}-{naming.id}",
        "metadata": _metadata(naming.source, raw, found, Facts(**known)),
        "paragraphs": paragraphs,
        "quotes": quotes,
        "terms": terms,
        "entities": [_entity(entity_id, entity, texts) for entity, entity_id in ids.items()],
    }
    record["schema_version"] = schema_version(record)
    return record, doubts


def _day(published: str) -> str:
    try:
        day = date.fromisoformat(published).isoformat()
        return TypeAdapter[str](Day).validate_python(day)
    except (ValueError, TypeError) as error:
        raise ArgumentError(f"{str(published)[:_TOLD]}: not a day. Write it as 2024-05-04.") from error


def _address(url: str) -> str:
    try:
        return TypeAdapter[str](Url).validate_python(url)
    except ValueError as error:
        raise ArgumentError(f"{url[:_TOLD]}: not an address. Write it as https://example.org/articles/1.") from error


def _dates(texts: list[str], published: str | None) -> list[Entity]:
    """The dates of the article, one entity a day, month or year."""
    by_value: dict[str, Entity] = {}
    for number, text in enumerate(texts):
        for dated in dates(text, date.fromisoformat(published) if published else None):
            name = text[dated.start : dated.end]
            entity = by_value.setdefault(dated.value, Entity("DATE", name, "calendar", dated.value))
            entity.meet(number, dated.start, dated.end, dated.form)
    return list(by_value.values())


def _entity(entity_id: str, entity: Entity, texts: list[str]) -> Json:
    drafted: Json = {"id": entity_id, "type": entity.type, "name": entity.name}
    known = entity.known
    facts = {"value": entity.value, "link": known and known.link, "identifiers": known and known.identifiers}
    drafted |= {name: fact for name, fact in facts.items() if fact}
    return drafted | {"mentions": [_mention(mention, texts) for mention in entity.mentions]}


def _mention(mention: Mention, texts: list[str]) -> Json:
    number, start, end, form, rule = mention
    provenance = {"rule": rule, "confidence": _CONFIDENCE.get(rule, _UNSURE)}
    return span_of(number, texts[number], start, end) | {"form": form, "provenance": provenance}


def _metadata(source: str, raw: bytes, found: Lines, facts: Facts) -> Json:
    furniture = [{"line": line, "kind": kind, "text": text} for line, kind, text in found.furniture]
    signature = [text for role, text in found.paragraphs if role == "signoff"]
    return {
        "language": "ar",
        "collection": "drafts",
        "origin": "published",
        "published": found.published,
        "publisher": facts.publisher or (signature[-1] if signature else None),
        "agency": found.credits.get("source") or facts.agency or found.agency,
        "authors": facts.authors or found.authors,
        "url": facts.url,
        "editions": found.editions or facts.editions,
        "image_credit": found.credits.get("credit") or facts.image_credit,
        "rights": {"holder": None, "license": None, "redistribution": "unknown"},
        "source": {"path": source, "sha256": hashlib.sha256(raw).hexdigest(), "furniture": furniture},
        "annotation": {"status": "draft", "guidelines": VERSIONS[-1], "annotators": [{"id": RULE, "kind": "rule"}]},
    }
