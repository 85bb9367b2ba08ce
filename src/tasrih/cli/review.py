"""tasrih review."""

from pathlib import Path
from typing import Any

import click

from tasrih.cli.choosing import Here, text
from tasrih.terminal import say

_FOLDER = Here(file_okay=False, path_type=Path)


@click.command(short_help="Decide drafts on a page of this machine, item by item.")
@click.argument("folder", type=_FOLDER)
@click.option("--second", type=_FOLDER, help="Folder of the second reading; what it says otherwise is decided, too.")
@click.option("--as", "reader", type=text, default="reader-1", show_default=True, help="Who decides: a pseudonym.")
@click.option("--kind", default="human", show_default=True, help="What the reader is: human, model or rule.")
@click.option("--corpus", type=_FOLDER, help="Corpus folder that confirmed drafts go to.")
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Port; by default one that is free.")
@click.option("--no-browser", is_flag=True, help="Print the address, and open nothing.")
def review(folder: Path, reader: str, port: int, *, no_browser: bool, **given: Any) -> None:
    """Open a page on which the drafts or records in FOLDER are decided: least certain items first.

    Every decision is written at once, and logged in <id>.decisions.jsonl beside the record. Stop with Ctrl-C, and go on
    another time. The page is on this machine alone, and its address is secret. Exit code 0: stopped. 2: the command was
    used wrongly.
    """
    from tasrih.review.desk import desk
    from tasrih.review.serving import serve

    def tell(address: str) -> None:
        say(f"The desk is at {address} until you press Ctrl-C.")

    serve(desk(folder, reader, **given), port, tell, browser=not no_browser)
