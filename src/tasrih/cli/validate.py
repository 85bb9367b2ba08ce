"""tasrih validate."""

import os
import re
import sys
from difflib import unified_diff
from pathlib import Path

import click

from tasrih.choices import RENDERINGS, Rendering
from tasrih.cli.choosing import ENGINE, JOBS, Here, chosen
from tasrih.engines import Engine
from tasrih.files import replace
from tasrih.settings import Chosen, Settings, settings
from tasrih.terminal import clean, data, say

_HEAD = re.compile(r"(?<=: )[A-Z][0-9]{3} (error|warning)(?=: )")
_CODES = "Codes of rules, or their beginnings, with commas between: Q,A1,T109."


@click.command(short_help="Check records: every finding with its place, reason and remedy.")
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option("--corpus", type=Here(file_okay=False), help="Corpus folder of records in none.")
@click.option("--format", "rendering", type=click.Choice(RENDERINGS), default="text", help="How to print the report.")
@click.option("--select", metavar="CODES", help=f"Only these rules. {_CODES}")
@click.option("--ignore", metavar="CODES", help="Not these rules.")
@click.option("--strict", is_flag=True, help="Warnings fail, too.")
@click.option("--max", "most", type=click.IntRange(1), help="How many findings to print; all are counted.")
@click.option("--since", metavar="REV", help="Report only on what differs from this git revision.")
@ENGINE
@JOBS
@click.option("--fix", is_flag=True, help="Set right what can safely be, and say what was done.")
@click.option("--diff", is_flag=True, help="Print what --fix would change, and change nothing.")
def validate(
    paths: tuple[str, ...],
    engine: Engine,
    rendering: Rendering,
    most: int | None,
    fix: bool,
    diff: bool,
    **given: str | int | bool | None,
) -> None:
    """Check the records at each PATH: a file, a folder, JSON Lines, or - for standard input.

    Without a PATH, those of the repository's settings (`[tool.tasrih]` in pyproject.toml), or the bundled corpus. The
    settings also say which rules count, whatever the PATH.
    Exit code 0: no errors. 1: errors. 2: the command was used wrongly.
    """
    import tasrih
    from tasrih.validation.reports import RENDERED

    wanted = _wanted(settings(Path.cwd()), given)
    found = chosen(paths, wanted.corpus)
    if fix or diff:
        _fix(found, diff, err=rendering != "text")
    report = tasrih.validate(
        found.paths,
        within=found.within,
        select=wanted.select,
        ignore=wanted.ignore,
        since=str(given["since"]) if given["since"] else None,
        engine=engine,
        jobs=int(given["jobs"] or 1),
    )
    rendered = RENDERED[rendering](report, most)
    if rendering == "text":
        rendered = _coloured(rendered)
    (data if rendering in ("json", "sarif") else click.echo)(rendered)
    sys.exit(0 if report.passes(strict=wanted.strict) else 1)


def _coloured(text: str) -> str:
    """Text in which codes of rules are in colour; click drops colours where there is no terminal."""
    if os.environ.get("NO_COLOR"):
        return text

    def colour(match: re.Match[str]) -> str:
        return click.style(match[0], fg="red" if match[1] == "error" else "yellow", bold=True)

    return _HEAD.sub(colour, text)


def _wanted(settled: Settings, given: dict[str, str | int | bool | None]) -> Settings:
    """The settings, and what the command line says instead."""
    return Settings(
        corpus=str(given["corpus"]) if given["corpus"] else settled.corpus,
        select=_codes(given["select"]) or settled.select,
        ignore=_codes(given["ignore"]) or settled.ignore,
        strict=bool(given["strict"]) or settled.strict,
    )


def _codes(text: object) -> tuple[str, ...]:
    return tuple(code.strip().upper() for code in str(text or "").split(",") if code.strip())


def _fix(found: Chosen, diff: bool, *, err: bool) -> None:
    from tasrih.validation.fixes import fixes

    for change in fixes(found.paths, within=found.within):
        before, after = (data.decode().splitlines(keepends=True) for data in (change.before, change.after))
        file = clean(change.file)
        lines = unified_diff(before, after, file, f"{file} (fixed)", n=1)
        say("".join(lines).removesuffix("\n"), err=err)
        if not diff:
            replace(Path(change.file), change.after)
