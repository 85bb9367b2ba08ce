"""tasrih push."""

from pathlib import Path

import click


@click.command(short_help="Publish the dataset on a hub.")
@click.argument("repo_id")
@click.option(
    "--dataset",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder that `tasrih build` wrote; without it the bundled corpus is built.",
)
@click.option("--private", is_flag=True, help="A repository that is created is private.")
@click.option("--dry-run", is_flag=True, help="Show what would change, and send nothing.")
@click.option("--endpoint", help="Address of another hub than that of HF_ENDPOINT or huggingface.co.")
def push(repo_id: str, dataset: Path | None, private: bool, dry_run: bool, endpoint: str | None) -> None:
    """Publish the dataset as REPO_ID (OWNER/NAME): one commit, then the tag of its version.

    The token is that of HF_TOKEN or `hf auth login`. A push that was cut off is completed by the next one.
    """
    import tasrih
    from tasrih.terminal import clean

    click.echo(clean(str(tasrih.push(repo_id, dataset, private=private, dry_run=dry_run, endpoint=endpoint))))
