"""From paragraphs to quotes and terms; who speaks and what is named are still entities, not ids."""

import re
from bisect import bisect_left

from tasrih.drafting.apposition import entitle_known
from tasrih.drafting.attribution import attributions
from tasrih.drafting.certainty import weigh
from tasrih.drafting.continuation import run_on, told_at
from tasrih.drafting.cues import describes, is_document, is_weak, leading, word_at
from tasrih.drafting.indirect import indirect, without_topics
from tasrih.drafting.judging import judge
from tasrih.drafting.people import Entity, People, Spoken, agrees, are_several, gender_shown
from tasrih.drafting.phrases import begins_title, behind, has_article, parted
from tasrih.drafting.repetition import settle
from tasrih.drafting.scenes import Attribution
from tasrih.record import Json
from tasrih.text.letters import after_signs
from tasrih.text.lists import cue_kind, is_listed, listed
from tasrih.text.marks import GLYPHS, mark_after
from tasrih.text.pairs import Pair, pairs
from tasrih.text.words import Word, folded, words_in

Text = tuple[str, str]
_NEAR = 20  # quotes before one among which the quote around it is looked for
_BEFORE = 3  # paragraphs up to one in which who speaks there is named
_BESIDE = 3  # words before a name in marks, of which one may be the noun for an institution
_COLON = 2  # characters in which a colon and a space stand before a word
_CLOSE = 4  # words right before speech among which a name behind a long description is looked for
_LONGEST = 16  # words of a description with a name at its end
_FAR = 400  # characters before "the latter" in which who is meant is named
_DASH = re.compile(r"\s[-–—(]")
_IN_ANSWER = ("ردا", "جوابا", "تعليقا")
_GAP = 4  # characters between that noun and its name: a space and marks
_PLURAL = {"verb": ("وا", "ون"), "participle": ("ين", "ون")}
_READ = ("headline", "subheading", "body")


def annotated(paragraphs: list[Text], people: People, *, weighed: bool = True) -> tuple[list[Json], list[Json]]:
    """The quotes and terms of paragraphs (role, text), in reading order; `entity` is one of `people`.

    The confidence of quotes is how likely they are right with their speaker; unless weighed, what the rules say.
    """
    quotes: list[Json] = []
    terms: list[Json] = []
    by_paragraph = _attributed(paragraphs)
    _introduce(paragraphs, people, by_paragraph)
    for number, attributions_ in enumerate(by_paragraph):
        for attribution in attributions_:
            made = {"provenance": {"rule": attribution.rule, "confidence": attribution.confidence}}
            if attribution.is_speech:
                quotes.append(_quote(number, paragraphs, attribution, people, quotes) | made)
            else:
                term = _term(number, paragraphs[number][1], attribution, people)
                terms.append({"id": f"t{len(terms) + 1}"} | term | made)
    _name_leading(quotes)
    if weighed:
        weigh(quotes)
    return quotes, terms


def _name_leading(quotes: list[Json]) -> None:
    """Who is described only, before anybody is named, is who then speaks by name: a lead names nobody."""
    told = [quote["speaker"] for quote in quotes if quote["speaker"] and quote["speaker"]["entity"].type == "PERS"]
    place = next((number for number, one in enumerate(told) if one["form"] == "named"), 0)
    for one in told[:place]:
        described, named = one["entity"], told[place]["entity"]
        if described.rule == "description" and described is not named and _may_be_one(described, named):
            for mention in described.mentions:
                named.meet(mention.paragraph, mention.start, mention.end, "nominal")
            for other in (other for other in told if other["entity"] is described):
                other["entity"] = named
            described.mentions = []


def _may_be_one(described: Entity, named: Entity) -> bool:
    """Whether two people may be one by their gender; مصادر and the like are nobody's description."""
    feminine = folded(described.name.split()[0]).endswith("ه")
    several = is_listed(folded(described.name.split()[0]), "collectives") or are_several(described)
    return not several and (not named.gender or (named.gender == "f") is feminine)


def _attributed(paragraphs: list[Text]) -> list[list[Attribution]]:
    """What each paragraph holds of marked and unmarked speech and of terms, in reading order."""
    stretches = [pairs(text) for _, text in paragraphs]
    marked = judged_by_rules(paragraphs, stretches)
    judge(paragraphs, marked)
    by_paragraph = [
        _in_paragraph(number, *one) for number, one in enumerate(zip(paragraphs, marked, stretches, strict=True))
    ]
    run_on(paragraphs, stretches, by_paragraph)
    by_paragraph = without_topics([text for role, text in paragraphs if role == "body"], by_paragraph)
    names = [[other.pair for other in others if other.type == "name"] for others in by_paragraph]
    for number, others in enumerate(by_paragraph):
        for place, told in (told_at(number, attribution) for attribution in others):
            if beside := _name_beside(paragraphs[place][1], told, names[place]):
                told.named, told.subject = beside, ()
            else:
                told.named = _name_after(told.subject, names[place])
    return by_paragraph


def judged_by_rules(paragraphs: list[Text], stretches: list[list[Pair]]) -> list[list[Attribution]]:
    """What rules make of the stretches in marks of each paragraph."""
    marked = [attributions(text, inside) for (_, text), inside in zip(paragraphs, stretches, strict=True)]
    settle(paragraphs, marked)
    return marked


def _in_paragraph(number: int, paragraph: Text, marked: list[Attribution], stretches: list[Pair]) -> list[Attribution]:
    role, text = paragraph
    unmarked = indirect(number, text, marked, stretches, headline=role == "headline") if role in _READ else []
    return _nested([*marked, *unmarked])


def _nested(found: list[Attribution]) -> list[Attribution]:
    """Attributions in reading order, without those that cross an earlier one; what stands in marks goes before."""
    kept: list[Attribution] = []
    opened: list[Attribution] = []
    dropped: set[Attribution] = set()
    for attribution in sorted(found, key=lambda other: (other.pair.start, -other.pair.end, not other.is_marked)):
        start, end, _ = attribution.pair
        opened = [other for other in opened if other.pair.end > start and other not in dropped]
        crossed = [other for other in opened if other.pair.start < start and other.pair.end < end]
        wins = attribution.is_marked and not any(other.is_marked for other in crossed)
        if (crossed and not wins) or any(other.pair[:2] == (start, end) for other in opened):
            continue
        dropped.update(crossed)
        kept.append(attribution)
        opened.append(attribution)
    return [other for other in kept if other not in dropped]


def _name_after(subject: tuple[Word, ...], names: list[Pair]) -> Pair | None:
    """The name in marks right after a noun for an institution: جمعية "…"."""
    if not subject or is_listed(subject[0].folded, "titles") or not _bearers((subject[0], subject[-1])):
        return None
    place = bisect_left(names, (subject[-1].end + 2,))
    near = place < len(names) and names[place].start - subject[-1].end < _GAP
    return names[place] if near else None


def _name_beside(text: str, told: Attribution, names: list[Pair]) -> Pair | None:
    """The name in marks right after a verb, or right before one at the beginning of a line: كتبت "نجمة الساحل" أن."""
    cue = told.cue
    if cue is None or cue.kind != "verb":
        return None
    place = bisect_left(names, (cue.end,))
    after = names[place] if place < len(names) and names[place].start < told.pair.start else None
    if after and _is_gap(text[cue.end : after.start]):
        return after
    before = names[place - 1] if place and not told.subject else None
    return before if before and before.start < _GAP and _is_gap(text[before.end : cue.start]) else None


def _is_gap(between: str) -> bool:
    """Whether nothing but a mark and a space stands between a name and its verb."""
    return 0 < len(between) < _GAP and not between.strip(f" {GLYPHS}")


def _bearers(near: tuple[Word, ...]) -> list[Word]:
    """Those of some words that are nouns for an institution whose name follows in marks."""
    return [word for word in near if is_listed(word.folded, "bearers")]


def _introduce(paragraphs: list[Text], people: People, by_paragraph: list[list[Attribution]]) -> None:
    """Gets to know everybody who speaks by name, body first, so that a short name in the headline is known in full."""
    for _, text in sorted(paragraphs, key=lambda paragraph: paragraph[0] != "body"):
        people.discover(text)
    for _, text in paragraphs:
        entitle_known(people, text)
    bodies = [number for number, (role, _) in enumerate(paragraphs) if role == "body"]
    for place, told in (told_at(number, attribution) for number in bodies for attribution in by_paragraph[number]):
        if told.subject and parted(told.subject)[1]:
            _called(paragraphs[place][1], told, people)


def _term(number: int, text: str, attribution: Attribution, people: People) -> Json:
    start, end, _ = attribution.pair
    term: Json = {"kind": attribution.type, "span": span_of(number, text, start, end)}
    bearers = _bearers(attribution.context[-_BESIDE:])
    if attribution.type == "name" and (bearers or attribution.rule == "institution"):
        term["entity"] = people.institution(text[start:end], bearers)
        term["entity"].meet(number, start, end)
    return term


def _quote(number: int, paragraphs: list[Text], attribution: Attribution, people: People, earlier: list[Json]) -> Json:
    places = [(number, attribution.pair), *attribution.parts]
    spans = [span_of(place, paragraphs[place][1], pair.start, pair.end) for place, pair in places]
    around = next((other for other in earlier[: -_NEAR - 1 : -1] if _holds(other["spans"], spans)), None)
    quote: Json = {"id": f"q{len(earlier) + 1}", "type": attribution.type, "spans": spans}
    number, attribution = told_at(number, attribution)
    text, cue = paragraphs[number][1], attribution.cue
    if around and _is_inside(text, attribution, around):
        said = {"cue": around["cue"], "speaker": around["speaker"] and dict(around["speaker"])}
    else:
        speaker = _speaker(number, text, attribution, people, earlier)
        said = {
            "cue": span_of(number, text, cue.start, cue.end) | {"kind": cue.kind} if cue else None,
            "speaker": speaker or _named_before(number, paragraphs, attribution, people),
        }
    return quote | {"parent": around and around["id"]} | said


def _holds(outer: list[Json], spans: list[Json]) -> bool:
    """Whether each of some spans stands in one of others."""
    if len(outer) == 1 and outer[0]["paragraph"] != spans[0]["paragraph"]:  # so of most
        return False
    return all(
        any(
            span["paragraph"] == part["paragraph"] and span["start"] <= part["start"] and part["end"] <= span["end"]
            for span in outer
        )
        for part in spans
    )


def _is_inside(text: str, attribution: Attribution, parent: Json) -> bool:
    """Whether the cue of a fragment only describes, and stands inside the reported clause around it."""
    cue, span = attribution.cue, parent["spans"][0]
    if cue is None or attribution.type != "partial" or parent["type"] != "indirect":
        return False
    inside = span["start"] <= cue.start < span["end"] and attribution.rule in ("described", "governed")
    return inside and (describes(text, cue) or is_weak(Word(cue.start, cue.end, word_at(text, cue))))


def _speaker(number: int, text: str, attribution: Attribution, people: People, earlier: list[Json]) -> Json | None:
    """Who says what is told in a paragraph of some number and text: whom the text names, or who spoke last."""
    gender = _gender_of(text, attribution)
    if spoken := _mentioned_speaker(number, text, attribution, people):
        entity, form, (start, end, _), _ = spoken
        entity.gender = entity.gender or gender
        said: Json | None = {"entity": entity, "form": form, "span": span_of(number, text, start, end)}
    else:
        said = _main_subject(number, attribution, earlier)
    if said is None and attribution.cue and (last := people.last(gender, _number_of(text, attribution))):
        said = {"entity": last, "form": "elided", "span": None}
    if said:
        people.spoken.append(said["entity"])
    return said


def _named_before(number: int, paragraphs: list[Text], attribution: Attribution, people: People) -> Json | None:
    """Whom the text named last before an elided subject, while nobody has spoken yet."""
    cue, gender = attribution.cue, _gender_of(paragraphs[number][1], attribution)
    if not cue or cue.kind not in ("verb", "participle") or people.spoken:
        return None
    for place in range(number, max(-1, number - _BEFORE), -1):
        role, text = paragraphs[place]
        read = role == "body" or place == number
        before = words_in(text, 0, cue.start if place == number else len(text)) if read else []
        if known := people.known(tuple(reversed(before)), gender):
            people.spoken.append(known.entity)
            return {"entity": known.entity, "form": "elided", "span": None}
    role, text = paragraphs[number]
    after = people.known(tuple(words_in(text, cue.end, len(text))), gender) if role == "headline" else None
    return {"entity": after.entity, "form": "elided", "span": None} if after else None


def _called(text: str, attribution: Attribution, people: People, gender: str = "") -> Spoken | None:
    """Whom the words of a speaker's phrase stand for; the phrase ends with a name in marks where one follows."""
    if len(attribution.subject) == 1 and attribution.subject[0].folded in listed("latter"):
        return None
    begin = attribution.subject[0].start if attribution.subject else 0
    if text[max(0, begin - _COLON) : begin].rstrip().endswith(":"):  # what follows is said: قال: نحن …
        return None
    if attribution.named is None:
        return _with_document(attribution, people.speaker(text, attribution.subject, gender))
    start, end, _ = attribution.named
    if not attribution.subject:
        name = Word(start, end, "")
        known = people.speaker(text, tuple(words_in(text, start, end)), gender)
        return known or Spoken(people.institution(text[start:end], []), "named", name, name)
    first = attribution.subject[0]
    entity = people.institution(text[start:end], [first])
    mark = mark_after(text, end)
    return Spoken(entity, "named", Word(first.start, mark.end if mark else end, ""), Word(start, end, ""))


def _with_document(attribution: Attribution, spoken: Spoken | None) -> Spoken | None:
    """Who speaks, with the document right before whose issuer that is: بيان لوزارة …."""
    subject, cue = attribution.subject, attribution.cue
    if not spoken or not subject or not cue:
        return spoken
    earlier = [word for word in attribution.context if cue.end <= word.start and word.end <= subject[0].start]
    near = (word for word in earlier[-2:] if any(is_listed(word.folded, name) for name in ("documents", "texts")))
    document = next(near, None)
    return spoken._replace(phrase=Word(document.start, spoken.phrase.end, "")) if document else spoken


def _mentioned_speaker(number: int, text: str, attribution: Attribution, people: People) -> Spoken | None:
    """Who speaks where the text says so; enters whom it mentions on the way, in the paragraph of that number."""

    def met(found: Spoken | None) -> Spoken | None:
        if found:
            found.entity.meet(number, found.mention.start, found.mention.end, found.form)
        return found

    gender, cue = _gender_of(text, attribution), attribution.cue
    spoken = met(_latter(text, attribution, people) or _called(text, attribution, people, gender))
    if spoken and cue and spoken.phrase.end <= cue.start and not _may_precede(spoken.entity, text, attribution):
        spoken = None
    if not spoken and (before := _leading(text, attribution)):
        spoken = met(people.speaker(text, before, gender))
    if spoken and spoken.form == "nominal" and (found := met(_ahead(attribution, people))):
        spoken = found if found.phrase.end == _between(attribution)[-1].end else spoken
    if found := _named_behind(text, attribution, people, spoken):
        spoken = met(found)
    described = spoken and spoken.entity.type != "PERS" and cue and describes(text, cue)
    if cue and (described or (not spoken and _needs_subject(attribution))):
        several = _number_of(text, attribution) == "p"
        known = None if several else met(people.known(attribution.context, gender))
        spoken = known if known and (not spoken or known.phrase.end <= cue.start) else spoken
    return spoken


def _may_precede(entity: Entity, text: str, attribution: Attribution) -> bool:
    """Whether who stands before a cue has its number, and where no person the gender of the noun."""
    gender = _gender_of(text, attribution)
    fits = entity.type not in ("ORG", "GPE") or not gender or gender_shown(entity) in ("", gender)
    return fits and agrees(entity, _number_of(text, attribution))


def _named_behind(text: str, attribution: Attribution, people: People, spoken: Spoken | None) -> Spoken | None:
    """Whom a description names at its end, up to the أن or the colon, where its first words alone name nobody."""
    subject = attribution.subject
    described = bool(subject) and (has_article(subject[0]) or begins_title(subject[0]))
    if attribution.named or not described or is_document(subject[0]):
        return None
    cue = attribution.cue
    end = cue.start if cue and subject[0].start < cue.start else attribution.pair.start
    rest = [word for word in attribution.context if subject[0].start <= word.start < end]
    ends = (
        place for place, word in enumerate(rest) if any(word.folded in listed(name) for name in ("that", "relative"))
    )
    that = next(ends, len(rest))
    title, name = behind(text, _up_to_aside(text, rest[: min(that, _LONGEST)]))
    known = spoken is not None and spoken.form == "named" and bool(name) and spoken.mention.end >= name[-1].end
    return people.entitled(text, title, name) if name and that <= _LONGEST and not known else None


def _up_to_aside(text: str, described: list[Word]) -> list[Word]:
    """The first words up to what stands between dashes, or tells on what was said: -في تقرير-, ردا على سؤال."""
    for place in range(1, len(described)):
        between = text[described[place - 1].end : described[place].start]
        if _DASH.search(between) or ("،" in between and described[place].folded in _IN_ANSWER):
            return described[:place]
    return described


def _latter(text: str, attribution: Attribution, people: People) -> Spoken | None:
    """Whom the text named last before: هذا الأخير, or the only word of a description of nobody met before."""
    subject = attribution.subject
    if len(subject) != 1 or not (subject[0].folded in listed("latter") or people.is_unheard(subject[0])):
        return None
    earlier = tuple(reversed(words_in(text, max(0, subject[0].start - _FAR), subject[0].start)))
    known = people.known(earlier, "f" if subject[0].folded.endswith("ه") else "m")
    return Spoken(known.entity, "nominal", subject[0], subject[0]) if known else None


def _ahead(attribution: Attribution, people: People) -> Spoken | None:
    """A name before the speech, after a longer description: تقول الباحثة في المعهد أمينة الراشد: …."""
    between = _between(attribution)
    if between and is_document(between[0]):
        return None
    return people.known(between[-_CLOSE:], "") if len(between) >= _CLOSE else None


def _between(attribution: Attribution) -> tuple[Word, ...]:
    """The words between the cue and the speech, up to أن."""
    cue, start = attribution.cue, attribution.pair.start
    between = tuple(word for word in attribution.context if cue and cue.end <= word.start < start)
    that = next((place for place, word in enumerate(between) if word.folded in listed("that")), len(between))
    return between[:that]


def _leading(text: str, attribution: Attribution) -> tuple[Word, ...]:
    """The words before a verb, where its subject does not follow it."""
    cue = attribution.cue
    if cue is None or cue.kind != "verb":
        return ()
    return tuple(leading(text, [word for word in attribution.context if word.end <= cue.start], cue))


def _needs_subject(attribution: Attribution) -> bool:
    """Whether the speaker may stand anywhere before the cue in its sentence: all but a verb that begins one."""
    cue = attribution.cue
    first = attribution.context[0] if attribution.context else None
    return cue is not None and (cue.kind != "verb" or (first is not None and first.end < cue.start))


def _gender_of(text: str, attribution: Attribution) -> str:
    """The gender that the cue shows: f or m, empty where it shows none."""
    cue = attribution.cue
    if cue is None or cue.kind not in ("verb", "participle"):
        return ""
    word = folded(text[cue.start : cue.end])
    if cue.kind == "participle":
        return "f" if word.endswith("ه") else "m"
    imperfect = word.startswith("ت") and cue_kind("ي" + word[1:]) is not None
    return "f" if imperfect or word.endswith("ت") else "m"


def _number_of(text: str, attribution: Attribution) -> str:
    """The number that the cue shows where its subject does not follow: p or s, empty where it shows none.

    The feminine is that of collectives and plurals too.
    """
    cue = attribution.cue
    if cue is None or cue.kind not in ("verb", "participle"):
        return ""
    word = folded(text[cue.start : cue.end]).split()[0]
    if word.endswith(_PLURAL[cue.kind]):
        return "p"
    return "" if _gender_of(text, attribution) == "f" else "s"


def _main_subject(number: int, attribution: Attribution, earlier: list[Json]) -> Json | None:
    """The speaker of a participle that a full stop cuts off from its verb: the one of the quote before it."""
    last = earlier[-1]["speaker"] if earlier else None
    if attribution.cue is None or attribution.cue.kind != "participle" or last is None or last["span"] is None:
        return None
    return dict(last) if last["span"]["paragraph"] == f"p{number + 1}" else None


def span_of(number: int, text: str, start: int, end: int) -> Json:
    """A span of the record: a stretch of a paragraph that is counted from 0."""
    end = after_signs(text, end)
    return {"paragraph": f"p{number + 1}", "start": start, "end": end, "text": text[start:end]}
