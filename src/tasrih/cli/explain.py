"""tasrih explain and tasrih schema: what a record has to keep."""

import shutil
from textwrap import fill, indent

import click

from tasrih.choices import SCHEMAS, Schema
from tasrih.cli.completing import codes
from tasrih.resources import schema_path
from tasrih.terminal import clean


@click.command(short_help="Say what a rule of `validate` means, and how to mend it.")
@click.argument("code", required=False, shell_complete=codes)
def explain(code: str | None) -> None:
    """Print the rule CODE, or without one the list of all rules."""
    import tasrih
    from tasrih.validation import RULES

    if code is None:
        for rule in RULES.values():
            click.echo(_fitted(f"{rule.code}  {rule.severity:7}  {rule.message}", " " * 15))
        return
    if code.upper() not in RULES:
        raise tasrih.ArgumentError(f"{code}: no such rule; `tasrih explain` lists them.")
    rule = RULES[code.upper()]
    click.echo(_fitted(f"{rule.code} ({rule.severity}): {rule.message}."))
    for paragraph in rule.explanation.split("\n\n"):
        click.echo(f"\n{_fitted(' '.join(paragraph.split()))}")
    for kind, example in rule.examples.items():
        click.echo(f"\n{kind}:\n\n{indent(example, '    ')}")


def _fitted(text: str, hanging: str = "") -> str:
    """Text in lines that fit into the terminal, of 90 columns where there is none."""
    width = max(shutil.get_terminal_size((90, 24)).columns, 24)
    return fill(text, width, subsequent_indent=hanging, break_long_words=False, break_on_hyphens=False)


@click.command(short_help="Say where the schema of records is.")
@click.argument("name", type=click.Choice(SCHEMAS), default="article")
def schema(name: Schema) -> None:
    """Print the path of the JSON Schema of an article, one without its words, `entities.json`, or predictions."""
    click.echo(clean(str(schema_path(name))))
