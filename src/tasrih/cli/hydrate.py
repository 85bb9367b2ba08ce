"""tasrih hydrate."""

import sys
from pathlib import Path

import click

from tasrih.terminal import clean, say


@click.command(short_help="Put withheld texts back into a dataset.")
@click.argument("dataset", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--from", "source", required=True, type=click.Path(exists=True), help="Records, or a corpus, with the texts."
)
@click.option("--out", required=True, type=click.Path(path_type=Path), help="Folder to write.")
@click.option("--partial", is_flag=True, help="Put back what is there, and list what is missing or differs.")
@click.option("--force", is_flag=True, help="Replace a dataset that is in the folder already.")
def hydrate(dataset: Path, source: str, out: Path, partial: bool, force: bool) -> None:
    """Write DATASET, built with `--rights redistributable`, to a new folder with all its texts.

    Every text is proved by its SHA-256; the annotations stay those of DATASET.

    Exit code 0: it is written. 1: it is, without the texts that are listed (`--partial`). 2: it is not.
    """
    from tasrih.dataset.hydration import hydrated

    made = hydrated(dataset, source, out, partial=partial, force=force)
    for lost in made.lost:
        say(clean(lost), err=True)
    say(clean(str(made.folder)))
    sys.exit(1 if made.lost else 0)
