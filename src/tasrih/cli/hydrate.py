"""tasrih hydrate."""

from pathlib import Path

import click


@click.command(short_help="Put withheld texts back into a dataset.")
@click.argument("dataset", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--from", "source", required=True, type=click.Path(exists=True), help="Records, or a corpus, with the texts."
)
@click.option("--out", required=True, type=click.Path(path_type=Path), help="Folder to write; replaced when complete.")
def hydrate(dataset: Path, source: str, out: Path) -> None:
    """Write DATASET, built with `--rights redistributable`, to a new folder with all its texts.

    Every text is proved by its SHA-256; the annotations stay those of DATASET.

    Exit code 0: it is written. 2: it is not.
    """
    import tasrih
    from tasrih.terminal import clean, say

    say(clean(str(tasrih.hydrate(dataset, source, out))))
