"""tasrih withhold and tasrih hydrate."""

import sys
from pathlib import Path

import click

from tasrih.cli.choosing import Here, chosen
from tasrih.cli.writing import FORCE, all_written, output
from tasrih.errors import ArgumentError
from tasrih.terminal import clean, say

_FOLDER = click.option("--out", required=True, type=click.Path(file_okay=False), help="Folder to write.")


@click.command(short_help="Write records without their words.")
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@_FOLDER
@FORCE
def withhold(paths: tuple[str, ...], out: str, *, force: bool) -> None:
    """Write the records at each PATH to a corpus folder without their words, so that they may be passed on.

    What stays is where things are, and what they are; `tasrih hydrate` puts the words back where somebody has them. An
    article that may not be passed on is refused when its address, a reason or the like repeats eight words of the text;
    names of entities stay as they are.

    Exit code 0: all were written. 1: some were not. 2: the command was used wrongly.
    """
    from tasrih.standoff.withholding import refuse_home, withheld_files

    records = chosen(paths).paths
    refuse_home(records, out)
    sys.exit(0 if all_written(withheld_files(records), output(out, force=force)) else 1)


@click.command(short_help="Put withheld texts back into records, or a dataset.")
@click.argument("paths", nargs=-1, metavar="[RECORDS...|DATASET]", type=Here())
@click.option("--from", "source", type=Here(), help="Where the texts are.")
@click.option("--fetch", is_flag=True, help="Fetch the files that the records name.")
@_FOLDER
@click.option("--partial", is_flag=True, help="Of a dataset: put back what is there, and list what is missing.")
@FORCE
def hydrate(paths: tuple[str, ...], source: str | None, out: str, *, fetch: bool, partial: bool, force: bool) -> None:
    """Write stand-off RECORDS, or a DATASET built with `--rights redistributable`, to a new folder with their texts.

    Texts are taken --from a folder: clones of the repositories that the records name, as git stores them, checked out
    or unpacked, downloaded archives, or full records of the same articles; or they are fetched. A text that has
    changed is aligned, one that is missing is left out; both are told, and hydration.tsv in the folder tells all.

    Exit code 0: it is written. 1: no article could be put together, or of a dataset not all. 2: the command was used
    wrongly.
    """
    if fetch == (source is not None):
        raise ArgumentError("Texts come from one place. Say --from FOLDER, or --fetch.")
    if len(paths) == 1 and (Path(paths[0]) / "manifest.json").is_file():
        _hydrate_dataset(paths[0], source, out, partial=partial, force=force)
    from tasrih.standoff.hydration import put_together

    done = put_together(chosen(paths).paths, source, out, force=force)
    for outcome in done.outcomes:
        if outcome.state != "whole" or outcome.cause:
            say(clean(str(outcome)), err=True)
    say(f"{len(done.outcomes)} articles: {done}", err=True)
    if done.ok:
        say(clean(str(done.folder)))
    sys.exit(0 if done.ok else 1)


def _hydrate_dataset(dataset: str, source: str | None, out: str, *, partial: bool, force: bool) -> None:
    from tasrih.dataset.hydration import hydrated

    made = hydrated(dataset, source, out, partial=partial, force=force)
    for lost in made.lost:
        say(clean(lost), err=True)
    say(clean(str(made.folder)))
    sys.exit(1 if made.lost else 0)
