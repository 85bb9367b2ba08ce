"""What `draft`, `import` and `export` do with what they have made."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Literal

import click

from tasrih.errors import TasrihError
from tasrih.files import writer
from tasrih.terminal import complain, data

if TYPE_CHECKING:
    from tasrih.drafts import Drafted
    from tasrih.interchange import Converted

Put = Callable[[str, bytes], None]
FORCE = click.option("--force", is_flag=True, help="Overwrite what is there already.")


def output(out: str | None, *, several: bool = True, force: bool = False, kind: Literal["json", "xml"] = "json") -> Put:
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
    """Writes the articles. Whether there was no error."""
    return sum(not written(item, put) for item in items) == 0
