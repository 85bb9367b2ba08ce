"""The command `tasrih`: a small file a command, or a few that go together, nothing but arguments and printing."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click

from tasrih.cli.confirm import confirm
from tasrih.cli.dataset import build, push, verify
from tasrih.cli.datasheet import datasheet
from tasrih.cli.diff import diff
from tasrih.cli.draft import draft
from tasrih.cli.exchange import export, import_
from tasrih.cli.explain import explain, schema
from tasrih.cli.explore import explore
from tasrih.cli.format import format_
from tasrih.cli.listing import list_, quotes
from tasrih.cli.new import new
from tasrih.cli.review import review
from tasrih.cli.score import agree, score
from tasrih.cli.search import search
from tasrih.cli.show import show
from tasrih.cli.standoff import hydrate, withhold
from tasrih.cli.stats import cite, stats
from tasrih.cli.validate import validate
from tasrih.errors import TasrihError, not_installed
from tasrih.terminal import clean, say, streams, told
from tasrih.version import __version__

_TOLD = 300
_INTERRUPTED = 130  # as shells have it: 128, and the number of SIGINT


class _Contents(click.Group):
    """Lists commands in the order of the work, and tells errors without a traceback."""

    def list_commands(self, _: click.Context) -> list[str]:
        return list(self.commands)

    def main(self, *args: Any, **extra: Any) -> Any:
        with streams():
            return super().main(*args, **extra)

    def make_context(self, *args: Any, **extra: Any) -> click.Context:
        with _usage_errors():
            return super().make_context(*args, **extra)

    def invoke(self, context: click.Context) -> object:
        try:
            with _usage_errors():
                return super().invoke(context)
        except KeyboardInterrupt as error:
            say("Interrupted.", err=True)
            raise click.exceptions.Exit(_INTERRUPTED) from error


@contextmanager
def _usage_errors() -> Iterator[None]:
    """Errors as click tells them, with nothing in them that steers a terminal."""
    try:
        yield
    except getattr(click.exceptions, "NoArgsIsHelpError", ()):
        raise
    except click.UsageError as error:
        raise click.UsageError(clean(error.format_message()), error.ctx) from error
    except click.ClickException as error:
        raise click.ClickException(clean(error.format_message())) from error
    except UnicodeEncodeError as error:
        raise click.UsageError(f"{clean(error.object[:_TOLD])}: this name is not UTF-8. Rename it.") from error
    except ModuleNotFoundError as error:
        raise click.UsageError(told(not_installed(error.name))) from error
    except (TasrihError, OSError) as error:
        if isinstance(error, BrokenPipeError):
            raise
        raise click.UsageError(told(error)) from error


def _version(context: click.Context, _: click.Parameter, is_asked: bool) -> None:
    """Prints the version, or all that are told apart, and ends."""
    has_all = context.params.pop("has_all", False)
    if is_asked:
        click.echo(f"tasrih, version {__version__}")
        if has_all:
            _all_versions()
        context.exit()
    if has_all:
        raise click.UsageError("--all goes with --version.")


def _all_versions() -> None:
    from tasrih.cli.choosing import chosen
    from tasrih.versions import versions

    found = chosen()
    for name, (version, kind) in versions(found.paths, found.within).items():
        say(clean(f"{name:<10}  {version or '–':<8}  {kind}"))


@click.group(cls=_Contents, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--all", "has_all", is_flag=True, is_eager=True, help="With --version: of corpus, schema … as well.")
@click.option("--version", is_flag=True, expose_value=False, callback=_version, help="Show the version, and exit.")
def main() -> None:
    """Tasrih: an annotated corpus of Arabic news. Who said what, in which words, about whom.

    Without a path, the commands work on the corpus that [tool.tasrih] names in the nearest pyproject.toml, or else on
    the bundled one, and say which it was.

    Exit code 0: it is done. 1: it is, and something was found or left out, as the help of the command has it. 2: it
    could not be done. 130: it was interrupted (Ctrl-C).
    """


_READ = (show, list_, quotes, search, stats, explore, cite)
_WRITTEN = (draft, review, confirm, validate, explain, schema, format_, import_, export, score, agree)
for command in (new, *_READ, *_WRITTEN, diff, datasheet, build, verify, push, withhold, hydrate):
    main.add_command(command)
