"""What `import` and `export` do with what they have converted."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tasrih.errors import TasrihError

if TYPE_CHECKING:
    from tasrih.interchange import Converted


def written(items: "Iterable[Converted | TasrihError]", out: Path | None) -> bool:
    """Prints the articles, or writes each to its file in `out`; prints errors. Tells whether there was none."""
    from tasrih.files import replace
    from tasrih.terminal import message

    names: set[str] = set()
    failed = False
    for item in items:
        if isinstance(item, TasrihError):
            click.echo(message(str(item)), err=True)
            failed = True
        elif out is None:
            click.echo(item.data, nl=False)
        elif item.name in names:
            click.echo(
                f"{item.name}: another article given here has the same id. Only the first was written.", err=True
            )
            failed = True
        else:
            names.add(item.name)
            out.mkdir(parents=True, exist_ok=True)
            replace(out / item.name, item.data)
    return not failed
