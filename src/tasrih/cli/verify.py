"""tasrih verify."""

import sys
from pathlib import Path

import click

from tasrih.terminal import clean, say


@click.command(short_help="Check a dataset folder: files, columns, keys, spans and splits.")
@click.argument("dataset", type=click.Path(exists=True, file_okay=False, path_type=Path))
def verify(dataset: Path) -> None:
    """Check the folder DATASET that `tasrih build` wrote: every file, row and span in it.

    Exit code 0: it is whole. 1: it is not. 2: it is not a dataset.
    """
    import tasrih

    faults = tasrih.verify(dataset)
    for fault in faults:
        say(clean(str(fault)))
    count = "1 fault" if len(faults) == 1 else f"{len(faults) or 'no'} faults"
    say(clean(f"{dataset}: {count}."))
    sys.exit(1 if faults else 0)
