"""What a shell is offered to complete a word with; where the corpus cannot be read, nothing."""

import click
from click.shell_completion import CompletionItem

from tasrih.errors import TasrihError
from tasrih.terminal import clean


def articles(context: click.Context, _: click.Parameter, begun: str) -> list[CompletionItem]:
    """Ids of articles, or files where a path was begun."""
    if "/" in begun or begun.startswith("."):
        return [CompletionItem(begun, type="file")]
    from tasrih.corpus import loaded
    from tasrih.settings import chosen_corpus

    given = context.params.get("corpus")
    try:
        found = chosen_corpus([given] if given else [])
        ids = loaded(found.paths, found.within).ids
    except (TasrihError, OSError):
        return []
    return [CompletionItem(clean(name)) for name in ids if name.startswith(begun)]


def codes(_: click.Context, __: click.Parameter, begun: str) -> list[CompletionItem]:
    """Codes of rules, with what they say."""
    from tasrih.validation import RULES

    found = [rule for rule in RULES.values() if rule.code.startswith(begun.upper())]
    return [CompletionItem(rule.code, help=rule.message) for rule in found]


def terms(_: click.Context, __: click.Parameter, begun: str) -> list[CompletionItem]:
    """Queries that go on with the name of a field, or with a value that can be chosen."""
    from tasrih.queries.completion import completions

    return [CompletionItem(query, help=told) for query, told in completions(begun)]
