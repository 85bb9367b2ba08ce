"""Trains what the drafter chooses by, on the train and validation splits of a corpus whose words are there.

python scripts/train_drafter.py CORPUS [--model NAME] [--folds]

`tasrih hydrate` puts the words of `news` together. The same corpus and scikit-learn give the same file, byte for byte.
With --folds nothing is written: each outlet is held out in turn, and what the others' model gives it is told.
"""

import argparse
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import examples_marks
import examples_sure
import numpy as np
import orjson
from sklearn.ensemble import GradientBoostingClassifier

import tasrih
from tasrih.drafting.certainty import SURE
from tasrih.drafting.judging import DIRECT, SPEECH
from tasrih.drafting.trees import FILE, Row, chances, model_of, table
from tasrih.record import Article

_SEED, _FOLDS, _DIGITS = 20260101, 8, 5


_DRAWN = {"max_features": "sqrt", "n_estimators": 120}
"""Few features are looked at for each question, so that others than the answers of rules are asked, too."""


class Example(NamedTuple):
    """Something that may be chosen, whether it is right, and the choice of its article that it is one of."""

    row: Row
    right: bool
    choice: str


def speech(article: Article) -> Iterator[Example]:
    """Every stretch in marks: whether it is speech."""
    return (Example(row, bool(kind), place) for row, kind, place in examples_marks.marked(article))


def direct(article: Article) -> Iterator[Example]:
    """Every stretch in marks that is speech: whether it is direct."""
    return (Example(row, kind == "direct", place) for row, kind, place in examples_marks.marked(article) if kind)


def sure(article: Article) -> Iterator[Example]:
    """Every drafted quote: whether span and speaker are right."""
    return (Example(*found) for found in examples_sure.drafted(article))


Examples = Callable[[Article], Iterator[Example]]
EXAMPLES: dict[str, Examples] = {SPEECH: speech, DIRECT: direct, SURE: sure}
SETTINGS: dict[str, dict[str, Any]] = {SPEECH: _DRAWN, DIRECT: _DRAWN}
"""The settings of a model's trees, where they are not the usual ones."""
_USUAL = {"n_estimators": 80, "max_depth": 3, "learning_rate": 0.1, "min_samples_leaf": 20, "subsample": 0.7}


def trained(examples: list[Example], settings: dict[str, Any]) -> dict[str, Any]:
    """A model of boosted trees, as its file has it."""
    features = tuple(sorted({name for example in examples for name in example.row}))
    rows, right = table((example.row for example in examples), features), [example.right for example in examples]
    made = GradientBoostingClassifier(random_state=_SEED, **(_USUAL | settings)).fit(rows, right)
    share = float(np.mean(right))
    depth = made.max_depth
    complete = [_complete(one.tree_, depth, made.learning_rate) for one in made.estimators_[:, 0]]
    parts = {name: [tree[number] for tree in complete] for number, name in enumerate(("feature", "threshold", "leaf"))}
    asked = sorted({number for tree in parts["feature"] for number in tree})
    parts["feature"] = [[asked.index(number) for number in tree] for tree in parts["feature"]]
    bias = round(float(np.log(share / (1 - share))), _DIGITS)
    return {"features": [features[number] for number in asked], "depth": depth, "bias": bias} | parts


def _complete(tree: Any, depth: int, rate: float) -> tuple[list[int], list[float], list[float]]:
    """A tree with all its leaves on one level: a leaf higher up is said again below questions that do not matter."""
    at = [0]
    feature: list[int] = []
    threshold: list[float] = []
    for _ in range(depth):
        leaves = [tree.children_left[node] < 0 for node in at]
        feature += [0 if leaf else int(tree.feature[node]) for node, leaf in zip(at, leaves, strict=True)]
        threshold += [
            0.0 if leaf else round(float(tree.threshold[node]), _DIGITS) for node, leaf in zip(at, leaves, strict=True)
        ]
        at = [
            child
            for node, leaf in zip(at, leaves, strict=True)
            for child in ((node, node) if leaf else (tree.children_left[node], tree.children_right[node]))
        ]
    return feature, threshold, [round(float(tree.value[node][0][0]) * rate, _DIGITS) for node in at]


def articles(corpus: Path) -> list[Article]:
    """The articles of train and validation, of both collections, that have their words."""
    found = [one.record for one in tasrih.load(corpus)]
    return sorted(
        (
            one
            for one in found
            if one.metadata.split in ("train", "validation") and all(paragraph.text for paragraph in one.paragraphs)
        ),
        key=lambda one: one.id,
    )


def folds(records: list[Article]) -> list[set[str]]:
    """The ids of articles to hold out together: those of an outlet, and what is composed in as many parts."""
    outlets: dict[str, set[str]] = {}
    for number, one in enumerate(records):
        own = one.metadata.collection == "news"
        outlets.setdefault(one.metadata.publisher or "" if own else f"{number % _FOLDS}", set()).add(one.id)
    parts: list[set[str]] = [set() for _ in range(_FOLDS)]
    for outlet in sorted(outlets.values(), key=len, reverse=True):
        min(parts, key=len).update(outlet)
    return parts


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--model", action="append", choices=sorted(EXAMPLES), help="train these only")
    parser.add_argument("--folds", action="store_true", help="hold outlets out, and write nothing")
    given = parser.parse_args()
    records = articles(given.corpus)
    if not records:
        sys.exit(f"{given.corpus} has no articles of train and validation with their words")
    made = orjson.loads(FILE.read_bytes()) if FILE.exists() else {}
    for name in given.model or EXAMPLES:
        by_article = {one.id: list(EXAMPLES[name](one)) for one in records}
        if given.folds:
            _tell(name, by_article, folds(records))
        else:
            made[name] = trained([one for found in by_article.values() for one in found], SETTINGS.get(name, {}))
    if not given.folds:
        FILE.write_bytes(orjson.dumps(made, option=orjson.OPT_APPEND_NEWLINE))


def _tell(name: str, by_article: dict[str, list[Example]], parts: list[set[str]]) -> None:
    """Of the choices of articles held out, how many the model gets right: the likeliest of each, or more than half."""
    chosen: dict[str, list[tuple[float, bool]]] = {}
    for part in parts:
        train = [one for id_, found in by_article.items() if id_ not in part for one in found]
        model = model_of(trained(train, SETTINGS.get(name, {})))
        held = [(f"{id_} {one.choice}", one) for id_ in sorted(part) for one in by_article[id_]]
        for (choice, one), chance in zip(held, chances(model, [one.row for _, one in held]), strict=True):
            chosen.setdefault(choice, []).append((float(chance), one.right))
    best = [max(found)[1] if len(found) > 1 else (found[0][0] >= 0.5) == found[0][1] for found in chosen.values()]
    some = [any(right for _, right in found) for found in chosen.values()]
    print(f"{name}: {sum(best)} of {len(best)} right ({sum(best) / len(best):.3f}); {sum(some)} have a right one")


if __name__ == "__main__":
    main()
