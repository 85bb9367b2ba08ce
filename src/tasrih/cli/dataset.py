"""tasrih build, verify and push: what is done with a dataset."""

import sys
from pathlib import Path
from typing import Any

import click

from tasrih.cli.choosing import ENGINE, JOBS, Here, chosen
from tasrih.dataset import RIGHTS
from tasrih.terminal import clean, say

_DATASET = Here(file_okay=False, path_type=Path)


@click.command(short_help="Write the dataset: Parquet, card, Croissant and manifest.")
@click.option("--out", required=True, metavar="PATH", help="Folder to write, replaced when complete; or a free URL.")
@click.option("--corpus", type=Here(), help="Corpus folder to build from, or that RECORDS belong to.")
@click.option("--records", multiple=True, metavar="PATH", help="Files, folders or JSON Lines to build from.")
@ENGINE
@JOBS
@click.option("--rights", type=click.Choice(RIGHTS), default="all", help="All texts, or those that may be passed on.")
@click.option("--sample", type=click.IntRange(1), metavar="N", help="Add a config of N articles to look at.")
@click.option("--resume", is_flag=True, help="Keep what is finished when the build breaks off, and go on from there.")
def build(out: str, corpus: str | None, records: tuple[str, ...], sample: int | None, **given: Any) -> None:
    """Write the dataset of the corpus to a folder that `datasets.load_dataset` reads, or to an object store.

    Exit code 0: it is written. 2: it is not, and an earlier one is as it was.
    """
    import tasrih

    found = chosen(records or ([corpus] if corpus else []), corpus if records else None)
    say(clean(str(tasrih.build(out, found.paths, within=found.within, sample=sample or 0, **given))))


@click.command(short_help="Check a dataset folder: files, columns, keys, spans and splits.")
@click.argument("dataset", type=_DATASET)
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


@click.command(short_help="Publish the dataset on a hub.")
@click.argument("repo_id")
@click.option("--dataset", type=_DATASET, help="Folder that `tasrih build` wrote; without it the corpus is built.")
@click.option("--private", is_flag=True, help="A repository that is created is private.")
@click.option("--dry-run", is_flag=True, help="Ask the hub what would change, and send nothing.")
@click.option("--endpoint", help="Address of another hub than that of HF_ENDPOINT or huggingface.co.")
@click.option(
    "--rights", type=click.Choice(RIGHTS), default="redistributable", help="Texts that may be passed on, or all."
)
def push(repo_id: str, dataset: Path | None, **given: Any) -> None:
    """Publish the dataset as REPO_ID (OWNER/NAME): one commit, then the tag of its version.

    Texts that may not be passed on stay at home unless --rights says all.

    The token is that of HF_TOKEN or `hf auth login`; a dry run does without where nothing is private. A push that was
    cut off is completed by the next one.
    """
    import tasrih

    if dataset is None:
        found = chosen()
        given |= {"sources": found.paths, "within": found.within}
    say(str(tasrih.push(repo_id, dataset, **given)))
