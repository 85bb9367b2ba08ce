"""tasrih draft."""

import os
import sys
from pathlib import Path

import click

from tasrih.engines import ENGINES
from tasrih.errors import TasrihError


@click.command(short_help="Make draft records of raw articles.")
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option("-o", "--out", type=click.Path(path_type=Path), help="A file for one record, a folder for several.")
@click.option("--published", metavar="DATE", help="Day of publication, such as 2024-05-04.")
@click.option("--publisher", metavar="NAME", help="Who published it.")
@click.option("--url", help="Where it was published.")
@click.option("--engine", type=click.Choice(ENGINES), default="local", help="Where the work runs.")
@click.option("--jobs", type=click.IntRange(1), help="Processes; by default as many as there are processors.")
@click.option("--explain", is_flag=True, help="Say instead which rule decided what.")
def draft(
    inputs: tuple[str, ...], out: Path | None, engine: str, jobs: int | None, explain: bool, **facts: str | None
) -> None:
    """Draft a record of each INPUT: a text, a page, a folder of them, JSON Lines, or - for standard input.

    Records are printed, or written with --out. What cannot be drafted is named, and the rest goes on. Exit code 0:
    all were drafted. 1: some were not. 2: the command was used wrongly.
    """
    from tasrih.drafting import drafted_files, explained
    from tasrih.files import replace
    from tasrih.record import Article
    from tasrih.terminal import message, progress

    failed = False
    for drafted in progress(drafted_files(inputs, engine=engine, jobs=jobs or os.cpu_count() or 1, **facts), "drafted"):
        if isinstance(drafted, TasrihError):
            click.echo(str(drafted), err=True)
            failed = True
            continue
        for doubt in drafted.doubts:
            click.echo(message(f"{drafted.id}: doubtful {doubt}"), err=True)
        if explain:
            click.echo(message(explained(Article.model_validate_json(drafted.json))))
        elif out is None:
            click.echo(drafted.json, nl=False)
        else:
            several = out.is_dir() or len(inputs) > 1 or Path(inputs[0]).is_dir()
            (out if several else out.parent).mkdir(parents=True, exist_ok=True)
            replace(out / f"{drafted.id}.json" if several else out, drafted.json)
    sys.exit(1 if failed else 0)
