"""tasrih import and tasrih export."""

import sys

import click

from tasrih.choices import FORMATS, Format
from tasrih.cli.choosing import chosen
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


@click.command(short_help="Write records in another format.")
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option("--to", "kind", required=True, type=click.Choice(FORMATS), help="The format.")
@click.option("--out", type=click.Path(file_okay=False), help="Folder to write a file for each to.")
@FORCE
def export(kind: Format, paths: tuple[str, ...], out: str | None, *, force: bool) -> None:
    """Write the records at each PATH in another format.

    They are printed, or written with --out, which overwrites nothing unless --force says so. What cannot be written is
    named, and the rest goes on. Exit code 0: all that have their words were written. 1: some were not. 2: the command
    was used wrongly.
    """
    from tasrih.interchange import exported

    put = output(out, force=force, kind="xml")
    sys.exit(0 if all_written(exported(chosen(paths).paths, kind), put) else 1)
