"""From marked-up text to a record."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import orjson
from pydantic import ValidationError

from tasrih.errors import ArgumentError, InvalidError, place_of
from tasrih.interchange.tei import entities, header, inline
from tasrih.interchange.tei.entities import Declared, span
from tasrih.interchange.tei.inline import Mark
from tasrih.interchange.tei.linking import Attribution, Linking, in_order, stand_in_first_parts
from tasrih.interchange.tei.markup import Complain, Element, completed, parse
from tasrih.interchange.tei.profile import check
from tasrih.record import Article, Json, schema_version
from tasrih.validation import validate

NOBODY, NONE, SAME = "unknown", "none", "same"
_PHRASES = ("cue", "speaker", "addressee")
_NO_CUE = (
    "no cue is left for this quote in its paragraph. Mark it; or name one with "
    'cue="…" (its xml:id) or cue="same" (that of the quote before); or write cue="none".'
)
_OTHER_SPEAKER = (
    'by="same": the phrase of the quote before is not this speaker\'s. Leave `by` out, or name a <speaker>.'
)


@dataclass
class _Text:
    """The text of a document, what is marked in it, and what its quotes and entities are called."""

    complain: Complain
    texts: list[str] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    ids: dict[str, Mark] = field(default_factory=dict)
    entities: dict[str, str] = field(default_factory=dict)
    quotes: dict[Mark, str] = field(default_factory=dict)
    places: dict[tuple[str | int, ...], Element] = field(default_factory=dict)


def from_tei(data: bytes, file: str = "<tei>") -> Article:
    """The record that a document says. `file` names it in messages, and the record where the document has no id.

    Raises TasrihError that names file, line and column of everything that is wrong.

    >>> article = tasrih.load()["2019-10-08-port-salaries"]
    >>> tasrih.from_tei(tasrih.to_tei(article).encode()).quotes[0].type
    'indirect'
    """
    if not isinstance(data, bytes):
        raise ArgumentError("give the bytes of the document; it says itself how they are encoded.", path=file)
    complaints: list[tuple[int, int, str]] = []

    def complain(element: Element, message: str) -> None:
        complaints.append((element.line, element.column, message))

    def stop() -> None:
        if complaints:
            raise _told(complaints, file)

    root = parse(data, file)
    check(root, complain)
    stop()
    text = _Text(complain)
    made = _record(root, Path(file).stem, text, stop)
    stop()
    try:
        return Article.model_validate_json(orjson.dumps(made))
    except orjson.JSONEncodeError as error:
        complain(root, f"a `more` in it cannot be kept ({error}).")
    except ValidationError as error:
        _explain(made, text, root)
        if not complaints:
            complain(root, f"not a valid record: {error.errors()[0]['msg']}.")
    raise _told(complaints, file)


def _told(complaints: list[tuple[int, int, str]], file: str) -> InvalidError:
    (line, column, first), *others = sorted(complaints)
    rest = (f"{place_of(file, *place)}: {text}" for *place, text in others)
    return InvalidError(first, *rest, path=file, line=line, column=column)


def _explain(made: Json, text: _Text, root: Element) -> None:
    """Complains about what the published schema does not allow."""
    for finding in validate([made], select=["S"]):
        message = "; ".join(filter(None, (finding.message, finding.suggestion)))
        text.complain(_nearest(finding.pointer, text, root), message if message.endswith("?") else f"{message}.")


def _record(root: Element, name: str, text: _Text, stop: Callable[[], None]) -> Json:
    head = next((child for child in root.elements if child.tag == "header"), Element("header", line=1, column=1))
    paragraphs = [_paragraph(element, text) for element in root.elements if element.tag in ("head", "p")]
    _name_quotes(text)
    groups = entities.groups(head, text.marks, text.texts, text.complain)
    stop()
    known = [entities.entity(group, number, text.texts, text.complain) for number, group in enumerate(groups, 1)]
    of = _name_entities(groups, text)
    made: Json = {
        "schema_version": "1.0",
        "id": root.get("id") or name,
        "metadata": header.metadata(head, text.complain),
        "paragraphs": paragraphs,
        "quotes": _quotes(text, known),
        "terms": _terms(text, of),
        "entities": known,
    }
    made["schema_version"] = schema_version(made)
    text.places["metadata",] = head
    text.places |= {("metadata", child.tag): child for child in head.elements}
    waivers = [_waiver(waiver, text) for waiver in head.elements if waiver.tag == "waiver"]
    return completed(root, made | ({"waivers": waivers} if waivers else {}), text.complain)


def _paragraph(element: Element, text: _Text) -> Json:
    number = len(text.texts)
    words, marks = inline.read(element, number, text.complain)
    if not words:
        text.complain(element, f"<{element.tag}> is empty. Take it out.")
    text.texts.append(words)
    text.marks += marks
    text.ids |= {name: mark for mark in marks if (name := mark.get("xml:id"))}
    text.places["paragraphs", number] = element
    role = "headline" if element.tag == "head" else element.get("type") or "body"
    return completed(element, {"id": f"p{number + 1}", "role": role, "text": words}, text.complain)


def _name_quotes(text: _Text) -> None:
    """Numbers the quotes: a further part counts as its first part, also for what stands in it."""
    said = [mark for mark in text.marks if mark.tag == "said"]
    parts: dict[Mark, Mark] = {}
    for mark in said:
        if name := mark.get("part"):
            if useless := mark.element.attributes.keys() - {"part", "n", "end", "xml:id"}:
                text.complain(mark.element, f"{', '.join(sorted(useless))}: say that at the first part of the quote.")
            first = text.ids.get(name)
            if first is None or first.tag != "said" or first.get("part"):
                text.complain(mark.element, f'part: there is no <said xml:id="{name}">, the first part of the quote.')
            else:
                parts[mark] = first
    stand_in_first_parts(text.marks, parts)
    heads = in_order(mark for mark in said if not mark.get("part"))
    text.quotes |= {mark: f"q{number}" for number, mark in enumerate(heads, 1)}
    text.quotes |= {mark: text.quotes[first] for mark, first in parts.items()}
    text.places |= {("quotes", number): mark.element for number, mark in enumerate(heads)}


def _name_entities(groups: list[Declared], text: _Text) -> dict[Mark, str]:
    """Numbers the entities; which one each mention is of."""
    of: dict[Mark, str] = {}
    for number, group in enumerate(groups, 1):
        text.places["entities", number - 1] = group.element
        if name := group.element.get("xml:id"):
            text.entities[name] = f"e{number}"
        for place, mark in enumerate(in_order(group.marks)):
            of[mark] = f"e{number}"
            text.places["entities", number - 1, "mentions", place] = mark.element
    return of


def _quotes(text: _Text, known: list[Json]) -> list[Json]:
    linking = Linking(text.marks, {entity["id"]: entity for entity in known})
    heads = [mark for mark in text.quotes if not mark.get("part")]
    made = {said: _quote(said, linking, text) for said in sorted(heads, key=lambda mark: mark.order)}
    for mark in text.marks:
        if mark.tag in _PHRASES and mark not in linking.taken:
            text.complain(mark.element, _useless(mark))
    return [made[said] for said in heads]


def _useless(mark: Mark) -> str:
    if mark.tag == "cue":
        return "this <cue> serves no quote. Take it out, or name it in the cue of a <said>."
    return (
        f"this <{mark.tag}> serves no quote: none is near whose entity has a mention in it. Mark the mention, give a "
        f'pronoun form="pronoun", or name it in the `{"by" if mark.tag == "speaker" else "to"}` of a <said>.'
    )


def _quote(said: Mark, linking: Linking, text: _Text) -> Json:
    taken = _attribution(said, linking, text)
    whom = _entity(said, "addressee", text)
    address = _chosen(said, "to", text, None, lambda: linking.addressee(said, whom)) if whom else None
    linking.settle(said, taken, address)
    parts = [mark for mark in text.marks if mark.get("part") and text.quotes.get(mark) == text.quotes[said]]
    made: Json = {
        "id": text.quotes[said],
        "type": said.get("type") or "direct",
        "spans": [span(mark, text.texts) for mark in [said, *in_order(parts)]],
        "cue": _cue(taken.cue, text.texts) if taken.cue else None,
        "speaker": _participant(taken.who, taken.speaker, linking, text),
        "addressee": _participant(whom, address, linking, text),
        "parent": _parent(said, text),
        "continues": _other(said, "continues", text),
    }
    if listed := said.get("phenomena"):
        made["phenomena"] = listed.split()
    return completed(said.element, made | entities.provenance(said.element), text.complain)


def _cue(mark: Mark, texts: list[str]) -> Json:
    where = span(mark, texts)
    return where | {"kind": mark.get("kind") or cue_kind(where["text"])}


def cue_kind(words: str) -> str:
    """The kind of a cue that does not say it."""
    return "verb" if any(letter.isalpha() for letter in words) else "punctuation"


def _attribution(said: Mark, linking: Linking, text: _Text) -> Attribution:
    """Who speaks and what says so: inside another quote that of the outer one, where it does not say who."""
    if said.get("who") is None:
        outer = linking.settled.get(said.around) if said.around else None
        if outer is None:
            text.complain(said.element, 'who says it? Write who="…" (the xml:id of an entity) or who="unknown".')
            return Attribution()
        cue = _chosen(said, "cue", text, linking.before.cue, lambda: outer.cue)
        return Attribution(outer.who, _chosen(said, "by", text, linking.before.speaker, lambda: outer.speaker), cue)
    who = _entity(said, "who", text)
    cue = _chosen(said, "cue", text, linking.before.cue, lambda: linking.cue(said))
    if cue is None and said.get("cue") is None:
        text.complain(said.element, _NO_CUE)

    def nearest() -> Mark | None:
        if said.get("cue") == SAME:
            return linking.same_speaker(who)
        return linking.speaker(said, who, cue) if who else None

    if said.get("by") == SAME and linking.before.speaker and who and not linking.same_speaker(who):
        text.complain(said.element, _OTHER_SPEAKER)
    return Attribution(who, _chosen(said, "by", text, linking.same_speaker(who), nearest), cue)


def _chosen(
    said: Mark, attribute: str, text: _Text, before: Mark | None, nearest: Callable[[], Mark | None]
) -> Mark | None:
    """The cue or phrase that a quote names, or the one that is near."""
    name = said.get(attribute)
    if name is None:
        return nearest()
    if name in (NONE, SAME):
        return before if name == SAME else None
    tag = {"by": "speaker", "to": "addressee", "cue": "cue"}[attribute]
    mark = text.ids.get(name)
    if mark is None or mark.tag != tag:
        text.complain(said.element, f'{attribute}: there is no <{tag} xml:id="{name}">.')
        return None
    return mark


def _entity(said: Mark, attribute: str, text: _Text) -> str | None:
    name = said.get(attribute)
    if name is None or name == NOBODY:
        return None
    if name not in text.entities:
        known = f'List it in the header, or declare it at a mention with xml:id="{name}".'
        text.complain(said.element, f'{attribute}: the entity "{name}" is not known. {known}')
    return text.entities.get(name)


def _parent(said: Mark, text: _Text) -> str | None:
    if said.get("parent"):
        return _other(said, "parent", text)
    return text.quotes.get(said.around) if said.around else None


def _other(said: Mark, attribute: str, text: _Text) -> str | None:
    """The id of another quote that an attribute names."""
    name = said.get(attribute)
    if name is None or name == NONE:
        return None
    mark = text.ids.get(name)
    if mark not in text.quotes:
        text.complain(said.element, f'{attribute}: there is no <said xml:id="{name}">.')
    return text.quotes.get(mark) if mark else None


def _participant(entity: str | None, phrase: Mark | None, linking: Linking, text: _Text) -> Json | None:
    if entity is None:
        return None
    where = span(phrase, text.texts) if phrase else None
    return {"entity": entity, "form": linking.form(phrase, entity), "span": where}


def _terms(text: _Text, of: dict[Mark, str]) -> list[Json]:
    marks = in_order(mark for mark in text.marks if mark.tag == "term")
    text.places |= {("terms", number): mark.element for number, mark in enumerate(marks)}
    return [_term(mark, number, text, of) for number, mark in enumerate(marks, 1)]


def _term(mark: Mark, number: int, text: _Text, of: dict[Mark, str]) -> Json:
    made = {"id": f"t{number}", "kind": mark.get("kind") or "name", "span": span(mark, text.texts)}
    entity = term_entity(mark, of)
    if mark.get("ref"):
        entity = None if mark.get("ref") == NONE else _entity(mark, "ref", text)
    made |= ({"entity": entity} if entity else {}) | entities.provenance(mark.element)
    return completed(mark.element, made, text.complain)


def term_entity(mark: Mark, of: dict[Mark, str]) -> str | None:
    """The entity of the one mention that has exactly the words of a term."""
    alike = {entity for mention, entity in of.items() if mention.order == mark.order}
    return alike.pop() if len(alike) == 1 else None


def _waiver(waiver: Element, text: _Text) -> Json:
    """A waiver; `at` may begin with # and an xml:id in the place of a JSON Pointer."""
    at = waiver.get("at") or ""
    if at.startswith("#"):
        name, _, rest = at[1:].partition("/")
        path = next((path for path, element in text.places.items() if element.get("xml:id") == name), None)
        if path is None:
            text.complain(waiver, f'at: no paragraph, quote, term or entity has xml:id="{name}".')
        at = "".join(f"/{step}" for step in path or ()) + (f"/{rest}" if rest else "")
    return {"rule": waiver.get("rule"), "at": at, "reason": waiver.words}


def _nearest(pointer: str, text: _Text, root: Element) -> Element:
    """The element that says what is at a place of the record."""
    path = tuple(int(step) if step.isdecimal() else step for step in pointer.split("/")[1:])
    lengths = range(len(path), 0, -1)
    return next((text.places[path[:length]] for length in lengths if path[:length] in text.places), root)
