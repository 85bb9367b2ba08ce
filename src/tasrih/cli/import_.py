"""tasrih import."""

import sys
from pathlib import Path

import click

from tasrih.cli.writing import written


@click.command("import", short_help="Make records of files in another format.")
@click.argument("kind", metavar="FORMAT", type=click.Choice(["tei"]))
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Folder to write <id>.json to.")
def import_(kind: str, paths: tuple[str, ...], out: Path | None) -> None:
    """Make a record of each PATH: a file in FORMAT (tei), a folder of them, or - for standard input.

    Records are printed, or written with --out. What cannot be read is named, and the rest goes on. Exit code 0: all
    were read. 1: some were not. 2: the command was used wrongly.
    """
    from tasrih.interchange import imported

    sys.exit(0 if written(imported(paths, kind), out) else 1)
