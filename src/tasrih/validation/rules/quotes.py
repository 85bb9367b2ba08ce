"""Q: reported speech, and what stands in quotation marks without being speech."""

from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from tasrih.arguments import nearest_word
from tasrih.guidelines import SPEAKERS
from tasrih.record import WITHOUT_MARKS, Json, Path
from tasrih.spans import Located
from tasrih.text.letters import fold
from tasrih.text.lists import cue_kind, is_cue
from tasrih.text.marks import is_other, marks
from tasrih.text.words import folded_words
from tasrih.validation.findings import Fix, Problem, shown
from tasrih.validation.index import Index, again
from tasrih.validation.registry import Problems, rule
from tasrih.validation.stretches import (
    Stretches,
    around,
    crossing,
    one_holds,
    one_is_in,
    one_meets,
    overlapping,
    stretches,
)

_ALSO = 20
_BEFORE_UNMARKED = ":：-–—ـ•*"  # a dash of tatweel, too
_THAT = {that + pronoun for that in ("ان", "بان") for pronoun in ("", "ه", "ها", "هم")}

_ABOUT = {"عن", "حول", "بشان", "بخصوص"}


@rule("Q101")
def unaccounted_marks(index: Index) -> Problems:
    """A quotation mark belongs to no quote and to no term.

    What stands in marks is speech (a direct or partial quote) or a term: a name, a title, words kept at a
    distance. Annotate which (guidelines 3). A stray mark of the published text is acknowledged by a waiver; inches
    (55"), minutes, years ('90) and bullets need none.
    """
    accounted = index.accounted | {place for _, places in _marked_indirect(index) for place in places}
    for number, paragraph in enumerate(index.paragraphs):
        text = paragraph["text"]
        left = [mark for mark in marks(text) if (paragraph["id"], mark.start) not in accounted]
        open_marks = [mark.start for mark in left if not is_other(text, mark)]
        if open_marks:
            place, *more = open_marks
            around = shown(text[max(0, place - 15) : place + 16])
            places = [*map(str, more[:_ALSO]), *(["…"] if len(more) > _ALSO else [])]
            others = f", also at {', '.join(places)}" if more else ""
            yield Problem(("paragraphs", number, "text"), f"at {place}: {around}{others}")


@rule("Q102")
def without_marks(index: Index) -> Problems:
    """A direct or partial quote or a term does not stand in quotation marks.

    Speech without marks is indirect, or unmarked; words without marks are no term. Speech that runs over several
    paragraphs may leave out the closing mark of all but the last.
    """
    for located in index.anchored(index.marked):
        paragraph, start, _ = located.place
        found = {place < start for _, place in index.enclosing(located)}
        missing = {True, False} - found - _left_out(index, located)
        if missing:
            sides = " and ".join("before" if side else "after" for side in sorted(missing, reverse=True))
            yield Problem(located.at, f"no mark {sides} it in {paragraph}")


def _left_out(index: Index, located: Located) -> set[bool]:
    """The sides on which speech that goes on in another paragraph may lack its mark: True before, False after."""
    if located.at[0] != "quotes":
        return set()
    spans, part = index.quotes[int(located.at[1])]["spans"], int(located.at[3])
    follows = part > 0 and spans[part - 1]["paragraph"] != located.span["paragraph"]
    goes_on = part + 1 < len(spans) and spans[part + 1]["paragraph"] != located.span["paragraph"]
    return ({True} if follows else set()) | ({False} if goes_on else set())


@rule("Q103")
def marked_but_indirect(index: Index) -> Problems:
    """An indirect or unmarked quote stands in quotation marks.

    Speech in marks is direct, or partial when it depends on the clause around it (guidelines 4.2, 4.3).
    """
    for located, _ in _marked_indirect(index):
        yield Problem(("quotes", located.at[1], "type"), shown(located.span["text"]))


def _marked_indirect(index: Index) -> Iterator[tuple[Located, set[tuple[str, int]]]]:
    """The spans of quotes without marks that stand between two marks of their own, and those marks."""
    unmarked = [one for one in index.quoted if index.quotes[int(one.at[1])]["type"] in WITHOUT_MARKS]
    for located in index.anchored(unmarked):
        around = set(index.enclosing(located)) - index.accounted
        if around and len(around) % 2 == 0:
            yield located, around


@rule("Q104", wordless=True)
def crossing_quotes(index: Index) -> Problems:
    """Two quotes cross.

    Quotes stand side by side or one inside the other.
    """
    for first, second in crossing(index.quoted, of_one=False):
        yield Problem(second.at, f"it begins inside {index.owner(first)} and ends outside")


@rule("Q105", wordless=True)
def same_words_twice(index: Index) -> Problems:
    """The same words are annotated twice.

    One pair of marks is one quote or one term, and a stretch of speech one quote.
    """
    seen: dict[tuple[str, int, int], Located] = {}
    for located in [*index.quoted, *index.termed]:
        if located.place in seen:
            yield Problem(located.at, f"it is {index.owner(seen[located.place])} already")
        seen.setdefault(located.place, located)


@rule("Q106", wordless=True)
def unknown_parent(index: Index) -> Problems:
    """A quote's parent does not exist.

    `parent` is the id of the quote inside which this one stands, or null.
    """
    for at, quote in index.numbered("quotes"):
        if quote.get("parent") and quote["parent"] not in index.quote_by_id:
            yield Problem((*at, "parent"), quote["parent"])


@rule("Q107", wordless=True)
def outside_its_parent(index: Index) -> Problems:
    """A quote does not stand inside its parent.

    Every span of a quote lies within a span of its parent.
    """
    parts = {quote["id"]: stretches(quote["spans"]) for quote in index.quotes}
    for at, quote in index.numbered("quotes"):
        parent = index.quote_by_id.get(quote.get("parent") or "")
        if parent and not all(one_holds(parts[parent["id"]], span) for span in quote["spans"]):
            yield Problem((*at, "parent"), f"{quote['id']} is not inside {parent['id']}")


@rule("Q108", wordless=True)
def missing_parent(index: Index) -> Problems:
    """A quote stands inside another that is not its parent.

    `parent` names the smallest quote around it.
    """
    parts = [stretches(quote["spans"]) for quote in index.quotes]
    sizes = [sum(span["end"] - span["start"] for span in quote["spans"]) for quote in index.quotes]
    for located, others in around(index.quoted):
        number, quote = int(located.at[1]), index.quotes[int(located.at[1])]
        if located.at[3] == 0 and quote.get("parent") is None:
            may_hold = {int(other.at[1]) for other in others} - {number}
            holding = [other for other in may_hold if _is_around(index.quotes[other], parts[other], quote)]
            if holding:
                smallest = index.quotes[min(holding, key=lambda other: (sizes[other], other))]["id"]
                fix = Fix(("quotes", number), quote | {"parent": smallest})
                yield Problem(fix.at, f"{quote['id']} is inside {smallest}", f'"parent": "{smallest}"', fix)


def _is_around(outer: Json, parts: Stretches, inner: Json) -> bool:
    same = [_place(span) for span in outer["spans"]] == [_place(span) for span in inner["spans"]]
    return not same and all(one_holds(parts, part) for part in inner["spans"])


def _place(span: Json) -> tuple[str, int, int]:
    return span["paragraph"], span["start"], span["end"]


@rule("Q109", wordless=True)
def cycle(index: Index) -> Problems:
    """Quotes stand inside each other in a circle.

    Follow `parent` from a quote and you come to one without a parent.
    """
    circling = _in_circles({quote["id"]: quote.get("parent") for quote in index.quotes})
    for at, quote in index.numbered("quotes"):
        if quote["id"] in circling:
            yield Problem((*at, "parent"), quote["id"])


def _in_circles(parents: dict[str, str | None]) -> set[str]:
    """The ids from which the way of parents leads back to them; no step is taken twice."""
    found: set[str] = set()
    done: set[str] = set()
    for first in parents:
        way: dict[str, int] = {}
        step: str | None = first
        while step in parents and step not in done and step not in way:
            way[step] = len(way)
            step = parents[step]
        if step in way:
            found.update(list(way)[way[step] :])
        done.update(way)
    return found


@rule("Q110", wordless=True)
def continues_nothing(index: Index) -> Problems:
    """A quote continues one that does not exist or does not come before it.

    `continues` is the id of the earlier quote that this one resumes, or null.
    """
    earlier: set[str] = set()
    for at, quote in index.numbered("quotes"):
        if quote.get("continues") and quote["continues"] not in earlier:
            yield Problem((*at, "continues"), quote["continues"])
        earlier.add(quote["id"])


@rule("Q111", wordless=True)
def cue_inside_quote(index: Index) -> Problems:
    """A cue stands inside its own quote.

    The cue reports the speech and is not part of it.
    """
    for at, quote in index.numbered("quotes"):
        cue = quote["cue"]
        if cue and one_holds(stretches(quote["spans"]), cue):
            yield Problem((*at, "cue"), shown(cue["text"]))


@rule("Q112", "warning")
def unknown_cue(index: Index) -> Problems:
    """A cue is not among the known reporting words.

    Look again whether it reports speech. If it does, waive this, and propose the word for the list of cues.
    """
    for located in index.cues:
        if not is_cue(located.span["text"]):
            yield Problem(located.at, shown(located.span["text"]))


@rule("Q113", wordless=True)
def unknown_speaker(index: Index) -> Problems:
    """A speaker, addressee or term points to an entity that does not exist.

    `entity` is the id of one of the record's entities.
    """
    for at, item in (*index.participants, *index.numbered("terms")):
        wrong = item.get("entity")
        if wrong and wrong not in index.entity_by_id:
            yield Problem((*at, "entity"), wrong, _entity_meant(index, wrong, item["span"]))
    for at, other in index.others:
        if other not in index.entity_by_id:
            yield Problem(at, other, _entity_meant(index, other, None))


def _entity_meant(index: Index, wrong: str, span: Json | None) -> str:
    """The entity that the words of a span mention in its paragraph, or else one whose id is like the wrong one."""
    owner = index.owner_by_words.get((span["paragraph"], span["text"])) if span else None
    close = owner or nearest_word(wrong, index.entity_by_id)
    return f"did you mean {close}?" if close else ""


@rule("Q114", wordless=True)
def cannot_speak(index: Index) -> Problems:
    """A speaker is not a person, organisation, state, group or document.

    A title (OCC) stands for a person: point to the person. Places, events and dates do not speak.
    """
    named = [((*at, "entity"), person["entity"]) for at, person in index.participants]
    for at, name in (*named, *index.others):
        entity = index.entity_by_id.get(name)
        if entity and entity["type"] not in SPEAKERS:
            yield Problem(at, f"{entity['id']} is of type {entity['type']}")


@rule("Q115", wordless=True)
def not_named(index: Index) -> Problems:
    """A speaker is said to be named, and the phrase does not hold the name.

    `named` means that the phrase holds a named mention of the entity; a title or description is `nominal`.
    """
    for at, person in index.participants:
        entity, span = index.entity_by_id.get(person["entity"]), person["span"]
        if entity and span and person["form"] in ("named", "nominal"):
            held = one_is_in(index.names_of[entity["id"]], span)
            if held != (person["form"] == "named"):
                verb = "holds" if held else "does not hold"
                yield Problem((*at, "form"), f"{shown(span['text'])} {verb} a named mention of {entity['id']}")


@rule("Q116", wordless=True)
def form_and_span(index: Index) -> Problems:
    """A speaker is elided and has a span, or is not and has none.

    `elided` means that the text has no word for the speaker there; every other form has the phrase as its span.
    """
    for at, person in index.participants:
        if (person["form"] == "elided") != (person["span"] is None):
            yield Problem((*at, "form"), person["form"])


@rule("Q117", wordless=True)
def out_of_order(index: Index) -> Problems:
    """Quotes or terms are not in reading order.

    They are sorted by their first character, of two that start together the longer first, as are the spans of one
    quote (guidelines 4.6).
    """
    lists: list[tuple[Path, list[Json]]] = [
        (("quotes",), [quote["spans"][0] for quote in index.quotes]),
        (("terms",), [term["span"] for term in index.terms]),
        *(((*at, "spans"), quote["spans"]) for at, quote in index.numbered("quotes")),
    ]
    for at, spans in lists:
        for number, (before, after) in enumerate(pairwise(spans), 1):
            if (*index.place(before), -before["end"]) > (*index.place(after), -after["end"]):
                yield Problem((*at, number), f"{shown(after['text'])} comes before {shown(before['text'])}")


@rule("Q118", wordless=True)
def repeated_id(index: Index) -> Problems:
    """An id is given twice.

    Every paragraph, quote, term and entity has an id of its own.
    """
    for kind in ("paragraphs", "quotes", "terms", "entities"):
        ids = (item["id"] for item in index.record[kind])
        yield from (Problem((kind, number, "id"), twice) for number, twice in again(ids))


@rule("Q119", wordless=True)
def parts_overlap(index: Index) -> Problems:
    """The spans of one quote overlap.

    The parts of interrupted speech stand apart.
    """
    for at, quote in index.numbered("quotes"):
        yield from (Problem((*at, "spans", number)) for number in overlapping(quote["spans"]))


@rule("Q120", wordless=True)
def speaks_to_itself(index: Index) -> Problems:
    """The speaker and the addressee of a quote are the same.

    The addressee is whoever was spoken to; leave it null where the text does not tell.
    """
    for at, quote in index.numbered("quotes"):
        speaker, addressee = quote["speaker"], quote.get("addressee")
        if speaker and addressee and speaker["entity"] == addressee["entity"]:
            yield Problem((*at, "addressee", "entity"), addressee["entity"])


@rule("Q121", "warning")
def cue_far_away(index: Index) -> Problems:
    """A cue stands in another paragraph than its quote.

    A cue reports speech of its own sentence; look again whether the quote has one. The paragraph before, with a colon
    at its end, is near enough.
    """
    for at, quote in index.numbered("quotes"):
        cue, first = quote["cue"], quote["spans"][0]["paragraph"]
        if cue and cue["paragraph"] not in {span["paragraph"] for span in quote["spans"]}:
            before = index.order.get(first, 0) - index.order.get(cue["paragraph"], 0) == 1
            if not (before and index.texts.get(cue["paragraph"], "").endswith(":")):
                yield Problem((*at, "cue"), shown(cue["text"]))


@rule("Q122", wordless=True)
def no_mention(index: Index) -> Problems:
    """A speaker's description is no mention of the speaker.

    A `nominal` phrase holds a mention of the entity that it describes: add the mention, or point to the entity that
    is meant.
    """
    for at, person in index.participants:
        entity, span = index.entity_by_id.get(person["entity"]), person["span"]
        if entity and span and person["form"] == "nominal" and not one_is_in(index.mentions_of[entity["id"]], span):
            yield Problem((*at, "entity"), f"{shown(span['text'])} holds no mention of {entity['id']}")


@rule("Q123", "warning", wordless=True)
def nobody_to_elide(index: Index) -> Problems:
    """A speaker is elided who was not mentioned before.

    The subject is left out when the reader knows it. Look again who speaks.
    """
    first: dict[str, tuple[int, int]] = {}
    for number, quote in enumerate(index.quotes):
        speaker, cue = quote["speaker"], quote["cue"] or quote["spans"][0]
        entity = index.entity_by_id.get(speaker["entity"]) if speaker and speaker["form"] == "elided" else None
        end = max(cue["end"], quote["spans"][0]["end"])
        here = index.place(cue)[0], end
        if entity and here < _first(index, first, entity):
            yield Problem(("quotes", number, "speaker", "entity"), shown(entity["name"]))


def _first(index: Index, known: dict[str, tuple[int, int]], entity: Json) -> tuple[int, int]:
    """Where an entity is first mentioned; looked for once."""
    if entity["id"] not in known:
        known[entity["id"]] = min(map(index.place, entity["mentions"]))
    return known[entity["id"]]


@rule("Q124", wordless=True)
def continues_another(index: Index) -> Problems:
    """A quote continues what somebody else said.

    `continues` carries on a sentence that was broken off (guidelines 4.6); whoever began it goes on.
    """
    for at, quote, earlier in _continued(index):
        if _speaker_of(quote) != _speaker_of(earlier):
            yield Problem((*at, "continues"), f"{earlier['id']} has another speaker than {quote['id']}")


@rule("Q125", "warning", wordless=True)
def phrase_far_away(index: Index) -> Problems:
    """The phrase for a speaker or addressee stands in a paragraph without the quote and without its cue.

    Who is named only in another sentence is `elided`, and has no phrase (guidelines 10.4).
    """
    for at, person in index.participants:
        quote = index.quotes[int(at[1])]
        near = {span["paragraph"] for span in (*quote["spans"], quote["cue"]) if span}
        if person["span"] and person["span"]["paragraph"] not in near:
            yield Problem((*at, "span"), shown(person["span"]["text"]), '"form": "elided", "span": null')


@rule("Q126", "warning", wordless=True)
def not_the_last(index: Index) -> Problems:
    """A quote continues another than the last one of its speaker.

    A sentence that was broken off goes on before its speaker says something else. The quotes around the two do not
    count. Look again which one is meant, and whether this one only begins a new sentence.
    """
    said: dict[str | None, list[Json]] = {}
    continued = {quote["id"]: earlier for _, quote, earlier in _continued(index)}
    for at, quote in index.numbered("quotes"):
        mine, earlier = said.setdefault(_speaker_of(quote), []), continued.get(quote["id"])
        last = next((other for other in mine[:-3:-1] if other["id"] != quote.get("parent")), None)
        same = earlier and _speaker_of(earlier) == _speaker_of(quote)
        if earlier and same and last and earlier["id"] not in (last["id"], last.get("parent")):
            yield Problem((*at, "continues"), f"{earlier['id']}, and {last['id']} comes between")
        mine.append(quote)


@rule("Q127", "warning")
def cue_of_another_kind(index: Index) -> Problems:
    """A cue is not of the kind that is said.

    The kind is that of the word (guidelines 5.1): قال is a verb, قائلا a participle, قوله a noun, وفقا لـ a
    preposition, and a colon is punctuation. Words that the list of cues does not know are not looked at.
    """
    for located in index.cues:
        text, given = located.span["text"], located.span["kind"]
        if not is_of_kind(text, given):
            fits = " or ".join(sorted(_kinds(text)))
            yield Problem((*located.at, "kind"), f"{shown(text)} as {given}", f"perhaps {fits}")


def is_of_kind(cue: str, kind: str) -> bool:
    """Whether a cue may be of a kind, for all that the list of cues knows."""
    return kind in _kinds(cue) or not _kinds(cue)


@lru_cache(maxsize=1 << 12)
def _kinds(cue: str) -> set[str]:
    """The kinds that the first word of a cue may be of, with or without a pronoun; empty when it is not known."""
    words = folded_words(cue)
    forms = [words[0], *(words[0].removesuffix(pronoun) for pronoun in ("ه", "ها", "هم"))] if words else []
    return {kind for form in forms if (kind := cue_kind(form))} if words else {"punctuation"}


@rule("Q128", "warning", wordless=True)
def one_cue_two_speakers(index: Index) -> Problems:
    """Two quotes have the same cue and different speakers.

    A cue may report two quotes that are joined (guidelines 5.4), and both are by whoever it says speaks.
    """
    first: dict[tuple[str, int, int], Json] = {}
    for at, quote in index.numbered("quotes"):
        if quote["cue"]:
            other = first.setdefault(_place(quote["cue"]), quote)
            if _speaker_of(other) != _speaker_of(quote):
                yield Problem((*at, "cue"), f"{shown(quote['cue']['text'])} reports {other['id']} as well")


@rule("Q129", "warning", wordless=True)
def overlooked_phrase(index: Index) -> Problems:
    """A speaker is said to be elided, and is mentioned right after the cue.

    The subject of a reporting verb stands behind it: that is the speaker's phrase (guidelines 6.1).
    """
    begins = {
        (index.owner(located), located.span["paragraph"], located.span["start"]): located.span["text"]
        for located in index.mentions
    }
    for at, quote in index.numbered("quotes"):
        speaker, cue = quote["speaker"], quote["cue"]
        if speaker and cue and speaker["form"] == "elided":
            words = begins.get((speaker["entity"], cue["paragraph"], cue["end"] + 1))
            if words:
                yield Problem((*at, "speaker", "form"), f"{shown(words)} stands after {shown(cue['text'])}")


@rule("Q130", "warning", wordless=True)
def phrase_inside_quote(index: Index) -> Problems:
    """The phrase for a speaker or addressee stands inside the quote.

    The phrase belongs to what reports the speech, as the cue does, and not to the speech.
    """
    parts = {quote["id"]: stretches(quote["spans"]) for quote in index.quotes}
    for at, person in index.participants:
        if person["span"] and one_meets(parts[index.quotes[int(at[1])]["id"]], person["span"]):
            yield Problem((*at, "span"), shown(person["span"]["text"]))


@rule("Q131", "warning")
def begins_with_that(index: Index) -> Problems:
    """An indirect or unmarked quote begins with أن or إن.

    The span is the reported clause without its complementizer, and without the pronoun on it (guidelines 4.4). What
    follows one is indirect, after a colon too.
    """
    for at, quote in index.numbered("quotes"):
        first = quote["spans"][0]["text"].partition(" ")[0] if quote["type"] in WITHOUT_MARKS else ""
        if fold(first)[0] in _THAT:
            yield Problem((*at, "spans", 0), shown(quote["spans"][0]["text"]), "begin with the word after it")


@rule("Q132", "warning", wordless=True)
def no_pronoun(index: Index) -> Problems:
    """A phrase is said to be a pronoun, and holds a mention of the speaker.

    A pronoun is no mention. A phrase with a name in it is `named`, one that describes `nominal` (guidelines 6.2).
    """
    for at, person in index.participants:
        span, mentions = person["span"], index.mentions_of.get(person["entity"], {})
        if person["form"] == "pronoun" and span and one_is_in(mentions, span):
            yield Problem((*at, "form"), shown(span["text"]))


@rule("Q133", wordless=True)
def others_again(index: Index) -> Problems:
    """One of several who speak or are spoken to is listed twice.

    `others` lists each of those once who speak, or are spoken to, together with `entity`, and not `entity` itself.
    """
    for at, person in index.participants:
        for number, twice in again(person.get("others", []), person["entity"]):
            yield Problem((*at, "others", number), twice)


@rule("Q134", "warning")
def unmarked_without_colon(index: Index) -> Problems:
    """An unmarked quote follows no colon or dash, or stands in a headline.

    Unmarked speech is what follows a reporting word and a colon, or the label or dash of an interview, in a paragraph
    that is no headline or subheading. Other speech without marks is indirect (guidelines 11.1).
    """
    roles = {paragraph["id"]: paragraph["role"] for paragraph in index.paragraphs}
    for at, quote in index.numbered("quotes"):
        paragraph, start = quote["spans"][0]["paragraph"], quote["spans"][0]["start"]
        before = index.texts.get(paragraph, "")[:start].strip()
        is_told = not before or before[-1] in _BEFORE_UNMARKED
        if quote["type"] == "unmarked" and (not is_told or roles.get(paragraph) in ("headline", "subheading")):
            yield Problem((*at, "type"), shown(quote["spans"][0]["text"]), '"indirect"')


@rule("Q135", "warning", wordless=True)
def child_spoken_to_otherwise(index: Index) -> Problems:
    """A quote has its parent's cue and another addressee.

    One cue speaks to one addressee: what stands inside an indirect quote under its cue has the same (guidelines 11.21).
    """
    for at, quote in index.numbered("quotes"):
        parent = index.quote_by_id.get(quote.get("parent") or "")
        if parent and quote["cue"] and parent["cue"] and _place(quote["cue"]) == _place(parent["cue"]):
            given, due = (_entity_of(one.get("addressee")) for one in (quote, parent))
            if given != due:
                yield Problem((*at, "addressee"), f"{given or 'nobody'}, and {due or 'nobody'} in {parent['id']}")


@rule("Q136", "warning")
def begins_with_about(index: Index) -> Problems:
    """An indirect quote begins with عن, حول or بشأن.

    What follows them is either content, and begins behind them (`سأل عن [سبب التأخير]`), or a topic, and no quote
    (guidelines 4.4, 10.3, 11.6).
    """
    for at, quote in index.numbered("quotes"):
        words = quote["spans"][0]["text"]
        if quote["type"] == "indirect" and fold(words.partition(" ")[0])[0] in _ABOUT:
            yield Problem((*at, "spans", 0), shown(words), "begin with the word after it, or leave the quote out")


def _continued(index: Index) -> Iterator[tuple[Path, Json, Json]]:
    """The quotes that continue an earlier one, where they are, and that one."""
    earlier: dict[str, Json] = {}
    for at, quote in index.numbered("quotes"):
        if quote.get("continues") in earlier:
            yield at, quote, earlier[quote["continues"]]
        earlier[quote["id"]] = quote


def _entity_of(person: Json | None) -> str | None:
    return person["entity"] if person else None


def _speaker_of(quote: Json) -> str | None:
    return quote["speaker"]["entity"] if quote["speaker"] else None
