"""tasrih validate."""

import sys
from difflib import unified_diff
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tasrih.cli.terminal import message

if TYPE_CHECKING:
    from tasrih.validation import Report


@click.command(short_help="Check records: every finding with its place, reason and remedy.")
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option(
    "--corpus",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Corpus folder of records that are in none.",
)
@click.option("--fix", is_flag=True, help="Set right what can safely be, and say what was done.")
@click.option("--diff", is_flag=True, help="Print what --fix would change, and change nothing.")
def validate(paths: tuple[str, ...], corpus: Path | None, fix: bool, diff: bool) -> None:
    """Check the records at each PATH: a file, a folder, JSON Lines, or - for standard input.

    Exit code 0: no errors. 1: errors. 2: the command was used wrongly.
    """
    import tasrih

    if fix or diff:
        _fix(paths, corpus, diff)
    report = tasrih.validate(paths or None, within=corpus)
    for finding in report:
        click.echo(
            message(
                f"{finding.file}:{finding.line}:{finding.column}: {finding.code} {finding.severity}: {finding.message}"
            )
        )
        if finding.suggestion:
            click.echo(message(f"    {finding.suggestion}"))
    click.echo(_summary(report), err=True)
    sys.exit(0 if report.ok else 1)


def _fix(paths: tuple[str, ...], corpus: Path | None, diff: bool) -> None:
    from tasrih.files import replace
    from tasrih.resources import corpus_folder
    from tasrih.validation.fixing import fixes

    for change in fixes(paths or [corpus_folder()], within=corpus):
        before, after = (data.decode().splitlines(keepends=True) for data in (change.before, change.after))
        click.echo(message("".join(unified_diff(before, after, change.file, f"{change.file} (fixed)", n=1))), nl=False)
        if not diff:
            replace(Path(change.file), change.after)


def _summary(report: "Report") -> str:
    warnings = sum(finding.severity == "warning" for finding in report)
    counts = {"record": report.records, "error": len(report) - warnings, "warning": warnings}
    waived = f", {len(report.waived)} waived" if report.waived else ""
    return ", ".join(f"{count} {noun}{'' if count == 1 else 's'}" for noun, count in counts.items()) + waived
