"""tasrih export."""

import sys
from pathlib import Path

import click

from tasrih.cli.choosing import chosen
from tasrih.cli.writing import written


@click.command(short_help="Write records in another format.")
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option("--to", "kind", required=True, type=click.Choice(["tei"]), help="The format.")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Folder to write a file for each to.")
def export(kind: str, paths: tuple[str, ...], out: Path | None) -> None:
    """Write the records at each PATH in another format.

    They are printed, or written with --out. What cannot be written is named, and the rest goes on. Exit code 0: all
    were written. 1: some were not. 2: the command was used wrongly.
    """
    from tasrih.interchange import exported

    sys.exit(0 if written(exported(chosen(paths).paths, kind), out) else 1)
