"""S2: what the published JSON Schema says, in words a contributor understands. One rule a keyword of the schema."""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import orjson

from tasrih.arguments import nearest_word
from tasrih.choices import Schema
from tasrih.record import Path
from tasrih.text.letters import western_digits
from tasrih.validation.findings import Problem, shown
from tasrih.validation.registry import SCHEMA, Rule
from tasrih.validation.schemas import Violation, validator

_LONGEST = 120
_BY_KEYWORD: dict[str, Rule[[Violation], Problem]] = {}
_Check = Callable[[Violation], Problem]
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


def _rule(code: str, *keywords: str) -> Callable[[_Check], _Check]:
    """Enters a function under its code, for what the validator finds by these keywords of the schema."""

    def enter(check: _Check) -> _Check:
        SCHEMA.rule(code)(check)
        _BY_KEYWORD.update(dict.fromkeys(keywords, SCHEMA.rules[code]))
        return check

    return enter


def violations(document: Any, name: Schema = "article") -> Iterator[tuple[str, Problem]]:
    """Rule codes and problems of a document that breaks the schema: one of a kind a place.

    What is of the wrong kind need not be told to have the wrong form as well.
    """
    told: dict[tuple[str, Path], list[Problem]] = {}
    for error in _leaves(validator(name).violations(document)):
        rule = _BY_KEYWORD[error.keyword]
        problem = rule.check(error)
        told.setdefault((rule.code, problem.at), []).append(problem)
    for (code, at), problems in told.items():
        if code != "S205" or ("S203", at) not in told:
            details = dict.fromkeys(problem.detail for problem in problems)
            yield code, problems[0]._replace(detail=", ".join(details))


def _leaves(errors: Iterable[Violation]) -> Iterator[Violation]:
    """The errors that say something: of a value that may be null, those of the other choice."""
    for error in errors:
        others = [branch for branch in error.branches if branch[0].definition.get("type") != "null"]
        yield from _leaves(others[0]) if others else [error]


@_rule("S201", "required")
def missing_field(error: Violation) -> Problem:
    """A required field is missing.

    The schema lists the fields that every record has. Where nothing is known, a field is null or an empty list.
    """
    missing = [name for name in error.definition["required"] if name not in error.instance]
    return Problem(error.at, ", ".join(f'"{name}"' for name in missing))


@_rule("S202", "additionalProperties")
def unknown_field(error: Violation) -> Problem:
    """A field is not part of the schema.

    Mostly a slip in its name, or a field in the wrong object.
    """
    known = list(error.definition.get("properties", {}))
    unknown = next(name for name in error.instance if name not in known)
    close = nearest_word(unknown, known)
    suggestion = f'did you mean "{close}"?' if close else f"known here: {', '.join(known)}"
    return Problem((*error.at, unknown), f'"{_short(unknown)}"', suggestion)


@_rule("S203", "type")
def wrong_type(error: Violation) -> Problem:
    """A value is of the wrong kind.

    A number without quotation marks, a text with them, a list in square brackets, an object in curly ones.
    """
    expected = " or ".join(_TYPES[kind] for kind in _several(error.definition["type"]))
    return Problem(error.at, f"expected {expected}, found {_NAMES.get(type(error.instance), 'null')}")


@_rule("S204", "enum", "const")
def unknown_value(error: Violation) -> Problem:
    """A value is not one of those allowed.

    Fields such as a type, a role or a kind have a short list of values, spelt exactly so.
    """
    allowed = [str(value) for value in error.definition.get("enum") or [error.definition["const"]]]
    close = nearest_word(str(error.instance), allowed)
    detail = f"{_given(error.instance)}; allowed: {', '.join(allowed)}"
    return Problem(error.at, detail, f"did you mean {close}?" if close else "")


@_rule("S205", "pattern", "not")
def wrong_form(error: Violation) -> Problem:
    """A text does not have the form it should.

    Ids, dates, codes and addresses are written in one way only, so that programs can compare them.
    """
    definition = error.definition
    near = _near(str(error.instance), definition.get("pattern", ""))
    detail = f"{_given(error.instance)}; expected {definition.get('description', 'another form')}"
    return Problem(error.at, detail, f"did you mean {near}?" if near else "")


def _given(value: Any) -> str:
    return shown(value) if isinstance(value, str) else _short(orjson.dumps(value).decode())


def _near(given: str, pattern: str) -> str:
    """What has the form that is asked for, and says the same: in other digits or case, joined by hyphens."""
    plain = western_digits(given.strip())
    joined = re.sub(r"[^0-9A-Za-z]+", "-", plain).strip("-")
    padded = re.sub(r"(?<![0-9])([0-9])(?![0-9])", r"0\1", joined)
    tried = (plain, plain.lower(), plain.upper(), joined, joined.lower(), padded)
    return next((form for form in tried if pattern and len(form) <= _LONGEST and re.search(pattern, form)), "")


@_rule("S206", "minimum", "maximum")
def out_of_bounds(error: Violation) -> Problem:
    """A number is too small or too large.

    Offsets count from 0, lines from 1; a confidence lies between 0 and 1.
    """
    side = "at least" if error.keyword == "minimum" else "at most"
    return Problem(error.at, f"{side} {error.definition[error.keyword]}")


@_rule("S207", "minItems", "minLength")
def nothing_there(error: Violation) -> Problem:
    """A list or text is empty that must hold something.

    A record has a paragraph, a quote a span, an entity a mention. Where a text is not known, use null.
    """
    return Problem(error.at)


@_rule("S208", "maxLength")
def too_long(error: Violation) -> Problem:
    """A text is too long.

    Ids are short, since they become names of files.
    """
    return Problem(error.at, f"at most {error.definition[error.keyword]} characters")


def _several(types: str | list[str]) -> list[str]:
    return [types] if isinstance(types, str) else types


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"
