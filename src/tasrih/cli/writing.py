"""What `draft`, `import` and `export` do with what they have made."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import click

from tasrih.errors import TasrihError, WithheldError
from tasrih.files import writer
from tasrih.terminal import complain, data

if TYPE_CHECKING:
    from tasrih.drafts import Drafted
    from tasrih.interchange.formats import Printed
    from tasrih.outputs import Converted

Put = Callable[[str, bytes], None]
FORCE = click.option("--force", is_flag=True, help="Overwrite what is there already.")


def output(out: str | None, *, several: bool = True, force: bool = False, kind: "Printed" = "json") -> Put:
    """A function that writes the file of a name to `out`, or without it prints the file."""
    return writer(out, several=several, force=force) if out else lambda _, made: data(made, kind)


def written(item: "Converted | Drafted | TasrihError", put: Put) -> bool:
    """Whether an article is there and was written; the error is printed when it is not."""
    try:
        if isinstance(item, TasrihError):
            raise item
        put(item.name, item.data)
    except TasrihError as error:
        complain(error)
        return False
    return True


def all_written(items: "Iterable[Converted | TasrihError]", put: Put) -> bool:
    """Writes the articles. Whether there was no error; to lack words is none where other articles were written."""
    done = [(written(item, put), isinstance(item, WithheldError), _is_around(item)) for item in items]
    failed = [is_withheld for is_written, is_withheld, _ in done if not is_written]
    articles = sum(is_written and not is_around for is_written, _, is_around in done)
    return all(failed) and (not failed or articles > 0)


def _is_around(item: "Converted | TasrihError") -> bool:
    """Whether it is no article, but what stands around or beside all of them."""
    return not isinstance(item, TasrihError) and item.is_around
