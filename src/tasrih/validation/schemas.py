"""The published schemas, and where a document breaks one: by jsonschema-rs, or where that is missing by jsonschema.

Both say the same; the first is some thirty times as fast, but has no wheel for PyPy, Pyodide and old systems.
"""

import re
from collections.abc import Callable, Iterator
from functools import cache
from importlib.util import find_spec
from itertools import groupby
from typing import Any, NamedTuple

import orjson

from tasrih.choices import Schema
from tasrih.record import Path
from tasrih.resources import schema_path


class Violation(NamedTuple):
    """A value that breaks a keyword of the part of the schema that `definition` is.

    `branches` are the choices of `anyOf`, each with what it finds wrong.
    """

    keyword: str
    at: Path
    instance: Any
    definition: dict[str, Any]
    branches: list[list["Violation"]]


class Validator(NamedTuple):
    """A schema, ready to check."""

    is_valid: Callable[[Any], bool]
    violations: Callable[[Any], Iterator[Violation]]


@cache
def published(name: Schema) -> dict[str, Any]:
    """The published schema of that name."""
    schema: dict[str, Any] = orjson.loads(schema_path(name).read_bytes())
    return schema


@cache
def validator(name: Schema) -> Validator:
    """The published schema of that name, by what is installed here."""
    return by_rust(published(name)) if find_spec("jsonschema_rs") else by_python(published(name))


def by_rust(schema: dict[str, Any]) -> Validator:
    """A schema as jsonschema-rs checks it."""
    import jsonschema_rs

    made = jsonschema_rs.Draft202012Validator(schema)

    def told(error: Any) -> Violation:
        definition: Any = schema
        for step in error.schema_path[:-1]:
            definition = definition[step]
        contexts = error.kind.context if error.kind.name == "anyOf" else []
        branches = [[told(inner) for inner in branch] for branch in contexts]
        return Violation(error.kind.name, tuple(error.instance_path), error.instance, definition, branches)

    return Validator(made.is_valid, lambda document: map(told, made.iter_errors(document)))


def by_python(schema: dict[str, Any]) -> Validator:
    """A schema as jsonschema checks it."""
    from jsonschema import Draft202012Validator
    from jsonschema.validators import extend

    made = extend(Draft202012Validator, {"pattern": _pattern})(schema)

    def told(error: Any) -> Violation:
        branches = groupby(error.context, lambda inner: inner.schema_path[0]) if error.validator == "anyOf" else ()
        found = [[told(inner) for inner in branch] for _, branch in branches]
        return Violation(error.validator, tuple(error.absolute_path), error.instance, error.schema, found)

    return Validator(made.is_valid, lambda document: map(told, made.iter_errors(document)))


def _pattern(_: Any, pattern: str, instance: Any, __: Any) -> Iterator[Any]:
    """The end of a text is its end, and no line break before it."""
    from jsonschema import ValidationError

    if isinstance(instance, str) and not _compiled(pattern).search(instance):
        yield ValidationError(pattern)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern.replace("$", r"\Z"))
