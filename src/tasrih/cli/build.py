"""tasrih build."""

from pathlib import Path
from typing import Any

import click

from tasrih.cli.choosing import ENGINE, JOBS, chosen
from tasrih.dataset import RIGHTS
from tasrih.terminal import clean, say


@click.command(short_help="Write the dataset: Parquet, card, Croissant and manifest.")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="Folder to write; replaced when complete.")
@click.option("--corpus", type=click.Path(exists=True), help="Corpus folder to build from, or that RECORDS belong to.")
@click.option("--records", multiple=True, metavar="PATH", help="Files, folders or JSON Lines to build from.")
@ENGINE
@JOBS
@click.option("--rights", type=click.Choice(RIGHTS), default="all", help="All texts, or those that may be passed on.")
@click.option("--sample", type=click.IntRange(1), metavar="N", help="Add a config of N articles to look at.")
@click.option("--resume", is_flag=True, help="Keep what is finished when the build breaks off, and go on from there.")
def build(out: Path, corpus: str | None, records: tuple[str, ...], sample: int | None, **given: Any) -> None:
    """Write the dataset of the corpus to a folder that `datasets.load_dataset` reads.

    Exit code 0: it is written. 2: it is not, and an earlier one is as it was.
    """
    import tasrih

    found = chosen(records or ([corpus] if corpus else []), corpus if records else None)
    say(clean(str(tasrih.build(out, found.paths, within=found.within, sample=sample or 0, **given))))
