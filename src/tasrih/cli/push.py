"""tasrih push."""

from pathlib import Path
from typing import Any

import click

from tasrih.cli.choosing import chosen
from tasrih.dataset import RIGHTS
from tasrih.terminal import say


@click.command(short_help="Publish the dataset on a hub.")
@click.argument("repo_id")
@click.option(
    "--dataset",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder that `tasrih build` wrote; without it the corpus is built.",
)
@click.option("--private", is_flag=True, help="A repository that is created is private.")
@click.option("--dry-run", is_flag=True, help="Show what would change, and send nothing.")
@click.option("--endpoint", help="Address of another hub than that of HF_ENDPOINT or huggingface.co.")
@click.option(
    "--rights", type=click.Choice(RIGHTS), default="redistributable", help="Texts that may be passed on, or all."
)
def push(repo_id: str, dataset: Path | None, **given: Any) -> None:
    """Publish the dataset as REPO_ID (OWNER/NAME): one commit, then the tag of its version.

    Texts that may not be passed on stay at home unless --rights says all.

    The token is that of HF_TOKEN or `hf auth login`. A push that was cut off is completed by the next one.
    """
    import tasrih

    if dataset is None:
        found = chosen()
        given |= {"sources": found.paths, "within": found.within}
    say(str(tasrih.push(repo_id, dataset, **given)))
