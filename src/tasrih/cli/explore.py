"""tasrih explore."""

from pathlib import Path

import click

from tasrih.cli.choosing import CORPUS, JOBS, Here, opened
from tasrih.terminal import clean, say


@click.command(short_help="Write the corpus as pages to look at.")
@CORPUS
@click.option(
    "--out",
    default="tasrih-explorer",
    show_default=True,
    type=click.Path(path_type=Path),
    help="Folder to write; replaced when complete.",
)
@click.option(
    "--against",
    metavar="PREDICTED",
    type=Here(allow_dash=True),
    help="Predictions, or records such as drafts, to be held against the corpus on pages of their own.",
)
@JOBS
def explore(corpus: str | None, out: Path, against: str | None, jobs: int) -> None:
    """Write the corpus, or the records or dataset at CORPUS, as a site: a page an article, and what they share.

    It opens from the disk, works from any web space, and loads nothing from elsewhere. A folder that holds anything but
    an earlier site is not replaced.

    Exit code 0: it is written. 2: it is not, and an earlier one is as it was.
    """
    from tasrih.explorer.building import explore as written

    say(clean(str(written(opened(corpus), out, against, jobs=jobs))))
