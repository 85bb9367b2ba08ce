"""Speech without marks: أن-clauses of reporting words, what stands beside وفقا لـ or after a headline colon."""

import re
from collections.abc import Iterator

from tasrih.drafting.cues import Cue, describes, is_weak, reach, reporting, reporting_at, subject, whole
from tasrih.drafting.scenes import Attribution
from tasrih.text.lists import is_listed, listed
from tasrih.text.marks import GLYPHS, IN_CLASS, ending, starting
from tasrih.text.pairs import Pair
from tasrih.text.sentences import ENDS, PAUSES, sentence_ends
from tasrih.text.words import Word, words, words_in

_REACH, _SHORTEST = 14, 3
_LONG, _DEEP, _NEAR = 2000, 3, 60
_COLON = re.compile(rf"([^:.؟!{IN_CLASS}]{{3,50}}?)\s?:\s+(?=\S)")


def indirect(text: str, marked: list[Attribution], stretches: list[Pair], *, headline: bool) -> list[Attribution]:
    """The unmarked speech of a paragraph, in reading order; what would cross marks is left out."""
    owners = _owners(text, stretches)
    found = list(_after_colon(text)) if headline else []
    for start, end in _sentences(text, owners):
        sentence = [word for word in words_in(text, start, end) if owners[word.start] < 0]
        clauses = list(_clauses(text, sentence, end))
        found += clauses or list(_beside_source(text, sentence, end))
    taken = {attribution.cue.start for attribution in marked if attribution.cue and attribution.type == "direct"}
    partners = {pair.start - 1: pair.end for pair in stretches} | {pair.end: pair.start - 1 for pair in stretches}
    return [
        attribution
        for attribution in found
        if attribution.cue
        and attribution.cue.start not in taken
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


def _clauses(text: str, sentence: list[Word], end: int) -> Iterator[Attribution]:
    """قال فلان إن …, أكد ضرورة …; inside such a clause only what has a speaker of its own."""
    ends: list[int] = []
    told: set[int] = set()
    cues = {place: cue for place in range(len(sentence)) if (cue := reporting_at(sentence, place))}
    for place, cue in cues.items():
        that = _that(text, sentence, place, cues)
        if that is None or that in told or (place and sentence[place - 1].folded in listed("negations")):
            continue
        start = sentence[that].start if sentence[that].folded in listed("needing") else sentence[that].end
        clause = _trimmed(text, start, _clause_end(text, sentence, that, end, cues))
        if len(words_in(text, clause.start, clause.end)) >= _SHORTEST:
            together = whole(text, sentence, place, cue)
            speaker = subject(text, sentence, place, together)
            inside = sum(end > together.start for end in ends[-_DEEP:])
            nobody = not speaker and (inside or sentence[place].folded in listed("agentless"))
            if inside == _DEEP or nobody:
                continue
            ends.append(clause.end)
            told.add(that)
            context = tuple(sentence[max(0, place - _NEAR) : that])
            yield Attribution(clause, "indirect", "that-clause-unmarked", 0.7, together, speaker, context)


def _that(text: str, sentence: list[Word], place: int, cues: dict[int, Cue]) -> int | None:
    """The place of the أن or ضرورة of a reporting word, before any other reporting word."""
    cue = cues[place]
    near = is_weak(sentence[place]) and not is_listed(sentence[place].folded, "relaying")
    furthest = {"noun": 2, "preposition": 0}.get(cue.kind, 1 + reach(sentence[place]) if near else _REACH)
    for number in range(place + 1, min(len(sentence), place + furthest)):
        word = sentence[number]
        if word.folded in listed("needing"):
            return number
        if word.folded in listed("that") and sentence[number - 1].folded not in listed("times"):
            return None if word.folded.startswith("ب") and describes(text, cue) else number
        other = cues.get(number)
        if other and (other.kind in ("verb", "participle") or word.folded.startswith("قول")) and not is_weak(word):
            return None
    return None


def _clause_end(text: str, sentence: list[Word], that: int, end: int, cues: dict[int, Cue]) -> int:
    """Where a clause ends: at a participle that reports, another cue after a comma, or with the sentence."""
    for place in range(that + 2, len(sentence)):
        word, other = sentence[place], cues.get(place)
        joined = other and (other.kind == "preposition" or other.start > word.start)
        participle = other and other.kind == "participle"
        if joined or participle or word.folded in listed("meanwhile"):
            comma = text.rfind("،", sentence[place - 1].end, word.start)
            if comma >= 0 or participle:
                return comma if comma >= 0 else word.start
    return end


def _trimmed(text: str, start: int, end: int) -> Pair:
    inside = text[start:end]
    return Pair(end - len(inside.lstrip(" ،:")), start + len(inside.rstrip(f" {ENDS}{PAUSES}")))


def _beside_source(text: str, sentence: list[Word], end: int) -> Iterator[Attribution]:
    """وفقا للوزير، …; …، بحسب الوزير."""
    for place, word in enumerate(sentence):
        cue = reporting(word)
        if cue is None or cue.kind != "preposition" or word.folded.lstrip("وب") == "كما":
            continue
        source = subject(text, sentence, place, cue)
        if not source:
            return
        rest = text[source[-1].end : end]
        if place < 2 and (comma := rest.find("،")) >= 0:
            begin = source[-1].end + comma + 1
            lead = next(iter(words_in(text, begin, end)), None)
            clause = _trimmed(text, lead.end if lead and lead.folded in listed("that") else begin, end)
        elif place > _SHORTEST and len(words(rest)) < _SHORTEST:
            clause = _trimmed(text, sentence[0].start, word.start)
        else:
            return
        if len(words_in(text, clause.start, clause.end)) >= _SHORTEST:
            yield Attribution(clause, "indirect", "source-unmarked", 0.5, cue, tuple(source))
        return


def _after_colon(text: str) -> Iterator[Attribution]:
    """الوزير: …."""
    match = _COLON.match(text)
    if not match:
        return
    before = words(text, 0, match.end(1))
    clause = _trimmed(text, match.end(), len(text))
    label = any(is_listed(word.folded, "labels") for word in before[:1])
    if before and not label and len(before) < 6 and len(words_in(text, clause.start, clause.end)) >= _SHORTEST:
        colon = text.index(":", match.end(1))
        cue = Cue(colon, colon + 1, "punctuation")
        yield Attribution(clause, "indirect", "headline-colon-unmarked", 0.7, cue, tuple(before))
