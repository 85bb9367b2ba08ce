"""Rows that `list` and `quotes` print: a line each with tabs between, or one JSON document."""

import json
from collections.abc import Iterable
from typing import Any, Literal, get_args

import click

Rows = Literal["tsv", "json"]
FORMAT = click.option("--format", "rendering", type=click.Choice(get_args(Rows)), default="tsv", show_default=True)
CORPUS = click.argument("corpus", required=False, type=click.Path(exists=True))


def put(rows: Iterable[dict[str, Any]], rendering: Rows, nothing: str) -> None:
    """Prints rows; when there is none, `nothing` is said on standard error."""
    from tasrih.terminal import clean, data, say

    if rendering == "json":
        data(json.dumps(list(rows), ensure_ascii=False, indent=2))
        return
    is_empty = True
    for row in rows:
        is_empty = False
        click.echo("\t".join("" if value is None else clean(str(value)) for value in row.values()))
    if is_empty:
        say(nothing, err=True)
