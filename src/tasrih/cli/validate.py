"""tasrih validate."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from tasrih.validation import Report


@click.command(short_help="Check records: every finding with its place, reason and remedy.")
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option(
    "--corpus",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Corpus folder of records that are in none.",
)
def validate(paths: tuple[str, ...], corpus: Path | None) -> None:
    """Check the records at each PATH: a file, a folder, JSON Lines, or - for standard input.

    Exit code 0: no errors. 1: errors. 2: the command was used wrongly.
    """
    import tasrih
    from tasrih.cli.terminal import message

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


def _summary(report: "Report") -> str:
    warnings = sum(finding.severity == "warning" for finding in report)
    counts = {"record": report.records, "error": len(report) - warnings, "warning": warnings}
    waived = f", {len(report.waived)} waived" if report.waived else ""
    return ", ".join(f"{count} {noun}{'' if count == 1 else 's'}" for noun, count in counts.items()) + waived
