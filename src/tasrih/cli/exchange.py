"""tasrih import and tasrih export."""

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tasrih.choices import FORMATS, Format
from tasrih.cli.choosing import Here, chosen
from tasrih.cli.writing import FORCE, Put, all_written, output
from tasrih.errors import RefusedError, TasrihError
from tasrih.files import flowing, replace
from tasrih.terminal import clean, complain, say

if TYPE_CHECKING:
    from tasrih.interchange import formats
    from tasrih.outputs import Converted


@click.command("import", short_help="Make records of files in another format.")
@click.argument("kind", metavar="FORMAT", type=click.Choice(FORMATS))
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("--onto", type=Here(), metavar="CORPUS", help="Change the records there, by their ids.")
@click.option("--out", type=click.Path(file_okay=False), help="Folder to write <id>.json to.")
@FORCE
def import_(kind: Format, paths: tuple[str, ...], onto: str | None, out: str | None, *, force: bool) -> None:
    """Make records of each PATH: a file in FORMAT, a folder of them, or - for standard input.

    docs/formats.md has the formats. Records are printed, or written with --out, which overwrites nothing unless --force
    says so. With --onto, what comes back is put into the records of a corpus: what the format cannot say is kept, and
    the files of records that changed are written anew (or, with --out, written there).

    What cannot be read or written is named, and the rest goes on. Exit code 0: all was read. 1: some was not. 2: the
    command was used wrongly.
    """
    from tasrih.interchange import imported

    made = imported(paths, kind, onto=onto)
    if onto is not None and out is None:
        sys.exit(0 if all_written(_in_place(made), _replace) else 1)
    sys.exit(0 if all_written(made, output(out, force=force)) else 1)


def _in_place(made: "Iterable[Converted | TasrihError]") -> "Iterator[Converted | TasrihError]":
    """Changed records under the names of the files that they are in."""
    for item in made:
        if isinstance(item, TasrihError):
            yield item
        elif item.replaces:
            yield item._replace(name=item.replaces)
        else:
            yield RefusedError(
                f"{item.name}: the record is a line of a file of several. Write it elsewhere with --out."
            )


def _replace(name: str, data: bytes) -> None:
    replace(Path(name), data)
    say(f"{clean(name)}: changed", err=True)


@click.command(short_help="Write records in another format.")
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option("--to", "kind", required=True, type=click.Choice(FORMATS), help="The format.")
@click.option("--out", type=click.Path(), help="Folder to write files to, or the file of a format that has one.")
@FORCE
def export(kind: Format, paths: tuple[str, ...], out: str | None, *, force: bool) -> None:
    """Write the records at each PATH in another format.

    docs/formats.md has the formats, and what each cannot say: how often that was left out is told at the end. Records
    are printed, or written with --out, which overwrites nothing unless --force says so. What cannot be written is
    named, and the rest goes on. Exit code 0: all that have their words were written. 1: some were not. 2: the command
    was used wrongly.
    """
    from tasrih.interchange import exported
    from tasrih.interchange.registry import FORMATS as FORMATS_BY_NAME

    about = FORMATS_BY_NAME[kind]
    lost: Counter[str] = Counter()
    try:
        with _writer(about, out, force=force) as put:
            is_done = all_written(_counted(_sparing(exported(chosen(paths).paths, kind), out), lost), put)
    except RefusedError as error:  # the one file of all articles is there already, or is what they are read from
        complain(error)
        sys.exit(1)
    for loss in about.losses:
        if lost[loss.path]:
            say(f"{kind} leaves out {lost[loss.path]} × {loss.path}: {loss.why}", err=True)
    sys.exit(0 if is_done else 1)


def _writer(about: "formats.Format", out: str | None, *, force: bool) -> AbstractContextManager[Put]:
    """What takes the files of an export."""
    if out is None and about.printed is None:
        raise click.UsageError(f"{about.label} is written to files. Give their folder with --out.")
    if out is not None and about.stream:
        return flowing(out, *(about.stream.parts or (about.stream.name,)), force=force)
    put = output(out, force=force, kind=about.printed or "json")
    return nullcontext(_once(put, out, about) if out is not None and not force else put)


def _once(put: Put, out: str, about: "formats.Format") -> Put:
    """The same for all but files beside all articles that an earlier export wrote just so."""
    common = about.common()

    def put_new(name: str, data: bytes) -> None:
        if common.get(name) != data or not _holds(Path(out, name), data):
            put(name, data)

    return put_new


def _holds(path: Path, data: bytes) -> bool:
    try:
        return path.stat().st_size == len(data) and path.read_bytes() == data
    except OSError:
        return False


def _sparing(made: "Iterable[Converted | TasrihError]", out: str | None) -> "Iterator[Converted | TasrihError]":
    """The same, up to what would be written over the record that it was made of. Raises RefusedError then."""
    for item in made:
        if not isinstance(item, TasrihError) and out is not None and item.source:
            for path in (Path(out), Path(out, item.name)):
                if _is_same(path, item.source):
                    raise RefusedError("an article is read from it. Choose another --out.", path=path)
        yield item


def _is_same(path: Path, other: str) -> bool:
    try:
        return path.samefile(other)
    except OSError:
        return False


def _counted(made: "Iterable[Converted | TasrihError]", lost: Counter[str]) -> "Iterator[Converted | TasrihError]":
    """The same, while what was left out is counted."""
    for item in made:
        if not isinstance(item, TasrihError):
            lost.update(item.lost)
        yield item
