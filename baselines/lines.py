"""What tags say as a line of predictions: quotes with their cues and speakers, terms, mentions.

Spans are offsets. No line holds a word of a text, so that predictions on articles whose words are withheld can be
passed on.
"""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from baselines.rows import Row, Stretch, stretches
from tasrih.text.letters import fold

Line = dict[str, Any]
Span = dict[str, int]


def lines(tagged: Iterable[Row]) -> Iterator[Line]:
    """The predictions of each article of tagged rows."""
    for article, own in groupby(tagged, key=lambda row: row.article):
        found = list(own)
        mentions = _mentions(found)
        people = {tuple(one["span"].values()): one["entity"] for one in mentions if one["type"] == "PERS"}
        quotes = list(_quotes(found, people))
        yield {"id": article, "quotes": quotes, "terms": _terms(found), "mentions": mentions}


def span(row: Row, first: int, last: int) -> Span:
    """Tokens of a row, up to the last, as a stretch of its paragraph: without the proclitics of the first."""
    letters = row.tags["clitic"][first].partition("-")[2]
    start = row.starts[first] + int(letters or 0)
    end = row.ends[last - 1]
    return {"paragraph": row.paragraph, "start": start if start < end else row.starts[first], "end": end}


def _quotes(found: list[Row], people: dict[tuple[int, ...], str]) -> Iterator[Line]:
    """The quotes, each with the nearest cue, and with who speaks: the nearest phrase of a speaker.

    Where there is none, it is the person named last in this sentence or the one before, or else who spoke last.
    """
    speaker: Line | None = None
    for row in found:
        quotes = _whole(row)
        cues, phrases = (stretches(row.tags[layer]) for layer in ("cue", "speaker"))
        named = [one for one in stretches(row.tags["mention"]) if one.label == "PERS" and not _is_said(one, quotes)]
        for quote in quotes:
            cue = _nearest(row, quote, cues)
            phrase = _nearest(row, quote, phrases) if cue is None else _beside(row, cue, quote, phrases)
            person = _before(row, cue or quote, named)
            if phrase:
                speaker = {"span": span(row, phrase.first, phrase.end)}
            elif person:
                speaker = {"entity": people[tuple(span(row, person.first, person.end).values())]}
            told = span(row, cue.first, cue.end) if cue else None
            yield {"spans": [span(row, quote.first, quote.end)], "type": quote.label, "cue": told, "speaker": speaker}


def _is_said(one: Stretch, quotes: list[Stretch]) -> bool:
    return any(quote.first <= one.first < quote.end for quote in quotes)


def _before(row: Row, at: Stretch, named: list[Stretch]) -> Stretch | None:
    """The last of those named before a place, with no more than one end of a sentence between."""
    before = [one for one in named if one.end <= at.first and _sentences(row, one.end, at.first) <= 1]
    return before[-1] if before else None


def _whole(row: Row) -> list[Stretch]:
    """The quotes of a row: tags have an outer quote in pieces, where another stands inside it."""
    pieces = stretches(row.tags["quote"])
    quotes: list[Stretch] = []
    used: set[int] = set()
    for number, piece in enumerate(pieces):
        if number in used:
            continue
        end = piece.end
        for later in range(number + 1, len(pieces) - 1):
            inner, after = pieces[later], pieces[later + 1]
            if inner.first != end or after.first != inner.end or after.label != piece.label:
                break
            if later not in used and inner.label != piece.label:
                used.add(later + 1)
                end = after.end
        quotes.append(piece._replace(end=end))
    return quotes


def _nearest(row: Row, quote: Stretch, others: list[Stretch]) -> Stretch | None:
    """Of stretches of the same sentence the last before a quote, or else the first after it."""
    before = [one for one in others if one.end <= quote.first and _sentences(row, one.end, quote.first) == 0]
    after = [one for one in others if one.first >= quote.end and _sentences(row, quote.end, one.first) == 0]
    if before:
        return before[-1]
    return after[0] if after else None


def _beside(row: Row, cue: Stretch, quote: Stretch, phrases: list[Stretch]) -> Stretch | None:
    """The phrase of a speaker that is nearest to a cue, and not inside the quote."""
    outside = [one for one in phrases if one.end <= quote.first or one.first >= quote.end]
    near = [one for one in outside if _sentences(row, min(cue.end, one.end), max(cue.first, one.first)) == 0]
    return min(near, key=lambda one: max(cue.first - one.end, one.first - cue.end), default=None)


def _sentences(row: Row, first: int, end: int) -> int:
    """How many ends of sentences stand between two tokens."""
    return sum(token in ".؟!?" for token in row.tokens[first:end])


def _terms(found: list[Row]) -> list[Line]:
    return [
        {"span": span(row, term.first, term.end), "kind": term.label}
        for row in found
        for term in stretches(row.tags["term"])
    ]


def _mentions(found: list[Row]) -> list[Line]:
    """The mentions; those of one type, of which one has all the words of the other, are one entity."""
    made = []
    entities: list[tuple[str, frozenset[str]]] = []
    for row in found:
        for mention in stretches(row.tags["mention"]):
            words = frozenset(fold(token)[0] for token in row.tokens[mention.first : mention.end])
            entity = _known(entities, mention.label, words)
            where = span(row, mention.first, mention.end)
            made.append({"span": where, "type": mention.label, "entity": f"e{entity + 1}"})
    return made


def _known(entities: list[tuple[str, frozenset[str]]], label: str, words: frozenset[str]) -> int:
    """The number of the entity that a mention is of, the last one that was named so; a new one when there is none."""
    for number in reversed(range(len(entities))):
        known, names = entities[number]
        if known == label and (words <= names or names <= words):
            entities[number] = (label, names | words)
            return number
    entities.append((label, words))
    return len(entities) - 1
