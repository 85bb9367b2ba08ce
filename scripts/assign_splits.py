"""Gives articles without a split one, and writes docs/splits.md; with --check, says whether that is stale.

What has a split keeps it. New articles are placed so that each split has its share of what is counted (`features`) in
each collection; what an outlet of HELD_OUT published goes to test, and train never sees one.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from generated import ROOT, arguments, settle

import tasrih
from tasrih.dataset.splits import SPLITS
from tasrih.files import replace
from tasrih.record import Article, schema_version, to_json
from tasrih.standoff.models import model_of

PAGE = ROOT / "docs" / "splits.md"
SHARES = {"news": (0.65, 0.1, 0.25), "composed": (0.7, 0.1, 0.2)}
"""Of articles, quotes and all else that is counted, in the order of SPLITS: real news has to tell systems apart."""
HELD_OUT = frozenset(["CNN بالعربية", "الشرق الأوسط", "المدينة", "الوطن", "الرياضي"])
TAUGHT = frozenset(["2021-10-13-lavrov-afghanistan"])
"""The articles that the guidelines explain: whoever has read them has seen these."""
SEED, DRAWS = 20261127, 2000


def features(article: Article) -> Counter[str]:
    """What should be shared out evenly: articles, outlets, quotes by type, cue and form, phenomena, terms, mentions."""
    found = Counter({"articles": 1, "terms": len(article.terms)})
    found[f"outlet {article.metadata.publisher}"] = 1
    found["mentions"] = sum(len(entity.mentions) for entity in article.entities)
    for quote in article.quotes:
        found[f"type {quote.type}"] += 1
        found[f"form {quote.speaker.form if quote.speaker else None}"] += 1
        found[f"cue {quote.cue.kind if quote.cue else None}"] += 1
        found.update(f"quotes: {slug}" for slug in quote.phenomena)
    found.update(f"articles: {slug}" for slug in article.metadata.phenomena)
    return found


def assigned(articles: list[Article], shares: tuple[float, ...]) -> dict[str, str]:
    """The splits of the articles of a collection by id: of many draws the one that comes nearest to the shares."""
    counted = [features(article) for article in articles]
    names = sorted(set().union(*counted))
    table = np.array([[one[name] for name in names] for one in counted], float)
    wanted = np.outer(shares, table.sum(axis=0))
    weight = 1 / np.sqrt(np.maximum(table.sum(axis=0), 1))
    fixed = np.array([SPLITS.index(split) if (split := given(article)) else -1 for article in articles])
    random = np.random.default_rng(SEED)
    draws = (placed(table, fixed, wanted, weight, random) for _ in range(DRAWS if (fixed < 0).any() else 1))
    best = min(draws, key=lambda places: distance(table, places, wanted, weight))
    return {article.id: SPLITS[place] for article, place in zip(articles, best, strict=True)}


def given(article: Article) -> str | None:
    """The split that an article has, or has to have."""
    if article.metadata.split:
        return article.metadata.split
    if article.id in TAUGHT:
        return "train"
    return "test" if article.metadata.publisher in HELD_OUT else None


Table = np.ndarray[tuple[int, int], np.dtype[np.float64]]
Row = np.ndarray[tuple[int], np.dtype[np.float64]]
Places = np.ndarray[tuple[int], np.dtype[np.int64]]


def placed(table: Table, fixed: Places, wanted: Table, weight: Row, random: np.random.Generator) -> Places:
    """One draw: in random order every article goes where it lessens most what is lacking."""
    places = fixed.copy()
    lacking = wanted - np.array([table[places == split].sum(axis=0) for split in range(len(SPLITS))])
    for number in random.permutation(np.flatnonzero(fixed < 0)):
        gain = (weight * (np.abs(lacking) - np.abs(lacking - table[number]))).sum(axis=1)
        places[number] = int(np.argmax(gain))
        lacking[places[number]] -= table[number]
    return places


def distance(table: Table, places: Places, wanted: Table, weight: Row) -> float:
    """How far the splits are from their shares."""
    found = np.array([table[places == split].sum(axis=0) for split in range(len(SPLITS))])
    return float((weight * np.abs(found - wanted)).sum())


def settled(folder: Path) -> None:
    """Writes the splits of articles that have none into their records."""
    files = {path.stem: path for path in sorted(folder.rglob("*.json"))}
    records = {name: model_of(path.read_bytes()).model_validate_json(path.read_bytes()) for name, path in files.items()}
    for collection, shares in SHARES.items():
        some = [one for one in records.values() if one.metadata.collection == collection]
        for name, split in assigned(some, shares).items():
            record = records[name].model_dump(mode="json", exclude_unset=True)
            if record["metadata"].get("split") != split:
                record["metadata"]["split"] = split
                record["schema_version"] = max(record["schema_version"], schema_version(record))
                replace(files[name], to_json(type(records[name]).model_validate_json(json.dumps(record))))


HEAD = """# Splits

Every article of the corpus has a split in its record (`metadata.split`), so that another article moves none. They were
drawn by `scripts/assign_splits.py`, each collection by itself, so that articles, quotes by type, by kind of cue and by
form of the speaker, phenomena, terms and mentions are shared out evenly. Test has a quarter of `news` and a fifth of
`composed`. Train and validation have nothing of some outlets, whose articles are all in test: {held}.

The article that the guidelines explain is in train. A figure on test is one to report, and not one to tune on.

This page is generated; the tests fail when it is stale.
"""
WIDTHS = """## How wide intervals are

A system is tried on some articles, and would have had other figures on others. Half of the width of the 95 % interval
of a share (recall, say, or accuracy of speakers) over the quotes of a split, when articles are drawn anew 2,000 times
and the system is right in seven of ten quotes: first if its mistakes fall on quotes at random, then if an article is
easy or hard as a whole (its share is drawn from a beta distribution with mean .7 and intraclass correlation .1). Two
systems on the same articles are told apart by less, since what is hard for one is hard for the other.
"""
SHARE, CORRELATION, TIMES = 0.7, 0.1, 2000


def page(articles: list[Article]) -> str:
    parts = [HEAD.format(held=", ".join(sorted(HELD_OUT)))]
    parts += [f"## `{collection}`\n\n{balance(collection, articles)}" for collection in SHARES]
    return "\n".join([*parts, WIDTHS, widths(articles)])


def balance(collection: str, articles: list[Article]) -> str:
    """What each split has, and its share of the collection."""
    sides = [[one for one in articles if of(one) == (collection, split)] for split in SPLITS]
    rows = [dict(rows_of(side)) for side in sides]
    names = dict.fromkeys(name for row in [dict(rows_of([one for side in sides for one in side]))] for name in row)
    lines = [f"| | {' | '.join(SPLITS)} |", "| --- |" + " ---: |" * len(SPLITS)]
    for name in names:
        total = sum(row.get(name, 0) for row in rows)
        cells = [f"{row.get(name, 0)} ({row.get(name, 0) / total:.0%})" for row in rows]
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def of(article: Article) -> tuple[str, str | None]:
    return article.metadata.collection, article.metadata.split


def rows_of(articles: list[Article]) -> Iterator[tuple[str, int]]:
    total = sum(map(features, articles), Counter[str]())
    yield "articles", total["articles"]
    yield "quotes", sum(count for name, count in total.items() if name.startswith("type "))
    for kind in ("type", "form", "cue", "quotes:"):
        listed = sorted((name for name in total if name.startswith(f"{kind} ")), key=lambda name: (-total[name], name))
        yield from ((told(name), total[name]) for name in listed)
    yield "terms", total["terms"]
    yield "mentions", total["mentions"]


def told(name: str) -> str:
    """The name of what is counted as readers know it."""
    kind, _, value = name.partition(" ")
    value = "none" if value == "None" else value
    return {"type": f"{value} quotes", "form": f"speaker {value}", "cue": f"cue: {value}"}.get(kind, f"`{value}`")


def widths(articles: list[Article]) -> str:
    """Half widths of intervals on each split of each collection that has articles."""
    lines = [
        "| | articles | quotes | mistakes at random | hard and easy articles |",
        "| --- | ---: | ---: | ---: | ---: |",
    ]
    for collection in SHARES:
        for split in SPLITS:
            sizes = np.array([len(one.quotes) for one in articles if of(one) == (collection, split)])
            if not len(sizes):
                continue
            halves = [f"± {half_width(sizes, correlation):.3f}" for correlation in (0, CORRELATION)]
            lines.append(f"| {collection}, {split} | {len(sizes)} | {sizes.sum()} | {' | '.join(halves)} |")
    return "\n".join(lines) + "\n"


def half_width(sizes: Places, correlation: float) -> float:
    """Half of the 95 % interval of the share that is right, over articles with so many quotes."""
    random = np.random.default_rng(SEED)
    shape = (1 - correlation) / correlation if correlation else np.inf
    easy = random.beta(SHARE * shape, (1 - SHARE) * shape, (TIMES, len(sizes))) if correlation else SHARE
    drawn = sizes[random.integers(len(sizes), size=(TIMES, len(sizes)))]
    shares = random.binomial(drawn, easy).sum(axis=1) / np.maximum(drawn.sum(axis=1), 1)
    low, high = np.quantile(shares, [0.025, 0.975])
    return float(high - low) / 2


def main() -> int:
    check = arguments(__doc__).parse_args().check
    if not check:
        settled(ROOT / "corpus" / "articles")
    articles = [article.record for article in tasrih.load(ROOT / "corpus")]
    return settle({PAGE: page(articles)}, check=check)


if __name__ == "__main__":
    sys.exit(main())
