"""From a raw article to a draft record."""

import hashlib
import os
from bisect import bisect_left
from datetime import date
from typing import Any
from unicodedata import category

import orjson
from pydantic import TypeAdapter, ValidationError

from tasrih import arguments
from tasrih.drafting.attribution import Attribution, attributions
from tasrih.drafting.cues import THAT, describes, is_weak, leading, word_at
from tasrih.drafting.dates import dates
from tasrih.drafting.indirect import indirect
from tasrih.drafting.layout import Layout, layout
from tasrih.drafting.naming import Naming, of_file
from tasrih.drafting.pages import Facts, Page, is_page, page
from tasrih.drafting.pairing import Pair, pairs
from tasrih.drafting.people import Entity, People, Spoken, parted
from tasrih.drafting.questions import open_questions
from tasrih.drafting.running import run_on, told_at
from tasrih.drafting.settling import settle
from tasrih.drafting.words import Word, folded, is_listed
from tasrih.encodings import decoded
from tasrih.errors import TasrihError
from tasrih.guidelines import VERSIONS
from tasrih.lexicon import cue_kind
from tasrih.quotation import mark_after
from tasrih.record import Article, Day, Provenance, Quote, Term, Url
from tasrih.record import Entity as ArticleEntity

Json = dict[str, Any]
RULE = "tasrih-draft"
_NEAR = 20
_TOLD = 80
_CONFIDENCE = {"known-name": 0.9, "title-and-name": 0.8, "nationality": 0.8, "institution-noun": 0.7, "speaker": 0.7}
_READ = ("headline", "subheading", "body")


def draft(
    name: str, raw: bytes, *, published: str | None = None, publisher: str | None = None, url: str | None = None
) -> Article:
    """A draft record of a plain text or a web page; `name` is the file's, which gives the id and the source's path.

    `published` is a day (YYYY-MM-DD). A name that a record cannot have becomes a similar one. Raises TasrihError when
    the text is no UTF-8, or holds no Arabic article, and when what is known of it cannot be so.
    """
    if not isinstance(name, str | os.PathLike):
        raise TasrihError(f"{arguments.shown(name)}: is not a path. Give the name of the file.")
    if not isinstance(raw, bytes):
        raise TasrihError(f"{name}: give the bytes of the file, whose SHA-256 the record holds; a str has none.")
    return article(name, of_file(name), raw, published=published, publisher=publisher, url=url)[0]


def article(place: str, naming: Naming, raw: bytes, **given: str | None) -> tuple[Article, tuple[str, ...]]:
    """The same of an article that is called so, and stands at a place that errors name; and what is doubtful in it."""
    try:
        return _article(naming, raw, given)
    except TasrihError as error:
        raise TasrihError(f"{place}: {error}") from error


def _article(naming: Naming, raw: bytes, given: dict[str, str | None]) -> tuple[Article, tuple[str, ...]]:
    text, facts, numbers, doubts = page(raw) if is_page(naming.source) else Page(decoded(raw), Facts())
    found = layout(text, numbers)
    if facts.published and found.published and facts.published != found.published:
        doubts = (*doubts, f"published: {facts.published} is stated, {found.published} is shown")
    known = facts._asdict() | {name: value for name, value in given.items() if value}
    found.published = _day(known["published"]) if known["published"] else found.published
    known["url"] = _address(known["url"]) if given.get("url") else facts.url
    people = People()
    quotes, terms = _annotated(found, people)
    record = {
        "schema_version": "1.0",
        "id": _dated(naming.id, found.published),
        "metadata": _metadata(naming.source, raw, found, Facts(**known)),
        "paragraphs": [
            {"id": f"p{number}", "role": role, "text": text} for number, (role, text) in enumerate(found.paragraphs, 1)
        ],
        "quotes": quotes,
        "terms": terms,
        "entities": _numbered(
            settle([*_entities(found, people, quotes, terms), *_dates(found)], quotes, terms), quotes, terms
        ),
    }
    if questions := open_questions(record):
        record["waivers"] = questions
    return _checked(record), doubts


def _checked(record: Json) -> Article:
    try:
        return Article.model_validate_json(orjson.dumps(record))
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        at = "/".join(map(str, first["loc"]))
        raise TasrihError(f"the draft is no record: {first['msg']} (at /{at}).") from error


def explained(article: Article) -> str:
    """Why each decision of a draft fell as it did: a line an item, those first of which it is least sure."""
    items = [_reason(item) for item in article.quotes] + [_reason(item) for item in article.terms]
    items += [_reason_of_entity(entity) for entity in article.entities]
    items += [(0.0, f"{waiver.rule}  {waiver.at}  {waiver.reason}") for waiver in article.waivers]
    return "\n".join(line for _, line in sorted(items, key=lambda item: item[0]))


def _reason_of_entity(entity: ArticleEntity) -> tuple[float, str]:
    confidence, why = _made(entity.mentions[0].provenance)
    count = len(entity.mentions)
    value = f" = {entity.value}" if entity.value else ""
    times = f"{count} mentions" if count > 1 else "1 mention"
    return confidence, f"{entity.id}  {entity.type}  ({why}, {times}) “{entity.name}”{value}"


def _reason(item: Quote | Term) -> tuple[float, str]:
    span = item.spans[0] if isinstance(item, Quote) else item.span
    kind = item.type if isinstance(item, Quote) else item.kind
    cue = f", cue “{item.cue.text}”" if isinstance(item, Quote) and item.cue else ""
    confidence, why = _made(item.provenance)
    return confidence, f"{item.id}  {kind}  ({why}{cue}) “{span.text[:60]}”"


def _made(provenance: Provenance | None) -> tuple[float, str]:
    """How sure the rule was that made an item, and what to say of it."""
    if provenance is None:
        return 1, "given"
    return provenance.confidence, f"{provenance.rule}, {provenance.confidence:.2f}"


def _day(published: str) -> str:
    try:
        day = date.fromisoformat(published).isoformat()
        return TypeAdapter[str](Day).validate_python(day)
    except (ValueError, TypeError) as error:
        raise TasrihError(f"{str(published)[:_TOLD]}: not a day. Write it as 2024-05-04.") from error


def _address(url: str) -> str:
    try:
        return TypeAdapter[str](Url).validate_python(url)
    except ValueError as error:
        raise TasrihError(f"{url[:_TOLD]}: not an address. Write it as https://example.org/articles/1.") from error


def _annotated(found: Layout, people: People) -> tuple[list[Json], list[Json]]:
    """Quotes and terms in reading order; speakers still point to entities of `people`."""
    quotes: list[Json] = []
    terms: list[Json] = []
    by_paragraph = _attributed(found)
    _introduce(found, people, by_paragraph)
    for number, (_, text) in enumerate(found.paragraphs):
        for attribution in by_paragraph[number]:
            provenance = {"rule": attribution.rule, "confidence": attribution.confidence}
            if attribution.is_speech:
                quotes.append(_quote(number, found, attribution, people, quotes) | {"provenance": provenance})
            else:
                pair = attribution.pair
                span = _span(number, text, pair.start, pair.end)
                term: Json = {"id": f"t{len(terms) + 1}", "kind": attribution.type, "span": span}
                bearers = _bearers(attribution.context[-3:])
                if attribution.type == "name" and (bearers or attribution.rule == "institution"):
                    term["entity"] = people.institution(number, text, pair.start, pair.end, bearers)
                terms.append(term | {"provenance": provenance})
    return quotes, terms


def _attributed(found: Layout) -> list[list[Attribution]]:
    """What each paragraph holds of marked and unmarked speech and of terms, in reading order."""
    stretches = [pairs(text) for _, text in found.paragraphs]
    by_paragraph = [
        _in_paragraph(role, text, inside) for (role, text), inside in zip(found.paragraphs, stretches, strict=True)
    ]
    run_on(found.paragraphs, stretches, by_paragraph)
    names = [[other.pair for other in attributions if other.type == "name"] for attributions in by_paragraph]
    for number, attribution in ((number, other) for number, others in enumerate(by_paragraph) for other in others):
        place, told = told_at(number, attribution)
        told.named = _name_after(told.subject, names[place])
    return by_paragraph


def _in_paragraph(role: str, text: str, stretches: list[Pair]) -> list[Attribution]:
    marked = attributions(text, stretches)
    unmarked = indirect(text, marked, stretches, headline=role == "headline") if role in _READ else []
    return _nested([*marked, *unmarked])


def _nested(found: list[Attribution]) -> list[Attribution]:
    """Attributions in reading order, without those that cross an earlier one; what stands in marks goes before."""
    kept: list[Attribution] = []
    opened: list[Attribution] = []
    dropped: set[int] = set()
    for attribution in sorted(found, key=lambda other: (other.pair.start, -other.pair.end, not other.is_marked)):
        start, end = attribution.pair[:2]
        opened = [other for other in opened if other.pair.end > start and id(other) not in dropped]
        crossed = [other for other in opened if other.pair.start < start and other.pair.end < end]
        if crossed and not (attribution.is_marked and not any(other.is_marked for other in crossed)):
            continue
        if any(other.pair[:2] == (start, end) for other in opened):
            continue
        dropped |= {id(other) for other in crossed}
        kept.append(attribution)
        opened.append(attribution)
    return [other for other in kept if id(other) not in dropped]


def _name_after(subject: tuple[Word, ...], names: list[Pair]) -> Pair | None:
    """The name in marks right after a noun for an institution: جمعية "…"."""
    if not subject or is_listed(subject[0].folded, "titles") or not _bearers((subject[0], subject[-1])):
        return None
    place = bisect_left(names, (subject[-1].end + 2,))
    near = place < len(names) and names[place].start - subject[-1].end < 4
    return names[place] if near else None


def _bearers(near: tuple[Word, ...]) -> list[Word]:
    """Those of some words that are nouns for an institution whose name follows in marks."""
    return [word for word in near if is_listed(word.folded, "bearers")]


def _introduce(found: Layout, people: People, by_paragraph: list[list[Attribution]]) -> None:
    """Meets everybody who speaks by name, body first, so that a short name in the headline is known in full."""
    for _, text in sorted(found.paragraphs, key=lambda paragraph: paragraph[0] != "body"):
        people.discover(text)
    for number, (role, _) in enumerate(found.paragraphs):
        if role == "body":
            for attribution in by_paragraph[number]:
                place, told = told_at(number, attribution)
                if told.subject and parted(told.subject)[1]:
                    _speaker(place, found.paragraphs[place][1], told, people)
    for entity in people.entities:
        entity.mentions.clear()


def _quote(number: int, found: Layout, attribution: Attribution, people: People, earlier: list[Json]) -> Json:
    places = [(number, attribution.pair), *attribution.parts]
    quote: Json = {
        "id": f"q{len(earlier) + 1}",
        "type": attribution.type,
        "spans": [_span(place, found.paragraphs[place][1], pair.start, pair.end) for place, pair in places],
        "cue": None,
        "speaker": None,
    }
    around = [other for other in earlier[-_NEAR:] if _holds(other, quote)]
    quote["parent"] = around[-1]["id"] if around else None
    number, attribution = told_at(number, attribution)
    text = found.paragraphs[number][1]
    if cue := attribution.cue:
        quote["cue"] = _span(number, text, cue.start, cue.end) | {"kind": cue.kind}
    if around and _is_inside(text, attribution, around[-1]):
        return quote | {"cue": around[-1]["cue"], "speaker": around[-1]["speaker"] and dict(around[-1]["speaker"])}
    _say(quote, (number, text, attribution), people, earlier)
    return quote


def _holds(outer: Json, quote: Json) -> bool:
    """Whether each span of a quote stands in one of another."""
    return all(
        any(
            span["paragraph"] == part["paragraph"] and span["start"] <= part["start"] and part["end"] <= span["end"]
            for span in outer["spans"]
        )
        for part in quote["spans"]
    )


def _say(quote: Json, told: tuple[int, str, Attribution], people: People, earlier: list[Json]) -> None:
    """Enters who says a quote, told in a paragraph of some number and text."""
    number, text, attribution = told
    gender = _gender(text, attribution)
    spoken = _spoken(number, text, attribution, people, gender)
    if spoken:
        entity, form, span = spoken
        people.spoken.append(entity)
        entity.gender = entity.gender or gender
        quote["speaker"] = {"entity": entity, "form": form, "span": _span(number, text, span.start, span.end)}
    elif participle := _main_subject(attribution, number, earlier):
        quote["speaker"] = participle
        people.spoken.append(participle["entity"])
    elif attribution.cue and (last := people.last(gender)):
        people.spoken.append(last)
        quote["speaker"] = {"entity": last, "form": "elided", "span": None}


def _spoken(number: int, text: str, attribution: Attribution, people: People, gender: str) -> Spoken | None:
    """Who speaks where the text says so: by the speaker's phrase, before the verb, or anywhere in the sentence."""
    spoken = _speaker(number, text, attribution, people, gender)
    if not spoken and (before := _leading(text, attribution)):
        spoken = people.speaker(number, text, before, gender)
    if spoken and spoken[1] == "nominal" and (ahead := _name_ahead(number, attribution, people)):
        spoken = ahead
    described = spoken and spoken[0].type != "PERS" and attribution.cue and describes(text, attribution.cue)
    if attribution.cue and ((not spoken and _needs_subject(attribution)) or described):
        known = people.known(number, attribution.context, gender)
        spoken = known if known and (not spoken or known[2].end <= attribution.cue.start) else spoken
    return spoken


def _speaker(number: int, text: str, attribution: Attribution, people: People, gender: str = "") -> Spoken | None:
    """Whom the words of a speaker's phrase stand for; the phrase ends with a name in marks where one follows."""
    if attribution.named is None:
        return people.speaker(number, text, attribution.subject, gender)
    start, end, _ = attribution.named
    first = attribution.subject[0]
    entity = people.institution(number, text, start, end, [first])
    mark = mark_after(text, end)
    return entity, "named", Word(first.start, mark.end if mark else end, "")


def _name_ahead(number: int, attribution: Attribution, people: People) -> Spoken | None:
    """The name right before the speech, after a longer description: تقول الباحثة في المعهد أمينة الراشد: …."""
    cue = attribution.cue
    between = tuple(word for word in attribution.context if cue and cue.end <= word.start < attribution.pair.start)
    that = next((place for place, word in enumerate(between) if word.folded in THAT), len(between))
    between = between[:that]
    found = people.known(number, between[-4:], "") if len(between) > 3 else None
    return found if found and found[2].end == between[-1].end else None


def _is_inside(text: str, attribution: Attribution, parent: Json) -> bool:
    """Whether the cue of a fragment only describes, and stands inside the reported clause around it."""
    cue, span = attribution.cue, parent["spans"][0]
    if cue is None or attribution.type != "partial" or parent["type"] != "indirect":
        return False
    inside = span["start"] <= cue.start < span["end"] and attribution.rule in ("described", "governed")
    return inside and (describes(text, cue) or is_weak(Word(cue.start, cue.end, word_at(text, cue))))


def _leading(text: str, attribution: Attribution) -> tuple[Word, ...]:
    """The words before a verb, where its subject does not follow it."""
    cue = attribution.cue
    if cue is None or cue.kind != "verb":
        return ()
    return tuple(leading(text, [word for word in attribution.context if word.end <= cue.start], cue))


def _main_subject(attribution: Attribution, number: int, earlier: list[Json]) -> Json | None:
    """The speaker of a participle that a full stop cuts off from its verb: the one of the quote before it."""
    last = earlier[-1] if earlier else None
    if attribution.cue is None or attribution.cue.kind != "participle" or last is None or last["speaker"] is None:
        return None
    span = last["speaker"]["span"]
    return dict(last["speaker"]) if span and span["paragraph"] == f"p{number + 1}" else None


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
    if cue.kind == "participle":
        return "f" if word.endswith("ه") else "m"
    imperfect = word.startswith("ت") and cue_kind("ي" + word[1:]) is not None
    return "f" if imperfect or word.endswith("ت") else "m"


def _entities(found: Layout, people: People, quotes: list[Json], terms: list[Json]) -> list[Json]:
    """The entities that are mentioned, wherever a name of theirs stands; quotes and terms point to them."""
    people.everywhere([text for _, text in found.paragraphs])
    others = _told_apart(people.entities)
    for item in _pointing(quotes, terms):
        item["entity"] = others.get(id(item["entity"]), item["entity"])
    present = [entity for entity in people.entities if entity.mentions]
    ids = {id(entity): f"e{number}" for number, entity in enumerate(present, 1)}
    for item in _pointing(quotes, terms):
        item["entity"] = ids.get(id(item["entity"]))
    return [_entity(found, entity, ids[id(entity)]) for entity in present]


def _told_apart(entities: list[Entity]) -> dict[int, Entity]:
    """Leaves each stretch to the first entity that it mentions; a title may be a person's mention too.

    Returns which entity stands, by `id`, for one that has no mention left.
    """
    owners: dict[tuple[int, int, int, bool], Entity] = {}
    others: dict[int, Entity] = {}
    for entity in entities:
        places = {mention: (*mention[:3], entity.type == "OCC") for mention in entity.mentions}
        kept = [mention for mention, place in places.items() if place not in owners]
        if places and not kept:
            others[id(entity)] = owners[next(iter(places.values()))]
        entity.mentions = kept
        owners |= {places[mention]: entity for mention in kept}
    return others


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
        | {"form": form, "provenance": {"rule": entity.rule, "confidence": _CONFIDENCE.get(entity.rule, 0.6)}}
        for number, start, end, form in sorted(entity.mentions)
    ]
    drafted: Json = {"id": entity_id, "type": entity.type, "name": entity.name}
    if entity.known and entity.known.link:
        drafted["link"] = entity.known.link
        if entity.known.identifiers:
            drafted["identifiers"] = entity.known.identifiers
    return drafted | {"mentions": mentions}


def _span(number: int, text: str, start: int, end: int) -> Json:
    """A stretch of a paragraph; signs over its last letter, and what stretches it, belong to it."""
    while text[end : end + 1] == "ـ" or category(text[end : end + 1] or " ") == "Mn":
        end += 1
    return {"paragraph": f"p{number + 1}", "start": start, "end": end, "text": text[start:end]}


def _metadata(source: str, raw: bytes, found: Layout, facts: Facts) -> Json:
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
        "source": {
            "path": source,
            "sha256": hashlib.sha256(raw).hexdigest(),
            "furniture": furniture,
        },
        "annotation": {"status": "draft", "guidelines": VERSIONS[-1], "annotators": [{"id": RULE, "kind": "rule"}]},
    }


def _dated(slug: str, published: str | None) -> str:
    return slug if not published or slug.startswith(published) else f"{published}-{slug}"
