"""Words that are typed, in UTF-8 whatever the locale."""

import click


def text(typed: str) -> str:
    """What was typed, as its bytes say it in UTF-8: the type of arguments that are no paths."""
    try:
        return typed.encode(errors="surrogateescape").decode()
    except UnicodeError as error:
        raise click.BadParameter("this is not UTF-8.") from error
