"""What several commands take: words, the corpus that they work on, and where the work runs."""

import os
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import click

from tasrih.engines import ENGINES
from tasrih.resources import is_url
from tasrih.settings import Chosen, chosen_corpus
from tasrih.terminal import clean, say

if TYPE_CHECKING:
    from tasrih.corpus import Corpus


class Here(click.Path):
    """What is there, on this machine."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(exists=True, **settings)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path. Fails for a URL, and for what is not there."""
        if is_url(value):
            self.fail(f"{os.fspath(value)} is a URL, which this does not read. Copy it to a folder, and give that.")
        return super().convert(value, param, ctx)


CORPUS = click.argument("corpus", required=False, type=Here())
ENGINE = click.option("--engine", type=click.Choice(ENGINES), default="local", help="Where the work runs.")
JOBS = click.option(
    "--jobs",
    type=click.IntRange(1),
    default=lambda: os.cpu_count() or 1,
    help="Processes; by default as many as there are processors.",
)


def text(typed: str) -> str:
    """What was typed, as its bytes say it in UTF-8 whatever the locale: the type of arguments that are no paths."""
    try:
        return typed.encode(errors="surrogateescape").decode()
    except UnicodeError as error:
        raise click.BadParameter("this is not UTF-8.") from error


def chosen(given: Iterable[str | os.PathLike[str]] = (), within: str | os.PathLike[str] | None = None) -> Chosen:
    """The records that were given, or those of the repository's settings, or the bundled corpus; told if not typed."""
    found = chosen_corpus(given, within)
    if found.reason:
        say(clean(found.reason), err=True)
    return found


def opened(given: str | os.PathLike[str] | None) -> "Corpus":
    """The corpus that was given, or the one that is worked on without any."""
    from tasrih.corpus import loaded

    found = chosen([given] if given else [])
    return loaded(found.paths, found.within)
