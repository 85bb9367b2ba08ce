"""E: who and what the article refers to."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from functools import lru_cache
from itertools import pairwise, product

from tasrih.arguments import nearest_word
from tasrih.dates import values
from tasrih.dates.mentions import dates
from tasrih.record import Json, Path
from tasrih.text.letters import TATWEEL
from tasrih.text.marks import mark_before
from tasrih.text.words import BOUND, PROCLITICS, RUN, folded_words
from tasrih.validation.findings import Fix, Problem, shown
from tasrih.validation.index import Index
from tasrih.validation.registry import Problems, rule
from tasrih.validation.stretches import crossing, one_holds, one_meets, stretches

_LONGEST = 12  # words of a name that is looked for; a longer one would be looked for in all of the text
_Names = dict[tuple[str, ...], tuple[str, str]]
_PROCLITICS = [
    letters
    for count in range(4)
    for letters in map("".join, product(f"{PROCLITICS}س{TATWEEL}", repeat=count))
    if re.fullmatch(BOUND, letters)
]
Fits = Callable[[str, Json], bool]
_NO_EVENTS = {"حمله", "مبادره", "برنامج", "مشروع", "زياره"}
_SUPPOSED = {word + lead for lead in ("لو", "لا", "لن", "لم", "ما") for word in ("", "و", "ف")}
_WORDS_PASSED_ON = 7  # eight in a row are no longer a name, but the text (docs/standoff.md)


@rule("E101", wordless=True)
def crossing_mentions(index: Index) -> Problems:
    """Two mentions cross.

    Mentions stand side by side or one inside the other (guidelines 2.4).
    """
    for first, second in crossing(index.mentions):
        outer = f"{shown(first.span['text'])} ({index.owner(first)})"
        yield Problem(second.at, f"it begins inside {outer} and ends outside")


@rule("E102", wordless=True)
def mentioned_twice(index: Index) -> Problems:
    """The same words are two mentions.

    One stretch is one mention; only a title that stands for a person is two, of the OCC and of the person
    (guidelines 7.3).
    """
    seen: Counter[tuple[str, int, int]] = Counter()
    titles: Counter[tuple[str, int, int]] = Counter()
    for located in index.mentions:
        place = located.place
        seen[place] += 1
        titles[place] += index.entities[int(located.at[1])]["type"] == "OCC"
        if (titles[place] != 1 and seen[place] > 1) or seen[place] > 2:
            yield Problem(located.at, f"{shown(located.span['text'])} is mentioned already")


@rule("E103")
def name_not_in_text(index: Index) -> Problems:
    """The name of an entity is none of its mentions.

    `name` is the fullest form that the article has, as it stands there (guidelines 7.8). Where the text may not be
    passed on, the first seven words do of one that has more.
    """
    cut = index.metadata["rights"]["redistribution"] != "permitted"
    for at, entity in index.numbered("entities"):
        forms = {mention["text"] for mention in entity["mentions"]}
        if cut:
            forms |= {" ".join(form.split()[:_WORDS_PASSED_ON]) for form in forms}
        if entity["name"] not in forms:
            yield Problem((*at, "name"), shown(entity["name"]))


@rule("E104", wordless=True)
def date_without_value(index: Index) -> Problems:
    """A date has no value, or something else than a date has one.

    The value says in ISO 8601 / EDTF which day, month, season or year is meant (guidelines 8.2). In records of schema
    1.1 a date that depends on a day of publication that nobody knows has none.
    """
    undated = index.metadata["published"] is None
    remedy = 'if it depends on the unknown day of publication: "schema_version": "1.1"' if undated else ""
    for at, entity in index.numbered("entities"):
        is_date, has_value = entity["type"] == "DATE", entity.get("value") is not None
        if has_value and not is_date:
            yield Problem(at, shown(entity["name"]))
        elif is_date and not has_value and not (undated and index.record["schema_version"] == "1.1"):
            yield Problem(at, shown(entity["name"]), remedy)


@rule("E105")
def value_unlike_words(index: Index) -> Problems:
    """The value of a date does not match its words.

    It is the day, month, season or year that the words name, seen from the day of publication or from the day that
    the text tells of (guidelines 8.2).
    """
    published = index.metadata["published"]
    return _unlike(index, lambda value, mention: values.value_fits(value, mention["text"], published))


@rule("E106", "warning")
def unlike_its_names(index: Index) -> Problems:
    """A named mention has nothing in common with the names of its entity.

    A mention that calls by name shares a word with the entity's name or with a name in entities.json. Look whether
    it is the right entity, or add the name there.
    """
    for at, entity in index.numbered("entities"):
        known = index.surroundings.register.get(entity.get("link") or "")
        for number, mention in enumerate(entity["mentions"]):
            named = mention["form"] == "named" and entity["type"] != "DATE"
            is_like = alike(entity["name"], mention["text"]) or (known and called(known, mention["text"]))
            if named and not is_like:
                yield Problem((*at, "mentions", number), f"{shown(mention['text'])} for {shown(entity['name'])}")


@lru_cache(maxsize=1 << 14)
def alike(name: str, words: str) -> bool:
    """Whether two names share a word, whatever its ending."""
    return not _stems(name).isdisjoint(_stems(words))


@lru_cache(maxsize=1 << 12)
def _stems(name: str) -> set[str]:
    """Words without ال, cut to four letters, so that endings do not count."""
    return {word.removeprefix("ال")[:4] for word in folded_words(name)}


@rule("E107", "warning", wordless=True)
def one_entity_twice(index: Index) -> Problems:
    """Two entities of the article are the same.

    They have the same name and type, or the same link. Put their mentions together.
    """
    seen: dict[tuple[str, str], str] = {}
    for at, entity in index.numbered("entities"):
        linked: list[tuple[str, str]] = [("link", entity["link"])] if entity.get("link") else []
        keys = [*linked, (str(entity["type"]), str(entity["name"]))]
        same = next((seen[key] for key in keys if key in seen), None)
        if same and entity["type"] != "DATE":
            yield Problem(at, f"{shown(entity['name'])} is {same} already")
        seen |= dict.fromkeys(keys, str(entity["id"]))


@rule("E108", wordless=True)
def unknown_link(index: Index) -> Problems:
    """An entity's link leads nowhere.

    `link` is the id of an entry of entities.json. Add one, or leave the link out.
    """
    for at, entity in index.numbered("entities"):
        if entity.get("link") and entity["link"] not in index.surroundings.register:
            yield Problem((*at, "link"), entity["link"], _entry_meant(index, entity))


def _entry_meant(index: Index, entity: Json) -> str:
    """The entry of entities.json with a name that the entity has, or with an id like its link."""
    register = index.surroundings.register
    named = (known["id"] for known in register.values() if entity["name"] in known["names"]["arabic"])
    close = next(named, "") or nearest_word(entity["link"], register)
    return f"did you mean {close}?" if close else ""


@rule("E109", wordless=True)
def type_unlike_register(index: Index) -> Problems:
    """An entity is of another type than in entities.json.

    One of the two is wrong.
    """
    for at, entity in index.numbered("entities"):
        known = index.surroundings.register.get(entity.get("link") or "")
        if known and known["type"] != entity["type"]:
            yield Problem((*at, "type"), f"{entity['type']} here, {known['type']} in entities.json")


@rule("E110", wordless=True)
def unverified_identifier(index: Index) -> Problems:
    """An identifier is not the one that entities.json has verified.

    Identifiers are given only when entities.json names the source in which they were verified: a wrong one is
    worse than none (guidelines 7.9). Link the entity to an entry that has it, or leave it out.
    """
    for at, entity in index.numbered("entities"):
        known = index.surroundings.register.get(entity.get("link") or "", {}).get("identifiers") or {}
        for register, value in (entity.get("identifiers") or {}).items():
            if value is not None and known.get(register) != value:
                yield Problem((*at, "identifiers", register), value)


@rule("E111", wordless=True)
def named_title(index: Index) -> Problems:
    """A mention of a title is said to be named.

    Mentions of OCC entities are always nominal (guidelines 7.3).
    """
    for at, entity in index.numbered("entities"):
        if entity["type"] == "OCC":
            for number, mention in enumerate(entity["mentions"]):
                if mention["form"] != "nominal":
                    place = (*at, "mentions", number, "form")
                    yield Problem(place, shown(mention["text"]), '"nominal"', Fix(place, "nominal"))


@rule("E112", wordless=True)
def mentions_out_of_order(index: Index) -> Problems:
    """The mentions of an entity are not in reading order.

    They are sorted by paragraph and first character.
    """
    for at, entity in index.numbered("entities"):
        places = map(index.place, entity["mentions"])
        late = [number for number, (before, after) in enumerate(pairwise(places), 1) if before > after]
        for number in late:
            fix = Fix((*at, "mentions"), sorted(entity["mentions"], key=index.place)) if number == late[0] else None
            yield Problem((*at, "mentions", number), shown(entity["mentions"][number]["text"]), fix=fix)


@rule("E113", wordless=True)
def real_in_composed(index: Index) -> Problems:
    """A composed article has a real person or institution in it.

    Composed articles are about invented people and institutions; only places are real.
    """
    for at, entity in index.numbered("entities"):
        known = index.surroundings.register.get(entity.get("link") or "", {})
        real = known.get("origin") == "real" and known.get("type") in ("PERS", "ORG")
        if real and index.metadata["origin"] == "composed":
            yield Problem((*at, "link"), entity["link"])


@rule("E114", wordless=True)
def term_unlike_entity(index: Index) -> Problems:
    """A term names an entity that has no mention there.

    The words of a term that points to an entity are a mention of it, or part of one.
    """
    for at, term in index.numbered("terms"):
        entity, span = index.entity_by_id.get(term.get("entity") or ""), term["span"]
        if entity and not one_meets(index.mentions_of[entity["id"]], span):
            yield Problem((*at, "entity"), f"{shown(span['text'])} is no mention of {entity['id']}")


@rule("E115", "warning", wordless=True)
def unlike_register(index: Index) -> Problems:
    """An entity's name is unlike every name that entities.json has for it.

    The link may lead to somebody else, so that one id gets two names. Set it right, or add the name there.
    """
    for at, entity in index.numbered("entities"):
        known = index.surroundings.register.get(entity.get("link") or "")
        if known and not called(known, entity["name"]):
            yield Problem((*at, "link"), f"{shown(entity['name'])} for {entity['link']}")


@rule("E116", "warning")
def name_not_marked(index: Index) -> Problems:
    """A name of several words is a mention in one place and not in another.

    Every mention is annotated, in every paragraph (guidelines 7.2). What stands inside a longer mention or a term may
    be part of another name. Dates are not looked at.
    """
    names = _long_names(index)
    if names:
        marked = stretches(located.span for located in (*index.mentions, *index.termed))
        words = [RUN.findall(paragraph["text"]) for paragraph in index.paragraphs]
        cuts = _cuts({words[0] for words in names}, {word for paragraph in words for word in paragraph})
        for number, paragraph in enumerate(index.paragraphs):
            for start, name, owner in _standing(paragraph["text"], words[number], cuts, names):
                here = {"paragraph": paragraph["id"], "start": start, "end": start + len(name)}
                if not one_holds(marked, here):
                    remedy = f"add a mention from {start} to {here['end']} to {owner}"
                    yield Problem(("paragraphs", number, "text"), f"{shown(name)} at {start}", remedy)


def _long_names(index: Index) -> _Names:
    """The names of several words that mentions call entities by, each with an entity, by their words."""
    names: _Names = {}
    for located in index.mentions:
        is_named = located.span["form"] == "named" and index.entities[int(located.at[1])]["type"] != "DATE"
        words = tuple(RUN.findall(located.span["text"])) if is_named else ()
        if 1 < len(words) <= _LONGEST and located.span["text"].startswith(words[0]):
            names[words] = located.span["text"], index.owner(located)
    return names


def _cuts(firsts: set[str], there: set[str]) -> dict[str, list[int]]:
    """Those words of a text that are one of some words, with or without proclitics: how long those are."""
    cuts: dict[str, list[int]] = {}
    for first in firsts:
        for proclitic in _PROCLITICS:
            if proclitic + first in there:
                cuts.setdefault(proclitic + first, []).append(len(proclitic))
    return cuts


def _standing(text: str, words: list[str], cuts: dict[str, list[int]], names: _Names) -> Iterator[tuple[int, str, str]]:
    """Where names stand in a text, and whose they are."""
    counts = {len(name) for name in names}
    if cuts.keys().isdisjoint(words):
        return
    for place, match in enumerate(RUN.finditer(text)):
        for cut in cuts.get(match[0], ()):
            for count in counts:
                name, owner = names.get((match[0][cut:], *words[place + 1 : place + count]), ("", ""))
                if name and text.startswith(name, match.start() + cut):
                    yield match.start() + cut, name, owner


@rule("E117", "warning")
def fuller_name(index: Index) -> Problems:
    """A mention has the name of its entity and more.

    `name` is the fullest form that the article has (guidelines 7.8).
    """
    for at, entity in index.numbered("entities"):
        named = (mention["text"] for mention in entity["mentions"] if mention["form"] == "named")
        fuller = max((text for text in named if _has_more(text, entity["name"])), key=len, default="")
        if fuller and entity["type"] != "DATE":
            yield Problem((*at, "name"), f"{shown(entity['name'])} beside {shown(fuller)}", f"take {shown(fuller)}")


def _has_more(text: str, name: str) -> bool:
    return len(text) > len(name) and f" {name} " in f" {text} "


@rule("E118", "warning")
def one_form_or_the_other(index: Index) -> Problems:
    """The same words are a name of an entity in one place, and a description of it in another.

    `named` holds a name, or a date of its own; `nominal` describes (guidelines 7.2, 8.3).
    """
    for at, entity in index.numbered("entities"):
        forms: dict[str, str] = {}
        for number, mention in enumerate(entity["mentions"]):
            other = forms.setdefault(mention["text"], mention["form"])
            if other != mention["form"]:
                yield Problem((*at, "mentions", number, "form"), f"{shown(mention['text'])} is {other} before")


@rule("E119", "warning")
def name_of_two(index: Index) -> Problems:
    """A name of several words calls two entities of one type.

    Mostly a mention was put to the wrong one. A single word, such as a family's name, may call two. Where the two
    entities themselves have one name, they are one (E107).
    """
    owners: dict[tuple[str, str], Json] = {}
    for located in index.mentions:
        text, entity = located.span["text"], index.entities[int(located.at[1])]
        if located.span["form"] == "named" and " " in text and entity["type"] != "DATE":
            other = owners.setdefault((entity["type"], text), entity)
            if other["name"] != entity["name"]:
                yield Problem(located.at, f"{shown(text)} is {other['id']} elsewhere")


def called(known: Json, name: str) -> bool:
    """Whether a name has something in common with a known entity's."""
    return any(alike(other, name) for other in (*known["names"]["arabic"], *known["names"].get("latin", [])))


@rule("E120")
def weekday_unlike_value(index: Index) -> Problems:
    """A weekday in the words of a date is not that of its value.

    Count again which day is meant. Where the text itself is wrong, waive the finding.
    """
    return _unlike(index, lambda value, mention: values.weekday_fits(value, mention["text"]))


@rule("E121")
def day_unlike_publication(index: Index) -> Problems:
    """A word like yesterday, today or tomorrow means another day than publication says.

    أمس is the day before publication, اليوم that day, غدا the day after (guidelines 8.2). In a quote they may also be
    counted from the day before publication, on which it was said.
    """
    published = index.metadata["published"]

    def fits(value: str, mention: Json) -> bool:
        words = mention["text"]
        return values.day_word_fits(value, words, published) or (
            one_meets(stretches(located.span for located in index.quoted), mention)
            and values.day_word_fits(value, words, values.day_before(published))
        )

    return _unlike(index, fits)


@rule("E122", "warning")
def day_far_from_publication(index: Index) -> Problems:
    """A day is more than a year from publication, and no mention says its year.

    Texts say the year of a day that is far. Look whether the year of the value is right; if it is, waive the finding.
    """
    published = index.metadata["published"]
    for at, value, mentions in _dates(index):
        if not any(values.day_is_near(value, mention["text"], published) for mention in mentions):
            yield Problem(at, f"{value} for {shown(mentions[0]['text'])}, published on {published}")


@rule("E123", "warning", wordless=True)
def title_of_the_nameless(index: Index) -> Problems:
    """A title is only what somebody is called who has no name.

    Somebody who is described and never named is one mention, of the person; a title is an entity of its own beside a
    name, or instead of one that the article has (guidelines 7.3, 10.10).
    """
    people = [entity for entity in index.entities if entity["type"] == "PERS" and not index.names_of[entity["id"]]]
    nameless = {_stretch(mention) for entity in people for mention in entity["mentions"]}
    for at, entity in index.numbered("entities"):
        if entity["type"] == "OCC" and nameless.issuperset(map(_stretch, entity["mentions"])):
            yield Problem(at, shown(entity["mentions"][0]["text"]))


def _stretch(span: Json) -> tuple[str, int, int]:
    return span["paragraph"], span["start"], span["end"]


@rule("E124", "warning")
def campaign_as_event(index: Index) -> Problems:
    """A campaign, an initiative, a programme, a project or a visit is said to be an event.

    They are no entities; the name of one, in marks, is a term (guidelines 10.11, 11.33).
    """
    for at, entity in index.numbered("entities"):
        if entity["type"] == "EVENT":
            for number, mention in enumerate(entity["mentions"]):
                text = index.texts.get(mention["paragraph"], "")
                if any(word in _NO_EVENTS for word in _head(text, mention)):
                    yield Problem((*at, "mentions", number), shown(mention["text"]))


def _head(text: str, mention: Json) -> list[str]:
    """The first word of a mention, and the last before it when a mark stands between, without ال."""
    mark = mark_before(text, mention["start"])
    before = folded_words(text[: mark.start])[-1:] if mark else ()
    return [word.removeprefix("ال") for word in (*folded_words(mention["text"])[:1], *before)]


@rule("E125", "warning")
def time_ago_left_out(index: Index) -> Problems:
    """A number of days, weeks, months or years ago is no mention.

    قبل with a number or a dual counts back from the day of publication: `[قبل عامين]` is a date (guidelines 11.44). A
    distance to another event is none, and nothing that is denied or supposed is looked at.
    """
    published = index.metadata["published"]
    known = stretches(one.span for one in index.mentions if index.entities[int(one.at[1])]["type"] == "DATE")
    for number, paragraph in enumerate(index.paragraphs):
        text = paragraph["text"] if published and "قبل" in paragraph["text"] else ""
        for found in dates(text, date.fromisoformat(published)) if text else ():
            words = text[found.start : found.end]
            span = {"paragraph": paragraph["id"], "start": found.start, "end": found.end}
            if words.startswith("قبل") and not one_meets(known, span) and not _is_supposed(text[: found.start]):
                yield Problem(("paragraphs", number, "text"), f"at {found.start}: {shown(words)}")


def _is_supposed(before: str) -> bool:
    """Whether words of denial or supposition stand in the sentence, before."""
    return not _SUPPOSED.isdisjoint(folded_words(re.split(r"[.!؟]", before)[-1]))


def date_fits(value: str, words: str, published: str | None) -> bool:
    """Whether no rule about dates finds anything, whatever stands around the words."""
    rules = (values.value_fits, values.weekday_fits, values.day_word_fits, values.day_is_near)
    return all(fits(value, words, published) for fits in rules)


def _unlike(index: Index, fits: Fits) -> Problems:
    """The values of dates that do not fit a mention."""
    for at, value, mentions in _dates(index):
        if mention := next((mention for mention in mentions if not fits(value, mention)), None):
            yield Problem(at, f"{value} for {shown(mention['text'])}")


def _dates(index: Index) -> Iterator[tuple[Path, str, list[Json]]]:
    """The values of dates, where they are, and the mentions."""
    for at, entity in index.numbered("entities"):
        if entity["type"] == "DATE" and entity.get("value"):
            yield (*at, "value"), entity["value"], entity["mentions"]
