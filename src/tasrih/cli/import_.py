"""tasrih import."""

import sys

import click

from tasrih.choices import FORMATS, Format
from tasrih.cli.writing import FORCE, all_written, output


@click.command("import", short_help="Make records of files in another format.")
@click.argument("kind", metavar="FORMAT", type=click.Choice(FORMATS))
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("--out", type=click.Path(file_okay=False), help="Folder to write <id>.json to.")
@FORCE
def import_(kind: Format, paths: tuple[str, ...], out: str | None, *, force: bool) -> None:
    """Make a record of each PATH: a file in FORMAT (tei), a folder of them, or - for standard input.

    Records are printed, or written with --out, which overwrites nothing unless --force says so. What cannot be read or
    written is named, and the rest goes on. Exit code 0: all were read. 1: some were not. 2: the command was used
    wrongly.
    """
    from tasrih.interchange import imported

    sys.exit(0 if all_written(imported(paths, kind), output(out, force=force)) else 1)
