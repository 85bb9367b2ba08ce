"""From a record to marked-up text."""

from collections.abc import Iterator
from dataclasses import dataclass

from tasrih.arguments import shown
from tasrih.article import Article as View
from tasrih.errors import ArgumentError, InvalidError, TasrihError
from tasrih.interchange.tei import entities, header, inline
from tasrih.interchange.tei.entities import Declared
from tasrih.interchange.tei.inline import Mark
from tasrih.interchange.tei.linking import Attribution, Linking, number, stand_in_first_parts
from tasrih.interchange.tei.markup import Element, complete, ignore, written
from tasrih.interchange.tei.parser import NOBODY, NONE, SAME, cue_kind, term_entity
from tasrih.interchange.tei.profile import IDENTIFIERS
from tasrih.record import Article, Json, schema_version
from tasrih.spans import SPANS, located

_TAGS = {"PERS": "persName", "ORG": "orgName", "DATE": "date", **dict.fromkeys(entities.PLACES, "placeName")}


@dataclass
class _Marks:
    """What is marked: the parts of each quote, the terms, the mentions of each entity, cues and phrases."""

    said: list[list[Mark]]
    terms: list[Mark]
    mentions: list[list[Mark]]
    phrases: dict[tuple[object, ...], Mark]

    def __iter__(self) -> Iterator[Mark]:
        for marks in (*self.said, self.terms, *self.mentions):
            yield from marks
        yield from self.phrases.values()


def to_tei(article: Article | View) -> str:
    """The document that `from_tei` reads as this very record, of an article from `load` or of a record.

    Raises TasrihError for anything else, for a record whose ids or spans are wrong, and for characters that XML
    forbids.

    >>> article = tasrih.load()["2019-10-08-port-salaries"]
    >>> tasrih.from_tei(tasrih.to_tei(article).encode()) == article.record
    True
    """
    article = article.record if isinstance(article, View) else article
    if not isinstance(article, Article):
        raise ArgumentError(f"{shown(article)}: no article. `tasrih.load` has some, and `tasrih.draft` makes one.")
    record = article.model_dump(mode="json", exclude_unset=True)
    try:
        _refuse_wrong(record)
        return written(_document(record))
    except TasrihError as error:
        raise type(error)(f"{article.id}: {error}") from error


def _refuse_wrong(record: Json) -> None:
    """What marked-up text cannot say: ids that do not count from 1, unknown ones, spans that do not fit the text."""
    for layer in ("paragraphs", "quotes", "terms", "entities"):
        ids = [item["id"] for item in record[layer]]
        if ids != [f"{layer[0]}{number}" for number in range(1, len(ids) + 1)]:
            raise InvalidError(f"the ids of its {layer} do not count from 1. `tasrih validate` says more.")
    texts = {paragraph["id"]: paragraph["text"] for paragraph in record["paragraphs"]}
    known = {item["id"] for layer in ("quotes", "entities") for item in record[layer]} | {None}
    for _, span in (one for name in SPANS for one in located(record, name)):
        if texts.get(span["paragraph"], "")[span["start"] : span["end"]] != span["text"]:
            raise InvalidError(f"a span is not at its place in {span['paragraph']}. `tasrih validate` says more.")
    people = [quote.get(role) or {} for quote in record["quotes"] for role in ("speaker", "addressee")]
    for item in [*record["quotes"], *record["terms"], *people]:
        for reference in ("entity", "parent", "continues"):
            if item.get(reference) not in known:
                raise InvalidError(f"{item[reference]} does not exist. `tasrih validate` says more.")


def _document(record: Json) -> Element:
    texts = [paragraph["text"] for paragraph in record["paragraphs"]]
    marks = _marks(record)
    in_text = sorted(marks, key=lambda mark: mark.nesting)
    ends = [f"x{place}" for place in range(len(in_text), 0, -1)]
    paragraphs = [_paragraph(paragraph, in_text, ends) for paragraph in record["paragraphs"]]
    firsts = {mark: parts[0] for parts in marks.said for mark in parts}
    stand_in_first_parts(in_text, firsts)
    for same in (*marks.said, *marks.mentions, marks.terms, [parts[0] for parts in marks.said]):
        number(same)
    mentioned = zip(record["entities"], marks.mentions, strict=True)
    listed = [_entity(entity, mentions, texts) for entity, mentions in mentioned]
    _say(record, marks, in_text)
    _name_terms(record, marks)
    head = header.header(record["metadata"], record.get("waivers") or [], listed)
    root = Element("TEI", {"id": record["id"]}, [head, *paragraphs])
    waivers = header.waivers(head)
    given: Json = {name: record[name] for name in ("schema_version", "waivers") if name in record}
    complete(root, {"schema_version": schema_version(record)} | ({"waivers": waivers} if waivers else {}), given)
    return root


def _marks(record: Json) -> _Marks:
    said = [[_mark("said", span) for span in quote["spans"]] for quote in record["quotes"]]
    for place, parts in enumerate(said, 1):
        parts[0].name = f"q{place}"
    phrases: dict[tuple[object, ...], Mark] = {}
    for quote in record["quotes"]:
        for key, span in _phrases(quote).items():
            phrases.setdefault(key, _mark(str(key[0]), span))
    for place, mark in enumerate(phrases.values(), 1):
        mark.name = f"{mark.tag[0]}{place}"
    terms = [_mark("term", term["span"]) for term in record["terms"]]
    mentions = [[_mention(entity, mention) for mention in entity["mentions"]] for entity in record["entities"]]
    return _Marks(said, terms, mentions, phrases)


def _mark(tag: str, span: Json, **attributes: str) -> Mark:
    return Mark(Element(tag, attributes), int(span["paragraph"][1:]) - 1, span["start"], span["end"])


def _phrases(quote: Json) -> dict[tuple[object, ...], Json]:
    """The cue and phrases of a quote; quotes whose keys are alike share one."""
    found: dict[tuple[object, ...], Json] = {}
    if cue := quote["cue"]:
        found["cue", cue["paragraph"], cue["start"], cue["end"], cue["kind"]] = cue
    for role in ("speaker", "addressee"):
        person = quote.get(role)
        if person and (span := person["span"]):
            found[role, span["paragraph"], span["start"], span["end"], person["form"]] = span
    return found


def _mention(entity: Json, mention: Json) -> Mark:
    if mention["form"] == "nominal":
        return _mark("rs", mention, ref=entity["id"])
    tag = _TAGS.get(entity["type"], "rs")
    mark = _mark(tag, mention, **({"type": entity["type"]} if tag == "rs" else {}), ref=entity["id"])
    if entities.form(mark) != "named":
        mark.element.attributes["form"] = "named"
    return mark


def _paragraph(paragraph: Json, in_text: list[Mark], ends: list[str]) -> Element:
    place = int(paragraph["id"][1:]) - 1
    tag = "head" if paragraph["role"] == "headline" else "p"
    element = inline.write(tag, paragraph["text"], [mark for mark in in_text if mark.paragraph == place], ends)
    if paragraph["role"] not in ("headline", "body"):
        element.attributes = {"type": paragraph["role"], **element.attributes}
    kept = {name: paragraph[name] for name in ("id", "role", "text")}
    complete(element, kept, paragraph)
    return element


def _entity(entity: Json, mentions: list[Mark], texts: list[str]) -> Element:
    """The entity as the header lists it; completes its mentions."""
    element = Element("entity", {"xml:id": entity["id"], "type": entity["type"]})
    said = {name: entity.get(name) for name in ("value", "link")} | (entity.get("identifiers") or {})
    element.attributes |= {name: said[name] for name in ("value", "link", *IDENTIFIERS) if said.get(name)}
    place = int(entity["id"][1:])
    for mark, mention in zip(mentions, entity["mentions"], strict=True):
        _draft(mark.element, mention)
        complete(mark.element, entities.mention(mark, texts, ignore), mention)
    if entities.entity(Declared(element, entity["type"], mentions), place, texts, ignore)["name"] != entity["name"]:
        element.attributes["name"] = entity["name"]
    complete(element, entities.entity(Declared(element, entity["type"], mentions), place, texts, ignore), entity)
    return element


def _draft(element: Element, item: Json) -> None:
    if provenance := item.get("provenance"):
        element.attributes |= {"rule": provenance["rule"], "confidence": str(provenance["confidence"])}


def _name_terms(record: Json, marks: _Marks) -> None:
    of = {mark: f"e{place}" for place, mentions in enumerate(marks.mentions, 1) for mark in mentions}
    for mark, term in zip(marks.terms, record["terms"], strict=True):
        if term["kind"] != "name":
            mark.element.attributes["kind"] = term["kind"]
        if term.get("entity") != term_entity(mark, of):
            mark.element.attributes["ref"] = term.get("entity") or NONE
        _draft(mark.element, term)
        complete(mark.element, {name: value for name, value in term.items() if value is not None}, term)


def _say(record: Json, marks: _Marks, in_text: list[Mark]) -> None:
    """Says what each quote is, and by whom, where that is not what is read without saying it."""
    linking = Linking(in_text, {entity["id"]: entity for entity in record["entities"]})
    for quote in record["quotes"]:
        cue, mark = quote["cue"], _phrase(quote, "cue", marks)
        if cue and mark and cue["kind"] != cue_kind(cue["text"]):
            mark.element.attributes["kind"] = cue["kind"]
        for role in ("speaker", "addressee"):
            _form(quote.get(role), role, quote, marks, linking)
    quotes = {parts[0]: quote for parts, quote in zip(marks.said, record["quotes"], strict=True)}
    heads = {quote["id"]: said for said, quote in quotes.items()}
    for said in sorted(quotes, key=lambda mark: mark.order):
        _attribute(said, quotes[said], marks, linking)
        _relate(said, quotes[said], heads)
    for parts, quote in zip(marks.said, record["quotes"], strict=True):
        for part in parts[1:]:
            part.element.attributes = {"part": _named(parts[0]), **part.element.attributes}
        _finish(parts[0], quote, marks, linking)


def _form(person: Json | None, role: str, quote: Json, marks: _Marks, linking: Linking) -> None:
    """Says the form of a phrase where it is not the one that it has by its words."""
    phrase = _phrase(quote, role, marks)
    if person and phrase and linking.form(phrase, person["entity"]) != person["form"]:
        phrase.element.attributes["form"] = person["form"]


def _phrase(quote: Json, role: str, marks: _Marks) -> Mark | None:
    return next((marks.phrases[key] for key in _phrases(quote) if key[0] == role), None)


def _attribute(said: Mark, quote: Json, marks: _Marks, linking: Linking) -> None:
    """Says the type of a quote, who speaks to whom, and what says so."""
    given = said.element.attributes
    if quote["type"] != "direct":
        given["type"] = quote["type"]
    cue, speaker, addressee = (_phrase(quote, role, marks) for role in ("cue", "speaker", "addressee"))
    who = quote["speaker"] and quote["speaker"]["entity"]
    wanted = Attribution(who, speaker, cue)
    if said.around is None or linking.settled.get(said.around) != wanted:
        given["who"] = who or NOBODY
        _choose(given, "cue", linking.cue(said), cue, linking.before.cue)
        if cue is None:
            given["cue"] = NONE
        same = linking.same_speaker(who)
        near = same if given.get("cue") == SAME else linking.speaker(said, who, cue) if who else None
        _choose(given, "by", near, speaker, same)
    if whom := quote.get("addressee"):
        given["addressee"] = whom["entity"]
        _choose(given, "to", linking.addressee(said, whom["entity"]), addressee, None)
    linking.settle(said, wanted, addressee)


def _choose(given: dict[str, str], attribute: str, near: Mark | None, wanted: Mark | None, before: Mark | None) -> None:
    """Names a cue or phrase where it is not the one that is near."""
    if wanted is None and near:
        given[attribute] = NONE
    elif wanted and wanted is not near:
        given[attribute] = SAME if wanted is before else _named(wanted)


def _named(mark: Mark) -> str:
    """The xml:id of a mark, which it gets when something names it."""
    return mark.element.attributes.setdefault("xml:id", mark.name)


def _relate(said: Mark, quote: Json, heads: dict[str, Mark]) -> None:
    """Says which quote a quote continues, and inside which it stands where the elements do not show it."""
    given = said.element.attributes
    parent = heads.get(quote.get("parent") or "")
    if parent is not said.around:
        given["parent"] = _named(parent) if parent else NONE
    if earlier := heads.get(quote.get("continues") or ""):
        given["continues"] = _named(earlier)


def _finish(said: Mark, quote: Json, marks: _Marks, linking: Linking) -> None:
    _draft(said.element, quote)
    if listed := quote.get("phenomena"):
        said.element.attributes["phenomena"] = " ".join(listed)
    made: Json = {"addressee": None, "parent": None, "continues": None}
    made |= {name: value for name, value in quote.items() if name not in ("provenance", "phenomena") or value}
    for role in ("speaker", "addressee"):
        if person := quote.get(role):
            phrase = _phrase(quote, role, marks)
            span = person["span"] if phrase else None
            form = linking.form(phrase, person["entity"])
            made[role] = {"entity": person["entity"], "form": form, "span": span}
    complete(said.element, made, quote)
