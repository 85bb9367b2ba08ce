"""What changed, for a person, a CHANGELOG, or a program. Nothing in a record can steer who reads it."""

import json
import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from tasrih.changes import LAYERS, Change, Difference
from tasrih.choices import ChangesFormat
from tasrih.terminal import counted, message, one_line

_LABELS = ("type", "kind", "form", "role", "split")
"""Fields whose few values are told with what they became."""
_WIDTH = 120
_COLUMNS = ("article", "collection", "kind", "layer", "change", "item", "field", "old", "new")
Rules = Mapping[str, tuple[int, int]]
"""By the code of a rule how many findings there were, and how many there are."""


def rendered(found: Iterable[Difference], rules: Rules, rendering: ChangesFormat) -> Iterator[str]:
    """The lines of a report, one after the other as the differences come."""
    yield from {"text": _text, "markdown": _markdown, "tsv": _tsv, "json": _json}[rendering](found, rules)


def _text(found: Iterable[Difference], rules: Rules) -> Iterator[str]:
    articles, total = Counter[str](), Counter[tuple[str, str, str]]()
    for one in found:
        articles[one.kind] += 1 if one.collection else 0
        total.update(map(_kind_of, one.changes))
        if one.kind != "same":
            yield one_line(f"{one.article}{f' ({one.collection})' if one.collection else ''}: {one.kind}")
        yield from (f"    {_told(change)}" for change in one.changes)
    counts = [f"{articles[kind]} {kind}" for kind in ("added", "removed", "changed")]
    yield f"{counted(articles.total(), 'article')}: {', '.join(counts)}, {articles['same']} the same"
    yield from _totals(total)
    yield from (f"{code}: findings {before} → {after}" for code, (before, after) in rules.items())


def _told(change: Change) -> str:
    head = " ".join(filter(None, (change.layer, change.item, change.field)))
    values = [value for value in (change.old, change.new) if value is not None]
    if change.kind == "changed":
        values = [f"{_value(change.old)} → {_value(change.new)}"] if values else []
    return message(one_line(": ".join([f"{head} {change.kind}" if not change.field else head, *values])))


def _value(value: str | None) -> str:
    return "–" if value is None else value


def _kind_of(change: Change) -> tuple[str, str, str]:
    """Layer, what became of it, and of a label from what to what."""
    label = f"{_value(change.old)} → {_value(change.new)}" if change.field in _LABELS else ""
    return change.layer, change.field or change.kind, label


def _totals(total: Counter[tuple[str, str, str]]) -> Iterator[str]:
    """A line a layer: how many of it came and went, and in how many a field changed."""
    for layer in LAYERS:
        own = {key[1:]: count for key, count in total.items() if key[0] == layer}
        if own:
            yield f"{layer}: {', '.join(_fields(own))}"


def _fields(own: Mapping[tuple[str, str], int]) -> Iterator[str]:
    fields = Counter[str]()
    for (field, _), count in own.items():
        fields[field] += count
    for field, count in sorted(fields.items(), key=_rank):
        labels = sorted(((n, label) for (name, label), n in own.items() if name == field and label), reverse=True)
        told = ", ".join(f"{label} {number:,}" for number, label in labels)
        yield f"{field} {count:,}" + (f" ({told})" if told else "")


def _rank(item: tuple[str, int]) -> tuple[bool, bool, int, str]:
    """What came and what went first, then the fields that changed most."""
    return item[0] != "added", item[0] != "removed", -item[1], item[0]


def _markdown(found: Iterable[Difference], rules: Rules) -> Iterator[str]:
    """A list for a CHANGELOG: articles that came and went by collection, and what changed in which."""
    lists: dict[tuple[str, str], list[str]] = {}
    total, changed, number, edited = Counter[tuple[str, str, str]](), list[str](), 0, 0
    for one in found:
        number += bool(one.collection)
        edited += one.kind == "changed" and bool(one.collection)  # the register is no article
        kinds = Counter(map(_kind_of, one.changes))
        total.update(kinds)
        if one.kind == "changed":
            short = Counter[tuple[str, str, str]]()
            for (layer, what, _), count in kinds.items():
                short[layer, what, ""] += count
            changed.append(f"{_code(one.article)}: {'; '.join(_totals(short))}")
        elif one.kind != "same":
            lists.setdefault((one.kind, one.collection), []).append(_code(one.article))
    for (kind, collection), ids in sorted(lists.items()):
        yield _bullet(f"{counted(len(ids), 'article')} {kind} in {_code(collection)}: {', '.join(ids)}.")
    if changed:
        yield _bullet(f"{edited:,} of {counted(number, 'article')} changed: {'; '.join(_totals(total))}.")
        yield from (_bullet(f"{line}.", "  ") for line in changed)
    if rules:
        told = ", ".join(f"{code} from {before:,} to {after:,}" for code, (before, after) in rules.items())
        yield _bullet(f"Findings of `tasrih validate`, by rule: {told}.")


def _code(text: str) -> str:
    return f"`{one_line(text).replace('`', '')}`"


def _bullet(text: str, before: str = "") -> str:
    return textwrap.fill(
        f"{before}- {text}",
        _WIDTH,
        subsequent_indent=f"{before}  ",
        break_long_words=False,
        break_on_hyphens=False,
    )


def _tsv(found: Iterable[Difference], rules: Rules) -> Iterator[str]:
    """A line a change, after one that names the columns; an article that came or went has a line of its own."""
    yield "\t".join(_COLUMNS)
    for one in found:
        for change in one.changes:
            cells = (one.article, one.collection, one.kind, *change)
            yield "\t".join("" if cell is None else one_line(cell) for cell in cells)
        if one.kind in ("added", "removed"):
            yield "\t".join([*map(one_line, one[:3]), *[""] * 6])
    for code, (before, after) in rules.items():
        yield "\t".join(["", "", "", "rules", "changed", code, "findings", str(before), str(after)])


def _json(found: Iterable[Difference], rules: Rules) -> Iterator[str]:
    """One document: how many articles are the same, the others with their changes, and the findings by rule."""
    same, others = 0, list[dict[str, Any]]()
    for one in found:
        same += one.kind == "same"
        if one.kind != "same":
            others.append(one._asdict() | {"changes": [change._asdict() for change in one.changes]})
    findings = {code: {"old": before, "new": after} for code, (before, after) in rules.items()}
    document = {"same": same, "articles": others} | ({"findings": findings} if rules else {})
    yield json.dumps(document, ensure_ascii=False, indent=2)
