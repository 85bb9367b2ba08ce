"""tasrih confirm."""

import sys
from pathlib import Path
from typing import Any

import click

from tasrih.cli.choosing import text
from tasrih.cli.writing import FORCE
from tasrih.errors import TasrihError
from tasrih.terminal import clean, complain, say


@click.command(short_help="Turn drafts that were read into records of the corpus.")
@click.argument("drafts", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path))
@click.option("--annotator", type=text, metavar="ID", help="Who read them: a pseudonym, such as reader-1.")
@click.option("--kind", default="human", show_default=True, help="What the reader is: human, model or rule.")
@click.option("--collection", type=text, metavar="NAME", help="Where they belong; by default news, or composed.")
@click.option("--corpus", type=click.Path(file_okay=False, path_type=Path), help="Corpus folder they go to.")
@FORCE
def confirm(drafts: tuple[Path, ...], annotator: str | None, kind: str, *, force: bool, **given: Any) -> None:
    """Turn each draft FILE, once it was read, into a record of the corpus.

    Its items are confirmed (their provenance goes), its status becomes reviewed, and the reader is listed after the
    rule that drafted. It is written to articles/<collection>/<id>.json of the corpus, and the draft is removed. A draft
    with errors, or with a question that is still open, stays where it is. Exit code 0: all were moved. 1: some were
    not. 2: the command was used wrongly.
    """
    from tasrih import confirmation

    reader = confirmation.annotator(annotator, kind) if annotator else None
    failed = False
    for draft in drafts:
        try:
            failed |= not _moved(confirmation.confirmed(draft, reader, **given), force)
        except TasrihError as error:
            complain(error)
            failed = True
    sys.exit(1 if failed else 0)


def _moved(made: Any, force: bool) -> bool:
    from tasrih.confirmation import move
    from tasrih.validation.reports import as_text

    if made.report:
        click.echo(as_text(made.report), err=True)
    if not made.report.ok:
        say(clean(f"{made.draft}: stays where it is until the errors are mended."), err=True)
        return False
    move(made, force=force)
    say(clean(f"{made.draft} → {made.file}"))
    return True
