"""How a query that was begun may go on: names of fields, and values that can be chosen."""

from collections.abc import Iterator

from tasrih.phenomena import phenomena
from tasrih.queries.fields import FIELDS, Field


def completions(begun: str) -> Iterator[tuple[str, str]]:
    """Queries that what was begun may become by its last term, each with what that holds."""
    before, space, last = begun.rpartition(" ")
    negation, term = ("-", last[1:]) if last.startswith("-") else ("", last)
    name, sign, values = term.partition("=")
    begin = f"{before}{space}{negation}"
    if not sign:
        fields = (field for field in FIELDS.values() if field.name.startswith(name.lower()))
        yield from ((f"{begin}{field.name}=", field.holds) for field in fields)
    elif field := FIELDS.get(name.rstrip("!").lower()):
        earlier, bar, value = values.rpartition("|")
        found = ((one, told) for one, told in _values(field) if one.startswith(value))
        yield from ((f"{begin}{name}={earlier}{bar}{one}", told) for one, told in found)


def _values(field: Field) -> Iterator[tuple[str, str]]:
    """The values that are known of a field, without looking at any article."""
    if field.kind == "value" and field.name.endswith("phenomenon"):
        return ((one.slug, one.holds) for one in phenomena())
    return ((one, field.holds) for one in field.choices)
