"""A stand-off record and a text that is not exactly the one it was made of: where its spans now are.

Paragraphs are found by their hash first, then by a harmless change whose original the hash proves (`variants`), then by
the lengths of their words (`pairing`). What is not found any more is taken out, and told.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

from tasrih import sources
from tasrih.errors import InvalidError
from tasrih.record import Json
from tasrih.spans import SPANS, located
from tasrih.standoff.evidence import WORD, Word, evidence, old_words
from tasrih.standoff.losses import Places, kept
from tasrih.standoff.models import digest
from tasrih.standoff.pairing import Pair, gain, paired
from tasrih.standoff.places import Edges, by_letters, by_words, unmoved
from tasrih.standoff.variants import forms, with_one_change

_CHANCE = 1.5  # half bits a word; two paragraphs that have nothing to do with each other reach 0.5 in one of a hundred
_CERTAIN = 5  # half bits more, so that a few words are no coincidence
_CHANCE_IN_PLACE = 4  # half bits a word that was found; where a paragraph has to be, the rest may be gone
_ENOUGH = 0.5  # of the letters of a text that must be found again
_WRAPPED = 200  # lines that one paragraph may be
_TRIED = 1_000  # lines that are written in other ways
_BLOCK = 50  # paragraphs whose words are held against those of lines at once, of twice as many when there are more
_LONG = 1 << 31  # longer than any text
_NEAREST = 20  # lines in which a paragraph with one change is looked for


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
    """Paragraphs and lines that have not found each other; `in_place`: as many of each, between the same neighbours."""

    paragraphs: list[int]
    lines: list[int]
    in_place: bool = False


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
        if len(one.paragraphs) == 1 and digest(one.text) == paragraphs[one.paragraphs[0]]["sha256"]
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
    found: list[Found] = []
    for way in (_whole, _joined, _undone, _nearly_whole):
        found += _taken(rest, way(paragraphs, lines, rest))
    for gap in [*_gaps(found, rest), rest]:
        found += _taken(rest, _in_blocks(record, lines, gap))
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
            known.setdefault(digest(text), []).append((number, text))
    used: set[int] = set()
    for number in rest.paragraphs:
        free = [place for place in known.get(paragraphs[number]["sha256"], []) if place[0] not in used]
        if free:
            line, text = free[0]
            used.add(line)
            yield Found((number,), (line,), text, (unmoved,))


def _joined(paragraphs: Sequence[Json], lines: Sequence[str], rest: Rest) -> Iterator[Found]:
    """Paragraphs that are several lines in a row."""
    by_length: dict[int, dict[str, int]] = defaultdict(dict)
    for number in rest.paragraphs:
        by_length[paragraphs[number]["length"]][paragraphs[number]["sha256"]] = number
    longest = max(by_length, default=0)
    place = 0
    while place < len(rest.lines):
        run = [rest.lines[place]]
        text = sources.clean(lines[run[0]])
        for line in rest.lines[place + 1 : place + _WRAPPED]:
            text = f"{text} {sources.clean(lines[line])}"
            if len(text) > longest:
                break
            run.append(line)
            if len(text) in by_length and (sha256 := digest(text)) in by_length[len(text)]:
                yield Found((by_length[len(text)].pop(sha256),), tuple(run), text, (unmoved,))
                place += len(run) - 1
                break
        place += 1


def _undone(paragraphs: Sequence[Json], lines: Sequence[str], rest: Rest) -> Iterator[Found]:
    """Paragraphs that are a line written in another way."""
    if not rest.paragraphs:
        return
    known = {sha256: (line, old) for line in rest.lines[:_TRIED] for sha256, old in forms(lines[line]).items()}
    used: set[int] = set()
    for number in rest.paragraphs:
        line, old = known.get(paragraphs[number]["sha256"], (-1, ""))
        if line >= 0 and line not in used and len(old) == paragraphs[number]["length"]:
            used.add(line)
            yield _known_as(number, line, old, lines)


def _nearly_whole(paragraphs: Sequence[Json], lines: Sequence[str], rest: Rest) -> Iterator[Found]:
    """Paragraphs that are a line with one change."""
    used: set[int] = set()
    for number in rest.paragraphs:
        # A stretch that is as long as another paragraph may be that one.
        most = min((paragraphs[other]["length"] for other in rest.paragraphs if other != number), default=_LONG)
        for line in sorted(set(rest.lines) - used, key=lambda line: abs(line - number))[:_NEAREST]:
            text = sources.clean(lines[line])
            near = len(text) - paragraphs[number]["length"] < most
            old = with_one_change(paragraphs[number], text) if near else None
            if old is not None:
                used.add(line)
                yield _known_as(number, line, old, lines)
                break


def _known_as(number: int, line: int, old: str, lines: Sequence[str]) -> Found:
    """A paragraph whose old text is known, in the line that it is now."""
    text = sources.clean(lines[line])
    return Found((number,), (line,), text, (by_letters(old, text),))


def _gaps(found: Sequence[Found], rest: Rest) -> Iterator[Rest]:
    """What is left between two paragraphs that were found one after the other."""
    ends = [((one.paragraphs[0], one.lines[0])) for one in sorted(found)]
    for (before, first), (after, last) in pairwise([(-1, -1), *ends, (_LONG, _LONG)]):
        paragraphs = [number for number in rest.paragraphs if before < number < after]
        lines = [number for number in rest.lines if first < number < last]
        if paragraphs and lines:
            yield Rest(paragraphs, lines, in_place=len(paragraphs) == len(lines))


def _in_blocks(record: Json, lines: Sequence[str], rest: Rest) -> Iterator[Found]:
    """What `_alike` finds, of a long text by and by."""
    if len(rest.paragraphs) <= _BLOCK:
        yield from _alike(record, lines, rest)
        return
    after = -1
    for first in range(0, len(rest.paragraphs), _BLOCK):
        ahead = [line for line in rest.lines if line > after][: 2 * _BLOCK]
        for found in _alike(record, lines, Rest(rest.paragraphs[first : first + _BLOCK], ahead)):
            after = found.lines[-1]
            yield found


def _alike(record: Json, lines: Sequence[str], rest: Rest) -> Iterator[Found]:
    """Paragraphs that are found by the lengths of their words; one may be several lines now, or several one."""
    paragraphs = record["paragraphs"]
    old = [Word(number, *place) for number in rest.paragraphs for place in old_words(paragraphs[number])]
    texts = {line: sources.clean(lines[line]) for line in rest.lines}
    new = [Word(line, *found.span()) for line in rest.lines for found in WORD.finditer(texts[line])]
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
    for number, pairs in stretches.items():
        shared = Counter(new[pair.word].owner for pair in pairs if pair and pair.fit > 0)
        held = [line for line, count in shared.items() if 2 * count > min(len(pairs), sizes[line])]
        if not held or not (_is_more_than_chance(pairs) or (rest.in_place and _is_a_part(pairs))):
            continue
        if groups and set(groups[-1][1]) & set(held):
            groups[-1][0].append(number)
            groups[-1][1].extend(line for line in held if line not in groups[-1][1])
        else:
            groups.append(([number], held))
    return groups


def _is_more_than_chance(pairs: Sequence[Pair | None]) -> bool:
    """Whether the words of a paragraph fit better than those of any other would."""
    return gain(pairs) >= _CERTAIN + _CHANCE * len(pairs)


def _is_a_part(pairs: Sequence[Pair | None]) -> bool:
    """Whether those words of a paragraph that were found fit, however few they are."""
    return gain(pairs) >= _CHANCE_IN_PLACE * sum(pair is not None for pair in pairs)


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
