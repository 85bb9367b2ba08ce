"""tasrih diff."""

from contextlib import ExitStack

import click

from tasrih.choices import CHANGES_FORMATS, ChangesFormat
from tasrih.cli.choosing import Here, chosen, text
from tasrih.terminal import data


@click.command(short_help="List what changed between two versions of a corpus.")
@click.argument("paths", nargs=-1, metavar="[OLD] NEW", type=Here())
@click.option("--since", type=text, metavar="REVISION", help="The old version is the corpus at this revision of git.")
@click.option("--rules", "with_rules", is_flag=True, help="Also what `validate` finds in each version, by rule.")
@click.option("--format", "rendering", type=click.Choice(CHANGES_FORMATS), default="text", show_default=True)
def diff(paths: tuple[str, ...], since: str | None, with_rules: bool, rendering: ChangesFormat) -> None:
    """List the articles that were added, removed and changed from OLD to NEW, and in them the spans and labels.

    OLD and NEW are folders, JSON Lines, or datasets. With --since, only NEW is given, or nothing: the corpus that
    other commands work on, too. Articles are paired by id, what is in them by its words. `markdown` is a list for a
    CHANGELOG; `tsv` and `json` are for programs.
    """
    import tasrih
    from tasrih.changes.corpora import findings
    from tasrih.changes.reports import rendered
    from tasrih.changes.revisions import at_revision

    if since is None and len(paths) != 2:
        raise click.UsageError("give OLD and NEW, or NEW alone with --since.")
    if since is not None and len(paths) > 1:
        raise click.UsageError("--since says what OLD is; give NEW alone.")
    with ExitStack() as stack:
        found = chosen(paths[-1:])
        new = found.paths
        old = stack.enter_context(at_revision(since, new)) if since is not None else paths[:1]
        rules = findings(old, new, found.within) if with_rules else {}
        for line in rendered(tasrih.diff(old, new), rules, rendering):
            data(line) if rendering == "json" else click.echo(line)
