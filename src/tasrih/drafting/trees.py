"""Boosted trees with which a draft chooses between what its rules allow: read from a file, summed with numpy.

`scripts/train_drafter.py` trains them and writes the file; scikit-learn is not needed to use them. A feature is a
number with a name; no feature is a word or a name.
"""

from collections.abc import Iterable, Mapping
from functools import cache
from itertools import repeat
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import orjson

FILE = Path(__file__).with_name("trees.json")
Row = Mapping[str, float]
"""What is known of one thing that may be chosen, by feature; what a row does not say is 0."""


class Trees(NamedTuple):
    """A model: `feature` and `threshold` are (trees, inner nodes), `leaf` is (trees, leaves), all trees complete."""

    features: tuple[str, ...]
    depth: int
    bias: float
    feature: npt.NDArray[np.int32]
    threshold: npt.NDArray[np.float64]
    leaf: npt.NDArray[np.float64]


@cache
def models() -> dict[str, Trees]:
    """The models of the file, by name."""
    return {name: model_of(found) for name, found in orjson.loads(FILE.read_bytes()).items()} if FILE.is_file() else {}


def model_of(found: dict[str, Any]) -> Trees:
    """A model from what the file has of it."""
    features, depth, bias = tuple(found["features"]), int(found["depth"]), float(found["bias"])
    feature, threshold, leaf = (np.asarray(found[name]) for name in ("feature", "threshold", "leaf"))
    return Trees(features, depth, bias, feature, threshold, leaf)


def table(rows: Iterable[Row], features: tuple[str, ...]) -> npt.NDArray[np.float64]:
    """Rows as (rows, features), in the order of the features."""
    made = [list(map(row.get, features, repeat(0.0))) for row in rows]
    return np.array(made, float).reshape(len(made), len(features))


def chances(model: Trees, rows: Iterable[Row]) -> npt.NDArray[np.float64]:
    """How likely each row is right, from 0 to 1, shape (rows,)."""
    values = table(rows, model.features)
    numbers = len(model.features) * np.arange(len(values))[:, np.newaxis]
    inner, leaves = (width * np.arange(len(model.leaf)) for width in (model.feature.shape[1], model.leaf.shape[1]))
    node = np.zeros((len(values), len(inner)), int)  # numbered as in a heap: the children of n are 2n + 1 and 2n + 2
    for _ in range(model.depth):
        at = inner + node  # `take` from flat arrays is twice as fast as two indices
        node = 2 * node + 1 + (values.take(numbers + model.feature.take(at)) > model.threshold.take(at))
    raised = model.bias + model.leaf.take(leaves + node - model.feature.shape[1]).sum(1)
    return np.asarray(1 / (1 + np.exp(-raised)))
