"""tasrih schema."""

import click


@click.command(short_help="Say where the schema of records is.")
@click.argument("name", type=click.Choice(["article", "entities"]), default="article")
def schema(name: str) -> None:
    """Print the path of the JSON Schema of an article, or of the register `entities.json`."""
    from tasrih.resources import schema_path
    from tasrih.terminal import clean

    click.echo(clean(str(schema_path(name))))
