"""From the bytes of records to findings, each by itself: for few, and where Arrow, NumPy or Rensa is missing.

Every rule is asked of every record, and doubles are told by their words. It finds what the road of columns finds, at a
tenth of its speed, and keeps the trigrams of all records in memory.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from tasrih.instances import without_collecting
from tasrih.overlap import NEAR, Pair, Trigrams, trigrams
from tasrih.reading import Document, Slice, inner
from tasrih.resources import REGISTER
from tasrih.validation.index import Index, Surroundings
from tasrih.validation.inspection import (
    Inspection,
    Kept,
    Task,
    around_of,
    inspections_of,
    is_touched,
    kept_one_by_one,
    placed_in,
    read,
    wordless,
)
from tasrih.validation.placement import placed
from tasrih.validation.registry import PAIR, RECORD
from tasrih.validation.verdicts import enter, problems


class Seen(NamedTuple):
    """A record by what tells its doubles: id and trigrams, or the whole of what is known of a text that is withheld."""

    id: str
    trigrams: Trigrams
    offset: int
    counts: bool
    slice: int = 0


def inspect(task: Task, parts: list[Slice]) -> list[Inspection]:
    """What is found in each slice."""
    inspections = inspections_of(parts)
    with without_collecting():
        for inspection, document in placed_in(parts, inspections):
            look(task, inspection, read(document))
    return inspections


def look(task: Task, inspection: Inspection, document: Document) -> None:
    """Enters what is wrong with one document."""
    for kept in kept_one_by_one(task, [(inspection, document)]):
        _check(task, kept)


def _check(task: Task, kept: Kept) -> None:
    inspection, document = kept.pair
    around = around_of(inspection, task, document)
    counts = _concerned(task, around, kept)
    if task.doubles and PAIR.rules.keys() & task.wanted:
        inspection.seen.append(_seen(kept, counts=counts))
    if counts:
        inspection.report.records += 1
        _enter(task, kept, around, document)


def _enter(task: Task, kept: Kept, around: Surroundings, document: Document) -> None:
    asked = task.wanted | {code for code, rule in RECORD.rules.items() if rule.adrift}
    file = Path(inner(document.file)) if document.line is None else None
    wrong = problems(Index(kept.record, around, file), asked, wordless=kept.masked)
    if kept.withheld:
        wrong = [(code, wordless(problem)) for code, problem in wrong]
    enter(kept.pair[0].report, kept.record, placed(document, document.read(), wrong, kept.record))


def _concerned(task: Task, around: Surroundings, kept: Kept) -> bool:
    """Whether to report of a record: its file is touched, or one that it depends on."""
    source = kept.record["metadata"]["source"]
    return (
        is_touched(task, around.folder, REGISTER)
        or is_touched(task, kept.pair[1].file)
        or (source is not None and is_touched(task, around.folder, source["path"]))
    )


def _seen(kept: Kept, *, counts: bool) -> Seen:
    texts = (paragraph["text"] for paragraph in kept.record["paragraphs"])
    told = frozenset([("\n".join(texts),)]) if kept.masked else trigrams(kept.record)
    return Seen(kept.record["id"], told, kept.pair[1].offset, counts)


def numbered(inspections: Iterable[Inspection], first: int) -> list[Seen]:
    """What is seen in inspections, each with its number from `first` on."""
    return [one._replace(slice=number) for number, found in enumerate(inspections, first) for one in found.seen]


def together(parts: Iterable[list[Seen]]) -> list[Seen]:
    """What was seen, in one list."""
    return list(chain.from_iterable(parts))


def places(seen: list[Seen], number: int) -> tuple[int, int]:
    """The number of the slice in which a record is, and its offset there."""
    return seen[number].slice, seen[number].offset


def candidates(seen: list[Seen]) -> tuple[list[Pair], list[Pair]]:
    """Pairs of records whose ids are alike, and whose texts are; the one to report on last."""
    return _same_ids(seen), _same_texts(seen)


def _same_ids(seen: list[Seen]) -> list[Pair]:
    """Numbers of records whose ids are alike: the first of its kind, and the one to report on."""
    first: dict[str, int] = {}
    pairs = ((first.setdefault(one.id, number), number) for number, one in enumerate(seen))
    return _reported(seen, (pair for pair in pairs if pair[0] != pair[1]))


def _same_texts(seen: list[Seen]) -> list[Pair]:
    """Pairs of records whose texts are near-duplicates; where several texts are the same, the first stands for all."""
    twins: dict[Trigrams, list[int]] = {}
    for number, one in enumerate(seen):
        twins.setdefault(one.trigrams, []).append(number)
    pairs = [(alike[0], other) for alike in twins.values() for other in alike[1:]]
    for left, right in _near(list(twins)):
        pairs += [(twins[left][0], other) for other in twins[right]]
    return _reported(seen, pairs)


def _near(texts: list[Trigrams]) -> Iterator[tuple[Trigrams, Trigrams]]:
    """The pairs of texts that overlap enough."""
    holders: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for number, text in enumerate(texts):
        common = Counter(chain.from_iterable(holders[words] for words in text))
        for other, both in common.items():
            if both >= NEAR * (len(text) + len(texts[other]) - both):
                yield texts[other], text
        for words in text:
            holders[words].append(number)


def _reported(seen: list[Seen], pairs: Iterable[Pair]) -> list[Pair]:
    """The pairs of which one counts, that one last."""
    turned = (pair if seen[pair[1]].counts else pair[::-1] for pair in pairs)
    return sorted({(one, other) for one, other in turned if seen[other].counts})
