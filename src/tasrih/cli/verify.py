"""tasrih verify."""

import sys
from pathlib import Path

import click


@click.command(short_help="Check a dataset folder: files, columns, keys, spans and splits.")
@click.argument("dataset", type=click.Path(exists=True, file_okay=False, path_type=Path))
def verify(dataset: Path) -> None:
    """Check the folder DATASET that `tasrih build` wrote: every file, row and span in it.

    Exit code 0: it is whole. 1: it is not. 2: it is not a dataset.
    """
    import tasrih
    from tasrih.terminal import clean

    faults = tasrih.verify(dataset)
    for fault in faults:
        click.echo(clean(str(fault)))
    click.echo(f"{dataset}: {len(faults) or 'no'} faults." if len(faults) != 1 else f"{dataset}: 1 fault.")
    sys.exit(1 if faults else 0)
