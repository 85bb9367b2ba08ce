"""tasrih schema."""

import click

from tasrih.choices import SCHEMAS, Schema
from tasrih.resources import schema_path
from tasrih.terminal import clean


@click.command(short_help="Say where the schema of records is.")
@click.argument("name", type=click.Choice(SCHEMAS), default="article")
def schema(name: Schema) -> None:
    """Print the path of the JSON Schema of an article, or of the register `entities.json`."""
    click.echo(clean(str(schema_path(name))))
