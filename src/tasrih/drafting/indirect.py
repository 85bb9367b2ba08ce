"""Speech without marks: أن-clauses of reporting words, what stands beside وفقا لـ or after a headline colon."""

import re
from collections.abc import Iterator
from itertools import takewhile

from tasrih.drafting.boundaries import CONTENT, Begun, clause_end, trimmed
from tasrih.drafting.contents import asked, content, felt, governing, is_verbal
from tasrih.drafting.cues import Cue, is_end, is_weak, reach, reporting, reporting_at, subject, whole
from tasrih.drafting.gazetteer import is_place
from tasrih.drafting.qualified import beside_source
from tasrih.drafting.scenes import Attribution
from tasrih.text.lists import is_listed, listed
from tasrih.text.marks import GLYPHS, ending, starting
from tasrih.text.pairs import Pair
from tasrih.text.sentences import sentence_ends
from tasrih.text.words import CONJUNCTIONS, Word, all_words, bare, forms, words, words_in

_REACH, _SHORTEST = 24, 3
_LONG, _DEEP, _NEAR = 2000, 3, 60
_LABEL, _BEFORE_COLON = 6, 8  # words of a label before a headline colon, and from a reporting word to its colon
_BESIDE = 3  # characters less than which part a verb from its subject
_OWN = ("ه", "ها", "هم", "هما", "ي", "نا")
_SUBJECT = 9  # words after a reporting word in which its subject stands
_PARTED = re.compile(r"[-–.؟!]")
_HEADLINE = "headline-colon-unmarked"
_COLON = re.compile(r"(?:^|[.…؟!]\s)((?:د\.\s)?[^:.؟!]{3,50}?)\s?:\s+(?=\S)")


def indirect(
    number: int, text: str, marked: list[Attribution], stretches: list[Pair], *, headline: bool
) -> list[Attribution]:
    """The unmarked speech of a paragraph of some number, in reading order; what would cross marks is left out."""
    owners = _owners(text, stretches)
    found = list(_after_colon(text)) if headline else []
    for start, end in _sentences(text, owners):
        sentence = [word for word in words_in(text, start, end) if owners[word.start] < 0]
        cues = {place: cue for place in range(len(sentence)) if (cue := _governing_at(sentence, place))}
        clauses = list(_clauses(text, sentence, end, cues))
        found += clauses or list(beside_source(number, text, sentence, end, cues))
        found += [] if headline else list(_utterances(text, sentence, end, cues))
    whole_ = [other for other in marked if other.type == "direct" and other.rule not in ("linked", "sentences")]
    begun = {other.pair.start for other in marked if other.pair.missing == "opening"}
    taken = {other.cue.start for other in whole_ if other.cue}
    partners = {pair.start - 1: pair.end for pair in stretches} | {pair.end: pair.start - 1 for pair in stretches}
    return [
        attribution
        for attribution in found
        if attribution.cue
        and attribution.cue.start not in taken
        and attribution.pair.start not in begun
        and owners[attribution.cue.start] < 0
        and not _is_marked(text, attribution.pair, owners)
        and not _crosses(attribution.pair, partners)
    ]


def _owners(text: str, stretches: list[Pair]) -> list[int]:
    """For each character the number of the smallest stretch in marks around it, -1 outside marks."""
    owners = [-1] * (len(text) + 2)
    begins = [(pair.start, 1, number) for number, pair in enumerate(stretches)]
    ends = [(pair.end, 0, number) for number, pair in enumerate(stretches)]
    around: list[int] = []
    last = 0
    for place, begun, number in sorted(begins + ends):
        owners[last:place] = [around[-1] if around else -1] * (place - last)
        last = place
        if begun:
            around.append(number)
        elif number in around[-_DEEP:]:
            around.remove(number)
    return owners


def _is_marked(text: str, clause: Pair, owners: list[int]) -> bool:
    """Whether a clause is a stretch in marks, its marks aside, or stands in one."""
    start, end = clause.start, clause.end
    while start < end and (text[start].isspace() or starting(text, start)):
        start = mark.end if (mark := starting(text, start)) else start + 1
    while start < end and (text[end - 1].isspace() or ending(text, end)):
        end = mark.start if (mark := ending(text, end)) else end - 1
    return start >= end or owners[start] == owners[end - 1] >= 0


def _crosses(clause: Pair, partners: dict[int, int]) -> bool:
    """Whether a clause holds one of two marks only."""
    inside = (partners[place] for place in range(clause.start, clause.end) if place in partners)
    return any(not clause.start <= place < clause.end for place in inside)


def _sentences(text: str, owners: list[int]) -> Iterator[tuple[int, int]]:
    """The sentences of a paragraph; a full stop inside marks ends none."""
    start = 0
    for end, following in sentence_ends(text):
        if owners[end] < 0 or text[end] in GLYPHS:
            yield from _bounded(start, following)
            start = following
    yield from _bounded(start, len(text))


def _bounded(start: int, end: int) -> Iterator[tuple[int, int]]:
    """A sentence, in pieces where it is longer than any sentence is."""
    yield from ((begin, min(begin + _LONG, end)) for begin in range(start, end, _LONG))


def _governing_at(sentence: list[Word], place: int) -> Cue | None:
    """The reporting word at a place, unless the words around it show that it is another."""
    told = reporting(sentence[place])
    return reporting_at(sentence, place) if told else governing(sentence[place])


def _clauses(text: str, sentence: list[Word], end: int, cues: dict[int, Cue]) -> Iterator[Attribution]:
    """قال فلان إن …, أكد ضرورة …; inside such a clause only what has a speaker of its own."""
    ends: list[int] = []
    told: set[int] = set()
    for place, cue in cues.items():
        begun = _begun(text, sentence, place, cues)
        if begun is None or begun[0] in told or _is_silent(sentence, place):
            continue
        first, start, rule = begun
        clause = trimmed(text, start, clause_end(text, sentence, begun, end, cues))
        length = len(words_in(text, clause.start, clause.end))
        if length:
            together = whole(text, sentence, place, cue)
            proclitic = rule != CONTENT or start > sentence[first].start
            speaker = subject(text, sentence[: first + proclitic], place, together)
            inside = sum(end > together.start for end in ends[-_DEEP:])
            if inside == _DEEP or _is_nobodys(sentence[place], cue.kind, speaker, inside=bool(inside)):
                continue
            ends.append(clause.end)
            told.add(first)
            context = tuple(sentence[max(0, place - _NEAR) : first])
            yield Attribution(clause, "indirect", rule, 0.7, together, speaker, context)


def _is_silent(sentence: list[Word], place: int) -> bool:
    """Whether a reporting word is denied, only wished or supposed, or decides or acts."""
    before = [word.folded for word in sentence[max(0, place - 2) : place]]
    denied = before and any(
        form in listed(name) for form in forms(before[-1], CONJUNCTIONS) for name in ("negations", "supposing")
    )
    wished = before and before[-1] == "ان" and before[0] != "قبل"
    return bool(denied or wished) or any(
        form in listed("acting") for form in forms(sentence[place].folded, CONJUNCTIONS)
    )


def _is_nobodys(cue: Word, kind: str, speaker: tuple[Word, ...], *, inside: bool) -> bool:
    """Whether nobody speaks: the word has no subject of its own, or its subject shows and does not speak."""
    if is_listed(cue.folded, "agentless") and not _is_beside(cue, speaker):
        return True
    if speaker:
        return is_listed(speaker[0].folded, "showing")
    return inside or (kind == "noun" and not cue.folded.endswith(_OWN))


def _is_beside(cue: Word, speaker: tuple[Word, ...]) -> bool:
    """Whether a subject stands right behind a verb or right before it."""
    return bool(speaker) and (0 < speaker[0].start - cue.end < _BESIDE or 0 < cue.start - speaker[-1].end < _BESIDE)


def _begun(text: str, sentence: list[Word], place: int, cues: dict[int, Cue]) -> Begun | None:
    """The place of the word at which a reported clause begins, its offset, and the rule that tells."""
    that = _that(sentence, place, cues)
    found = content(text, sentence, place, cues) or felt(text, sentence, place)
    question = asked(sentence, place)
    if question and (that is None or question[0] < that):
        return *question, "question-unmarked"
    if found and (that is None or found[0] < that):
        return *found, CONTENT
    return (that, sentence[that].end, "that-clause-unmarked") if that is not None else None


def _that(sentence: list[Word], place: int, cues: dict[int, Cue]) -> int | None:
    """The place of the أن of a reporting word, before any other reporting word."""
    cue = cues[place]
    near = place > 0 and is_weak(sentence[place]) and not is_listed(sentence[place].folded, "relaying")
    furthest = {"noun": 2, "preposition": 0}.get(cue.kind, 1 + reach(sentence[place]) if near else _REACH)
    for number in range(place + 1, min(len(sentence), place + furthest)):
        word = sentence[number]
        if _opens(word, sentence[number - 1]):
            return number
        other = cues.get(number)
        if other and (other.kind in ("verb", "participle") or word.folded.startswith("قول")) and not is_weak(word):
            return None
    return None


def _opens(word: Word, earlier: Word) -> bool:
    """Whether a word is an أن that opens what is reported: not that of لأن, قبل أن or يمكن أن."""
    return word.folded in listed("that") and word.folded != "لان" and earlier.folded not in listed("times")


def _utterances(text: str, sentence: list[Word], end: int, cues: dict[int, Cue]) -> Iterator[Attribution]:
    """وقال: نحن هنا: unmarked speech after a reporting word and a colon (guidelines 11.1)."""
    if not cues or ":" not in text[sentence[0].start : end]:
        return
    for place, cue in cues.items():
        if cue.kind not in ("verb", "participle") or is_weak(sentence[place]):
            continue
        colon, first = _told_after_colon(text, sentence, place)
        if first is None:
            continue
        clause = trimmed(text, first.start, end)
        if len(words_in(text, clause.start, clause.end)) >= _SHORTEST:
            before = [other for other in sentence if other.start < colon]
            together = whole(text, sentence, place, cue)
            speaker = subject(text, before, place, together)
            yield Attribution(clause, "unmarked", "colon-unmarked", 0.6, together, speaker, tuple(before))
            return


def _told_after_colon(text: str, sentence: list[Word], place: int) -> tuple[int, Word | None]:
    """The colon near behind a reporting word, and the word with which unmarked speech begins after it."""
    start = sentence[place].end
    colon = text.find(":", start, sentence[min(place + _BEFORE_COLON, len(sentence) - 1)].end)
    between = [word for word in sentence[place + 1 :] if word.start < colon]
    if colon < 0 or _PARTED.search(text, start, colon) or any(word.folded in listed("that") for word in between):
        return colon, None
    first = next((word for word in sentence[place + 1 :] if word.start > colon), None)
    apart = first and (first.folded in listed("that") or text[colon + 1 : first.start].strip())
    return colon, None if apart else first


def _after_colon(text: str) -> Iterator[Attribution]:
    """الوزير: …."""
    match = next(_COLON.finditer(text), None)
    if not match:
        return
    before = words(text, match.start(1), match.end(1))
    clause = trimmed(text, match.end(), len(text))
    told = words(text, clause.start, clause.end)
    if not before or len(before) >= _LABEL or len(told) < _SHORTEST or _is_topic(before, told):
        return
    colon = text.index(":", match.end(1))
    yield Attribution(clause, "indirect", _HEADLINE, 0.7, Cue(colon, colon + 1, "punctuation"), tuple(before))


def _is_topic(label: list[Word], following: list[Word]) -> bool:
    """Whether a label before a headline colon is a topic: an event, what happens, a year, a place asked of."""
    first, last = label[0].folded, label[-1].folded
    asked = is_place(first) and bool(following) and following[0].folded in listed("questions")
    listed_ = any(is_listed(first, name) for name in ("labels", "events", "works"))
    return listed_ or asked or last.isdigit() or (is_verbal(first, first) and not is_listed(first, "titles"))


def without_topics(texts: list[str], by_paragraph: list[list[Attribution]]) -> list[list[Attribution]]:
    """The attributions without headlines of a topic and a colon: nobody of that name speaks in the article."""
    return [
        [other for other in others if other.rule != _HEADLINE or _speaks(_names(other.subject), texts)]
        for others in by_paragraph
    ]


def _names(label: tuple[Word, ...]) -> set[str]:
    """The first and last word of a label: a title or given name, and a family name."""
    return {label[0].folded, label[-1].folded}


def _speaks(names: set[str], texts: list[str]) -> bool:
    """Whether one of some words stands right after a reporting word, no preposition or the like between."""
    for text in texts:
        found = all_words(text)
        for place, word in enumerate(found):
            if not names.isdisjoint(bare(word.folded)):
                before = reversed(found[max(0, place - _SUBJECT) : place + 1])
                if any(reporting(other) for other in takewhile(lambda other: not is_end(other.folded), before)):
                    return True
    return False
