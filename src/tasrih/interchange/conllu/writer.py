"""From a record to CoNLL-U: CoNLL-U Plus with a column for each layer, or CorefUD with brackets and empty nodes.

A paragraph is a sentence: quotes run over the ends of sentences, which mentions of CorefUD may not, and the text comes
back as it was. What is not about words stands in comments before the first of them.

CorefUD asks for syntax, of which a record knows none: every word is an `X` that hangs on the first by an unspecified
relation, `dep`, until a parser says more.
"""

from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

from tasrih.errors import InvalidError
from tasrih.interchange.conllu import brackets
from tasrih.interchange.conllu.brackets import Bracketed
from tasrih.interchange.conllu.layers import ENTITY, ROLES, Mark, Words, cells, marks, participant, words
from tasrih.interchange.conllu.lines import (
    ATTRIBUTES,
    COLUMNS,
    LAYERS,
    NO_LAYER,
    NOTHING,
    OUR_COLUMNS,
    commented,
    escaped,
    misc,
    space_after,
)
from tasrih.interchange.regions import regions_of
from tasrih.record import Json
from tasrih.text.letters import is_in_word

_BEFORE_SUBJECTS = ("verb", "participle")
"""The kinds of cues whose subject an elided speaker is."""


_IN_CELLS = {
    "paragraph": (),
    "quote": ("type",),
    "cue": ("kind",),
    "phrase": ("form",),
    "term": ("kind",),
    "mention": ("type", "form"),
}
"""What cells say of the regions of each kind; comments say the rest."""


class _Node(NamedTuple):
    """A word, multiword token or empty node; `said` are the cells of its layers."""

    id: str
    form: str
    said: dict[str, str]
    space: list[tuple[str, str]]
    entity: str = ""
    deps: str = NOTHING


class _Elided(NamedTuple):
    """A speaker or addressee that no words stand for, where an empty node is put in its place."""

    role: str
    quote: Json
    after: int

    @property
    def cell(self) -> str:
        """What its column says."""
        return f"{self.quote['id']}:{participant(self.quote[self.role])}"

    @property
    def deps(self) -> str:
        """An elided speaker is the subject of the verb before it; of nothing else is the syntax known."""
        cue = self.quote["cue"]
        is_subject = self.role == "speaker" and cue is not None and cue["kind"] in _BEFORE_SUBJECTS
        return f"{self.after or 1}:{'nsubj' if is_subject else 'dep'}"


def plus(record: Json) -> str:
    """The file of CoNLL-U Plus of a valid record. Raises InvalidError for what refers to nothing, or is no text."""
    lines = ["# global.columns = " + " ".join(["ID", "FORM", "MISC", *OUR_COLUMNS])]
    lines += [f"# newdoc id = {record['id']}", *_about(record, is_elided_said=True)]
    for number, (paragraph, here) in enumerate(zip(record["paragraphs"], marks(record).values(), strict=True), 1):
        found = words(paragraph["text"], here)
        said = {layer: cells(here, found, layer) for layer in LAYERS}
        lines += [*_sentence(record, number, here, found), *map(_plus_line, _nodes(paragraph["text"], found, said)), ""]
    return "\n".join(lines) + "\n"


def _plus_line(node: _Node) -> str:
    return "\t".join([node.id, node.form, misc(node.space), *(node.said.get(layer, NO_LAYER) for layer in LAYERS)])


def corefud(record: Json) -> str:
    """The file of CorefUD of a valid record. Raises InvalidError for what refers to nothing, or is no text."""
    lines = [f"# newdoc id = {record['id']}", f"# global.Entity = {brackets.GLOBAL}"]
    lines += _about(record, is_elided_said=False)
    for number, (paragraph, here) in enumerate(zip(record["paragraphs"], marks(record).values(), strict=True), 1):
        found = words(paragraph["text"], here)
        nodes = _with_entities(record, paragraph, here, found)
        lines += [*_sentence(record, number, here, found), *map(_corefud_line, nodes), ""]
    return "\n".join(lines) + "\n"


def _corefud_line(node: _Node) -> str:
    said = [(name, node.said[layer]) for name, layer in ATTRIBUTES.items() if layer in node.said]
    last = misc([*([("Entity", node.entity)] if node.entity else []), *said, *node.space])
    if not node.id.isdecimal():
        return "\t".join([node.id, node.form, *[NOTHING] * (len(COLUMNS) - 4), node.deps, last])
    head, relation = ("0", "root") if node.id == "1" else ("1", "dep")
    return "\t".join([node.id, node.form, NOTHING, "X", NOTHING, NOTHING, head, relation, f"{head}:{relation}", last])


def _about(record: Json, *, is_elided_said: bool) -> Iterator[str]:
    """What no word says: of the article, of quotes, terms and mentions; where it is wanted, who is elided too."""
    marked = regions_of(record)
    if record.get("waivers"):
        yield commented("record", "waivers", record["waivers"])
    yield from (commented("metadata", name, value) for name, value in record["metadata"].items())
    linked = {(one.source, one.kind): one.target for one in marked.relations if one.kind in ("parent", "continues")}
    quotes = {quote["id"]: quote for quote in record["quotes"]}
    for region in marked.regions:
        rest = {name: value for name, value in region.attributes.items() if name not in _IN_CELLS[region.kind]}
        rest |= {kind: linked[region.id, kind] for kind in ("parent", "continues") if (region.id, kind) in linked}
        if region.kind == "quote" and is_elided_said:
            rest |= {role: participant(quotes[region.id][role]) for role in _silent(quotes[region.id])}
        if rest and region.kind != "paragraph":
            yield commented(region.kind, region.id, rest)


def _silent(quote: Json) -> list[str]:
    """The speaker or addressee, or both, that no words stand for."""
    return [role for role in ROLES if (person := quote.get(role)) and not person["span"]]


def _sentence(record: Json, number: int, here: list[Mark], found: Words) -> Iterator[str]:
    """The comments before the words of a paragraph, the last its text."""
    paragraph = record["paragraphs"][number - 1]
    text = " ".join(paragraph["text"].split())
    if not text:
        raise InvalidError(f"{paragraph['id']} has no words, and CoNLL-U knows no sentence without.")
    yield f"# newpar id = {paragraph['id']}"
    yield f"# sent_id = {record['id']}-{paragraph['id']}"
    rest = {name: paragraph[name] for name in ("role", "repeats") if paragraph.get(name)}
    yield commented("paragraph", paragraph["id"], rest)
    for mark in (mark for mark in here if not found.are(mark)):
        yield commented("place", f"{mark.layer}.{mark.name}", [number, mark.start, mark.end, mark.said])
    yield f"# text = {text}"


def _nodes(text: str, found: Words, said: dict[str, dict[int, list[str]]]) -> Iterator[_Node]:
    """The words of a paragraph in their order, before those of a token that was cut the token."""
    starts = [*found.starts, len(text)]
    count = len(found.starts)
    place = 0
    while place < count:
        last = place
        while last + 1 < count and found.tokens[last + 1] == found.tokens[place]:
            last += 1
        white = text[found.ends[last] : starts[last + 1]]
        space = space_after(white) if white or last + 1 < count else []
        if place == 0 and starts[0]:
            space.append(("SpacesBefore", escaped(text[: starts[0]])))
        if last > place:
            yield _Node(f"{place + 1}-{last + 1}", text[starts[place] : found.ends[last]], {}, space)
            space = []
        for word in range(place, last + 1):
            here = {layer: ";".join(by_word[word]) for layer, by_word in said.items() if word in by_word}
            yield _Node(str(word + 1), text[starts[word] : found.ends[word]], here, space)
        place = last + 1


def _with_entities(record: Json, paragraph: Json, here: list[Mark], found: Words) -> list[_Node]:
    """The nodes of a paragraph with brackets, and with empty ones where a speaker or addressee has no words."""
    bracketed = _bracketed(here, found)
    said = {layer: cells([mark for mark in here if mark not in bracketed], found, layer) for layer in LAYERS}
    elided = _elided(record, paragraph["id"], found)
    nodes = _empty_nodes(elided, 0)
    for node in _nodes(paragraph["text"], found, said):
        nodes.append(node)
        if "-" not in node.id:
            nodes += _empty_nodes(elided, int(node.id))
    entities = brackets.written(_brackets(record, [*bracketed, *_pronouns(bracketed, here, found)], found, nodes))
    return [node._replace(entity=entities.get(place, "")) for place, node in enumerate(nodes)]


def _elided(record: Json, paragraph: str, found: Words) -> list[_Elided]:
    """Who is in a paragraph without words: each after the cue, or before what is said where there is none."""
    elided = []
    for quote in record["quotes"]:
        span, edge = (quote["cue"], "end") if quote["cue"] else (quote["spans"][0], "start")
        if span["paragraph"] == paragraph:
            after = bisect_left(found.starts, span[edge])
            elided += [_Elided(role, quote, after) for role in _silent(quote)]
    return elided


def _empty_nodes(elided: list[_Elided], after: int) -> list[_Node]:
    """The empty nodes after so many words."""
    here = enumerate((one for one in elided if one.after == after), 1)
    return [_Node(f"{after}.{place}", NOTHING, {one.role.upper(): one.cell}, [], deps=one.deps) for place, one in here]


def _bracketed(here: list[Mark], found: Words) -> list[Mark]:
    """The mentions that brackets can say: CorefUD has one for the same words, and none of one entity that cross.

    Titles give way to the people who bear them: `الوزير` is who is meant.
    """
    taken: dict[range, Mark] = {}
    mentions = (mark for mark in here if mark.layer == ENTITY)
    for mark in sorted(mentions, key=lambda mark: mark.said.startswith("OCC:")):
        if found.of(mark) and _fits(mark, taken, found):
            taken[found.of(mark)] = mark
    return list(taken.values())


def _pronouns(bracketed: list[Mark], here: list[Mark], found: Words) -> list[Mark]:
    """The pronouns for who speaks or is spoken to: they refer to an entity, and are no mentions in a record.

    What is said to refer to several has no bracket.
    """
    meant: dict[range, dict[str, Mark]] = {}
    for mark in here:
        if mark.layer.lower() in ROLES and mark.said.startswith("pronoun:"):
            entity = mark.said.split(":")[1].split("+")[0]
            reference = mark._replace(layer=ENTITY, id=entity, number=0, said="")
            meant.setdefault(found.of(mark), {})[entity] = reference
    taken = {found.of(mark): mark for mark in bracketed}
    for own, references in meant.items():
        (reference, *others) = references.values()
        if own and not others and _fits(reference, taken, found):
            taken[own] = reference
    return list(taken.values())[len(bracketed) :]


def _fits(mark: Mark, taken: dict[range, Mark], found: Words) -> bool:
    own = found.of(mark)
    return own not in taken and not any(mark.id == other.id and _cross(own, words) for words, other in taken.items())


def _cross(one: range, other: range) -> bool:
    first, second = sorted((one, other), key=lambda words: words.start)
    return first.start < second.start < first.stop < second.stop


def _brackets(record: Json, references: list[Mark], found: Words, nodes: list[_Node]) -> Iterator[Bracketed]:
    types = {entity["id"]: entity["type"] for entity in record["entities"]}
    prefix = record["id"].replace("-", "_")

    def bracketed(entity: str, first: int, last: int, head: int, *other: tuple[str, str]) -> Bracketed:
        return Bracketed(f"{prefix}.{entity}", brackets.ETYPES[types[entity]], first, last, head, other)

    places = [place for place, node in enumerate(nodes) if node.id.isdecimal()]
    for mark in references:
        own = found.of(mark)
        first, last = places[own[0]], places[own[-1]]
        head = next((place for place in map(places.__getitem__, own) if is_in_word(nodes[place].form[0])), first)
        order = sum("-" not in node.id for node in nodes[first : head + 1])
        kind, _, form = mark.said.partition(":")
        other = (("form", form), ("id", mark.name), ("type", kind)) if kind else (("form", "pronoun"),)
        yield bracketed(mark.id, first, last, order, *other)
    for place, node in enumerate(nodes):
        if "." in node.id:
            (cell,) = node.said.values()
            _, form, entities = cell.split(":")
            yield bracketed(entities.split("+")[0], place, place, 1, ("form", form))
