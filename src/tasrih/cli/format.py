"""tasrih format."""

import sys
from pathlib import Path

import click

from tasrih.cli.choosing import chosen
from tasrih.errors import TasrihError
from tasrih.files import replace
from tasrih.terminal import clean, complain, say


@click.command("format", short_help="Lay records out the canonical way.")
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option("--check", is_flag=True, help="Change nothing; exit with 1 when a file is laid out otherwise.")
def format_(paths: tuple[str, ...], check: bool) -> None:
    """Lay out the records at each PATH the canonical way: order of fields, indentation, final newline."""
    from tasrih.formatting import changes

    failed = False
    for change in changes(chosen(paths).paths):
        if isinstance(change, TasrihError):
            complain(change)
            failed = True
        elif check:
            say(clean(f"would format {change.file}"))
            failed = True
        else:
            replace(Path(change.file), change.after)
            say(clean(f"formatted {change.file}"))
    sys.exit(1 if failed else 0)
