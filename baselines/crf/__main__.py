"""A CRF for each layer of tags over hand-made features, by python-crfsuite.

python -m baselines.crf CORPUS... [--train composed|real|both] [--split test]
"""

import tempfile
from collections.abc import Iterable
from pathlib import Path

from baselines.command import of_split, printed, training_parser, training_rows
from baselines.crf.features import features
from baselines.lines import lines
from baselines.needs import needed
from baselines.rows import CLASSES, Row, rows

pycrfsuite = needed("pycrfsuite")

_SETTINGS = {"c1": 0.1, "c2": 0.01, "max_iterations": 80, "feature.minfreq": 2, "feature.possible_transitions": True}


def trained(found: list[Row], folder: Path) -> None:
    """Writes a model of each layer into a folder; the same rows give the same models."""
    given = [pycrfsuite.ItemSequence([dict.fromkeys(one, 1.0) for one in features(row)]) for row in found]
    for layer in CLASSES:
        trainer = pycrfsuite.Trainer(algorithm="lbfgs", params=_SETTINGS, verbose=False)
        for row, sequence in zip(found, given, strict=True):
            trainer.append(sequence, row.tags[layer])
        trainer.train(str(folder / layer))


def predicted(found: Iterable[Row], folder: Path) -> list[Row]:
    """Rows with the tags of the models in a folder."""
    taggers = {layer: pycrfsuite.Tagger() for layer in CLASSES}
    for layer, tagger in taggers.items():
        tagger.open(str(folder / layer))
    made = []
    for row in found:
        given = pycrfsuite.ItemSequence([dict.fromkeys(one, 1.0) for one in features(row)])
        made.append(row._replace(tags={layer: tagger.tag(given) for layer, tagger in taggers.items()}))
    return made


def main() -> None:
    """Trains, and prints the predictions."""
    given = training_parser(__doc__).parse_args()
    with tempfile.TemporaryDirectory() as folder:
        trained(training_rows(given), Path(folder))
        printed(lines(predicted(rows(of_split(given.corpus, given.split)), Path(folder))))


if __name__ == "__main__":
    main()
