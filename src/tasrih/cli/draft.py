"""tasrih draft."""

import sys
from typing import TYPE_CHECKING, Any

import click

from tasrih.cli.choosing import ENGINE, JOBS, text
from tasrih.cli.writing import FORCE, output, written
from tasrih.errors import TasrihError
from tasrih.terminal import clean, progress, say

if TYPE_CHECKING:
    from tasrih.drafts import Drafted


@click.command(short_help="Make draft records of raw articles.")
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option("-o", "--out", metavar="PATH", help="A file for one record, a folder for several.")
@FORCE
@click.option("--published", type=text, metavar="DATE", help="Day of publication, such as 2024-05-04.")
@click.option("--publisher", type=text, metavar="NAME", help="Who published it.")
@click.option("--url", type=text, help="Where it was published.")
@ENGINE
@JOBS
@click.option("--explain", is_flag=True, help="Say instead which rule decided what.")
def draft(inputs: tuple[str, ...], out: str | None, *, force: bool, explain: bool, **given: Any) -> None:
    """Draft a record of each INPUT: a text, a page, a folder of them, JSON Lines, or - for standard input.

    Records are printed, or written with --out, which overwrites nothing unless --force says so. What cannot be drafted
    or written is named, and so is what gets another name than it had; the rest goes on. Exit code 0: all were drafted.
    1: some were not. 2: the command was used wrongly.
    """
    from tasrih.drafting.explanation import explained
    from tasrih.drafting.inputs import holds_several
    from tasrih.drafts import drafted_files
    from tasrih.record import Article

    put = output(out, several=holds_several(inputs), force=force)
    failed = False
    for drafted in progress(drafted_files(inputs, **given), "drafted"):
        if explain and not isinstance(drafted, TasrihError):
            say(explained(Article.model_validate_json(drafted.data)))
        else:
            failed |= not written(drafted, put)
        for remark in () if isinstance(drafted, TasrihError) else _remarks(drafted):
            say(clean(remark), err=True)
    sys.exit(1 if failed else 0)


def _remarks(drafted: "Drafted") -> list[str]:
    return [*filter(None, [drafted.note]), *(f"{drafted.id}: doubtful {doubt}" for doubt in drafted.doubts)]
