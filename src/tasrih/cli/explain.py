"""tasrih explain."""

from textwrap import indent

import click

from tasrih.cli.completing import codes


@click.command(short_help="Say what a rule of `validate` means, and how to mend it.")
@click.argument("code", required=False, shell_complete=codes)
def explain(code: str | None) -> None:
    """Print the rule CODE, or without one the list of all rules."""
    import tasrih
    from tasrih.validation import RULES

    if code is None:
        for rule in RULES.values():
            click.echo(f"{rule.code}  {rule.severity:7}  {rule.message}")
        return
    if code.upper() not in RULES:
        raise tasrih.TasrihError(f"{code}: no such rule; `tasrih explain` lists them.")
    rule = RULES[code.upper()]
    click.echo(f"{rule.code} ({rule.severity}): {rule.message}.\n\n{rule.explanation}")
    for kind, example in rule.examples.items():
        click.echo(f"\n{kind}:\n\n{indent(example, '    ')}")
