"""tasrih build."""

from pathlib import Path

import click


@click.command(short_help="Write the dataset: Parquet, card and manifest.")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="Folder to write; replaced when complete.")
@click.option(
    "--corpus", type=click.Path(exists=True, path_type=Path), help="Corpus folder or JSON Lines to build from."
)
def build(out: Path, corpus: Path | None) -> None:
    """Write the dataset of the corpus to a folder that `datasets.load_dataset` reads."""
    import tasrih

    click.echo(tasrih.build(out, tasrih.load(corpus)))
