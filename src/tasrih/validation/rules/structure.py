"""S2: what the published JSON Schema says, in words a contributor understands. One rule a keyword of the schema."""

import re
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from functools import cache
from typing import Any

import jsonschema_rs
import orjson

from tasrih.resources import schema_path
from tasrih.text.letters import western_digits
from tasrih.validation.differences import meant
from tasrih.validation.finding import Path, Problem, shown
from tasrih.validation.registry import rule

_LONGEST = 120
_NAMES = {dict: "an object", list: "a list", str: "a text", bool: "true or false", int: "a number", float: "a number"}
_TYPES = {
    "object": "an object",
    "array": "a list",
    "string": "a text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "null": "null",
}


@cache
def validator(name: str) -> jsonschema_rs.Draft202012Validator:
    """The published schema of that name, ready to check."""
    return jsonschema_rs.Draft202012Validator(published(name))


@cache
def published(name: str) -> dict[str, Any]:
    """The published schema of that name."""
    schema: dict[str, Any] = orjson.loads(schema_path(name).read_bytes())
    return schema


def violations(document: Any, name: str = "article") -> Iterator[tuple[str, Problem]]:
    """Rule codes and problems of a document that breaks the schema: one of a kind a place.

    What is of the wrong kind need not be told to have the wrong form as well.
    """
    told: dict[tuple[str, Path], list[Problem]] = {}
    for error in _leaves(validator(name).iter_errors(document)):
        code, check = _KEYWORDS[error.kind.name]
        problem = check(error, name)
        told.setdefault((code, problem.at), []).append(problem)
    for (code, at), problems in told.items():
        if code != "S205" or ("S203", at) not in told:
            details = dict.fromkeys(problem.detail for problem in problems)
            yield code, problems[0]._replace(detail=", ".join(details))


def _leaves(errors: Iterable[Any]) -> Iterator[Any]:
    """The errors that say something: of a value that may be null, those of the other choice."""
    for error in errors:
        branches = error.kind.context if error.kind.name == "anyOf" else []
        others = [branch for branch in branches if getattr(branch[0].kind, "types", []) != ["null"]]
        yield from _leaves(others[0]) if others else [error]


@rule("S201")
def missing_field(error: Any, _: str) -> Problem:
    """A required field is missing.

    The schema lists the fields that every record has. Where nothing is known, a field is null or an empty list.
    """
    return Problem(_at(error), f'"{error.kind.property}"')


@rule("S202")
def unknown_field(error: Any, name: str) -> Problem:
    """A field is not part of the schema.

    Mostly a slip in its name, or a field in the wrong object.
    """
    unknown = error.kind.unexpected[0]
    known = list(_definition(error, name).get("properties", {}))
    close = get_close_matches(unknown, known, 1)
    suggestion = f'did you mean "{close[0]}"?' if close else f"known here: {', '.join(known)}"
    return Problem((*_at(error), unknown), f'"{_short(unknown)}"', suggestion)


@rule("S203")
def wrong_type(error: Any, _: str) -> Problem:
    """A value is of the wrong kind.

    A number without quotation marks, a text with them, a list in square brackets, an object in curly ones.
    """
    expected = " or ".join(_TYPES[kind] for kind in error.kind.types)
    return Problem(_at(error), f"expected {expected}, found {_NAMES.get(type(error.instance), 'null')}")


@rule("S204")
def unknown_value(error: Any, _: str) -> Problem:
    """A value is not one of those allowed.

    Fields such as a type, a role or a kind have a short list of values, spelt exactly so.
    """
    allowed = [str(value) for value in getattr(error.kind, "options", None) or [error.kind.expected_value]]
    close = meant(str(error.instance), allowed)
    detail = f"{_given(error.instance)}; allowed: {', '.join(allowed)}"
    return Problem(_at(error), detail, f"did you mean {close}?" if close else "")


@rule("S205")
def wrong_form(error: Any, name: str) -> Problem:
    """A text does not have the form it should.

    Ids, dates, codes and addresses are written in one way only, so that programs can compare them.
    """
    definition = _definition(error, name)
    near = _near(str(error.instance), definition.get("pattern", ""))
    detail = f"{_given(error.instance)}; expected {definition.get('description', 'another form')}"
    return Problem(_at(error), detail, f"did you mean {near}?" if near else "")


def _given(value: Any) -> str:
    return shown(value) if isinstance(value, str) else _short(orjson.dumps(value).decode())


def _near(given: str, pattern: str) -> str:
    """What has the form that is asked for, and says the same: in other digits or case, joined by hyphens."""
    plain = western_digits(given.strip())
    joined = re.sub(r"[^0-9A-Za-z]+", "-", plain).strip("-")
    padded = re.sub(r"(?<![0-9])([0-9])(?![0-9])", r"0\1", joined)
    tried = (plain, plain.lower(), plain.upper(), joined, joined.lower(), padded)
    return next((form for form in tried if pattern and len(form) <= _LONGEST and re.search(pattern, form)), "")


@rule("S206")
def out_of_bounds(error: Any, _: str) -> Problem:
    """A number is too small or too large.

    Offsets count from 0, lines from 1; a confidence lies between 0 and 1.
    """
    side = "at least" if error.kind.name == "minimum" else "at most"
    return Problem(_at(error), f"{side} {error.kind.limit}")


@rule("S207")
def nothing_there(error: Any, _: str) -> Problem:
    """A list or text is empty that must hold something.

    A record has a paragraph, a quote a span, an entity a mention. Where a text is not known, use null.
    """
    return Problem(_at(error))


@rule("S208")
def too_long(error: Any, _: str) -> Problem:
    """A text is too long.

    Ids are short, since they become names of files.
    """
    return Problem(_at(error), f"at most {error.kind.limit} characters")


_KEYWORDS = {
    "required": ("S201", missing_field),
    "additionalProperties": ("S202", unknown_field),
    "type": ("S203", wrong_type),
    "enum": ("S204", unknown_value),
    "const": ("S204", unknown_value),
    "pattern": ("S205", wrong_form),
    "not": ("S205", wrong_form),
    "minimum": ("S206", out_of_bounds),
    "maximum": ("S206", out_of_bounds),
    "minItems": ("S207", nothing_there),
    "minLength": ("S207", nothing_there),
    "maxLength": ("S208", too_long),
}


def _at(error: Any) -> Path:
    return tuple(error.instance_path)


def _definition(error: Any, name: str) -> dict[str, Any]:
    place: Any = published(name)
    for step in error.schema_path[:-1]:
        place = place[step]
    found: dict[str, Any] = place
    return found


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"
