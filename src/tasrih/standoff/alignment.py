"""A stand-off record and a text that is not exactly the one it was made of: where its spans now are.

Paragraphs are found by their hash first, then by a harmless change whose original the hash proves (`variants`), then by
the lengths of their words (`pairing`). What is not found any more is taken out, and told.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

from tasrih import sources
from tasrih.errors import InvalidError
from tasrih.record import Json
from tasrih.spans import SPANS, located
from tasrih.standoff.evidence import Word, evidence, old_words
from tasrih.standoff.losses import Places, kept
from tasrih.standoff.pairing import Pair, gain, paired
from tasrih.standoff.places import Edges, by_letters, by_words, unmoved
from tasrih.standoff.variants import forms, hashed, original

_CHANCE = 1.5  # half bits a word; two paragraphs that have nothing to do with each other reach 0.5 in one of a hundred
_ENOUGH = 0.5  # of the letters of a text that must be found again
_WORD = re.compile(r"\S+")


class Aligned(NamedTuple):
    """A full record, and how it came about.

    `exact`: every paragraph has its SHA-256. `moved`: how many spans stand elsewhere now, or in a paragraph that
    changed. `lost`: what could not be found, each as a reader calls it, by the ids of the stand-off record.
    """

    record: Json
    exact: bool
    moved: int
    lost: tuple[str, ...]


class Found(NamedTuple):
    """Paragraphs that are one now, and the lines that they are, all by number from 0; `edges` finds a span in it."""

    paragraphs: tuple[int, ...]
    lines: tuple[int, ...]
    text: str
    edges: tuple[Edges, ...]


class Rest(NamedTuple):
    """Paragraphs and lines that have not found each other."""

    paragraphs: list[int]
    lines: list[int]


def aligned(record: Json, lines: Sequence[str]) -> Aligned:
    """The full record of a stand-off record and the lines of a text, as `str.splitlines` gives them.

    Raises InvalidError when the text is another one: less than half of the words are found again.
    """
    paragraphs = record["paragraphs"]
    found = sorted(_found(record, lines))
    _check_enough(paragraphs, found)
    places = {
        paragraphs[number]["id"]: (paragraphs[one.paragraphs[0]]["id"], one.text, edges)
        for one in found
        for number, edges in zip(one.paragraphs, one.edges, strict=True)
    }
    exact = {
        paragraphs[one.paragraphs[0]]["id"]
        for one in found
        if len(one.paragraphs) == 1 and hashed(one.text) == paragraphs[one.paragraphs[0]]["sha256"]
    }
    full, lost = kept(record, places)
    _add_furniture(full, lines, {line for one in found for line in one.lines})
    is_exact = len(exact) == len(paragraphs)
    if not is_exact:
        _name_anew(full)
    return Aligned(full, is_exact, _moved(record, places, exact), tuple(lost))


def _check_enough(paragraphs: Sequence[Json], found: Sequence[Found]) -> None:
    """Raises when so little is found again that it is chance, or another text about the same."""
    there = sum(
        _letters_found(paragraphs[number], edges)
        for one in found
        for number, edges in zip(one.paragraphs, one.edges, strict=True)
    )
    whole = sum(paragraph["length"] for paragraph in paragraphs)
    if not found or there < _ENOUGH * whole:
        share = there * 100 // max(whole, 1)
        raise InvalidError(f"the text is another one: {share} % of the record's words were found in it.")


def _letters_found(paragraph: Json, edges: Edges) -> int:
    """How many letters of a paragraph are in words that are found again."""
    words = old_words(paragraph)
    if edges is unmoved or not words:
        return int(paragraph["length"])
    return sum(end - start + 1 for start, end in words if edges(start, end)) - 1


def _found(record: Json, lines: Sequence[str]) -> list[Found]:
    """All paragraphs that are found again, by the surest way first."""
    paragraphs = record["paragraphs"]
    rest = Rest(list(range(len(paragraphs))), [number for number, line in enumerate(lines) if sources.clean(line)])
    found = [*_taken(rest, _whole(paragraphs, lines, rest))]
    found += _taken(rest, _proved(paragraphs, lines, rest))
    for gap in [*_gaps(found, rest), rest]:
        found += _taken(rest, _alike(record, lines, gap))
    return found


def _taken(rest: Rest, found: Iterator[Found]) -> list[Found]:
    """What was found, taken out of the rest."""
    taken = list(found)
    for one in taken:
        for number in one.paragraphs:
            rest.paragraphs.remove(number)
        for number in one.lines:
            rest.lines.remove(number)
    return taken


def _whole(paragraphs: Sequence[Json], lines: Sequence[str], rest: Rest) -> Iterator[Found]:
    """Paragraphs that are lines as they stand, or cleaned."""
    known: dict[str, list[tuple[int, str]]] = {}
    for number in rest.lines:
        for text in {sources.clean(lines[number]), lines[number].strip(), lines[number]}:
            known.setdefault(hashed(text), []).append((number, text))
    used: set[int] = set()
    for number in rest.paragraphs:
        free = [place for place in known.get(paragraphs[number]["sha256"], []) if place[0] not in used]
        if free:
            line, text = free[0]
            used.add(line)
            yield Found((number,), (line,), text, (unmoved,))


def _proved(paragraphs: Sequence[Json], lines: Sequence[str], rest: Rest) -> Iterator[Found]:
    """Paragraphs that differ from a line by a change that can be undone: what was made of the line has their hash."""
    variants = {line: forms(lines[line]) for line in rest.lines}
    used: set[int] = set()
    for number in rest.paragraphs:
        for line in sorted(set(rest.lines) - used, key=lambda line: abs(line - number)):
            old = original(paragraphs[number], sources.clean(lines[line]), variants[line])
            if old is not None:
                text = sources.clean(lines[line])
                used.add(line)
                yield Found((number,), (line,), text, (by_letters(old, text),))
                break


def _gaps(found: Sequence[Found], rest: Rest) -> Iterator[Rest]:
    """What is left between two paragraphs that were found one after the other."""
    ends = [((one.paragraphs[0], one.lines[0])) for one in sorted(found)]
    for (before, first), (after, last) in pairwise([(-1, -1), *ends, (1 << 31, 1 << 31)]):
        gap = Rest(
            [number for number in rest.paragraphs if before < number < after],
            [number for number in rest.lines if first < number < last],
        )
        if gap.paragraphs and gap.lines:
            yield gap


def _alike(record: Json, lines: Sequence[str], rest: Rest) -> Iterator[Found]:
    """Paragraphs that are found by the lengths of their words; one may be several lines now, or several one."""
    paragraphs = record["paragraphs"]
    old = [Word(number, *place) for number in rest.paragraphs for place in old_words(paragraphs[number])]
    texts = {line: sources.clean(lines[line]) for line in rest.lines}
    new = [Word(line, *found.span()) for line in rest.lines for found in _WORD.finditer(texts[line])]
    if not old or not new:
        return
    lengths = [word.end - word.start for word in old]
    pairs = paired(lengths, [texts[word.owner][word.start : word.end] for word in new], evidence(record, old))
    by_owner: dict[int, list[tuple[Word, Pair | None]]] = defaultdict(list)
    for word, pair in zip(old, pairs, strict=True):
        by_owner[word.owner].append((word, pair))
    stretches = {number: [pair for _, pair in words] for number, words in by_owner.items()}
    for numbers, held in _groups(stretches, new, rest):
        within = [line for line in rest.lines if held[0] <= line <= held[-1]]
        shifts = dict(zip(within, accumulate((len(texts[line]) + 1 for line in within), initial=0), strict=False))
        text = " ".join(texts[line] for line in within)
        edges = [
            by_words(
                [
                    ((word.start, word.end), _shifted(new[pair.word], shifts) if pair else None)
                    for word, pair in by_owner[number]
                ],
                text,
            )
            for number in numbers
        ]
        yield Found(tuple(numbers), tuple(within), text, tuple(edges))


def _shifted(word: Word, shifts: dict[int, int]) -> tuple[int, int] | None:
    """Where a word of a line stands in lines that were joined; None when it is in none of them."""
    shift = shifts.get(word.owner)
    return None if shift is None else (word.start + shift, word.end + shift)


def _groups(
    stretches: Mapping[int, Sequence[Pair | None]], new: Sequence[Word], rest: Rest
) -> list[tuple[list[int], list[int]]]:
    """Paragraphs and lines that belong together: most words of one are in the other, better than by chance."""
    groups: list[tuple[list[int], list[int]]] = []
    sizes = Counter(word.owner for word in new)
    in_place = len(rest.paragraphs) == len(rest.lines)
    for number, pairs in stretches.items():
        shared = Counter(new[pair.word].owner for pair in pairs if pair and pair.fit > 0)
        held = [line for line, count in shared.items() if 2 * count > min(len(pairs), sizes[line])]
        compared = sum(pair is not None for pair in pairs) if in_place else len(pairs)
        if not held or gain(pairs) < _CHANCE * compared:
            continue
        if groups and set(groups[-1][1]) & set(held):
            groups[-1][0].append(number)
            groups[-1][1].extend(line for line in held if line not in groups[-1][1])
        else:
            groups.append(([number], held))
    return groups


def _add_furniture(full: Json, lines: Sequence[str], used: set[int]) -> None:
    """Gives the furniture its text; a line that is in no paragraph is furniture, so that none is lost."""
    source = full["metadata"]["source"]
    if source is None:
        return
    left = {
        number: text for number, line in enumerate(lines, 1) if number - 1 not in used and (text := sources.clean(line))
    }
    known = source.get("furniture", [])
    kinds = {item["line"]: item["kind"] for item in known}
    if len(left) == len(kinds):
        kinds = dict(zip(left, (item["kind"] for item in known), strict=True))
    if left or known:
        source["furniture"] = [
            {"line": number, "kind": kinds.get(number, "other"), "text": text} for number, text in left.items()
        ]


def _name_anew(full: Json) -> None:
    """An entity whose name is in no mention any more is called by the longest that it has."""
    for entity in full["entities"]:
        texts = [mention["text"] for mention in entity["mentions"]]
        if entity["name"] not in texts:
            named = [mention["text"] for mention in entity["mentions"] if mention["form"] == "named"]
            entity["name"] = max(named or texts, key=len)


def _moved(record: Json, places: Places, exact: set[str]) -> int:
    """How many spans were found in a paragraph that changed."""
    spans = (one.span for name in SPANS for one in located(record, name))
    return sum(
        span["paragraph"] in places
        and span["paragraph"] not in exact
        and places[span["paragraph"]][2](span["start"], span["end"]) is not None
        for span in spans
    )
